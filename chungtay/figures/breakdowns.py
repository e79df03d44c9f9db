"""Figures by some of an indicator's dimensions: by kind only, where it is broken down by kind and sex.

A part of a breakdown is a line over all the cells that belong to it, so that coverage, ratio and trace are worked out as
for any other figure, and the parts of every level add up to its total.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from chungtay.figures.answering import Asked, Row
from chungtay.figures.rules import Figure, view_of
from chungtay.figures.selectors import figures_of_rows
from chungtay.indicators.selectors import indicators_by_code, partial_keys
from chungtay.kernel.periods import Period


def consolidate_by(
    *,
    indicators: Sequence[str],
    area_ids: Sequence[UUID],
    periods: Sequence[Period],
    dimension_codes: Sequence[str],
    on_map: date | None = None,
    known_at: datetime | None = None,
    status: str = "approved",
) -> list[Figure]:
    """Return the figures of every indicator, part of its breakdown by these dimensions, area and period, in that order.

    A figure's `dimension` is the key of its part ("new/*"), "" for no dimension. Raises NoSuchBreakdown when an indicator
    lacks one of the dimensions, and as `consolidate` does.
    """
    rows = [
        Row(indicator, key)
        for indicator in indicators_by_code(indicators).values()
        for key, _ in partial_keys(indicator, dimension_codes)
    ]
    return figures_of_rows(rows, list(area_ids), list(periods), Asked(view_of(status), known_at, on_map))
