"""A table on a page of text pieces: where its columns stand, and which pieces make a row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from chungtay.banking.cells import day
from chungtay.banking.columns import ALIASES, DAYS, MONEY, Field, field_of
from chungtay.banking.profiles import STOP_WORDS, stop_pattern
from chungtay.kernel.folding import fold

_FOOTER = re.compile(r"(?:page|trang)\s*:?\s*\d+|telex\b|swift\b")
_STOP = stop_pattern(STOP_WORDS)
_HEADER_GAP = 0.7  # lines of a header stand closer than this many heights of a line


@dataclass(frozen=True)
class Piece:
    """One run of text and its box in points; y grows downwards from the top of the page."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def height(self) -> float:
        """The height of the box."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Grid:
    """The columns of a table: their names and fields, the borders between them, and from where to where the header goes."""

    titles: tuple[str, ...]
    fields: tuple[Field | None, ...]
    borders: tuple[float, ...]
    top: float
    bottom: float

    @property
    def day_column(self) -> int:
        """The column whose dates begin the rows."""
        return next(column for column, field in enumerate(self.fields) if field in DAYS)

    def column(self, piece: Piece) -> int:
        """The column that the piece overlaps most."""
        edges = [float("-inf"), *self.borders, float("inf")]
        overlaps = [min(piece.right, right) - max(piece.left, left) for left, right in pairwise(edges)]
        return overlaps.index(max(overlaps))

    def begins_row(self, piece: Piece) -> bool:
        """Whether a row begins here: a date in its column, or the word of a row of totals outside the memos."""
        column = self.column(piece)
        if column == self.day_column and day(piece.text):
            return True
        return self.fields[column] is not Field.TEXT and bool(_STOP.match(fold(piece.text)))

    def cells(self, pieces: Sequence[Piece]) -> list[str]:
        """Return the row that these pieces make; lines of a cell are kept apart."""
        found: list[list[str]] = [[] for _ in self.titles]
        for piece in sorted(pieces, key=lambda piece: (round(piece.top), piece.left)):
            found[self.column(piece)].append(piece.text)
        return ["\n".join(lines) for lines in found]


def find_grid(pieces: Sequence[Piece]) -> Grid | None:
    """Return the table whose header stands on this page, None when there is none. `pieces` go from top to bottom."""
    for anchor in pieces:
        named = field_of(anchor.text, ALIASES)
        if named is None or named[0] not in DAYS or day(anchor.text):
            continue
        grid = _grid(_header(pieces, anchor))
        if grid and any(field in DAYS for field in grid.fields) and any(field in MONEY for field in grid.fields):
            return grid
    return None


def is_footer(piece: Piece) -> bool:
    """Whether the piece is the page's own: its number, the bank's telex."""
    return bool(_FOOTER.match(fold(piece.text)))


def _header(pieces: Sequence[Piece], anchor: Piece) -> list[Piece]:
    """The pieces around the anchor that stand close enough above and below to be of one header."""
    first_day = min(
        (piece.top for piece in pieces if piece.top > anchor.bottom and day(piece.text)), default=float("inf")
    )
    top, bottom, gap = anchor.top, anchor.bottom, _HEADER_GAP * anchor.height
    while True:
        header = [
            p for p in pieces if p.bottom >= top - gap and p.top <= bottom + gap and (p.top + p.bottom) / 2 < first_day
        ]
        grown = min(p.top for p in header), max(p.bottom for p in header)
        if grown == (top, bottom):
            return header
        top, bottom = grown


def _grid(header: Sequence[Piece]) -> Grid | None:
    """Pieces that overlap sideways are one column's name."""
    columns: list[list[Piece]] = []
    reached = float("-inf")
    for piece in sorted(header, key=lambda piece: piece.left):
        if columns and piece.left <= reached + piece.height * 0.3:
            columns[-1].append(piece)
        else:
            columns.append([piece])
        reached = max(reached, piece.right)
    if len(columns) < 3:
        return None
    titles = [
        "\n".join(p.text for p in sorted(column, key=lambda piece: (round(piece.top), piece.left)))
        for column in columns
    ]
    found = [field_of(title, ALIASES) for title in titles]
    borders = [(max(p.right for p in left) + min(p.left for p in right)) / 2 for left, right in pairwise(columns)]
    top, bottom = min(p.top for p in header), max(p.bottom for p in header)
    return Grid(tuple(titles), tuple(match[0] if match else None for match in found), tuple(borders), top, bottom)
