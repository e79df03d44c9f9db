"""A dataset of two tables with every type, whose rows a test chooses; and a place that the portal is of."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from chungtay.opendata import registry
from chungtay.opendata.rules import Cell, Dataset, Field, Kind, Row

FIELDS = (
    Field("id", Kind.INTEGER, "Số", "Số thứ tự.", minimum=0),
    Field("name", Kind.TEXT, "Tên", "Tên gọi.", is_required=False),
    Field("amount", Kind.NUMBER, "Lượng", "Số có số lẻ.", is_required=False),
    Field("is_good", Kind.BOOLEAN, "Tốt", "Đúng hay sai.", is_required=False),
    Field("day", Kind.DATE, "Ngày", "Một ngày.", is_required=False),
    Field("above", Kind.INTEGER, "Trên", "Dòng ở trên.", is_required=False, points_to="things.id"),
)


def things(rows: Sequence[Sequence[Cell]], name: str = "things") -> Dataset:
    """Return a dataset of these rows; those that the caller adds to the list later are read too."""

    def read(asked: object) -> Iterator[Row]:
        return (tuple(row) for row in rows)

    return Dataset(name, "Vật", "Để thử.", FIELDS, ("id",), read, searched=("name",))


@contextmanager
def portal_of(area_id: UUID | None) -> Iterator[None]:
    """Let the portal be of a place."""
    before = registry.window()
    registry.register(replace(before, area_id=lambda: area_id, office=lambda: "Ủy ban thử"))
    try:
        yield
    finally:
        registry.register(before)
