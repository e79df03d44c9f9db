"""Which map a figure stands on: a stated day's, or for each period that of its own last day."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from chungtay.figures.restating import MapOf
from chungtay.kernel.periods import Period
from chungtay.places.rules import Tree
from chungtay.places.selectors import days_once_held, map_days, successions, tree_on


def maps_for(periods: Sequence[Period], on_map: date | None) -> list[tuple[Tree, list[int]]]:
    """Return each map that is needed with the positions of the periods that stand on it."""
    return [(tree_on(day), positions) for day, positions in _days(periods, on_map, None)]


def maps_of(
    periods: Sequence[Period], on_map: date | None, area_ids: Sequence[UUID], known_at: datetime | None = None
) -> list[tuple[MapOf, list[int]]]:
    """Return each map that is needed, with all that leads to it, and the positions of the periods that stand on it.

    known_at: the maps as known at a moment; where some area asked for was not known yet, as known now.
    """
    if known_at is not None:
        found = [(_map_of(day, known_at), positions) for day, positions in _days(periods, on_map, known_at)]
        if all(any(area_id in one.tree for one, _ in found) for area_id in area_ids):
            return found
    return [(_map_of(day, None), positions) for day, positions in _days(periods, on_map, None)]


def map_on(day: date) -> MapOf:
    """Return the map of a day as known now."""
    return _map_of(_since(day, [change.day for change in map_days()]), None)


def newest_map() -> MapOf:
    """Return the map after every change that is recorded."""
    days = map_days()
    return _map_of(days[-1].day if days else date.min, None)


def _map_of(day: date, known_at: datetime | None) -> MapOf:
    return MapOf(day, tree_on(day, known_at), successions(known_at))


def _days(periods: Sequence[Period], on_map: date | None, known_at: datetime | None) -> list[tuple[date, list[int]]]:
    """Return the days whose maps are needed, each the first day of its map, with the positions of the periods."""
    changes = [change.day for change in map_days()] if known_at is None else days_once_held()
    positions: dict[date, list[int]] = {}
    for position, period in enumerate(periods):
        positions.setdefault(_since(on_map or period.last_day, changes), []).append(position)
    return list(positions.items())


def _since(day: date, changes: Sequence[date]) -> date:
    """Return the day since which the map is that of a day."""
    at = bisect_right(changes, day)
    return changes[at - 1] if at else day
