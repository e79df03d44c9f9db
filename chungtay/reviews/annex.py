"""Phụ lục I: every unit below against the headline indicators, with the area's own part and a total that equals the sum."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from chungtay.figures.rules import Figure
from chungtay.indicators.rules import Kind
from chungtay.places.rules import LEVEL_LABELS
from chungtay.reviews import tables
from chungtay.reviews.book import MILLION, Book
from chungtay.reviews.rules import Ask, BlockKind, DraftBlock, Shape
from chungtay.reviews.scope import Series

WIDTH_MM = 252
NAMES_MM = 46  # the sequence number and the unit's name
MOST_KEYS = 3
SECTION = "annex-1"
Wanted = tuple[Series, str, str]
"""(indicator, dimension key, head of its column)."""


def write_annex(book: Book) -> list[DraftBlock]:
    """Return the annex: its title and one table a page wide for each group of columns; nothing when there are no units below."""
    if not book.scope.children:
        return []
    title = DraftBlock(
        BlockKind.ANNEX, SECTION, "annex", spec={"title": ["Biểu số liệu theo đơn vị"], "landscape": True}
    )
    return [title, *(_table(book, wanted, number) for number, wanted in enumerate(_pages(_wanted(book)), 1))]


def _wanted(book: Book) -> list[Wanted]:
    """The columns: what some unit below reports or is expected to report, in the order of the dictionary."""
    found = []
    for series in book.scope.series.values():
        if any(_concerns(book, series, area_id) for area_id in book.scope.child_ids):
            found += [(series, key, head) for key, head in tables.columns_of(series, MOST_KEYS)]
    return found


def _concerns(book: Book, series: Series, area_id: Any) -> bool:
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
    if any(_has_own_part(book, one) for one in wanted):
        own = [_own(book, one) for one in wanted]
        name = f"Cấp {LEVEL_LABELS[book.scope.level]}"
        rows.append([{"ordinal": "A"}, tables.text(name), *own])
    for place, node in enumerate(book.scope.children, 1):
        cells = [_below(book, one, node.area_id, node.code, node.name) for one in wanted]
        rows.append([{"ordinal": str(place)}, tables.text(node.name), *cells])
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
        "note": "Dấu (-): không phát sinh; dấu (…): chưa báo cáo.",
        "says_coverage": True,
    }
    book.tables += 1
    return DraftBlock(BlockKind.TABLE, SECTION, f"units-{number}", spec=spec)


def _question(book: Book, one: Wanted, shape: Shape) -> Ask | None:
    series, key, _ = one
    divisor = MILLION if series.is_money else 1
    if series.kind is Kind.RATIO:
        shape = Shape.CELL_RATIO
    return book.question(series.code, shape, period=book.scope.period, dimension=key, places=2, divisor=divisor)


def _total(book: Book, one: Wanted) -> tables.Cell:
    ask = _question(book, one, Shape.CELL)
    if ask is None:
        return {"mark": "…"}
    book.keep(ask)
    return {"figure": ask.key}


def _below(book: Book, one: Wanted, area_id: Any, code: str, name: str) -> tables.Cell:
    ask = _question(book, one, Shape.CELL)
    if ask is None:
        return {"mark": "…"}
    ask = replace(ask, key=f"{code or name} {ask.key}", label=f"{name}: {ask.label}", area_id=area_id)
    book.keep(ask)
    return {"figure": ask.key}


def _own(book: Book, one: Wanted) -> tables.Cell:
    ask = _question(book, one, Shape.CELL_OWN)
    if ask is None or one[0].kind is Kind.RATIO:
        return tables.NO_SUM
    book.keep(ask)
    return {"figure": ask.key}


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
