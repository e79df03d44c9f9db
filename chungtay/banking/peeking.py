"""The first rows of a table as people see them, for pointing at its columns."""

from itertools import islice

from chungtay.banking.cells import Cell, is_blank, plain
from chungtay.banking.grids import csv_rows, is_workbook, workbook_sheets
from chungtay.banking.guards import UPLOAD, Limits, check_size
from chungtay.banking.statement import UnreadableStatement

_LONGEST = 120  # as long as the name of a column may be
_MOST_COLUMNS = 30
_NO_TABLE = "Chỉ chỉ cột được cho bảng tính và CSV. Với tệp khác, hãy tải lại sao kê từ ngân hàng dạng Excel."


def first_rows(data: bytes, count: int = 15, limits: Limits = UPLOAD) -> list[list[str]]:
    """Return the first rows of the first sheet that holds anything, cells shortened, all rows equally wide.

    Raises UnreadableStatement for what is no table.
    """
    check_size(data, limits)
    sheets = workbook_sheets(data, limits) if is_workbook(data) else iter([csv_rows(data, limits)])
    if not is_workbook(data) and (b"%PDF-" in data[:1024] or data.lstrip()[:1] == b"<" or b"\x00" in data[:64]):
        raise UnreadableStatement(_NO_TABLE)
    for sheet in sheets:
        rows = [[_shown(cell) for cell in row[:_MOST_COLUMNS]] for row in islice(sheet, count)]
        if any(cell for row in rows for cell in row):
            width = max(map(len, rows))
            return [row + [""] * (width - len(row)) for row in rows]
    raise UnreadableStatement(_NO_TABLE)


def _shown(cell: Cell) -> str:
    text = "" if is_blank(cell) else plain(cell)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
