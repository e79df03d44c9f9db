"""Geometry of a lineage: units as boxes in columns of time, succession as streams from left to right. Pure: no markup.

A column begins on a day on which something changed. Boxes of a column never overlap; a unit stands at the middle of the
units it came from. The narrow drawing has the same boxes with short names in a smaller frame.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

WHOLE = 1_000_000
MOST_BOXES = 40
_LINE_CHARACTERS = 6.6  # width of a character of the drawings' 13px text, a little generous
SHORT = (
    ("Phường ", "P. "),
    ("Xã ", "X. "),
    ("Thị trấn ", "TT. "),
    ("Thành phố ", "TP. "),
    ("Huyện ", "H. "),
    ("Tỉnh ", "T. "),
)


@dataclass(frozen=True)
class Unit:
    """A unit of the lineage: alive during [start, end); `note` stands beside its name (its code)."""

    area_id: UUID
    name: str
    note: str
    start: date
    end: date | None
    url: str
    is_focus: bool = False
    is_side: bool = False


@dataclass(frozen=True)
class Stream:
    """A succession: `share` is the part of the older unit (in millionths) that went to the newer."""

    older: UUID
    newer: UUID
    share: int


@dataclass(frozen=True)
class Size:
    """Measures of a drawing in its own units, chosen so that its text is never smaller than 12px on its screen."""

    width: int
    box: int
    row: int
    gap: int
    is_short: bool


WIDE = Size(width=1120, box=30, row=40, gap=90, is_short=False)
NARROW = Size(width=356, box=40, row=48, gap=22, is_short=True)


@dataclass(frozen=True)
class Box:
    """A unit drawn: its lines of text begin at `text_x`, each with its own height."""

    unit: Unit
    x: float
    y: float
    width: float
    height: float
    text_x: float
    lines: tuple[tuple[float, str], ...]
    note_x: float
    note_y: float
    note: str


@dataclass(frozen=True)
class Path:
    """A stream drawn; `text` is its share, "" for a whole unit, in the middle of the stream."""

    d: str
    text: str
    x: float
    y: float
    is_part: bool
    is_side: bool


@dataclass(frozen=True)
class Head:
    """The day on which a column begins."""

    x: float
    text: str
    count: str


@dataclass(frozen=True)
class Drawing:
    """Everything to draw, in the units of its viewBox."""

    width: int
    height: int
    heads: tuple[Head, ...]
    boxes: tuple[Box, ...]
    paths: tuple[Path, ...]


def draw(units: Sequence[Unit], streams: Sequence[Stream], size: Size) -> Drawing:
    """Lay the lineage out. Streams between units that are not given are left out."""
    by_id = {unit.area_id: unit for unit in units}
    kept = [stream for stream in streams if stream.older in by_id and stream.newer in by_id]
    days = sorted({by_id[stream.newer].start for stream in kept})
    columns = {unit.area_id: _column(unit, days, kept) for unit in units}
    count = len(days) + 1
    least = 104 if size.is_short else 190
    width = max(size.width, count * (least + size.gap) - size.gap)
    box_width = round((width - (count - 1) * size.gap) / count, 1)
    rows = _rows(units, kept, columns)
    top = 46
    boxes = {
        unit.area_id: _box(
            unit, columns[unit.area_id] * (box_width + size.gap), top + rows[unit.area_id] * size.row, box_width, size
        )
        for unit in units
    }
    heads = tuple(
        Head(column * (box_width + size.gap), _head(days, column, size), _count(columns, column, units))
        for column in range(count)
    )
    height = round(max((box.y + box.height for box in boxes.values()), default=top) + 6)
    return Drawing(
        width=round(width),
        height=height,
        heads=heads,
        boxes=tuple(boxes[unit.area_id] for unit in units),
        paths=tuple(_path(boxes[stream.older], boxes[stream.newer], stream.share, by_id) for stream in kept),
    )


def percent(share: int) -> str:
    """Write a share in millionths: 210_000 -> "21%", 333_333 -> "33,33%"."""
    whole, rest = divmod(share, 10_000)
    digits = f"{rest:04d}".rstrip("0")
    return f"{whole},{digits[:2]}%" if digits else f"{whole}%"


def short_name(name: str) -> str:
    """Shorten what a unit is: "Phường Mỹ Ngãi" -> "P. Mỹ Ngãi"."""
    for long, short in SHORT:
        if name.startswith(long):
            return f"{short}{name[len(long) :]}"
    return name


def _column(unit: Unit, days: Sequence[date], streams: Sequence[Stream]) -> int:
    """A unit without forebears stands first; one that has them stands in the column of the day it began."""
    return days.index(unit.start) + 1 if any(stream.newer == unit.area_id for stream in streams) else 0


def _rows(units: Sequence[Unit], streams: Sequence[Stream], columns: Mapping[UUID, int]) -> dict[UUID, float]:
    """Place forebears one under the other, and every other unit at the middle of what it came from, none on another."""
    older: dict[UUID, list[UUID]] = {}
    for stream in streams:
        older.setdefault(stream.newer, []).append(stream.older)
    newer = {stream.older for stream in streams}
    rows: dict[UUID, float] = {}
    free: dict[int, float] = {}

    def place(area_id: UUID, seen: frozenset[UUID]) -> None:
        if area_id in rows or area_id in seen:
            return
        for forebear in older.get(area_id, ()):
            place(forebear, seen | {area_id})
        column = columns[area_id]
        above = [rows[forebear] for forebear in older.get(area_id, ()) if forebear in rows]
        lowest = free.get(column, 0.0)
        # What has no forebear begins below everything that stands to its right already.
        wanted = sum(above) / len(above) if above else lowest
        rows[area_id] = max(wanted, lowest)
        free[column] = rows[area_id] + 1

    last = [unit for unit in units if unit.area_id not in newer]
    for unit in [*last, *units]:
        place(unit.area_id, frozenset())
    return rows


def _box(unit: Unit, x: float, y: float, width: float, size: Size) -> Box:
    name = short_name(unit.name) if size.is_short else unit.name
    lines = _lines(name, width - 12)
    height = float(size.box if len(lines) == 1 or size.is_short else size.box + 14)
    first = y + height / 2 + 4.5 - (len(lines) - 1) * 7.5
    fits = not size.is_short and len(lines) == 1 and (len(name) + len(unit.note) + 3) * _LINE_CHARACTERS < width
    return Box(
        unit=unit,
        x=round(x, 1),
        y=round(y, 1),
        width=width,
        height=height,
        text_x=round(x + 8, 1),
        lines=tuple((round(first + at * 15, 1), line) for at, line in enumerate(lines)),
        note_x=round(x + width - 8, 1),
        note_y=round(first, 1),
        note=unit.note if fits else "",
    )


def _lines(name: str, width: float) -> list[str]:
    """Break a name into two lines at most; what is longer still ends in an ellipsis."""
    room = max(4, int(width / _LINE_CHARACTERS))
    if len(name) <= room:
        return [name]
    words, first = name.split(), ""
    while words and len(f"{first} {words[0]}".strip()) <= room:
        first = f"{first} {words.pop(0)}".strip()
    second = " ".join(words)
    if not first:
        return [f"{name[: room - 1]}…"]
    return [first, second if len(second) <= room else f"{second[: room - 1]}…"] if second else [first]


def _head(days: Sequence[date], column: int, size: Size) -> str:
    if column == 0:
        return "Trước đó"
    day = days[column - 1]
    written = f"{day.day:02d}/{day.month:02d}/{day.year}"
    return written if size.is_short else f"Từ {written}"


def _count(columns: Mapping[UUID, int], column: int, units: Sequence[Unit]) -> str:
    count = sum(columns[unit.area_id] == column for unit in units)
    return f"{count} đơn vị"


def _path(older: Box, newer: Box, share: int, by_id: Mapping[UUID, Unit]) -> Path:
    x1, y1 = older.x + older.width, older.y + older.height / 2
    x2, y2 = newer.x, newer.y + newer.height / 2
    middle = (x1 + x2) / 2
    coordinates = f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    is_part = share < WHOLE
    return Path(
        d=coordinates,
        text=percent(share) if is_part else "",
        x=round(x1 + (x2 - x1) * 0.5, 1),
        y=round((y1 + y2) / 2 - 5, 1),
        is_part=is_part,
        is_side=by_id[older.unit.area_id].is_side,
    )
