"""What each single unit holds in each window, before units are added up: arrays [series or line, window, unit]."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from chungtay.figures.cube import Ints, Mask, Spans, Values

AT_ALL_TIMES = 32767
"""Stands for "as of no particular day": newer than every column."""

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
    """Per unit: the value, whether there is one, and the columns of its newest and of its least new part.

    A flow is as of no particular day: AT_ALL_TIMES; its `earliest` is -1 when it is not complete. No data: both -1.
    """

    value: Values
    has: Mask
    latest: Spans
    earliest: Spans


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
    for window, (start, low, high) in enumerate(zip(columns.first, columns.low, columns.high, strict=True)):
        high = min(int(high), int(np.searchsorted(columns.bins, start + longest - 1)))
        if high <= low:
            continue
        near = slice(int(low), high)
        across = spans[:, near] > (columns.bins[near] - start + 1)[:, None]
        if across.any():
            yield window, near, across


def flow_units(values: Values, spans: Spans, columns: Columns, longest: int) -> UnitValues:
    """Return each unit's sum over the facts wholly inside each window."""
    value, filled = columns.over(prefix_sums(values)), window_spans(spans, columns)
    for window, near, across in crossings(spans, columns, longest):
        value[:, window] -= (values[:, near] * across).sum(axis=1)
        filled[:, window] -= (spans[:, near] * across).sum(axis=1, dtype=np.int16)
    has = filled > 0
    return UnitValues(value, has, _all_times(has), _all_times(filled == columns.length))


def stock_units(values: Values, spans: Spans, columns: Columns) -> UnitValues:
    """Return each unit's last value whose period ends inside each window."""
    newest, carried = np.empty(spans.shape, np.int16), np.empty(values.shape, np.int64)
    newest[:, 0], carried[:, 0] = np.where(spans[:, 0] > 0, 0, -1), values[:, 0]
    for column in range(1, spans.shape[1]):
        seen = spans[:, column] > 0
        newest[:, column] = np.where(seen, column, newest[:, column - 1])
        carried[:, column] = np.where(seen, values[:, column], carried[:, column - 1])
    last = np.maximum(columns.high - 1, 0)
    latest = newest.take(last, axis=1)
    has = latest >= np.where(columns.high > columns.low, columns.low, AT_ALL_TIMES)[:, None]
    latest = np.where(has, latest, np.int16(-1))
    return UnitValues(np.where(has, carried.take(last, axis=1), 0), has, latest, latest)


def stated(spans: Spans, columns: Columns) -> Mask:
    """Return whether anybody at all states a series in each window: [series, window]. `spans` is over every place."""
    ends = np.zeros((spans.shape[0], spans.shape[1] + 1), np.int32)
    np.cumsum((spans > 0).any(axis=2), axis=1, out=ends[:, 1:])
    return ends[:, columns.high] > ends[:, columns.low]


def add_keys(units: UnitValues, used: Mask, offsets: Ints) -> UnitValues:
    """Add up the dimension keys of each line; `offsets` are where the lines begin among the series."""
    earliest = np.minimum.reduceat(np.where(used[:, :, None], units.earliest, np.int16(AT_ALL_TIMES)), offsets, axis=0)
    latest = np.maximum.reduceat(units.latest, offsets, axis=0)
    return UnitValues(
        np.add.reduceat(units.value, offsets, axis=0),
        np.logical_or.reduceat(units.has, offsets, axis=0),
        latest,
        np.minimum(earliest, latest),
    )


def over_both(above: UnitValues, below: UnitValues) -> tuple[UnitValues, UnitValues]:
    """Keep of the two terms of a ratio only the units that have both, as of the day up to which both are known."""
    both = above.has & below.has
    latest = np.where(both, np.minimum(above.latest, below.latest), np.int16(-1))
    earliest = np.where(both, np.minimum(above.earliest, below.earliest), np.int16(-1))
    return (
        UnitValues(np.where(both, above.value, 0), both, latest, earliest),
        UnitValues(np.where(both, below.value, 0), both, latest, earliest),
    )


def _all_times(where: Mask) -> Spans:
    return np.where(where, np.int16(AT_ALL_TIMES), np.int16(-1))
