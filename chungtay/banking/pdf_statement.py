"""PDF statements as tables: texts with their places become rows and cells, which a profile then reads like any table.

Made for the two published forms: day and document in one cell | debit | credit | balance | details, and
STT | day | amount | details. Text only; a scanned page has none.
"""

from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import PdfiumError

from chungtay.banking.columns import Field
from chungtay.banking.guards import UPLOAD, Limits, check_size
from chungtay.banking.pdf_grid import Grid, Piece, find_grid
from chungtay.banking.pdf_rows import rows_on
from chungtay.banking.preamble import Preamble
from chungtay.banking.profiles import Profile
from chungtay.banking.statement import Statement, UnreadableStatement
from chungtay.banking.tables import read_rows

_SAME_LINE = 2.0  # points


def read_pdf(data: bytes, profile: Profile | None = None, limits: Limits = UPLOAD) -> Statement:
    """Read a PDF statement; the row of a line is its number in the table. Raises UnreadableStatement without a table."""
    check_size(data, limits)
    around = Preamble()
    # The names of the columns are row 0, so the first line is row 1.
    return read_rows(_rows(data, around, limits), profile, limits, around=around, first_row=0)


def _rows(data: bytes, around: Preamble, limits: Limits) -> Iterator[list[str]]:
    """Yield the names of the columns, then every row of every page; what stands around the table goes to `around`."""
    grid: Grid | None = None
    waiting: list[str] | None = None  # the last row of a page may go on at the top of the next
    for pieces in _pages(data, limits):
        found = find_grid(pieces)
        if found is None and grid is None:
            _read_lines(around, pieces)
            continue
        if grid is None and found:
            _read_lines(around, [piece for piece in pieces if piece.bottom < found.top])
            yield list(found.titles)
        grid = found or grid
        if grid is None:
            continue
        body = [piece for piece in pieces if found is None or piece.top > found.bottom]
        page = rows_on(body, grid)
        if waiting is not None:
            _continue(waiting, grid, page.above)
        for row in page.rows:
            if waiting is not None:
                yield waiting
            waiting = grid.cells(row)
        for piece in page.outside:
            around.read_balances([piece.text])
    if waiting is not None:
        yield waiting
    if grid is None:
        raise UnreadableStatement(
            "Không tìm thấy bảng sao kê trong tệp PDF. Nếu là bản chụp, hãy tải bản gốc hoặc dạng Excel."
        )


def _pages(data: bytes, limits: Limits) -> Iterator[list[Piece]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError:
        raise UnreadableStatement("Tệp PDF bị hỏng hoặc có mật khẩu nên không đọc được.") from None
    try:
        if len(document) > limits.pages:
            raise UnreadableStatement(f"Tệp có {len(document)} trang, nhiều hơn mức cho phép.")
        for number in range(len(document)):
            try:
                yield _pieces(document, number)
            except PdfiumError:
                raise UnreadableStatement(f"Trang {number + 1} của tệp PDF bị hỏng nên không đọc được.") from None
    finally:
        document.close()


def _pieces(document: pypdfium2.PdfDocument, number: int) -> list[Piece]:
    """The texts of a page from top to bottom."""
    page = document[number]
    text = page.get_textpage()
    height = page.get_height()
    pieces = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        content = text.get_text_bounded(left, bottom, right, top).strip()
        if content:
            pieces.append(Piece(left, height - top, right, height - bottom, content))
    text.close()
    page.close()
    return sorted(pieces, key=lambda piece: (piece.top, piece.left))


def _continue(row: list[str], grid: Grid, above: list[Piece]) -> None:
    """Add to a memo its lines that stand at the top of the next page."""
    lines = [piece for piece in above if grid.fields[grid.column(piece)] is Field.TEXT]
    if lines and Field.TEXT in grid.fields:
        row[grid.fields.index(Field.TEXT)] += "\n" + "\n".join(piece.text for piece in lines)


def _read_lines(around: Preamble, pieces: list[Piece]) -> None:
    """Read texts outside the table line by line."""
    line: list[Piece] = []
    for piece in pieces:
        if line and abs(piece.top - line[0].top) > _SAME_LINE:
            around.read([p.text for p in sorted(line, key=lambda p: p.left)])
            line = []
        line.append(piece)
    around.read([p.text for p in sorted(line, key=lambda p: p.left)])
