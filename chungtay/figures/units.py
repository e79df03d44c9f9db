"""What each single unit holds in each window, before units are added up: arrays [series or line, window, unit]."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from chungtay.figures.cube import Ints, Mask, Spans, Values

_NEVER = np.int16(32767)
_Number = TypeVar("_Number", bound=np.generic)


@dataclass(frozen=True)
class Columns:
    """The windows [first, end) of half-month bins, as ranges [low, high) of the cube's columns `cut`."""

    first: Ints
    end: Ints
    all_bins: Ints

    @cached_property
    def cut(self) -> slice:
        """The columns that any window needs."""
        low, high = np.searchsorted(self.all_bins, self.first), np.searchsorted(self.all_bins, self.end)
        filled = high > low
        return slice(int(low[filled].min()), int(high[filled].max())) if filled.any() else slice(0, 0)

    @cached_property
    def bins(self) -> Ints:
        """The bins of those columns."""
        return self.all_bins[self.cut]

    @cached_property
    def low(self) -> Ints:
        """The first column of each window."""
        return np.searchsorted(self.bins, self.first).astype(np.int32)

    @cached_property
    def high(self) -> Ints:
        """The column after the last one of each window."""
        return np.searchsorted(self.bins, self.end).astype(np.int32)

    @cached_property
    def length(self) -> Spans:
        """The length of each window in bins, as a column to compare with [.., window, unit]."""
        return (self.end - self.first).astype(np.int16)[:, None]

    def over(self, prefix: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
        """Return the sums of each window from prefix sums along axis 1."""
        sums: npt.NDArray[_Number] = prefix.take(self.high, axis=1)
        np.subtract(sums, prefix.take(self.low, axis=1), out=sums)
        return sums


@dataclass(frozen=True, slots=True)
class UnitValues:
    """Per unit: the value (0 when there is none), whether there is one, and how far it is reported.

    A flow says whether it is complete. A stock says in which columns its newest and its least new part stand, -1 when
    a part is missing. A ratio of both says the latter.
    """

    value: Values
    has: Mask
    complete: Mask | None = None
    latest: Spans | None = None
    earliest: Spans | None = None


def prefix_sums(array: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Return the sums before each column along axis 1, one longer than the array."""
    sums = np.empty((array.shape[0], array.shape[1] + 1, array.shape[2]), array.dtype)
    sums[:, 0] = 0
    for column in range(array.shape[1]):
        np.add(sums[:, column], array[:, column], out=sums[:, column + 1])
    return sums


def window_spans(spans: Spans, columns: Columns) -> Spans:
    """Return how many bins the facts that end in each window cover: [series, window, unit]."""
    return columns.over(prefix_sums(spans))


def crossings(spans: Spans, columns: Columns, longest: int) -> Iterator[tuple[int, slice, Mask]]:
    """Yield (window, columns, where) for the facts that end in a window but begin before it."""
    ends = np.minimum(columns.high, np.searchsorted(columns.bins, columns.first + (longest - 1)))
    for window in np.flatnonzero(ends > columns.low).tolist():
        near = slice(int(columns.low[window]), int(ends[window]))
        across = spans[:, near] > (columns.bins[near] - columns.first[window] + 1)[:, None]
        if across.any():
            yield window, near, across


def flow_units(values: Values, spans: Spans, columns: Columns, longest: int, required: npt.NDArray[Any]) -> UnitValues:
    """Return each unit's sum over the facts wholly inside each window; complete with `required` bins [window, unit]."""
    value, filled = columns.over(prefix_sums(values)), window_spans(spans, columns)
    for window, near, across in crossings(spans, columns, longest):
        value[:, window] -= (values[:, near] * across).sum(axis=1)
        filled[:, window] -= (spans[:, near] * across).sum(axis=1, dtype=np.int16)
    return UnitValues(value, filled > 0, complete=filled >= required)


def stock_units(values: Values, spans: Spans, columns: Columns, counting: Mask | None) -> UnitValues:
    """Return each unit's last value whose period ends inside each window, of who counts [.., window, unit] (None: all)."""
    gaps = spans == 0
    newest = np.where(gaps, np.int16(-1), np.arange(spans.shape[1], dtype=np.int16)[:, None])
    carried = values.copy()
    for column in range(1, spans.shape[1]):
        np.maximum(newest[:, column], newest[:, column - 1], out=newest[:, column])
        np.copyto(carried[:, column], carried[:, column - 1], where=gaps[:, column])
    last = np.maximum(columns.high - 1, 0)
    latest, value = newest.take(last, axis=1), carried.take(last, axis=1)
    has = latest >= np.where(columns.high > columns.low, columns.low, _NEVER).astype(np.int16)[:, None]
    if counting is not None:
        has &= counting
    np.copyto(latest, -1, where=~has)
    np.copyto(value, 0, where=~has)
    return UnitValues(value, has, latest=latest, earliest=latest)


def stated(spans: Spans, columns: Columns) -> Mask:
    """Return whether anybody at all states a series in each window: [series, window]. `spans` is over every place."""
    ends = np.zeros((spans.shape[0], spans.shape[1] + 1), np.int32)
    np.cumsum((spans > 0).any(axis=2), axis=1, out=ends[:, 1:])
    return ends[:, columns.high] > ends[:, columns.low]


def add_keys(units: UnitValues, used: Mask, offsets: Ints) -> UnitValues:
    """Add up the dimension keys of each line; `offsets` are where the lines begin among the series."""
    value = np.add.reduceat(units.value, offsets, axis=0)
    has = np.logical_or.reduceat(units.has, offsets, axis=0)
    if units.complete is not None:
        return UnitValues(value, has, complete=all_keys(units.complete, used, offsets))
    if units.latest is None or units.earliest is None:
        raise ValueError("a stock says how new it is")
    latest = np.maximum.reduceat(units.latest, offsets, axis=0)
    asked = np.where(used[:, :, None], units.earliest, _NEVER)
    return UnitValues(
        value, has, latest=latest, earliest=np.minimum(np.minimum.reduceat(asked, offsets, axis=0), latest)
    )


def all_keys(complete: Mask, used: Mask, offsets: Ints) -> Mask:
    """Return whether every key that is used is complete, and at least one is."""
    every: Mask = np.logical_and.reduceat(complete | ~used[:, :, None], offsets, axis=0)
    return every & np.logical_or.reduceat(used, offsets, axis=0)[:, :, None]


def over_both(above: UnitValues, below: UnitValues) -> tuple[UnitValues, UnitValues]:
    """Keep of the two terms of a ratio only the units that have both, as of the day up to which both are known."""
    both = above.has & below.has
    neither = ~both
    for units in (above, below):
        np.copyto(units.value, 0, where=neither)
    complete = _least(above.complete, below.complete)
    latest, earliest = _least(above.latest, below.latest), _least(above.earliest, below.earliest)
    if latest is not None and earliest is not None:
        np.copyto(latest, -1, where=neither)
        np.copyto(earliest, -1, where=neither if complete is None else ~(both & complete))
        complete = None
    return (
        UnitValues(above.value, both, complete, latest, earliest),
        UnitValues(below.value, both, complete, latest, earliest),
    )


def _least(one: npt.NDArray[_Number] | None, other: npt.NDArray[_Number] | None) -> npt.NDArray[_Number] | None:
    """Return the smaller of two arrays, element by element, or a copy of the only one."""
    if one is None or other is None:
        only = other if one is None else one
        return None if only is None else only.copy()
    least: npt.NDArray[_Number] = np.minimum(one, other)
    return least
