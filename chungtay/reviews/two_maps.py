"""Phụ lục: the same results by unit on the old map and on the new one, side by side, with totals that are equal.

Only what adds up is held side by side: amounts, works and gifts. A unit of the new map stands beside what it was formed from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from chungtay.indicators.rules import Kind
from chungtay.kernel.text import date_text
from chungtay.places.rules import Node
from chungtay.reviews import tables
from chungtay.reviews.annex import NOTE, Wanted, below, concerns, kept, question, then
from chungtay.reviews.answers import map_code
from chungtay.reviews.book import Book
from chungtay.reviews.maps import Former, OldMap
from chungtay.reviews.rules import Ask, BlockKind, DraftBlock, Shape

SECTION = "annex-2"
MOST_COLUMNS = 4  # on each side of the page
NAME_MM = 34


def write_two_maps(book: Book) -> list[DraftBlock]:
    """Return the annex; nothing when the report stands on no chosen map, or its units were always the same."""
    old, as_of = book.scope.map.old, book.scope.map.as_of
    if old is None or as_of is None:
        return []
    wanted = _wanted(book)
    if not wanted:
        return []
    title = [
        "Số liệu theo đơn vị trên bản đồ cũ và bản đồ mới",
        f"(Bản đồ ngày {date_text(old.day)} và bản đồ ngày {date_text(as_of)})",
    ]
    pages = [wanted[at : at + MOST_COLUMNS] for at in range(0, len(wanted), MOST_COLUMNS)]
    return [
        DraftBlock(BlockKind.ANNEX, SECTION, "annex", spec={"title": title, "landscape": True}),
        *(_table(book, old, as_of, page, number) for number, page in enumerate(pages, 1)),
    ]


def _wanted(book: Book) -> list[Wanted]:
    """The totals of every flow that some unit reports."""
    shown = book.scope.child_ids or (book.scope.area_id,)
    return [
        (series, "", tables.head_of(series))
        for series in book.scope.series.values()
        if series.kind is Kind.FLOW and any(concerns(book, series, area_id) for area_id in shown)
    ]


def _table(book: Book, old: OldMap, as_of: date, wanted: Sequence[Wanted], number: int) -> DraftBlock:
    columns = []
    for day in (old.day, as_of):
        group = f"Bản đồ ngày {date_text(day)}"
        columns.append(tables.column("Đơn vị", NAME_MM, group=group, align="left"))
        columns += [tables.column(head, group=group) for _, _, head in wanted]
    total = [tables.text("Tổng"), *(_old_total(book, old, one) for one in wanted)]
    total += [tables.text("Tổng"), *(kept(book, question(book, one, Shape.CELL)) for one in wanted)]
    names = ", ".join(tables.short_head(series) for series, _, _ in wanted)
    spec = {
        "caption": f"Số liệu trên hai bản đồ: {names}",
        "unit_line": "",
        "columns": columns,
        "rows": list(_rows(book, old, wanted)),
        "total": total,
        "small": True,
        "numbered": True,
        "says_coverage": True,
        "is_form": True,
        "note": f"{NOTE} Cùng số liệu, cùng kỳ; chỉ khác địa giới của đơn vị, nên hai dòng tổng bằng nhau.",
    }
    return DraftBlock(BlockKind.TABLE, SECTION, f"maps-{number}", spec=spec)


def _rows(book: Book, old: OldMap, wanted: Sequence[Wanted]) -> Iterator[list[tables.Cell]]:
    """A unit of the new map stands beside the first of those it was formed from; the others stand below."""
    blank = [tables.EMPTY] * (len(wanted) + 1)
    told: set[Former] = set()
    for node, formers in old.rows:
        fresh = [former for former in formers if former not in told]
        told.update(fresh)
        right = blank if node is None else _new(book, wanted, node)
        for former in fresh:
            yield [*_old(book, wanted, former), *right]
            right = blank
        if not fresh:
            yield [*blank, *right]
    if (
        old.has_area
        and (parts := [_own(book, old, one) for one in wanted])
        and any(_is_known(book, ask) for ask in parts)
    ):
        cells = [kept(book, ask) for ask in parts]
        yield [tables.text("Không chia được về đơn vị cũ"), *cells, *blank]


def _new(book: Book, wanted: Sequence[Wanted], node: Node) -> list[tables.Cell]:
    return [tables.text(node.name), *(below(book, question(book, one, Shape.CELL), node) for one in wanted)]


def _old(book: Book, wanted: Sequence[Wanted], former: Former) -> list[tables.Cell]:
    return [tables.text(former.name), *(then(book, question(book, one, Shape.CELL), former) for one in wanted)]


def _on(old: OldMap, ask: Ask) -> Ask:
    day = map_code(old.day)
    label = f"{ask.label}, bản đồ ngày {date_text(old.day)}"
    return replace(ask, key=f"{ask.key} (bản đồ {day})", label=label, on_map=day)


def _old_total(book: Book, old: OldMap, one: Wanted) -> tables.Cell:
    """The area's figure on the old map; where it was not there yet the sum of its units of then."""
    ask = question(book, one, Shape.CELL if old.has_area else Shape.CELL_SUM)
    if ask is None:
        return kept(book, None)
    units = () if old.has_area else tuple(unit.area_id for unit in old.units)
    return kept(book, replace(_on(old, ask), areas=units))


def _own(book: Book, old: OldMap, one: Wanted) -> Ask | None:
    """What the old map's units do not hold: reported by the area itself, or by units that it did not have yet."""
    ask = question(book, one, Shape.CELL_OWN)
    return replace(_on(old, ask), areas=tuple(unit.area_id for unit in old.units)) if ask else None


def _is_known(book: Book, ask: Ask | None) -> bool:
    return ask is not None and bool(book.printer.print(ask).value)
