"""Which map a figure stands on: a stated day's, or for each period that of its own last day."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from chungtay.kernel.periods import Period
from chungtay.places.models import AreaVersion
from chungtay.places.rules import Tree
from chungtay.places.selectors import tree_on


def maps_for(periods: Sequence[Period], on_map: date | None) -> list[tuple[Tree, list[int]]]:
    """Return each map that is needed with the positions of the periods that stand on it."""
    if on_map is not None:
        return [(tree_on(on_map), list(range(len(periods))))]
    changes = _change_days() if len(periods) > 1 else []
    positions: dict[date, list[int]] = {}
    for position, period in enumerate(periods):
        since = bisect_right(changes, period.last_day)
        day = changes[since - 1] if since else period.last_day
        positions.setdefault(day, []).append(position)
    return [(tree_on(day), chosen) for day, chosen in positions.items()]


def _change_days() -> list[date]:
    """Return the days on which the map changed; between two of them it is the same."""
    days = AreaVersion.objects.order_by().values_list("valid_from", "valid_to").distinct()
    return sorted({day for pair in days for day in pair if day is not None})
