"""Collectives that hold a commendation, as the portal lists them; persons are in no row."""

from collections.abc import Iterator

from chungtay.emulation import selectors as emulation
from chungtay.opendata.registry import window
from chungtay.opendata.rules import Asked, Dataset, Field, Kind, Row


def _awards(asked: Asked) -> Iterator[Row]:
    found = emulation.public_entries(window().areas(asked.day))
    for one in sorted(found, key=lambda entry: (entry.year, entry.number, entry.code)):
        said = one.content
        yield (
            one.code, said["to"], said["form"], said["issuer"], said["merit"], said["decision"], said["book"],
            window().certificate_address(one.code),
        )  # fmt: skip


AWARDS = Dataset(
    "awards",
    "Tập thể được khen",
    "Các tập thể đang giữ giấy khen, với địa chỉ kiểm tra từng tờ giấy. Cá nhân được khen không có trong dữ liệu mở.",
    (
        Field("code", Kind.TEXT, "Mã kiểm tra", "Mã in trên giấy khen."),
        Field("collective", Kind.TEXT, "Tập thể", "Tên tập thể."),
        Field("form", Kind.TEXT, "Hình thức", "Hình thức khen."),
        Field("issuer", Kind.TEXT, "Cơ quan khen", "Cơ quan ký giấy khen."),
        Field("merit", Kind.TEXT, "Thành tích", "Thành tích in trên giấy."),
        Field("decision", Kind.TEXT, "Quyết định", "Số, ngày của quyết định."),
        Field("book", Kind.TEXT, "Số vào sổ", "Số trong sổ khen thưởng."),
        Field("address", Kind.TEXT, "Địa chỉ kiểm tra", "Nối sau địa chỉ của cổng để kiểm tra giấy."),
    ),
    ("code",),
    _awards,
    keywords=("thi đua", "khen thưởng"),
    searched=("collective", "merit"),
)
