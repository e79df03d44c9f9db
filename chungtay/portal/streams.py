"""A drawing of money in three columns, pure: where it came from, what it was given for, what it became.

Heights are in proportion to money; every stream leaves its column in the order of the places that it goes to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, BAR = 1080, 14
TEXT_GAP = 8
COLUMNS = (
    310,
    543,
    776,
)  # left edges of the bars; words of the outer columns stand outside them, of the middle one above
ANCHORS = ("end", "middle", "start")
HEIGHT_OF_ALL = 360
GAP = 30
MOST = 7  # names in a column; the rest share one
REST = "Các khoản khác"
Flow = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Bar:
    """A name in a column: its rectangle and its sum."""

    column: int
    name: str
    amount: int
    x: float
    y: float
    height: float

    @property
    def anchor(self) -> str:
        """How its words hang on `text_x`."""
        return ANCHORS[self.column]

    @property
    def text_x(self) -> float:
        """Where its words begin, stand, or end."""
        return self.x + (-TEXT_GAP, BAR / 2, BAR + TEXT_GAP)[self.column]


@dataclass(frozen=True, slots=True)
class Stream:
    """Money between two bars: a path along its middle, and its width."""

    start: str
    end: str
    amount: int
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Bars and streams inside a picture of `width` × `height`."""

    bars: tuple[Bar, ...]
    streams: tuple[Stream, ...]
    width: int
    height: int


def draw(flows: Iterable[Flow]) -> Drawing | None:
    """Return the drawing of (from, purpose, became, amount > 0); None for nothing."""
    rows = [row for row in flows if row[3] > 0]
    if not rows:
        return None
    kept = [_kept(rows, column) for column in range(3)]
    merged: dict[tuple[str, str, str], int] = {}
    for row in rows:
        start, middle, end = (name if name in known else REST for name, known in zip(row[:3], kept, strict=True))
        merged[start, middle, end] = merged.get((start, middle, end), 0) + row[3]
    scale = HEIGHT_OF_ALL / sum(merged.values())
    bars = [_bars(merged, column, scale) for column in range(3)]
    streams = [*_streams(merged, bars, 0, scale), *_streams(merged, bars, 1, scale)]
    bottom = max(bar.y + bar.height for column in bars for bar in column.values())
    every = tuple(bar for column in bars for bar in column.values())
    return Drawing(every, tuple(streams), WIDTH, round(bottom) + 24)


def _kept(rows: Sequence[Flow], column: int) -> frozenset[str]:
    sums: dict[str, int] = {}
    for row in rows:
        name = row[:3][column]
        sums[name] = sums.get(name, 0) + row[3]
    ordered = sorted(sums, key=lambda name: (-sums[name], name))
    return frozenset(ordered if len(ordered) <= MOST else ordered[: MOST - 1])


def _bars(merged: dict[tuple[str, str, str], int], column: int, scale: float) -> dict[str, Bar]:
    sums: dict[str, int] = {}
    for key, amount in merged.items():
        sums[key[column]] = sums.get(key[column], 0) + amount
    found, y = {}, float(GAP)
    for name in sorted(sums, key=lambda one: (one == REST, -sums[one], one)):
        found[name] = Bar(column, name, sums[name], COLUMNS[column], round(y, 1), round(max(sums[name] * scale, 1), 1))
        y += sums[name] * scale + GAP
    return found


def _streams(
    merged: dict[tuple[str, str, str], int], bars: list[dict[str, Bar]], column: int, scale: float
) -> list[Stream]:
    sums: dict[tuple[str, str], int] = {}
    for key, amount in merged.items():
        pair = (key[column], key[column + 1])
        sums[pair] = sums.get(pair, 0) + amount
    lefts, rights = bars[column], bars[column + 1]
    order_left, order_right = list(lefts), list(rights)
    leaves = {name: bar.y for name, bar in lefts.items()}
    enters = {name: bar.y for name, bar in rights.items()}
    found = []
    for start, end in sorted(sums, key=lambda pair: (order_left.index(pair[0]), order_right.index(pair[1]))):
        width = sums[start, end] * scale
        x1, x2 = lefts[start].x + BAR, rights[end].x
        y1, y2 = leaves[start] + width / 2, enters[end] + width / 2
        leaves[start] += width
        enters[end] += width
        middle = (x1 + x2) / 2
        path = f"M{x1:.0f} {y1:.1f}C{middle:.0f} {y1:.1f} {middle:.0f} {y2:.1f} {x2:.0f} {y2:.1f}"
        found.append(Stream(start, end, sums[start, end], path, round(max(width, 1), 1)))
    return found
