"""From the cube to consolidated figures: lines × windows × groups of units, all cells at once.

Flow: a window holds the facts that lie wholly inside it (a fact that crosses the window's start is left out, one that
crosses its end stands in a later bin anyway), so a quarter is never shown as a month. A unit is complete iff the spans
of those facts add up to the window's length. Sums over time are differences of prefix sums.
Stock: each unit's last value whose period ends inside the window. The figure is as of the newest of them, and a unit
has reported iff its own last value is that new.
A line over several dimension keys adds them up; a unit must have every key that anybody stated in the window.
Ratio: sums of the two terms over the units that have both; as of the day up to which both are known.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from chungtay.figures.cube import Cube, Ints, Mask, Spans, Values
from chungtay.figures.grouping import Groups
from chungtay.figures.units import (
    Columns,
    UnitValues,
    add_keys,
    all_keys,
    crossings,
    flow_units,
    over_both,
    prefix_sums,
    stated,
    stock_units,
    window_spans,
)
from chungtay.indicators.rules import Kind
from chungtay.kernel.errors import DomainError

_CHUNK_CELLS = 1 << 20
"""Lines × windows × units worked on at a time: small enough for the processor's cache."""

_CELLS_WORTH_THREADS = 1 << 21
_THREADS = min(4, os.cpu_count() or 1)
_MOST = 2**63 - 1
_Number = TypeVar("_Number", bound=np.generic)


class SumTooLarge(DomainError):
    """A sum may not fit 64 bits."""

    def __init__(self) -> None:
        super().__init__("Tổng vượt quá 9 tỷ tỷ đơn vị: chắc chắn có số liệu nhập sai, hãy kiểm tra lại số chữ số.")


@dataclass(frozen=True, slots=True)
class Term:
    """A flow or stock as the positions of its series in the cube: one per dimension key, none when nobody stated it."""

    kind: Kind
    series: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of figures: one term, or for a ratio numerator and denominator; `mask` is its row of expected masks."""

    terms: tuple[Term, ...]
    mask: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """Arrays [line, window, group]. `as_of` is the last half-month bin of the newest value, -1 where that says nothing.

    total: sum, or numerator of a ratio; below: denominator; known: whether there is any data (else total is void).
    """

    groups: Groups
    total: Values
    below: Values
    known: Mask
    reported: Ints
    expected: Ints
    as_of: Ints
    _expected_units: list[Mask]
    _state: list[tuple[npt.NDArray[Any], Spans | None]]

    def missing(self, line: int, window: int, group: int) -> list[int]:
        """Return the cube positions of the group's expected units that have not reported, in order."""
        units = slice(int(self.groups.starts[group]), int(self.groups.ends[group]))
        state, top = self._state[line]
        done = state[window, units] == (True if top is None else top[window, group])
        if top is not None:
            done &= state[window, units] >= 0
        lacking = self._expected_units[line][window, units] & ~done
        positions: list[int] = self.groups.order[units][lacking].tolist()
        return positions


def consolidate(
    cube: Cube, lines: Sequence[Line], groups: Groups, first: Ints, end: Ints, masks: Sequence[Mask]
) -> Answer:
    """Return every cell of lines × windows [first, end) in bins × groups.

    masks: arrays [window, unit of groups.order] of who is expected; a line names its own. Raises SumTooLarge.
    """
    columns = Columns(first, end, cube.bins)
    shape = (len(lines), len(first), len(groups))
    counted = [groups.sum(mask, np.int32) for mask in masks]
    answer = Answer(
        groups=groups,
        total=np.zeros(shape, np.int64),
        below=np.zeros(shape, np.int64),
        known=np.zeros(shape, np.bool_),
        reported=np.zeros(shape, np.int32),
        expected=np.stack([counted[line.mask] for line in lines]) if lines else np.zeros(shape, np.int32),
        as_of=np.full(shape, -1, np.int32),
        _expected_units=[masks[line.mask] for line in lines],
        _state=[(np.zeros((len(first), len(groups.order)), np.bool_), None)] * len(lines),
    )
    work = _Work(cube, groups, columns, list(masks), [bool(mask.all()) for mask in masks], answer)
    if columns.bins.size and groups.order.size:
        cells_of_line = len(first) * len(groups.order)
        chunks = list(_chunks(lines, max(1, _CHUNK_CELLS // cells_of_line)))
        for chunk in chunks:
            work.check_sums(chunk, lines)
        if len(lines) * cells_of_line < _CELLS_WORTH_THREADS:
            for chunk in chunks:
                work.run(chunk, lines)
        else:  # numpy lets go of the interpreter's lock; every chunk writes lines of its own
            with ThreadPoolExecutor(_THREADS) as pool:
                list(pool.map(work.run, chunks, repeat(lines)))
    return answer


def _chunks(lines: Sequence[Line], size: int) -> Iterator[list[int]]:
    """Yield positions of lines that can be worked on together: same kinds, and each term has some series."""
    alike: dict[tuple[Kind, ...], list[int]] = {}
    for position, line in enumerate(lines):
        if all(term.series for term in line.terms):
            alike.setdefault(tuple(term.kind for term in line.terms), []).append(position)
    for positions in alike.values():
        for start in range(0, len(positions), size):
            yield positions[start : start + size]


@dataclass(frozen=True, slots=True)
class _Work:
    cube: Cube
    groups: Groups
    columns: Columns
    masks: list[Mask]
    is_full: list[bool]
    answer: Answer

    def check_sums(self, chunk: list[int], lines: Sequence[Line]) -> None:
        """Make sure that no sum of the chunk can leave 64 bits. Raises SumTooLarge."""
        cells = len(self.columns.bins) * len(self.groups.order)
        for position in chunk:
            for term in lines[position].terms:
                if cells * sum(self.cube.measures(series)[1] for series in term.series) > _MOST:
                    total = sum(
                        float(np.abs(self._take(self.cube.values, [s])).sum(dtype=np.float64)) for s in term.series
                    )
                    if total > 0.99 * _MOST:
                        raise SumTooLarge

    def run(self, chunk: list[int], lines: Sequence[Line]) -> None:
        """Work out some lines of the same kinds."""
        if len(lines[chunk[0]].terms) == 1 and lines[chunk[0]].terms[0].kind is Kind.FLOW:
            self._flows(chunk, lines)
        else:
            self._others(chunk, lines)

    def _flows(self, chunk: list[int], lines: Sequence[Line]) -> None:
        """Work out plain flows: add up over the units first, over time afterwards."""
        series, offsets, longest = self._series([lines[position].terms[0] for position in chunk])
        values, spans = self._take(self.cube.values, series), self._take(self.cube.spans, series)
        total = self.columns.over(prefix_sums(self.groups.sum(values, np.int64)))
        filled = window_spans(spans, self.columns)
        for window, near, across in crossings(spans, self.columns, longest):
            filled[:, window] -= (spans[:, near] * across).sum(axis=1, dtype=np.int16)
            total[:, window] -= self.groups.sum((values[:, near] * across).sum(axis=1), np.int64)
        complete, has = filled == self.columns.length, filled
        if len(offsets) < len(series):
            complete = all_keys(complete, stated(self.cube.spans[series, self.columns.cut], self.columns), offsets)
            total, has = np.add.reduceat(total, offsets, axis=0), np.maximum.reduceat(filled, offsets, axis=0)
        self.answer.total[chunk] = total
        self._count_complete(complete, has, chunk, lines)

    def _others(self, chunk: list[int], lines: Sequence[Line]) -> None:
        """Work out stocks and ratios: over time in each unit first, over the units afterwards."""
        units = [
            self._units([lines[position].terms[term] for position in chunk])
            for term in range(len(lines[chunk[0]].terms))
        ]
        if len(units) == 2:
            units = list(over_both(units[0], units[1]))
            self.answer.below[chunk] = self.groups.sum(units[1].value, np.int64)
        self.answer.total[chunk] = self.groups.sum(units[0].value, np.int64)
        if units[0].complete is not None:
            self._count_complete(units[0].complete, units[0].has, chunk, lines)
        elif units[0].latest is not None and units[0].earliest is not None:
            self._count_newest(units[0].latest, units[0].earliest, chunk, lines)

    def _count_complete(self, complete: Mask, has: Mask | Spans, chunk: list[int], lines: Sequence[Line]) -> None:
        """Count the units of flows, which are complete or not; `has` is true for a unit with any data."""
        self.answer.reported[chunk] = self.groups.sum(self._counted(complete, chunk, lines), np.int32)
        known = (self.answer.total[chunk] != 0) | (self.answer.below[chunk] != 0)
        if not known.all():  # a sum of 0 has data behind it, or none
            known |= self.groups.sum(has != 0, np.int32) > 0
        self.answer.known[chunk] = known
        for place, position in enumerate(chunk):
            self.answer._state[position] = (complete[place], None)

    def _count_newest(self, latest: Spans, earliest: Spans, chunk: list[int], lines: Sequence[Line]) -> None:
        """Count the units of stocks, which are as new as the newest or not."""
        expected = self._counted(earliest >= 0, chunk, lines)
        top, self.answer.reported[chunk] = self.groups.newest(latest, earliest, expected)
        self.answer.known[chunk] = top >= 0
        self.answer.as_of[chunk] = np.where(top >= 0, self.columns.bins[np.maximum(top, 0)], -1)
        for place, position in enumerate(chunk):
            self.answer._state[position] = (earliest[place], top[place])

    def _units(self, terms: Sequence[Term]) -> UnitValues:
        series, offsets, longest = self._series(terms)
        values, spans = self._take(self.cube.values, series), self._take(self.cube.spans, series)
        units = (
            flow_units(values, spans, self.columns, longest)
            if terms[0].kind is Kind.FLOW
            else stock_units(values, spans, self.columns)
        )
        if len(offsets) == len(series):
            return units
        return add_keys(units, stated(self.cube.spans[series, self.columns.cut], self.columns), offsets)

    def _series(self, terms: Sequence[Term]) -> tuple[list[int], Ints, int]:
        """Return all series of the terms, where each term begins among them, and their longest span."""
        series = [position for term in terms for position in term.series]
        offsets = np.cumsum([0, *(len(term.series) for term in terms[:-1])], dtype=np.int32)
        return series, offsets, max(self.cube.measures(position)[0] for position in series)

    def _take(self, array: npt.NDArray[_Number], series: list[int]) -> npt.NDArray[_Number]:
        """Return [series, column, unit]: a view where everything stands side by side, else a copy."""
        side_by_side = series == list(range(series[0], series[0] + len(series)))
        block = array[slice(series[0], series[-1] + 1) if side_by_side else series, self.columns.cut]
        units = self.groups.units
        return block[..., units] if isinstance(units, slice) else block.take(units, axis=-1)

    def _counted(self, done: Mask, chunk: list[int], lines: Sequence[Line]) -> Mask:
        """Keep of the done units those that are expected."""
        masks = [lines[position].mask for position in chunk]
        if all(self.is_full[mask] for mask in masks):
            return done
        if len(set(masks)) == 1:
            return done & self.masks[masks[0]]
        return done & np.stack([self.masks[mask] for mask in masks])
