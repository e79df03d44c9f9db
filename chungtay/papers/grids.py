"""Tables as the renderers draw them: widths of columns, rows of the head with what each cell spans, rows of the body."""

import re
from dataclasses import dataclass

from chungtay.papers.rules import Align, SourceRow, SourcesBlock, TableBlock

SOURCE_HEADS = ("TT", "Số liệu trong văn bản", "Giá trị chính xác", "Phạm vi, thời điểm", "Nguồn", "Mã truy vết")
SOURCE_WIDTHS = (8.0, 74.0, 38.0, 64.0, 43.0, 25.0)  # a page on its side
TRACE_LETTERS = 12  # of a code that fit in its column


@dataclass(frozen=True)
class Run:
    """A piece of text: a figure (with its key, its row of the sources annex, its address) or plain words."""

    text: str
    key: str = ""
    row: int = 0  # 0 for none
    url: str = ""
    bold: bool = False


@dataclass(frozen=True)
class GridCell:
    """A cell of a grid with what it spans. `anchor` is the row of sources whose links arrive here."""

    runs: tuple[Run, ...]
    align: Align = Align.LEFT
    bold: bool = False
    small: bool = False
    columns: int = 1
    rows: int = 1
    anchor: int = 0


@dataclass(frozen=True)
class Grid:
    """A table: widths in mm, head rows (repeated on every page), body rows, and the lines around it ("" for none)."""

    widths: tuple[float, ...]
    head: tuple[tuple[GridCell, ...], ...]
    body: tuple[tuple[GridCell, ...], ...]
    caption: str = ""
    unit_line: str = ""
    note: tuple[Run, ...] = ()
    small: bool = False
    keep: bool = False
    is_form: bool = False


def column_widths(table: TableBlock, width: float) -> tuple[float, ...]:
    """Given widths stay; columns of width 0 share the rest; a table that would be too wide is scaled to the page."""
    given = sum(column.width_mm for column in table.columns)
    free = sum(column.width_mm == 0 for column in table.columns)
    rest = max(width - given, 18 * free) / free if free else 0
    widths = [column.width_mm or rest for column in table.columns]
    scale = min(1, width / sum(widths))
    return tuple(round(each * scale, 2) for each in widths)


def head_rows(table: TableBlock) -> tuple[tuple[GridCell, ...], ...]:
    """One row, or two when columns are grouped, and the row of column numbers when asked for."""
    grouped = any(column.group for column in table.columns)
    first, second = list[GridCell](), list[GridCell]()
    previous = ""
    for column in table.columns:
        cell = _head_cell(column.head, rows=2 if grouped and not column.group else 1)
        if not column.group:
            first.append(cell)
        else:
            second.append(cell)
            if column.group == previous:
                last = first[-1]
                first[-1] = _head_cell(column.group, columns=last.columns + 1)
            else:
                first.append(_head_cell(column.group))
        previous = column.group
    rows = [tuple(first)] + ([tuple(second)] if grouped else [])
    if table.numbered:
        numbers = range(1, len(table.columns) + 1)
        rows.append(tuple(GridCell((Run(f"({n})"),), Align.CENTER, small=True) for n in numbers))
    return tuple(rows)


def _head_cell(text: str, *, columns: int = 1, rows: int = 1) -> GridCell:
    return GridCell((Run(text),), Align.CENTER, bold=True, columns=columns, rows=rows)


def sources_grid(block: SourcesBlock) -> Grid:
    head = (tuple(_head_cell(text) for text in SOURCE_HEADS),)
    return Grid(SOURCE_WIDTHS, head, tuple(map(_source_cells, block.rows)), note=(Run(block.note),), small=True)


def _source_cells(row: SourceRow) -> tuple[GridCell, ...]:
    label = (Run(f"{row.label}: "), Run(row.printed, bold=True)) if row.printed else (Run(row.label),)
    scope = "; ".join(text for text in (row.coverage, row.when) if text)
    trace = (Run(_breakable(row.trace), url=row.url),) if row.trace else ()
    return (
        GridCell((Run(str(row.number)),), Align.CENTER),
        GridCell(label, anchor=row.number),
        GridCell((Run(row.exact),)),
        GridCell((Run(scope),)),
        GridCell((Run(row.source),)),
        GridCell(trace, small=True),
    )


def _breakable(code: str) -> str:
    """A code without spaces, with places to break when it is longer than its column."""
    return code if len(code) <= TRACE_LETTERS else "\u200b".join(re.findall(f".{{1,{TRACE_LETTERS}}}", code))
