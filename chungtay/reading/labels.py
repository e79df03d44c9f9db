"""Words before a number that make it a name, a date or a place in a document, not a figure."""

from enum import Enum

from chungtay.reading.wordlists import phrases, words

_OF_PAPERS = """
điều, khoản, chương, phụ lục, mẫu, mẫu số, biểu, biểu số, bảng, bảng số, hình, trang, tập, thông báo số, văn
bản số, công văn, công văn số, tờ trình số, nghị định, nghị định số, thông tư, thông tư số, chỉ thị, chỉ thị
số, sắc lệnh, hiến pháp, điểm, tiết, khoản mục, phiếu số, sổ
"""
_OF_PLACES = """
quốc lộ, ql, tỉnh lộ, đt, đh, hương lộ, huyện lộ, khóm, ấp, xóm, thôn, khu phố, kp, hẻm, ngõ, ngách, kiệt, thửa, tờ
bản đồ, lô, căn số, phòng số, km, đại lộ, cao tốc, cống số, cầu số, trạm số, bản đồ, lý trình, tiểu khu, tọa
độ, tổ dân phố, tdp
"""
_OF_PERSONS = """
tài khoản, số tài khoản, stk, tk, mst, mã số thuế, mã số, mã, cccd, cmnd, điện thoại, số điện thoại, đt, sđt,
fax, hotline, tổng đài, đường dây nóng, nóng, zalo, biển số, biển kiểm soát, tuổi, độ tuổi, tuổi đời, số hiệu, số máy,
stt
"""
_OF_ORDER = """
thứ, lần thứ, khóa thứ, lúc, hồi, vào lúc, thế kỷ, hạng, top, type, týp, tuýp, tỷ số, thắng, thua, hòa, covid,
sars, gió cấp, giật cấp, mức độ, cấp độ, phiên bản, mùng, mồng, rạng sáng, bóng đá, số
"""
_OFTEN_NAMES = """
nghị quyết, quyết định, kết luận, quy định, kế hoạch, hướng dẫn, đề án, chương trình, quy chế, luật, lớp,
khối, khóa, kỳ, lần, đợt, giai đoạn, cấp, loại, nhóm, vòng, bước, mũi, bậc, phường, quận, đường, kênh, tổ,
cụm, vùng, khu, tầng, phòng, ô, tuyến, ca, đội, bão, bão số, tiêu chí, bến, phần, mục, học kỳ, chỉ tiêu, nội
dung, nhiệm vụ, câu, bài, tập, trạm, chợ, báo động, dãy, xưởng, trường, giải, gói, hợp phần, dự án, tiểu dự
án, bộ luật, khung, căn hộ, thương binh, cột mốc, mốc, ban chỉ đạo, tiểu đoàn, trung đoàn, sư đoàn, lữ đoàn, quân khu, đại đội, tiểu đội,
hải
đội, hải đoàn, công ty, tổ công tác, kết nghĩa, omega
"""


class Label(Enum):
    """How strongly a word claims the number after it: HARD against a counted noun, SOFT only a bare number."""

    HARD = 1
    SOFT = 2


LABELS = dict.fromkeys(phrases(_OFTEN_NAMES), Label.SOFT) | dict.fromkeys(
    phrases(",".join((_OF_PAPERS, _OF_PLACES, _OF_PERSONS, _OF_ORDER))), Label.HARD
)
ALSO_COUNTED = words("tổng trong con với thuộc là quân dân sĩ doanh hệ đa phần nhân")
"""Before these "số" is a sum, not a number's name."""

AFTER_COLON = phrases(_OF_PERSONS) | {"số", "lúc", "stt"}
PER = frozenset({"mỗi", "hàng", "hằng", "một", "quân", "từng", "1", "nửa", "cả"})
"""Words before tháng, năm, ngày that make it a rate: "mỗi tháng 2 triệu"."""

MOST = {"ngày": 31, "tháng": 12, "quý": 4, "sáng": 31, "chiều": 31, "tối": 31, "đêm": 31, "trưa": 31, "hôm": 31}
"""Parts of time, and the largest number that names one."""

BEFORE_DATES = words(
    """
    ngày sáng trưa chiều tối đêm hôm từ đến tới hết trước sau dịp lễ tết mùng mồng đường kênh khuya rạng chợ vào
    qua kỷ niệm nay kể
    """
)
BEFORE_YEARS = words(
    """
    năm cuối đầu giữa đến tới từ trước sau với so trong giai đoạn kỳ học niên hè đông xuân vụ và -
    """
)
