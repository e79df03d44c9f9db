"""Comparisons, asked of the account the fair way: both windows on one map, and never across a break of the definition.

The map is that of the later window's last day, so that units which merged are compared with what they were made of.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from chungtay.figures.formulas import Growth, break_within, growth, mixed_sentence
from chungtay.figures.rules import Figure
from chungtay.figures.selectors import consolidate
from chungtay.indicators.selectors import breaks_by_code
from chungtay.kernel.periods import Period


def growths(
    *,
    indicators: Sequence[str],
    area_ids: Sequence[UUID],
    periods: Sequence[Period],
    on_map: date | None = None,
    known_at: datetime | None = None,
    status: str = "approved",
    by_dimension: bool = False,
) -> list[Growth]:
    """Return every figure against the same window of the year before, in the order of `consolidate`.

    on_map: the map of both windows, None for that of each period's last day. Raises as `consolidate` does.
    """
    breaks = breaks_by_code(indicators)
    columns = [
        _column(
            indicators=indicators,
            area_ids=area_ids,
            periods=[period, period.same_period_last_year()],
            on_map=on_map or period.last_day,
            known_at=known_at,
            status=status,
            by_dimension=by_dimension,
        )
        for period in periods
    ]
    return [
        growth(now, before, breaks[now.indicator_code]) for row in zip(*columns, strict=True) for now, before in row
    ]


def mixed_definitions(figures: Sequence[Figure]) -> dict[str, str]:
    """Return {indicator code: sentence} for the figures that add up numbers from both sides of a break."""
    breaks = breaks_by_code(list(dict.fromkeys(figure.indicator_code for figure in figures)))
    found = {}
    for figure in figures:
        broken = break_within(figure, breaks[figure.indicator_code])
        if broken is not None:
            found[figure.indicator_code] = mixed_sentence(broken)
    return found


def _column(
    *,
    indicators: Sequence[str],
    area_ids: Sequence[UUID],
    periods: Sequence[Period],
    on_map: date,
    known_at: datetime | None,
    status: str,
    by_dimension: bool,
) -> list[tuple[Figure, Figure]]:
    """Return (figure, figure of the year before) for every line and area."""
    found = consolidate(
        indicators=indicators,
        area_ids=area_ids,
        periods=periods,
        on_map=on_map,
        known_at=known_at,
        status=status,
        by_dimension=by_dimension,
    )
    return list(zip(found[::2], found[1::2], strict=True))
