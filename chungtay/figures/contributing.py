"""The cells of the cube behind one figure, in tree order, counted at once and read page by page: no fact is loaded for it.

A fact of a divided unit is one cell, with the portions of it that stand in the figure's area added up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

import numpy as np
import numpy.typing as npt

from chungtay.figures.carrying import unclaimed
from chungtay.figures.cube import Cube, Mask
from chungtay.figures.restating import Standing
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import bin_start
from chungtay.places.rules import WHOLE
from chungtay.places.succession import cut_value

CellKey = tuple[UUID, str, UUID, int, int]
"""(indicator id, dimension key, area id, first bin, end bin exclusive)."""


@dataclass(frozen=True)
class TermSeries:
    """The series of one term of a figure in the restated cube, in the order in which they are listed."""

    kind: Kind
    series: tuple[int, ...]


@dataclass(frozen=True)
class Counted:
    """One cell, what of it counts in the figure, and which part in parts per million that is."""

    key: CellKey
    counted: int
    share_ppm: int


@dataclass(frozen=True)
class Carried:
    """A former unit whose stock still counts, and its living heirs, none of which has stated theirs."""

    area_id: UUID
    owing: tuple[UUID, ...]


class Contribution:
    """The cells of a window [first, end) in the units [low, high) of a standing. `cube`: restated, fit for the window."""

    def __init__(
        self,
        cube: Cube,
        standing: Standing,
        terms: Sequence[TermSeries],
        units: tuple[int, int],
        window: tuple[int, int],
    ) -> None:
        self._cube, self._standing, self._terms = cube, standing, terms
        self._low, self._high = units
        self._first, self._end = window
        self._columns = slice(*np.searchsorted(cube.bins, window).tolist())

    def __len__(self) -> int:
        """How many cells there are."""
        return int(self._per_unit.sum())

    @cached_property
    def left_out(self) -> list[UUID]:
        """The areas with only one term of a ratio, in tree order."""
        having = [mask.any(axis=(0, 1)) for mask in self._held]
        one_only = np.flatnonzero(having[0] ^ having[-1]) + self._low
        return list(dict.fromkeys(self._cube.place_ids[unit] for unit in one_only.tolist()))

    @cached_property
    def carried(self) -> list[Carried]:
        """The former units whose stocks still count in the figure, in tree order."""
        place_ids, heirs = self._cube.place_ids, self._standing.lives.heirs
        found: dict[UUID, Carried] = {}
        counted = np.zeros(self._high - self._low, np.bool_)
        for term, mask in zip(self._terms, self._shown, strict=True):
            if term.kind is Kind.STOCK:
                counted |= mask.any(axis=(0, 1))
        for unit in (np.flatnonzero(counted & self._carried[self._low : self._high]) + self._low).tolist():
            owing = [heir for heir in heirs[heirs[:, 0] == unit, 1].tolist() if self._at_end[heir]]
            heir_ids = dict.fromkeys(place_ids[heir] for heir in owing)
            found.setdefault(place_ids[unit], Carried(place_ids[unit], tuple(heir_ids)))
        return list(found.values())

    @property
    def total(self) -> int:
        """What all cells come to; only for a figure of one term."""
        total = 0
        for series, mask in zip(self._series, self._held, strict=True):
            total += int((self._cube.values[series, self._columns, self._low : self._high] * mask).sum())
        return total

    @cached_property
    def spans(self) -> set[tuple[int, int]]:
        """The periods [first, end) in bins that the facts are about."""
        found: set[tuple[int, int]] = set()
        for mask, series in zip(self._shown, self._series, strict=True):
            row, column, unit = np.nonzero(mask)
            lengths = self._cube.spans[series, self._columns, self._low : self._high][row, column, unit]
            ends = self._cube.bins[self._columns][column] + 1
            found |= {(end - length, end) for end, length in set(zip(ends.tolist(), lengths.tolist(), strict=True))}
        return found

    def page(self, start: int, size: int) -> list[Counted]:
        """Return some cells: by unit, indicator, key and time."""
        before = np.concatenate([np.zeros(1, np.int64), np.cumsum(self._per_unit)])
        if start >= before[-1]:
            return []
        low = int(np.searchsorted(before, start, side="right")) - 1
        high = min(int(np.searchsorted(before, start + size, side="left")), len(self._per_unit))
        cells = []
        for unit in range(low, high):
            for mask, series in zip(self._shown, self._series, strict=True):
                for row, column in np.argwhere(mask[:, :, unit]).tolist():
                    cells.append((series[row], self._columns.start + column, self._low + unit))
        skipped = start - int(before[low])
        return [self._counted(*cell) for cell in cells[skipped : skipped + size]]

    @property
    def _series(self) -> list[list[int]]:
        return [list(term.series) for term in self._terms]

    @cached_property
    def _held(self) -> list[Mask]:
        """Per term [series, column, unit]: the cells that its sum over the units is made of."""
        return [self._cells(term) for term in self._terms]

    @cached_property
    def _shown(self) -> list[Mask]:
        """The same without the areas that a ratio leaves out, and each fact once however many portions of it count."""
        hidden = np.zeros(self._high - self._low, np.bool_)
        having = [mask.any(axis=(0, 1)) for mask in self._held]
        hidden |= having[0] ^ having[-1]
        for units in self._here.values():
            hidden[[unit - self._low for unit in units[1:]]] = True
        return [mask & ~hidden for mask in self._held]

    @cached_property
    def _per_unit(self) -> npt.NDArray[np.int64]:
        counts = np.zeros(self._high - self._low, np.int64)
        for mask in self._shown:
            counts += mask.sum(axis=(0, 1))
        return counts

    @cached_property
    def _here(self) -> Mapping[int, tuple[int, ...]]:
        """First portion -> all portions of a divided unit that stand in the figure's area."""
        found: dict[int, tuple[int, ...]] = {}
        for units in self._standing.siblings.values():
            here = tuple(unit for unit in units if self._low <= unit < self._high)
            if here:
                found[here[0]] = here
        return found

    def _cells(self, term: TermSeries) -> Mask:
        spans = self._cube.spans[list(term.series), self._columns, self._low : self._high]
        bins = self._cube.bins[self._columns]
        held: Mask = spans > 0
        if term.kind is Kind.FLOW:
            return held & (bins[:, None] + 1 - spans >= self._first)
        newest: Mask = np.cumsum(held[:, ::-1], axis=1, dtype=np.int32)[:, ::-1] == 1
        return held & newest & (self._at_end | self._carried)[self._low : self._high]

    @cached_property
    def _at_end(self) -> Mask:
        """Which units live at the window's end."""
        lives = self._standing.lives
        at_end: Mask = (lives.end >= self._end) & (lives.first < self._end)
        return at_end

    @cached_property
    def _carried(self) -> Mask:
        """Which units ended in the window and still count in stocks (`carrying`)."""
        lives = self._standing.lives
        carried: Mask = (lives.end > np.maximum(self._first, lives.first)) & (lives.first < self._end) & ~self._at_end
        units = np.flatnonzero(carried)
        stocks = [term.series for term in self._terms if term.kind is Kind.STOCK]
        since = np.maximum(lives.end[units], self._first)
        carried[units] = unclaimed(self._cube, stocks, lives.heirs, units, since, np.full(len(units), self._end))
        return carried

    def _counted(self, series: int, column: int, unit: int) -> Counted:
        cube, cuts = self._cube, self._standing.cuts
        indicator_id, dimension = cube.series_keys[series]
        end = int(cube.bins[column]) + 1
        key = (indicator_id, dimension, cube.place_ids[unit], end - int(cube.spans[series, column, unit]), end)
        units = self._here.get(unit, (unit,))
        counted = sum(int(cube.values[series, column, one]) for one in units)
        return Counted(key, counted, sum(cut_value(WHOLE, cuts.get(one, ())) for one in units))


def days_of(key: CellKey) -> tuple[UUID, str, UUID, date, date]:
    """Return a key with its days instead of bins, as facts have them."""
    indicator_id, dimension, area_id, first, end = key
    return indicator_id, dimension, area_id, bin_start(first), bin_start(end)
