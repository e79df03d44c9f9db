"""Who is expected to report what, as masks over windows and units.

An area is expected for an indicator in a window when one of its rows [valid_from, valid_to) touches the window.
Most indicators of a form have the same rows, so equal sets of rows are kept and worked out once.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import numpy as np

from chungtay.figures.cube import Ints, Mask
from chungtay.figures.grouping import Positions
from chungtay.kernel.periods import bin_start

ExpectedRow = tuple[UUID, UUID, date, date | None]
"""(indicator id, area id, valid_from, valid_to exclusive or None)."""

_Spans = tuple[tuple[UUID, int, int], ...]
_MOST_CUBES = 4
_FOREVER = date.max.toordinal() + 1


class _Pattern:
    """Rows of expectation that some indicators share: areas, and the days [start, end) of each as ordinals, by area."""

    def __init__(self, spans: _Spans) -> None:
        areas = [area for area, _, _ in spans]
        self.start = np.array([start for _, start, _ in spans], np.int32)
        self.end = np.array([end for _, _, end in spans], np.int32)
        self.areas = list(dict.fromkeys(areas))
        number = {area: at for at, area in enumerate(self.areas)}
        self.firsts = np.searchsorted([number[area] for area in areas], np.arange(len(self.areas)))

    def mask(self, places: "_Places", units: Positions, starts: Ints, ends: Ints) -> Mask:
        """Return who is expected [window, unit]; units: their places."""
        area_of = places.areas_of(self)[units]
        there = np.flatnonzero(area_of >= 0)
        mask = np.zeros((len(starts), len(units)), np.bool_)
        if len(self.firsts) == len(self.start):  # one row per area, as nearly always
            rows = area_of[there]
            mask[:, there] = (self.start[rows] < ends[:, None]) & (self.end[rows] > starts[:, None])
        elif len(there):
            touches = (self.start < ends[:, None]) & (self.end > starts[:, None])
            mask[:, there] = np.logical_or.reduceat(touches, self.firsts, axis=1)[:, area_of[there]]
        return mask


class _Places:
    """The places of one cube, to be found by their areas once and not for every question."""

    def __init__(self, place_ids: Sequence[UUID]) -> None:
        self.place_ids = place_ids
        self._areas_of: dict[int, tuple[_Pattern, Positions]] = {}

    def areas_of(self, pattern: _Pattern) -> Positions:
        """Return for each place the number of its area in a pattern, -1 without."""
        if id(pattern) not in self._areas_of:
            number = {area: at for at, area in enumerate(pattern.areas)}
            found = np.array([number.get(place_id, -1) for place_id in self.place_ids], np.intp)
            self._areas_of[id(pattern)] = pattern, found  # what is held keeps its id
        return self._areas_of[id(pattern)][1]


class Expectations:
    """The rows in force; of rows with the same (indicator, area, valid_from) the last given one counts."""

    def __init__(self, rows: Iterable[ExpectedRow] = ()) -> None:
        latest: dict[UUID, dict[tuple[UUID, int], int]] = {}
        for indicator_id, area_id, valid_from, valid_to in rows:
            end = _FOREVER if valid_to is None else valid_to.toordinal()
            latest.setdefault(indicator_id, {})[area_id, valid_from.toordinal()] = end
        shared: dict[_Spans, _Pattern] = {}
        self._patterns: dict[UUID, _Pattern] = {}
        for indicator_id, ends in latest.items():
            spans = tuple((area, start, end) for (area, start), end in sorted(ends.items()) if end > start)
            if spans not in shared:
                shared[spans] = _Pattern(spans)
            self._patterns[indicator_id] = shared[spans]
        self._places: OrderedDict[int, _Places] = OrderedDict()

    @property
    def area_ids(self) -> set[UUID]:
        """Every area that is expected for anything at any time."""
        return {area for pattern in set(self._patterns.values()) for area in pattern.areas}

    def masks(
        self, wanted: Sequence[frozenset[UUID]], place_ids: Sequence[UUID], units: Positions, first: Ints, end: Ints
    ) -> tuple[list[Mask], list[int]]:
        """Return the distinct masks [windows, units] and, for each wanted set of indicators, which mask is its own.

        place_ids: the areas of a cube; units: the places of it that are asked for; first, end: the windows in bins. A unit
        is expected when it is for one of the indicators. Not to be used by two threads at once.
        """
        places = self._places_of(place_ids)
        starts = np.array([bin_start(int(b)).toordinal() for b in first], np.int32)
        ends = np.array([bin_start(int(b)).toordinal() for b in end], np.int32)
        masks: list[Mask] = []
        index: dict[tuple[int, ...], int] = {}
        chosen: list[int] = []
        for indicators in wanted:
            patterns = {id(p): p for p in (self._patterns.get(i) for i in indicators) if p is not None}
            key = tuple(sorted(patterns))
            if key not in index:
                index[key] = len(masks)
                mask = np.zeros((len(starts), len(units)), np.bool_)
                for pattern in patterns.values():
                    mask |= pattern.mask(places, units, starts, ends)
                masks.append(mask)
            chosen.append(index[key])
        return masks, chosen

    def _places_of(self, place_ids: Sequence[UUID]) -> _Places:
        held = self._places.get(id(place_ids))
        if held is None or len(held.place_ids) != len(place_ids):
            held = self._places[id(place_ids)] = _Places(place_ids)
            while len(self._places) > _MOST_CUBES:
                self._places.popitem(last=False)
        self._places.move_to_end(id(place_ids))
        return held
