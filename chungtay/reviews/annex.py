"""Phụ lục I: every unit below against the headline indicators, with the area's own part and a total that equals the sum.

A unit that is wider than before has under its row what it was formed from, each on the map before; an area without units
below that was itself formed from others shows those.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from chungtay.figures.rules import Figure
from chungtay.indicators.rules import Kind
from chungtay.kernel.text import date_text
from chungtay.places.rules import LEVEL_LABELS, Node
from chungtay.reviews import tables
from chungtay.reviews.answers import map_code
from chungtay.reviews.book import MILLION, Book
from chungtay.reviews.maps import Former
from chungtay.reviews.rules import Ask, BlockKind, DraftBlock, Shape
from chungtay.reviews.scope import Series

WIDTH_MM = 252
NAMES_MM = 46  # the sequence number and the unit's name
FORMERLY = "trước sắp xếp"
MOST_KEYS = 3
SECTION = "annex-1"
NOTE = "Dấu (-): không phát sinh; dấu (…): chưa báo cáo."
Wanted = tuple[Series, str, str]
"""(indicator, dimension key, head of its column)."""


def write_annex(book: Book) -> list[DraftBlock]:
    """Return the annex: its title and one table a page wide for each group of columns; nothing when no unit is to be shown."""
    if not has_annex(book):
        return []
    words = "Biểu số liệu theo đơn vị" if book.scope.children else f"Biểu số liệu theo đơn vị {FORMERLY}"
    lines = [words]
    if as_of := book.scope.map.as_of:
        lines.append(f"(Số liệu trên bản đồ ngày {date_text(as_of)})")
    title = DraftBlock(BlockKind.ANNEX, SECTION, "annex", spec={"title": lines, "landscape": True})
    return [title, *(_table(book, wanted, number) for number, wanted in enumerate(_pages(_wanted(book)), 1))]


def has_annex(book: Book) -> bool:
    """Return whether there is an annex by units: units below, or what the area itself was formed from."""
    return bool(book.scope.children or book.scope.formers)


def _wanted(book: Book) -> list[Wanted]:
    """The columns: what some unit below reports or is expected to report, in the order of the dictionary."""
    shown = book.scope.child_ids or (book.scope.area_id,)
    return [
        (series, key, head)
        for series in book.scope.series.values()
        if any(concerns(book, series, area_id) for area_id in shown)
        for key, head in tables.columns_of(series, MOST_KEYS)
    ]


def concerns(book: Book, series: Series, area_id: UUID) -> bool:
    """Return whether a unit of the report's map reports an indicator, or is expected to."""
    figure = book.answers.of(series.code, "", area_id, book.scope.period.code)
    return figure is not None and (figure.is_known or figure.expected > 0)


def _width(series: Series) -> float:
    return 20 if series.is_money else 17


def _pages(wanted: Sequence[Wanted]) -> list[list[Wanted]]:
    """Divide the columns into as few tables as the page's width allows; parts, and the terms of a ratio, stay together."""
    ratio_of = {term: series.code for series, _, _ in wanted for term in series.terms or ()}
    groups: dict[str, list[Wanted]] = {}
    for one in wanted:
        groups.setdefault(ratio_of.get(one[0].code, one[0].code), []).append(one)
    pages: list[list[Wanted]] = [[]]
    used = 0.0
    for group in groups.values():
        width = sum(_width(series) for series, _, _ in group)
        if pages[-1] and used + width > WIDTH_MM - NAMES_MM:
            pages.append([])
            used = 0
        pages[-1] += group
        used += width
    return [page for page in pages if page]


def _table(book: Book, wanted: Sequence[Wanted], number: int) -> DraftBlock:
    columns = [tables.column("TT", 9, align="center"), tables.column("Đơn vị", NAMES_MM - 9, align="left")]
    for series, _, head in wanted:
        columns.append(tables.column(head, group=tables.group_of(series, MOST_KEYS)))
    rows: list[list[tables.Cell]] = []
    if book.scope.children and any(_has_own_part(book, one) for one in wanted):
        own = [_own(book, one) for one in wanted]
        name = f"Cấp {LEVEL_LABELS[book.scope.level]}"
        rows.append([{"ordinal": "A"}, tables.text(name), *own])
    for place, node in enumerate(book.scope.children, 1):
        cells = [below(book, question(book, one, Shape.CELL), node) for one in wanted]
        rows.append([{"ordinal": str(place)}, tables.text(node.name), *cells])
        rows += [_formerly(book, wanted, former) for former in book.scope.formers.get(node.area_id, ())]
    if not book.scope.children:
        for place, former in enumerate(book.scope.formers[book.scope.area_id], 1):
            cells = [then(book, question(book, one, Shape.CELL), former) for one in wanted]
            rows.append([{"ordinal": str(place)}, tables.text(former.name), *cells])
    total = [tables.EMPTY, tables.text("Tổng"), *(_total(book, one) for one in wanted)]
    names = ", ".join(dict.fromkeys(tables.short_head(series) for series, _, _ in wanted))
    spec: Mapping[str, Any] = {
        "caption": f"Số liệu theo đơn vị: {names}",
        "unit_line": "",
        "columns": columns,
        "rows": rows,
        "total": total,
        "small": True,
        "numbered": True,
        "note": NOTE,
        "says_coverage": True,
        "is_form": True,
    }
    return DraftBlock(BlockKind.TABLE, SECTION, f"units-{number}", spec=spec)


def _formerly(book: Book, wanted: Sequence[Wanted], former: Former) -> list[tables.Cell]:
    """The row of a unit that is now part of the one above it."""
    cells = [then(book, question(book, one, Shape.CELL), former) for one in wanted]
    return [tables.EMPTY, tables.text(f"- {FORMERLY}: {former.name}"), *cells]


def question(book: Book, one: Wanted, shape: Shape) -> Ask | None:
    """Return the question of a column, about the report's area."""
    series, key, _ = one
    divisor = MILLION if series.is_money else 1
    if series.kind is Kind.RATIO:
        shape = Shape.CELL_RATIO
    return book.question(series.code, shape, period=book.scope.period, dimension=key, places=2, divisor=divisor)


def _total(book: Book, one: Wanted) -> tables.Cell:
    return kept(book, question(book, one, Shape.CELL))


def kept(book: Book, ask: Ask | None) -> tables.Cell:
    """Keep a question and return its cell; one that cannot be put stays marked missing."""
    if ask is None:
        return {"mark": "…"}
    book.keep(ask)
    return {"figure": ask.key}


def below(book: Book, ask: Ask | None, node: Node) -> tables.Cell:
    """Return the cell of a unit on the report's map."""
    if ask is None:
        return kept(book, None)
    key, label = f"{node.code or node.name} {ask.key}", f"{node.name}: {ask.label}"
    return kept(book, replace(ask, key=key, label=label, area_id=node.area_id))


def then(book: Book, ask: Ask | None, former: Former) -> tables.Cell:
    """Return the cell of a unit on an earlier map."""
    if ask is None:
        return kept(book, None)
    day = map_code(former.day)
    key = f"{former.code or former.name}@{day} {ask.key}"
    label = f"{former.name} (bản đồ ngày {date_text(former.day)}): {ask.label}"
    return kept(book, replace(ask, key=key, label=label, area_id=former.area_id, on_map=day))


def _own(book: Book, one: Wanted) -> tables.Cell:
    ask = question(book, one, Shape.CELL_OWN)
    if ask is None or one[0].kind is Kind.RATIO:
        return tables.NO_SUM
    return kept(book, ask)


def _has_own_part(book: Book, one: Wanted) -> bool:
    """Whether the area reports something itself, beyond its units."""
    series, key, _ = one
    if series.kind is Kind.RATIO:
        return False
    code, period = series.code, book.scope.period.code
    whole = book.answers.known(code, key, book.scope.area_id, period)
    below = [book.answers.known(code, key, area_id, period) for area_id in book.scope.child_ids]
    return _value(whole) != sum(_value(part) for part in below)


def _value(figure: Figure | None) -> int:
    return figure.value or 0 if figure is not None else 0
