"""A figure through the years: points for the small chart, and the rows of its table with the exact numbers.

Flows are bars from zero, an unfinished year dashed; stocks and ratios are a line. Money is cut down to its scale in the
chart, never rounded up; the table beside it has the exact đồng.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from chungtay.figures.rules import Figure
from chungtay.figures.series_breaks import SeriesBreak, between
from chungtay.figures.wording import in_full
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.numerals import scaled_text
from chungtay.kernel.periods import Period

_SCALES = ((9, "tỷ đồng", 2), (6, "triệu đồng", 1))


@dataclass(frozen=True)
class Point:
    """One point of the small chart, as `{% spark %}` reads it."""

    label: str
    value: float | None
    text: str
    partial: bool


@dataclass(frozen=True)
class TrendRow:
    """One line of the table: the span, the number in full (None: no number), and the figure that it opens to.

    broken: why this line and those after it are not like those before, "" where they are.
    """

    label: str
    text: str | None
    figure: Figure
    broken: str = ""


@dataclass(frozen=True)
class Trend:
    """A chart and its table. `kind` is "bar" or "line"; `unit` is that of the chart, `full_unit` that of the table.

    breaks: (position, sentence), each before the point of that position.
    """

    kind: str
    points: tuple[Point, ...]
    unit: str
    rows: tuple[TrendRow, ...]
    full_unit: str
    target: float | None = None
    target_text: str = ""
    breaks: tuple[tuple[int, str], ...] = ()

    @property
    def has_unfinished(self) -> bool:
        """Whether some bar is dashed."""
        return self.kind == "bar" and any(point.partial for point in self.points)


def trend_of(
    figures: Sequence[Figure],
    indicator: Indicator,
    *,
    target: Fraction | None = None,
    target_text: str = "",
    breaks: Sequence[SeriesBreak] = (),
) -> Trend | None:
    """Return the trend of one line of figures in order of time; None when no period has a number.

    target: the level to reach, in the indicator's unit (a ratio as a fraction of one), drawn for stocks and ratios only.
    """
    seen = _drawn(figures, indicator)
    if not any(figure.is_known for figure in seen):
        return None
    exponent, unit, places = _scale(seen, indicator)
    is_flow = indicator.kind == Kind.FLOW
    broken = tuple((position, one.sentence) for position, one in between(breaks, seen))
    why = {position: " ".join(words for at, words in broken if at == position) for position, _ in broken}
    drawn_target = None if target is None or is_flow else float(target * indicator.times)
    return Trend(
        kind="bar" if is_flow else "line",
        points=tuple(_point(figure, indicator, exponent, places) for figure in seen),
        unit=unit,
        rows=tuple(
            TrendRow(span_label(figure.period), in_full(figure, indicator), figure, why.get(at, ""))
            for at, figure in enumerate(seen)
        ),
        full_unit=indicator.unit,
        target=drawn_target,
        target_text=target_text if drawn_target is not None else "",
        breaks=broken,
    )


def _drawn(figures: Sequence[Figure], indicator: Indicator) -> list[Figure]:
    """Leave out an unfinished last year in which nothing was due yet: a yearly count is not late in May."""
    seen = list(figures)
    if seen and indicator.kind != Kind.FLOW and not seen[-1].is_known and not is_whole_year(seen[-1].period):
        seen.pop()
    return seen


def _scale(figures: Sequence[Figure], indicator: Indicator) -> tuple[int, str, int]:
    """Return the power of ten, unit and places of the chart's numbers."""
    if indicator.is_money:
        largest = max((abs(figure.value) for figure in figures if figure.value is not None), default=0)
        for exponent, unit, places in _SCALES:
            if largest >= 10**exponent:
                return exponent, unit, places
    return 0, indicator.unit, 0


def _point(figure: Figure, indicator: Indicator, exponent: int, places: int) -> Point:
    amount = figure.ratio if indicator.kind == Kind.RATIO else figure.amount
    if amount is None:
        return Point(year_label(figure.period), None, "", partial=False)
    text = in_full(figure, indicator) or ""
    if exponent and figure.value is not None:
        text = scaled_text(figure.value // 10 ** (exponent - places), places)
    shown = amount * indicator.times
    partial = indicator.kind == Kind.FLOW and not is_whole_year(figure.period)
    return Point(year_label(figure.period), float(shown), text, partial)


def is_whole_year(period: Period) -> bool:
    """Whether the period is a whole calendar year."""
    return period.start == date(period.start.year, 1, 1) and period.end == date(period.start.year + 1, 1, 1)


def span_label(period: Period) -> str:
    """Name a span in a table: "2022", "5 tháng đầu 2023", "Quý III/2022"."""
    begins_the_year = (period.start.month, period.start.day) == (1, 1)
    if begins_the_year and period.end.day == 1 and period.last_day.year == period.start.year:
        months = period.last_day.month
        return period.short() if months in (1, 3, 6, 12) else f"{months} tháng đầu {period.start.year}"
    return period.short()


def year_label(period: Period) -> str:
    """Name a year, or the part of one that is over: "2022", "5/23"."""
    if is_whole_year(period):
        return str(period.start.year)
    if period.start == date(period.start.year, 1, 1) and period.last_day.year == period.start.year:
        return f"{period.last_day.month}/{period.last_day.year % 100:02d}"
    return period.short()
