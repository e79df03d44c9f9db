"""Geometry of the small charts and of the grains: numbers in, coordinates out (user units of the SVG), no markup.

Bars start at zero. A point without a value is a dotted place with “…”, never a bar of height zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 272, 84
_TOP, _BASE, _LABEL_Y, _TARGET_ROW = 18, 62, 79, 18  # highest value · zero line · names · one more row for the target
_MIDDLE_DOT = 4
_MISSING_HEIGHT = 16
# More units than this are drawn as one bar in two parts: grains would be thinner than a hair.
MOST_GRAINS = 24
_GRAIN, _GAP = 6, 2


@dataclass(frozen=True)
class Mark:
    """One point drawn: the bar (x, y, width, height) or the centre of the dot (mid, y); text at `value_y`."""

    label: str
    text: str
    is_missing: bool
    is_partial: bool
    x: float
    y: float
    width: float
    height: float
    mid: float
    value_y: float


@dataclass(frozen=True)
class Spark:
    """A chart ready to draw. `lines` holds one path per unbroken run of values; `target_y` is None without a target.

    breaks: where a series ceases to be like what was before.
    """

    kind: str
    width: int
    height: int
    base: int
    label_y: int
    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    target_y: float | None
    target_text: str
    target_text_y: int
    breaks: tuple[float, ...] = ()


@dataclass(frozen=True)
class Grain:
    """One reporting unit in the row of grains."""

    x: int
    width: int
    is_filled: bool


def spark(
    points: Sequence[Mapping[str, Any] | Any],
    *,
    kind: str = "bar",
    target: float | None = None,
    target_text: str = "",
    breaks: Sequence[int] = (),
) -> Spark:
    """Lay out up to about eight points. breaks: before which of them, counted from 0, the series breaks.

    A point has `label`, `value` (number or None), `text` (the value as printed), optionally `partial` (an unfinished
    period, dashed); mappings and objects both do. Bars start at zero; a line uses the span of its values and target.
    """
    read = [_Point.of(point) for point in points]
    values = [point.value for point in read if point.value is not None] + ([target] if target is not None else [])
    low, high = _span(values, kind)
    step = WIDTH / max(len(read), 1)
    marks = tuple(_mark(point, index * step, step, low, high, kind) for index, point in enumerate(read))
    target_y = None if target is None else _height_of(target, low, high)
    return Spark(
        kind=kind,
        width=WIDTH,
        height=HEIGHT if target is None else HEIGHT + _TARGET_ROW,
        base=_BASE,
        label_y=_LABEL_Y,
        marks=marks,
        lines=_lines(marks, breaks) if kind == "line" else (),
        target_y=target_y,
        target_text=target_text,
        target_text_y=_LABEL_Y + _TARGET_ROW,
        breaks=tuple(round(position * step, 1) for position in sorted(set(breaks)) if 0 < position < len(read)),
    )


def grains(reported: int, expected: int) -> tuple[list[Grain], int]:
    """Return the grains and the width of the row; units beyond MOST_GRAINS share one bar of two parts."""
    if expected <= 0:
        return [], 0
    filled = min(max(reported, 0), expected)
    if expected > MOST_GRAINS:
        width = MOST_GRAINS * (_GRAIN + _GAP) - _GAP
        part = width if filled == expected else min(round(width * filled / expected), width - 1)
        parts = [Grain(0, part, True), Grain(part, width - part, False)]
        return [grain for grain in parts if grain.width], width
    row = [Grain(index * (_GRAIN + _GAP), _GRAIN, index < filled) for index in range(expected)]
    return row, expected * (_GRAIN + _GAP) - _GAP


@dataclass(frozen=True)
class _Point:
    label: str
    value: float | None
    text: str
    is_partial: bool

    @classmethod
    def of(cls, point: Mapping[str, Any] | Any) -> "_Point":
        given = point if isinstance(point, Mapping) else vars(point) if hasattr(point, "__dict__") else point._asdict()
        value = given.get("value")
        text = str(given.get("text") or ("" if value is None else value))
        return cls(str(given["label"]), None if value is None else float(value), text, bool(given.get("partial")))


def _span(values: Sequence[float], kind: str) -> tuple[float, float]:
    if not values:
        return 0.0, 1.0
    if kind == "bar":
        return 0.0, max(max(values), 0.0) or 1.0
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 1, high + 1)


def _height_of(value: float, low: float, high: float) -> float:
    return round(_BASE - (value - low) / (high - low) * (_BASE - _TOP), 1)


def _mark(point: _Point, left: float, step: float, low: float, high: float, kind: str) -> Mark:
    width = min(step - 14, 52)
    mid = round(left + step / 2, 1)
    x = round(mid - width / 2, 1)
    if point.value is None:
        y = float(_BASE - _MISSING_HEIGHT)
        height = float(_MISSING_HEIGHT)
    else:
        y = _height_of(point.value, low, high)
        height = round(_BASE - y, 1)
    value_y = round(y - (_MIDDLE_DOT + 5 if kind == "line" else 5), 1)
    return Mark(
        point.label, point.text, point.value is None, point.is_partial, x, y, round(width, 1), height, mid, value_y
    )


def _lines(marks: Sequence[Mark], breaks: Sequence[int]) -> tuple[str, ...]:
    """Break the line at a missing value, since what nobody reported is not drawn, and where the series breaks."""
    runs: list[list[Mark]] = [[]]
    for position, mark in enumerate(marks):
        if mark.is_missing or position in breaks:
            runs.append([])
        if not mark.is_missing:
            runs[-1].append(mark)
    return tuple("M" + " ".join(f"{mark.mid} {mark.y}" for mark in run) for run in runs if len(run) > 1)
