"""The help of the staff's side: the steps of each main thing, in the words that the screens use."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One thing people do, as steps; `note` says what to know besides."""

    id: str
    title: str
    steps: tuple[str, ...]
    note: str = ""


PARTS = (
    Part(
        "nhap",
        "Nhập báo cáo trên màn hình",
        (
            "Mở “Việc của tôi”, chọn báo cáo đến hạn.",
            "Nhập từng ô. Phím Enter và mũi tên lên, xuống đưa bạn sang ô khác; dán được cả cột từ Excel.",
            "Không phát sinh thì ghi 0. Chưa đếm được thì mở “Chưa có số, giải thích” và ghi lý do.",
            "Ô có dấu vàng là số khác thường so với kỳ trước: ghi một câu vì sao, vẫn gửi được.",
            "Bấm “Gửi lãnh đạo ký”. Từ lúc đó nội dung được khóa thành một bản.",
        ),
        "Số bạn gõ được lưu sau mỗi lần dừng tay. Mất mạng thì số vẫn còn trên máy và lưu tiếp khi có mạng.",
    ),
    Part(
        "excel",
        "Nhập bằng Excel",
        (
            "Trong báo cáo, bấm “Tải biểu”: tệp đã ghi sẵn đơn vị, kỳ và số kỳ trước.",
            "Nhập vào các ô nền vàng nhạt. Không thêm, xóa, chuyển dòng; không dùng công thức.",
            "Bấm “Nộp tệp” rồi “Xem trước tệp này”: màn hình cho thấy từng ô sẽ đổi và ô nào sai.",
            "Đồng ý thì nhận vào báo cáo. Tệp có một ô sai thì không ô nào được nhận.",
        ),
        "Nộp lại đúng tệp cũ không làm thay đổi gì.",
    ),
    Part(
        "tra-lai",
        "Báo cáo bị trả lại",
        (
            "“Việc của tôi” ghi rõ mấy ô bị trả lại và vì sao.",
            "Mỗi ô bị trả lại có lời hỏi ngay bên dưới. Sửa số, hoặc trả lời câu hỏi rồi giữ số.",
            "Gửi lại: cấp trên thấy bản mới khác bản cũ ở những ô nào.",
        ),
    ),
    Part(
        "ky",
        "Ký báo cáo của đơn vị",
        (
            "Mở báo cáo có dấu “Chờ ký”. Cả báo cáo nằm trên một trang.",
            "Xem mục “Cần xem trước khi quyết định”: ô khác thường, ô chưa có số, hạn gửi.",
            "Bấm “Ký và gửi lên …”, hoặc “Chuyển lại cho người nhập” kèm lý do.",
        ),
        "Chữ ký gắn với đúng nội dung đang xem. Người đã nhập thì không tự ký.",
    ),
    Part(
        "duyet",
        "Kiểm tra, trả lại, duyệt",
        (
            "Mở “Báo cáo kỳ”: mỗi ô là một đơn vị trong một kỳ. Bấm vào ô để mở báo cáo.",
            "Đánh dấu “Trả lại ô này” ở ô cần hỏi và ghi lý do, rồi bấm “Trả lại các ô đã đánh dấu”.",
            "Không có gì phải hỏi thì bấm “Duyệt báo cáo”. Số liệu đi vào mọi tổng ngay sau đó.",
            "Cần thêm thời gian cho một đơn vị thì gia hạn ở cột bên; báo cáo đã duyệt phải sửa thì mở lại, có lý do.",
        ),
        "Số chưa duyệt không bao giờ nằm trong tổng “Đã duyệt”.",
    ),
    Part(
        "con-so",
        "Một con số gồm những gì",
        (
            "Bấm vào số gạch chấm ở bất cứ đâu: trang “gồm những gì” mở ra.",
            "Đi xuống từ thành phố đến đơn vị, đến bản báo cáo, đến từng ô; mỗi bậc ghi “Khớp” khi các phần cộng đúng.",
            "Nhập một ngày vào “Như đã biết đến ngày” để xem con số như ngày đó đã biết.",
        ),
    ),
    Part(
        "don-vi",
        "Lịch sử đơn vị và việc sắp xếp",
        (
            "Mở “Đơn vị”: tìm theo tên hoặc mã, chọn ngày của bản đồ. Đơn vị không còn trên bản đồ vẫn tìm được.",
            "Trang của một đơn vị vẽ nó lập từ đâu, nay vào đâu, theo văn bản nào; mã được dùng lại thì ghi rõ.",
            "“Các lần sắp xếp” liệt kê mọi lần đã ghi: ngày hiệu lực, căn cứ, đơn vị nào đổi ra sao, ai ghi.",
            "Người được giao ghi một lần mới qua bốn bước: loại và căn cứ, chọn đơn vị, đơn vị mới, xem trước.",
            "Bước xem trước đặt số liệu trên bản đồ cũ và bản đồ mới cạnh nhau, và tổng của cấp trên phải không đổi.",
            "Đối chiếu với văn bản, đánh dấu, rồi bấm “Ghi vào bản đồ”. Sau đó phân công lại người ở đơn vị mới.",
        ),
        "Bản đã ghi không sửa và không xóa: có sai thì bấm “Đính chính”, bản mới thay bản cũ và cả hai đều còn. "
        "Bỏ một cấp thì chuyển các đơn vị trực thuộc sang cấp trên mới trước, rồi ghi việc bỏ.",
    ),
    Part(
        "so-ket",
        "Viết báo cáo sơ kết",
        (
            "Mở “Sơ kết”, bấm lập báo cáo: chọn chương trình, đơn vị, kỳ, thể thức và ngày chốt số liệu.",
            "Phần mềm soạn toàn bộ bản đầu. Bấm “Sửa” dưới đoạn muốn viết lại; số liệu vẫn là số liệu, không gõ số bằng tay.",
            "Xem các chặn trước khi trình ký, rồi tải bản Word, PDF và phụ lục Excel.",
        ),
        "Báo cáo giữ nguyên số liệu của ngày chốt, kể cả khi đơn vị sửa số sau đó.",
    ),
)
