"""The general way of consolidation, in numpy: any kinds, any keys, periods of any length side by side."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from chungtay.figures.cube import Ints, Mask, Spans
from chungtay.figures.outcome import Answer, State
from chungtay.figures.setting import Line, Setting, Term
from chungtay.figures.units import (
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

_CHUNK_CELLS = 1 << 20
"""Lines × windows × units worked on at a time: small enough for the processor's cache."""

_CELLS_WORTH_THREADS = 1 << 21
_THREADS = min(4, os.cpu_count() or 1)
_Number = TypeVar("_Number", bound=np.generic)


def work_out(setting: Setting, answer: Answer, chosen: Sequence[int]) -> None:
    """Fill the answer's rows of the chosen lines."""
    cells_of_line = len(setting.first) * len(setting.groups.order)
    chunks = list(_chunks(setting.lines, chosen, max(1, _CHUNK_CELLS // max(1, cells_of_line))))
    work = _Work(setting, answer)
    if len(chosen) * cells_of_line < _CELLS_WORTH_THREADS:
        for chunk in chunks:
            work.run(chunk)
    else:  # numpy lets go of the interpreter's lock; every chunk writes lines of its own
        with ThreadPoolExecutor(_THREADS) as pool:
            list(pool.map(_Work.run, repeat(work), chunks))


def state_of(setting: Setting, line: Line) -> State:
    """Return how far each unit has reported a line [window, unit]."""
    if not line.is_stated or not setting.columns.bins.size:
        shape = (len(setting.first), len(setting.groups.order))
        return np.full(shape, -1, np.int16) if line.has_stock else np.zeros(shape, np.bool_)
    units = _Work(setting, None).line_units([line])[0]
    state = units.complete if units.complete is not None else units.earliest
    if state is None:
        raise ValueError("a line is complete or as new as something")
    row: State = state[0]
    return row


def _chunks(lines: Sequence[Line], chosen: Sequence[int], size: int) -> Iterator[list[int]]:
    """Yield positions of lines that can be worked on together: same kinds."""
    alike: dict[tuple[Kind, ...], list[int]] = {}
    for position in chosen:
        alike.setdefault(tuple(term.kind for term in lines[position].terms), []).append(position)
    for positions in alike.values():
        for start in range(0, len(positions), size):
            yield positions[start : start + size]


@dataclass(frozen=True)
class _Work:
    setting: Setting
    answer: Answer | None

    def run(self, chunk: list[int]) -> None:
        """Work out some lines of the same kinds."""
        if self.answer is None:
            raise ValueError("only an answer can be filled")
        lines = [self.setting.lines[position] for position in chunk]
        if len(lines[0].terms) == 1 and lines[0].terms[0].kind is Kind.FLOW:
            self._flows(self.answer, chunk, lines)
        else:
            self._others(self.answer, chunk, lines)

    def line_units(self, lines: Sequence[Line]) -> list[UnitValues]:
        """Return what each unit has of some lines of the same kinds: one per term, over the units that have all terms."""
        units = [self._units(lines, term) for term in range(len(lines[0].terms))]
        return list(over_both(units[0], units[1])) if len(units) == 2 else units

    def _flows(self, answer: Answer, chunk: list[int], lines: Sequence[Line]) -> None:
        """Work out plain flows: add up over the units first, over time afterwards."""
        cube, columns, groups = self.setting.cube, self.setting.columns, self.setting.groups
        series, offsets, longest = self._series([line.terms[0] for line in lines])
        values, spans = self._take(cube.values, series), self._take(cube.spans, series)
        total = columns.over(prefix_sums(groups.sum(values, np.int64)))
        filled = window_spans(spans, columns)
        for window, near, across in crossings(spans, columns, longest):
            filled[:, window] -= (spans[:, near] * across).sum(axis=1, dtype=np.int16)
            total[:, window] -= groups.sum((values[:, near] * across).sum(axis=1), np.int64)
        complete, has = filled >= self.setting.required, filled
        if len(offsets) < len(series):
            complete = all_keys(complete, stated(cube.spans[series, columns.cut], columns), offsets)
            total, has = np.add.reduceat(total, offsets, axis=0), np.maximum.reduceat(filled, offsets, axis=0)
        answer.total[chunk] = total
        self._count_complete(answer, complete, has, chunk, lines)

    def _others(self, answer: Answer, chunk: list[int], lines: Sequence[Line]) -> None:
        """Work out stocks and ratios: over time in each unit first, over the units afterwards."""
        groups = self.setting.groups
        units = self.line_units(lines)
        answer.total[chunk] = groups.sum(units[0].value, np.int64)
        if len(units) == 2:
            for row, position in enumerate(chunk):
                answer.below_of(position)[:] = groups.sum(units[1].value[row], np.int64)
        if units[0].complete is not None:
            self._count_complete(answer, units[0].complete, units[0].has, chunk, lines)
        elif units[0].latest is not None and units[0].earliest is not None:
            self._count_newest(answer, units[0].latest, units[0].earliest, chunk, lines)

    def _count_complete(
        self, answer: Answer, complete: Mask, has: Mask | Spans, chunk: list[int], lines: Sequence[Line]
    ) -> None:
        """Count the units of flows, which are complete or not; `has` is true for a unit with any data."""
        answer.reported[chunk] = self.setting.count(complete & self._due(lines))
        known = answer.total[chunk] != 0
        for row, position in enumerate(chunk):
            if position in answer._below_at:
                known[row] |= answer.below_of(position) != 0
        if not known.all():  # a sum of 0 has data behind it, or none
            known |= self.setting.groups.sum(has != 0, np.int32) > 0
        answer.known[chunk] = known
        for row, position in enumerate(chunk):
            answer._states[position] = complete[row]

    def _count_newest(
        self, answer: Answer, latest: Spans, earliest: Spans, chunk: list[int], lines: Sequence[Line]
    ) -> None:
        """Count the units of stocks, which are as new as the newest or not."""
        groups = self.setting.groups
        counted = (earliest >= 0) & self._due(lines)
        top, reported = groups.newest(latest, earliest, counted)
        for unit, group in groups.repeated:
            reported[..., group] -= counted[..., unit] & (earliest[..., unit] == top[..., group])
        answer.reported[chunk] = reported
        answer.known[chunk] = top >= 0
        for row, position in enumerate(chunk):
            answer.newest_of(position)[:] = top[row]
            answer._states[position] = earliest[row]

    def _units(self, lines: Sequence[Line], position: int) -> UnitValues:
        cube, columns = self.setting.cube, self.setting.columns
        terms = [line.terms[position] for line in lines]
        series, offsets, longest = self._series(terms)
        values, spans = self._take(cube.values, series), self._take(cube.spans, series)
        units = (
            flow_units(values, spans, columns, longest, self.setting.required)
            if terms[0].kind is Kind.FLOW
            else stock_units(values, spans, columns, self._counting(lines, position))
        )
        if len(offsets) == len(series):
            return units
        return add_keys(units, stated(cube.spans[series, columns.cut], columns), offsets)

    def _counting(self, lines: Sequence[Line], position: int) -> Mask | None:
        """Return whose stocks count: [window, unit], or [series, window, unit] where some are carried from former units."""
        if not len(self.setting.ended[0]):
            return self.setting.lives_at_end
        counting = [mask for line in lines if (mask := self.setting.counting(line)) is not None]
        return np.repeat(np.stack(counting), [len(line.terms[position].series) for line in lines], axis=0)

    def _series(self, terms: Sequence[Term]) -> tuple[list[int], Ints, int]:
        """Return all series of the terms, where each term begins among them, and their longest span."""
        series = [position for term in terms for position in term.series]
        offsets = np.cumsum([0, *(len(term.series) for term in terms[:-1])], dtype=np.int32)
        return series, offsets, max(self.setting.cube.measures(position)[0] for position in series)

    def _take(self, array: npt.NDArray[_Number], series: list[int]) -> npt.NDArray[_Number]:
        """Return [series, column, unit]: a view where everything stands side by side, else a copy."""
        side_by_side = series == list(range(series[0], series[0] + len(series)))
        block = array[slice(series[0], series[-1] + 1) if side_by_side else series, self.setting.columns.cut]
        units = self.setting.groups.units
        return block[..., units] if isinstance(units, slice) else block.take(units, axis=-1)

    def _due(self, lines: Sequence[Line]) -> Mask:
        """Return who is expected to state each line: [line, window, unit], or [window, unit] where it is the same for all."""
        due = [self.setting.due(line) for line in lines]
        return due[0] if all(mask is due[0] for mask in due) else np.stack(due)
