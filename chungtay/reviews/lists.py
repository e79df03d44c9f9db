"""Annexes that are lists: units by how complete their figures are, and who is put forward for commendation."""

from collections.abc import Sequence
from typing import Any

from chungtay.indicators.rules import Kind
from chungtay.places.rules import Node
from chungtay.reviews import idiom, tables
from chungtay.reviews.book import Book
from chungtay.reviews.rules import BlockKind, DraftBlock

COVERAGE, AWARDS = "annex-coverage", "annex-awards"
NONE, SOME, ALL = "chưa có số liệu", "còn thiếu", "đủ số liệu"


def write_coverage(book: Book) -> list[DraftBlock]:
    """Return the list of units by coverage, those that lack most first; nothing without units below."""
    if not book.scope.children:
        return []
    found = [(node, *_lacking(book, node)) for node in book.scope.children]
    order = {NONE: 0, SOME: 1, ALL: 2}
    ordered = sorted(found, key=lambda one: order[one[1]])
    rows = [
        [{"ordinal": str(place)}, tables.text(node.name), tables.text(state), tables.text("; ".join(names) or "không")]
        for place, (node, state, names) in enumerate(ordered, 1)
    ]
    columns = [
        tables.column("TT", 12, align="center"),
        tables.column("Đơn vị", 45, align="left"),
        tables.column("Mức đầy đủ", 36, align="left"),
        tables.column("Chỉ tiêu còn thiếu", align="left"),
    ]
    return _annex(COVERAGE, "Danh sách đơn vị theo mức đầy đủ của số liệu", columns, rows)


def _lacking(book: Book, node: Node) -> tuple[str, list[str]]:
    """How complete a unit's figures of the window are, and the names of those that lack something."""
    asked, known, names = 0, 0, list[str]()
    for series in book.scope.series.values():
        figure = book.answers.of(series.code, "", node.area_id, book.scope.period.code)
        if series.kind is Kind.RATIO or figure is None or not figure.expected:
            continue
        asked += 1
        known += figure.is_known
        if not figure.is_complete:
            names.append(idiom.lower_first(series.name))
    return (NONE if asked and not known else SOME if names else ALL), names


def awards_annex(awards: Sequence[tuple[str, str]], *, has_decision: bool = False) -> list[DraftBlock]:
    """Return the list of who is put forward, or was commended by decision, and for what; nothing when nobody is."""
    if not awards:
        return []
    rows = [
        [{"ordinal": str(place)}, tables.text(name), tables.text(why)] for place, (name, why) in enumerate(awards, 1)
    ]
    columns = [
        tables.column("TT", 12, align="center"),
        tables.column("Tập thể, cá nhân", 65, align="left"),
        tables.column("Hình thức khen, thành tích", align="left"),
    ]
    title = "Danh sách khen thưởng" if has_decision else "Danh sách đề nghị khen thưởng"
    return _annex(AWARDS, title, columns, rows)


def _annex(
    section: str, title: str, columns: list[dict[str, Any]], rows: Sequence[list[tables.Cell]]
) -> list[DraftBlock]:
    spec: dict[str, Any] = {
        "caption": "",
        "unit_line": "",
        "columns": columns,
        "rows": rows,
        "small": False,
        "note": "",
    }
    return [
        DraftBlock(BlockKind.ANNEX, section, "annex", spec={"title": [title], "landscape": False}),
        DraftBlock(BlockKind.TABLE, section, "list", spec=spec),
    ]
