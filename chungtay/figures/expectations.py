"""Who is expected to report what, as masks over windows and units.

An area is expected for an indicator in a window when one of its rows [valid_from, valid_to) touches the window.
Most indicators of a form have the same rows, so equal sets of rows are kept and worked out once.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

import numpy as np

from chungtay.figures.cube import Ints, Mask
from chungtay.kernel.periods import bin_start

ExpectedRow = tuple[UUID, UUID, date, date | None]
"""(indicator id, area id, valid_from, valid_to exclusive or None)."""

_Spans = tuple[tuple[UUID, int, int], ...]
_FOREVER = date.max.toordinal() + 1


class _Pattern:
    """Rows of expectation that some indicators share: areas, and the days [start, end) of each as ordinals."""

    def __init__(self, spans: _Spans) -> None:
        self.areas = [area for area, _, _ in spans]
        self.start = np.array([start for _, start, _ in spans], np.int32)
        self.end = np.array([end for _, _, end in spans], np.int32)


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

    @property
    def area_ids(self) -> set[UUID]:
        """Every area that is expected for anything at any time."""
        return {area for pattern in set(self._patterns.values()) for area in pattern.areas}

    def masks(
        self, wanted: Sequence[frozenset[UUID]], unit_at: Mapping[UUID, int], first: Ints, end: Ints
    ) -> tuple[list[Mask], list[int]]:
        """Return the distinct masks [windows, units] and, for each wanted set of indicators, which mask is its own.

        unit_at: area -> unit; first, end: the windows in bins. A unit is expected when it is for one of the indicators.
        """
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
                masks.append(_mask(list(patterns.values()), unit_at, starts, ends))
            chosen.append(index[key])
        return masks, chosen


def _mask(patterns: Sequence[_Pattern], unit_at: Mapping[UUID, int], starts: Ints, ends: Ints) -> Mask:
    mask = np.zeros((len(starts), len(unit_at)), np.bool_)
    for pattern in patterns:
        unit = np.fromiter((unit_at.get(area, -1) for area in pattern.areas), np.int64, len(pattern.areas))
        order = np.flatnonzero(unit >= 0)
        if order.size:
            order = order[np.argsort(unit[order], kind="stable")]
            touches = (pattern.start[order] < ends[:, None]) & (pattern.end[order] > starts[:, None])
            units, first = np.unique(unit[order], return_index=True)
            mask[:, units] |= np.logical_or.reduceat(touches, first, axis=1)
    return mask
