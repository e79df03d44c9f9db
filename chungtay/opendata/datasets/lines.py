"""Lines of bank statements, exactly as the published files of each day have them: names as their givers chose, accounts masked.

A day that was published anew stands in its newest edition. A published file that is gone or altered stops the release.
"""

from collections.abc import Iterator

from chungtay.funds import public
from chungtay.kernel.errors import DomainError
from chungtay.opendata.registry import window
from chungtay.opendata.rules import Asked, Dataset, Field, Kind, Row


class PublishedFileAltered(DomainError):
    """A file that the fund published is not what it was; nothing is released out of it."""


def _lines(asked: Asked) -> Iterator[Row]:
    address = window().line_address
    for told in public.told_accounts():
        account, fund = told.account, told.account.fund
        for day in reversed(told.days):
            faults = public.faults_in(day)
            if faults:
                raise PublishedFileAltered(
                    f"{faults[0].sentence} Chưa phát hành gì; hãy xem lại tệp công khai của quỹ trước."
                )
            for line in public.lines_read(day):
                yield (
                    line.id, fund.body.name, fund.name, account.code, line.day, day.edition, line.received, line.paid, line.text,
                    line.giver, line.account, line.state, public.PUBLIC_STATES[line.state][1], line.corrects or None,
                    address(line.id),
                )  # fmt: skip


LINES = Dataset(
    "statement_lines",
    "Dòng sao kê đã công khai",
    "Từng khoản tiền vào, tiền ra của các quỹ, đúng như tệp công khai của từng ngày. Tên người ủng hộ chỉ có khi họ chọn nêu tên.",
    (
        Field("id", Kind.INTEGER, "Số dòng", "Định danh không đổi của dòng."),
        Field("body", Kind.TEXT, "Cơ quan", "Cơ quan quản lý quỹ."),
        Field("fund", Kind.TEXT, "Quỹ", "Tên quỹ."),
        Field("account_code", Kind.TEXT, "Tài khoản", "Mã tài khoản của quỹ trên cổng."),
        Field("day", Kind.DATE, "Ngày", "Ngày ghi sổ ở ngân hàng."),
        Field("edition", Kind.INTEGER, "Lần công khai", "Lần công khai mới nhất của ngày ấy.", minimum=1),
        Field("received", Kind.INTEGER, "Tiền vào", "Đồng.", minimum=0),
        Field("paid", Kind.INTEGER, "Tiền ra", "Đồng.", minimum=0),
        Field("text", Kind.TEXT, "Lời ghi", "Nội dung chuyển khoản, đã bỏ tên và số của người không nêu tên.", is_required=False),
        Field("giver", Kind.TEXT, "Người ủng hộ", "Tên khi họ chọn nêu tên, mã khoản khi không.", is_required=False),
        Field("account", Kind.TEXT, "Tài khoản đối ứng", "Số tài khoản đã che.", is_required=False),
        Field("state", Kind.TEXT, "Trạng thái", "Bằng từ khóa.", choices=tuple(public.PUBLIC_STATES)),
        Field("state_name", Kind.TEXT, "Tên trạng thái", "Bằng chữ."),
        Field("corrects", Kind.INTEGER, "Sửa dòng", "Số của dòng mà dòng này sửa; trống khi không sửa dòng nào.", is_required=False),
        Field("address", Kind.TEXT, "Địa chỉ dòng", "Nối sau địa chỉ của cổng để mở dòng ấy."),
    ),
    ("id",),
    _lines,
    keywords=("quỹ vì người nghèo", "sao kê", "công khai"),
    searched=("text", "giver"),
)  # fmt: skip
