"""The last part of section II: beside the same window of the year before, beside the last review, and the units beside each other.

Only figures that all units are in are held against each other; who is first and last is said where it is not a matter of ties.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import Period
from chungtay.places.rules import Node
from chungtay.reviews import idiom, tables
from chungtay.reviews.answers import map_code
from chungtay.reviews.book import MILLION, Book
from chungtay.reviews.rules import Ask, BlockKind, DraftBlock, Shape
from chungtay.reviews.scope import Series

SECTION = "ii-compare"
MOST_OF_LAST, MOST_OF_UNITS = 4, 3
EACH_END, UNITS_FOR_THREE, UNITS_AT_LEAST = 3, 9, 4
Windows = tuple[Period, ...]


def write_comparisons(book: Book, number: int, parts_of: Mapping[Period, Windows]) -> list[DraftBlock]:
    """Return the blocks under their heading; nothing when there is nothing to compare. parts_of: year -> its first parts."""
    found = [*_same_period(book, parts_of), *_last_review(book), *_leaders(book)]
    if not found:
        return []
    title = f"{number}. So sánh giữa các kỳ, giữa các đơn vị"
    return [DraftBlock(BlockKind.H2, SECTION, "h2", title), *found]


def _paragraph(name: str, text: str) -> DraftBlock:
    return DraftBlock(BlockKind.PARAGRAPH, SECTION, name, text)


def _counted(book: Book) -> list[Series]:
    """The indicators that add up: a rate is told with its terms where it belongs."""
    return [s for s in book.scope.series.values() if s.kind is not Kind.RATIO and book.has(s.code)]


# ---------------------------------------------------------------- the same window of the year before


def _same_period(book: Book, parts_of: Mapping[Period, Windows]) -> list[DraftBlock]:
    window = next((w for y in reversed(book.scope.years) for w in (y, *parts_of[y]) if _compared(book, w)), None)
    if window is None:
        return []
    before, rows = window.same_period_last_year(), []
    day = map_code(book.scope.map.for_change(window))
    for series in _compared(book, window):
        cells = [_kept(book, _cell(book, series, one, day)) for one in (window, before)]
        change = book.question(series.code, Shape.CELL_CHANGE, period=window, places=2)
        rows.append([tables.text(tables.head_of(series)), *cells, _kept(book, change)])
    book.tables += 1
    spec: dict[str, Any] = {
        "caption": "So sánh với cùng kỳ năm trước",
        "unit_line": "",
        "columns": [
            tables.column("Chỉ tiêu", 66, align="left"),
            tables.column(idiom.window_head(window)),
            tables.column(idiom.window_head(before)),
            tables.column("Mức tăng, giảm"),
        ],
        "rows": rows,
        "small": True,
        "note": "",
    }
    text = (
        f"Kết quả {idiom.window_name(window)} so với cùng kỳ năm {before.last_day.year}, tính trên cùng một bản đồ, thể hiện tại "
        f"Bảng {book.tables}; chỉ so sánh số liệu đã đủ đơn vị ở cả hai kỳ."
    )
    return [_paragraph("same", text), DraftBlock(BlockKind.TABLE, SECTION, "same-table", spec=spec)]


def _compared(book: Book, window: Period) -> list[Series]:
    found = []
    for series in _counted(book):
        ask = book.question(series.code, Shape.CELL_CHANGE, period=window, places=2)
        if ask is not None and book.printer.is_known(ask):
            found.append(series)
    return found


def _cell(book: Book, series: Series, window: Period, day: str) -> Ask | None:
    """The figure of a window on the map on which it is compared."""
    divisor = MILLION if series.is_money else 1
    ask = book.question(series.code, Shape.CELL, period=window, places=2, divisor=divisor)
    if ask is None or day == ask.on_map:
        return ask
    return replace(ask, key=f"{ask.key} @{day}", on_map=day)


def _kept(book: Book, ask: Ask | None) -> tables.Cell:
    if ask is None:
        return {"mark": "…"}
    book.keep(ask)
    return {"figure": ask.key}


# ---------------------------------------------------------------- the last review


def _last_review(book: Book) -> list[DraftBlock]:
    last = book.scope.last_review
    if last is None:
        return []
    said = list[str]()
    for series in _counted(book):
        then, now = book.ask(series.code, period=last), book.ask(series.code)
        if then and now:
            said.append(f"{idiom.lower_first(series.name)} kỳ trước {then}, kỳ này {now}")
    if not said:
        return []
    text = f"So với lần {book.scope.word} trước (số liệu {idiom.window_name(last)}): {'; '.join(said[:MOST_OF_LAST])}."
    return [_paragraph("last", text)]


# ---------------------------------------------------------------- who is first, who is last


def _leaders(book: Book) -> list[DraftBlock]:
    said = list[str]()
    for series in _counted(book):
        if len(said) < MOST_OF_UNITS and (told := _ends(book, series)):
            said.append(told)
    if not said:
        return []
    text = f"{' '.join(said)} Thứ tự theo số tuyệt đối, chưa tính quy mô của từng đơn vị."
    return [_paragraph("leaders", text)]


def _ends(book: Book, series: Series) -> str:
    """The units at both ends, those alone that nobody equals; nothing where some unit has no figure."""
    found = list(_values(book, series))
    if len(found) < UNITS_AT_LEAST or len(found) < len(book.scope.children):
        return ""
    most = EACH_END if len(found) >= UNITS_FOR_THREE else 1
    high = _apart(sorted(found, key=lambda one: -one[0]), most)
    low = _apart(sorted(found, key=lambda one: one[0]), most)
    if not high or not low:
        return ""
    ends = (", ".join(f"{node.name} ({_token(book, series, node)})" for _, node in end) for end in (high, low))
    return "Về {}: cao nhất là {}; thấp nhất là {}.".format(idiom.lower_first(series.name), *ends)


def _values(book: Book, series: Series) -> Iterator[tuple[int, Node]]:
    for node in book.scope.children:
        figure = book.answers.known(series.code, "", node.area_id, book.scope.period.code)
        if figure is not None and figure.value is not None and figure.is_complete:
            yield figure.value, node


def _apart(ordered: list[tuple[int, Node]], most: int) -> list[tuple[int, Node]]:
    """The first of a list, as many as stand apart from what follows them."""
    while most and ordered[most - 1][0] == ordered[most][0]:
        most -= 1
    return ordered[:most]


def _token(book: Book, series: Series, node: Node) -> str:
    ask = book.question(series.code, Shape.SAID, period=book.scope.period, places=2)
    if ask is None:
        return ""
    key, label = f"{node.code or node.name} {ask.key}", f"{node.name}: {ask.label}"
    return book.keep(replace(ask, key=key, label=label, area_id=node.area_id, step=1))
