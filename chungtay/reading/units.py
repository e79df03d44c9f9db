"""What is counted and measured: the nouns and measures that may follow a number, kept in `units.csv`."""

import csv
from importlib.resources import files

from chungtay.reading.wordlists import words

_ROWS = list(csv.DictReader((files("chungtay.reading") / "units.csv").read_text(encoding="utf-8").splitlines()))

MEASURES = frozenset(row["unit"] for row in _ROWS if row["kind"] == "measure")
UNITS = frozenset(row["unit"] for row in _ROWS)
LONGEST = max(len(unit.split()) for unit in UNITS)

GLUED = words(
    """
    m m2 m3 m² m³ km km2 km² ha cm mm kg g mg l ml kw kwh kwp mw kv kva w tấn tạ lít gb mb con lần mét hộ căn
    """
)
"""Measures that are written without a space after the number."""

NO_COUNT = words("bên cấp chiều miền đầu tay vai mặt họ trong")
"""What follows "hai", "ba" in words without being counted."""

STOP = words(
    """
    và hoặc của cho tại ở trong ngoài trên dưới với là có được bị do từ đến tới để thì mà
    nhưng còn đã đang sẽ so tăng giảm đạt bằng chiếm gồm như theo vào ra lên xuống về nên nữa
    này đó kia ấy khi nếu vì tuy các những mỗi cũng đều không chưa thuộc cùng nhất hay qua sau
    trước nhằm tham thực phối triển hỗ vận xây góp nhận trao tặng chi thu phát hiện đưa làm
    giúp gần hơn khoảng ước riêng trở rồi vượt kéo hết giữa bởi sang năm tháng ngày quý tuần
    giờ phút giây tuổi sao một hai ba bốn sáu bảy tám chín mười lần tổng số tỷ tỉ triệu nghìn
    ngàn trăm cao thấp nhiều ít lớn nhỏ mới cũ nghèo đồng thời chủ yếu nay đầu cuối hoàn đăng
    ký tương ứng đề nghị quyết nhờ dự kiến bình quân trung cả toàn tất chỉ vẫn phải cần tiếp
    tục tổ chức phục vụ sử dụng khác xếp ngụ trú
    """
)
"""Words that are never what an unknown number counts."""
