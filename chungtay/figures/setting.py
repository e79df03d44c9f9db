"""What a consolidation is asked for, made ready: windows over the cube's columns, units and their lives, who is due."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from chungtay.figures.carrying import unclaimed
from chungtay.figures.cube import Cube, Ints, Mask
from chungtay.figures.grouping import Groups, Positions
from chungtay.figures.units import Columns
from chungtay.indicators.rules import Kind

FOREVER = 2**30
"""A bin after every period: where the life of a unit ends that still exists."""


@dataclass(frozen=True, slots=True)
class Lives:
    """When each unit of `groups.order` existed, in bins [first, end); `FOREVER` for one that still does.

    heirs: rows (unit, place of the cube where one that came after it stands), by unit.
    """

    first: Ints
    end: Ints
    heirs: Positions = field(default_factory=lambda: np.zeros((0, 2), np.intp))


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

    @property
    def has_stock(self) -> bool:
        """Whether any term is a stock, so that only units which live at a window's end count."""
        return any(term.kind is Kind.STOCK for term in self.terms)

    @property
    def stocks(self) -> list[Sequence[int]]:
        """The series of each term that is a stock."""
        return [term.series for term in self.terms if term.kind is Kind.STOCK]

    @property
    def is_stated(self) -> bool:
        """Whether anybody ever stated every term."""
        return all(term.series for term in self.terms)


@dataclass(frozen=True)
class Setting:
    """Cube, lines and groups of one question. `masks`: [window, unit], who is expected before lives are looked at."""

    cube: Cube
    lines: Sequence[Line]
    groups: Groups
    first: Ints
    end: Ints
    masks: Sequence[Mask]
    lives: Lives | None = None

    @cached_property
    def columns(self) -> Columns:
        """The windows as ranges of the cube's columns."""
        return Columns(self.first, self.end, self.cube.bins)

    @cached_property
    def overlap(self) -> npt.NDArray[np.int32] | None:
        """Bins of each window in which each unit lives [window, unit]; None when all live through all windows."""
        lives = self.lives
        if lives is None or not len(self.first):
            return None
        if not ((lives.first > self.first.min()) | (lives.end < self.end.max())).any():
            return None
        low = np.maximum(self.first[:, None], lives.first)
        high = np.minimum(self.end[:, None], lives.end)
        overlap: npt.NDArray[np.int32] = np.maximum(high - low, 0)
        return overlap

    @cached_property
    def required(self) -> npt.NDArray[np.int16] | npt.NDArray[np.int32]:
        """How many bins a flow must fill to be complete: [window, 1], or [window, unit] where lives end or begin."""
        return self.columns.length if self.overlap is None else self.overlap

    @cached_property
    def lives_at_end(self) -> Mask | None:
        """Whether each unit still lives at each window's end; None when all do."""
        if self.lives is None or self.overlap is None:
            return None
        at_end: Mask = (self.lives.end >= self.end[:, None]) & (self.lives.first < self.end[:, None])
        return None if at_end.all() else at_end

    @cached_property
    def ended(self) -> tuple[Positions, Positions]:
        """(window, unit) wherever a unit that lived in a window was gone by its end, by window."""
        if self.overlap is None or self.lives_at_end is None:
            return np.zeros(0, np.intp), np.zeros(0, np.intp)
        windows, units = np.nonzero((self.overlap > 0) & ~self.lives_at_end)
        return windows, units

    def carried(self, line: Line) -> Mask:
        """Return for each of `ended` whether its last value of a line with a stock still counts."""
        if self.lives is None:
            return np.zeros(0, np.bool_)
        windows, units = self.ended
        heirs, since = self.lives.heirs, np.maximum(self.first[windows], self.lives.end[units])
        return unclaimed(self.cube, line.stocks, heirs, units, since, self.end[windows])

    def counting(self, line: Line) -> Mask | None:
        """Return whose last value of a line with a stock counts [window, unit]: who lives, and who is carried; None for all."""
        if self.lives_at_end is None or not len(self.ended[0]):
            return self.lives_at_end
        counting, carried = self.lives_at_end.copy(), self.carried(line)
        counting[self.ended[0][carried], self.ended[1][carried]] = True
        return counting

    @cached_property
    def due_flows(self) -> list[Mask]:
        """Who is expected to state a flow: expected, and alive for some of the window."""
        return list(self.masks) if self.overlap is None else [mask & (self.overlap > 0) for mask in self.masks]

    @cached_property
    def due_stocks(self) -> list[Mask]:
        """Who is expected to state a stock: expected, and alive at the window's end."""
        return list(self.masks) if self.lives_at_end is None else [mask & self.lives_at_end for mask in self.masks]

    def due(self, line: Line) -> Mask:
        """Return who is expected to state a line [window, unit]."""
        return (self.due_stocks if line.has_stock else self.due_flows)[line.mask]

    @cached_property
    def counted_flows(self) -> list[Ints]:
        """How many units of each group are due, by mask: [window, group]."""
        return [self.count(mask) for mask in self.due_flows]

    @cached_property
    def counted_stocks(self) -> list[Ints]:
        """The same for stocks."""
        return self.counted_flows if self.lives_at_end is None else [self.count(mask) for mask in self.due_stocks]

    def expected(self, line: Line) -> Ints:
        """Return how many units of each group are due for a line: [window, group]."""
        return (self.counted_stocks if line.has_stock else self.counted_flows)[line.mask]

    def count(self, mask: Mask) -> Ints:
        """Return how many units of each group are in a mask [..., unit]; portions of one unit count once."""
        counts = self.groups.sum(mask, np.int32)
        for unit, group in self.groups.repeated:
            counts[..., group] -= mask[..., unit]
        return counts
