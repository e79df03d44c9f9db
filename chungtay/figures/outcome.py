"""What a consolidation gives: arrays of cells, kept small, and the memory they stand in."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from chungtay.figures.cube import Ints, Mask, Spans, Values
from chungtay.figures.grouping import Groups, Positions
from chungtay.figures.setting import Line, Setting

State = Mask | Spans
"""Of one line [window, unit]: who is complete, or for a line with a stock the column of each unit's least new part."""


class Memory:
    """Arrays that are used again: an answer given in it is void as soon as the next one is asked for."""

    def __init__(self) -> None:
        self._held: dict[str, Values] = {}

    def array(self, name: str, shape: tuple[int, ...], dtype: type[np.generic]) -> npt.NDArray[Any]:
        """Return an array of any content; the same memory as before where it suffices."""
        words = -(-int(np.prod(shape)) * np.dtype(dtype).itemsize // 8)
        if name not in self._held or len(self._held[name]) < words:
            self._held[name] = np.empty(words, np.int64)
        return self._held[name].view(dtype)[: int(np.prod(shape))].reshape(shape)


@dataclass(frozen=True)
class Answer:
    """Arrays [line, window, group]. `total`: sum, or numerator of a ratio; `known`: whether there is any data (else the
    total is void); `reported`: how many of the expected units are in the figure.
    """

    setting: Setting
    total: Values
    known: Mask
    reported: Ints
    _below: Values
    _below_at: dict[int, int]
    _newest: Spans
    _newest_at: dict[int, int]
    _state_of: Callable[[Setting, Line], State]
    _states: dict[int, State] = field(default_factory=dict)
    _lacking: dict[int, list[list[int]]] = field(default_factory=dict)

    @property
    def groups(self) -> Groups:
        """The groups of the last axis."""
        return self.setting.groups

    @cached_property
    def below(self) -> Values:
        """Denominators, 0 for a line that is no ratio."""
        below = np.zeros_like(self.total)
        below[list(self._below_at)] = self._below
        return below

    @cached_property
    def expected(self) -> Ints:
        """How many units are expected."""
        counted = [self.setting.expected(line) for line in self.setting.lines]
        return np.stack(counted) if counted else np.zeros(self.total.shape, np.int32)

    @cached_property
    def as_of(self) -> Ints:
        """The last half-month bin of the newest value, -1 where that says nothing."""
        as_of = np.full(self.total.shape, -1, np.int32)
        if len(self.setting.columns.bins):
            bins = self.setting.columns.bins[np.maximum(self._newest, 0)]
            as_of[list(self._newest_at)] = np.where(self._newest >= 0, bins, -1)
        return as_of

    @cached_property
    def below_rows(self) -> npt.NDArray[np.int64]:
        """Where each line's denominators stand, -1 without."""
        return np.array([self._below_at.get(at, -1) for at in range(len(self.total))], np.int64)

    @cached_property
    def newest_rows(self) -> npt.NDArray[np.int64]:
        """Where each line's newest columns stand, -1 without."""
        return np.array([self._newest_at.get(at, -1) for at in range(len(self.total))], np.int64)

    @property
    def newest_lines(self) -> list[int]:
        """The lines with a stock, in the order of their newest columns."""
        return list(self._newest_at)

    def below_of(self, line: int) -> Values:
        """Return the denominators of a ratio [window, group]."""
        row: Values = self._below[self._below_at[line]]
        return row

    def newest_of(self, line: int) -> Spans:
        """Return the columns of the newest values of a line with a stock [window, group], -1 where there is none."""
        row: Spans = self._newest[self._newest_at[line]]
        return row

    def missing(self, line: int, window: int, group: int) -> list[int]:
        """Return the cube positions of the group's expected units that have not reported, in order."""
        starts, ends, order = self.ranges
        lacking = self.lacking(line)
        units = self._stock_lacking(line, window, group) if lacking is None else lacking[window]
        first = bisect_left(units, starts[group])
        found = units[first : bisect_left(units, ends[group], first)]
        if self.groups.repeated:
            again = {unit for unit, repeated in self.groups.repeated if repeated == group}
            found = [unit for unit in found if unit not in again]
        return [order[unit] for unit in found]

    def lacking(self, line: int) -> list[list[int]] | None:
        """Return for each window the expected units, in order, that have not reported; None where the group decides.

        Of a stock a unit lacks where another of its group has a newer value; that is one question for all groups only
        where they all are as new.
        """
        if line not in self._lacking:
            pairs = self.lacking_pairs(line)
            if pairs is None:
                return None
            windows, units = pairs
            cuts = np.searchsorted(windows, np.arange(len(self.setting.first) + 1)).tolist()
            listed = units.tolist()
            self._lacking[line] = [listed[low:high] for low, high in pairwise(cuts)]
        return self._lacking[line]

    def lacking_pairs(self, line: int) -> tuple[Positions, Positions] | None:
        """Return the same as pairs (window, unit), by window."""
        done = self._state(line) != 0
        if line in self._newest_at:
            newest = self.newest_of(line)
            if not newest.size or (newest != newest[:, :1]).any():
                return None
            done = (self._state(line) == newest[:, :1]) & (newest[:, :1] >= 0)
        windows, units = np.nonzero(self.setting.due(self.setting.lines[line]) & ~done)
        return windows, units

    def _stock_lacking(self, line: int, window: int, group: int) -> list[int]:
        state, newest = self._state(line)[window], self.newest_of(line)[window, group]
        due = self.setting.due(self.setting.lines[line])[window]
        units: list[int] = np.flatnonzero(due & ((state != newest) | (state < 0))).tolist()
        return units

    def _state(self, line: int) -> State:
        if line not in self._states:
            self._states[line] = self._state_of(self.setting, self.setting.lines[line])
        return self._states[line]

    @cached_property
    def ranges(self) -> tuple[list[int], list[int], list[int]]:
        """The starts and ends of the groups, and the order of the units, as plain numbers."""
        return self.groups.starts.tolist(), self.groups.ends.tolist(), self.groups.order.tolist()


def blank_answer(setting: Setting, memory: Memory, state_of: Callable[[Setting, Line], State]) -> Answer:
    """Return an answer whose cells are still to be filled."""
    lines = setting.lines
    cells = (len(setting.first), len(setting.groups))
    ratios = {at: row for row, at in enumerate(at for at, line in enumerate(lines) if len(line.terms) == 2)}
    stocks = {at: row for row, at in enumerate(at for at, line in enumerate(lines) if line.has_stock)}
    return Answer(
        setting,
        total=memory.array("total", (len(lines), *cells), np.int64),
        known=memory.array("known", (len(lines), *cells), np.bool_),
        reported=memory.array("reported", (len(lines), *cells), np.int32),
        _below=memory.array("below", (len(ratios), *cells), np.int64),
        _below_at=ratios,
        _newest=memory.array("newest", (len(stocks), *cells), np.int16),
        _newest_at=stocks,
        _state_of=state_of,
    )
