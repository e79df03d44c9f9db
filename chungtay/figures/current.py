"""The figure that stands for an indicator now, where no page has chosen a period: from the start of the oldest programme
to the month up to which most units have reported."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chungtay.figures import selectors
from chungtay.figures.rules import Figure
from chungtay.indicators.models import Indicator
from chungtay.kernel.periods import Period, period_of
from chungtay.places.selectors import tree_on
from chungtay.programmes.selectors import root_programmes

MONTHS_BACK = 14
_YEARS_WITHOUT_PROGRAMME = 3


def current_figures(
    indicators: Sequence[Indicator], area_id: UUID, *, today: date, on_map: date | None = None
) -> dict[str, Figure]:
    """Return {indicator code: figure} of an area, approved only (one question to the account).

    Of the last MONTHS_BACK month ends that with the most units reported wins, of equals the latest.
    """
    if not indicators:
        return {}
    windows = _windows(today)
    if on_map is None and area_id not in tree_on(windows[-1].last_day):
        on_map = today  # a unit that is younger than the last month end: what came before it counts in it
    found = selectors.consolidate(
        indicators=[indicator.code for indicator in indicators],
        area_ids=[area_id],
        periods=windows,
        on_map=on_map,
    )
    best: dict[str, Figure] = {}
    for figure in found:  # windows come in order of time
        held = best.get(figure.indicator_code)
        if held is None or _worth(figure) > _worth(held):
            best[figure.indicator_code] = figure
    return best


def _worth(figure: Figure) -> tuple[bool, int, date]:
    """A later window is worth more, unless it only repeats a count of an earlier day."""
    return figure.is_known, figure.reported, figure.as_of or figure.period.last_day


def first_day(today: date) -> date:
    """Return the first day of the month in which the oldest programme began; without one, of a year some years back."""
    return min(
        (programme.starts_on.replace(day=1) for programme in root_programmes()),
        default=date(today.year - _YEARS_WITHOUT_PROGRAMME, 1, 1),
    )


def _windows(today: date) -> list[Period]:
    start = first_day(today)
    months = today.year * 12 + today.month - 1
    ends = [date(m // 12, m % 12 + 1, 1) for m in range(months - MONTHS_BACK + 1, months + 1)]
    later = [end for end in ends if end > start]
    return [period_of(start, end) for end in later] or [period_of(start, date(start.year + 1, 1, 1))]
