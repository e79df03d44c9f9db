"""Which texts of a page make a row of its table, whether cells stand at the top of a row or in its middle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chungtay.banking.pdf_grid import Grid, Piece, is_footer

_CELL_GAP = 0.9  # lines of one cell usually stand closer than this many heights of a line
_ROW_GAP = 2.2  # further apart than this nothing belongs together

Span = tuple[float, float]


@dataclass
class Rows:
    """The body of a page: what stands above the first row, the pieces of each row, what belongs to none."""

    above: list[Piece] = field(default_factory=list)
    rows: list[list[Piece]] = field(default_factory=list)
    outside: list[Piece] = field(default_factory=list)


def rows_on(pieces: Sequence[Piece], grid: Grid) -> Rows:
    """Sort the pieces of a page's body, given from top to bottom, into rows.

    Lines that stand close together in a column make a block; it belongs to the row whose first cell is beside it.
    """
    found = Rows()
    columns: list[list[Piece]] = [[] for _ in grid.titles]
    for piece in pieces:
        (found.outside if is_footer(piece) else columns[grid.column(piece)]).append(piece)
    starts = [piece for piece in pieces if not is_footer(piece) and grid.begins_row(piece)]
    spans = [_span(start, columns[grid.column(start)], starts) for start in starts]
    tops = [start.top - start.height / 2 for start in starts]
    found.rows = [[] for _ in starts]
    for column in columns:
        last: tuple[int, float] | None = None  # the row of the block above, and where that block ends
        for block in _blocks(column):
            beside = [row for row, span in enumerate(spans) if span[0] <= block[-1].bottom and block[0].top <= span[1]]
            if not beside and last and block[0].top - last[1] <= _ROW_GAP * block[0].height:
                beside = [last[0]]  # a cell whose lines stand wider apart
            if not beside:
                is_above = bool(starts) and block[0].top < spans[0][0]
                (found.above if is_above else found.outside).extend(block)
                continue
            for piece in block:
                # Where rows stand as close as lines one block holds several; then each begins at its date.
                row = beside[0] if len(beside) == 1 else max(sum(top <= piece.top for top in tops) - 1, beside[0])
                found.rows[row].append(piece)
                last = row, piece.bottom
    return found


def _blocks(column: Sequence[Piece]) -> Iterator[list[Piece]]:
    block: list[Piece] = []
    for piece in column:
        if block and piece.top - max(p.bottom for p in block) > _CELL_GAP * piece.height:
            yield block
            block = []
        block.append(piece)
    if block:
        yield block


def _span(start: Piece, column: Sequence[Piece], starts: Sequence[Piece]) -> Span:
    """From the top of a row's date to the end of its cell, which may hold the document's number below."""
    bottom = start.bottom
    for piece in column:
        if piece.top <= start.top or piece is start:
            continue
        if piece in starts or piece.top - bottom > _CELL_GAP * piece.height:
            break
        bottom = max(bottom, piece.bottom)
    return start.top, bottom
