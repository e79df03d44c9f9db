"""Consolidation at national size: the lines that the compiled loops can work out, on all cores.

They take lines of one series per term whose columns hold periods of one length each, which is what monthly or quarterly
returns are; everything else, small questions and machines without numba go the general way, with the same answers.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from threading import Event, Thread
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

from chungtay.figures.cube import Cube, Ints, Mask
from chungtay.figures.general import state_of
from chungtay.figures.grouping import Groups
from chungtay.figures.outcome import Answer, Memory, blank_answer
from chungtay.figures.setting import Line, Setting, Term
from chungtay.figures.validity import Words, packed
from chungtay.indicators.rules import Kind

Longs = npt.NDArray[np.int64]
CELLS_WORTH_COMPILING = 1 << 21
"""Lines × windows × units from which loading the compiled loops pays."""

_THREADS = min(8, os.cpu_count() or 1)
_KINDS = {(Kind.FLOW,), (Kind.STOCK,), (Kind.FLOW, Kind.FLOW), (Kind.STOCK, Kind.STOCK)}


def is_ready() -> bool:
    """Whether the loops can be used now. The first to ask sets them in motion: compiling takes a while, once per machine."""
    if not _ready.is_set() and is_available():
        _preparing()
    return _ready.is_set()


@cache
def is_available() -> bool:
    """Whether the compiler is installed."""
    return find_spec("numba") is not None


@cache
def _preparing() -> Thread:
    thread = Thread(target=warm_up, name="compiling", daemon=True)
    thread.start()
    return thread


def warm_up() -> None:
    """Compile every loop, or read it from the compiler's cache, by working out a cube of one unit."""
    cube = Cube()
    cube.grow([(UUID(int=n), "") for n in range(2)], [UUID(int=9)], [1])
    kinds = ((Kind.FLOW,), (Kind.STOCK,), (Kind.FLOW, Kind.FLOW), (Kind.STOCK, Kind.STOCK))
    lines = [Line(tuple(Term(kind, (at,)) for at, kind in enumerate(terms))) for terms in kinds]
    unit, bins = np.zeros(1, np.intp), np.zeros(1, np.int32)
    groups = Groups(unit, unit, unit + 1)
    setting = Setting(cube, lines, groups, bins, bins + 2, [np.ones((1, 1), np.bool_)])
    work_out(setting, blank_answer(setting, Memory(), state_of), range(len(lines)))
    _ready.set()


_ready = Event()


def suits(setting: Setting, line: Line) -> bool:
    """Whether the compiled loops give the right answer for a line."""
    if tuple(term.kind for term in line.terms) not in _KINDS or any(len(term.series) != 1 for term in line.terms):
        return False
    return line.has_stock or all(
        setting.cube.validity.is_regular(term.series[0], setting.cube.bins) for term in line.terms
    )


def work_out(setting: Setting, answer: Answer, chosen: Sequence[int]) -> None:
    """Fill the answer's rows of the chosen lines."""
    work = _Work(setting, answer, chosen)
    alike: dict[tuple[Kind, ...], list[int]] = {}
    for at in chosen:
        alike.setdefault(tuple(term.kind for term in setting.lines[at].terms), []).append(at)
    shares = [(kinds, share) for kinds, lines in alike.items() for share in _shares(lines)]
    list(_pool().map(work.run, *zip(*shares, strict=True)))


def _shares(items: Sequence[int]) -> list[npt.NDArray[np.int64]]:
    """Divide work into a few pieces for each thread."""
    return np.array_split(np.array(items, np.int64), min(len(items), 3 * _THREADS))


@cache
def _pool() -> ThreadPoolExecutor:
    """The threads that work; a process that is forked off gets its own."""
    return ThreadPoolExecutor(_THREADS, "consolidation")


os.register_at_fork(after_in_child=_pool.cache_clear)


@dataclass(frozen=True)
class _Work:
    setting: Setting
    answer: Answer
    chosen: Sequence[int]

    @cached_property
    def series(self) -> Longs:
        """The series of each line: one, or numerator and denominator."""
        table = np.zeros((len(self.setting.lines), 2), np.int64)
        for at in self.chosen:
            terms = self.setting.lines[at].terms
            table[at] = terms[0].series[0], terms[-1].series[0]
        return table

    @cached_property
    def masks(self) -> Longs:
        return np.array([line.mask for line in self.setting.lines], np.int64)

    @cached_property
    def offset(self) -> np.uint64:
        """Where the units begin on the cube's place axis; they stand side by side there."""
        order = self.setting.groups.order
        return np.uint64(order[0] if len(order) else 0)

    @cached_property
    def borders(self) -> Words:
        groups = self.setting.groups
        wide = groups.ends > groups.starts
        return np.unique(np.concatenate([groups.starts[wide], groups.ends[wide]])).astype(np.uint64) + self.offset

    @cached_property
    def edges(self) -> tuple[Words, Words]:
        """The word of each border, and the bits of that word before it."""
        word, one = np.uint64(63), np.uint64(1)
        return self.borders >> np.uint64(6), (one << (self.borders & word)) - one

    @cached_property
    def lows(self) -> Words:
        return self._border_of(self.setting.groups.starts)

    @cached_property
    def highs(self) -> Words:
        groups = self.setting.groups
        return self._border_of(np.where(groups.ends > groups.starts, groups.ends, groups.starts))

    @cached_property
    def shape(self) -> tuple[Words, Words, Words, Words]:
        """Which groups are runs of single segments, which are not, and the borders of each."""
        lows, highs = self.lows, self.highs
        single = np.flatnonzero(highs == lows + np.uint64(1)).astype(np.uint64)
        breaks = np.flatnonzero((np.diff(single) != 1) | (np.diff(lows[single]) != 1)) + 1
        starts, ends = np.concatenate([[0], breaks]), np.concatenate([breaks, [len(single)]])
        if not len(single):
            starts = ends = np.zeros(0, np.intp)
        runs = np.stack([single[starts], single[ends - 1] + np.uint64(1), lows[single[starts]]], axis=1)
        return runs, np.flatnonzero(highs != lows + np.uint64(1)).astype(np.uint64), lows, highs

    def _border_of(self, units: npt.NDArray[np.intp]) -> Words:
        at = np.searchsorted(self.borders, units.astype(np.uint64) + self.offset)
        return np.minimum(at, len(self.borders) - 1).astype(np.uint64)

    @cached_property
    def segment_of(self) -> npt.NDArray[np.int32]:
        """The segment of each place of the cube, -1 outside of every group."""
        places = np.arange(len(self.setting.cube.place_ids), dtype=np.uint64)
        at = np.searchsorted(self.borders, places, side="right") - 1
        at[at >= len(self.borders) - 1] = -1
        return at.astype(np.int32)

    @cached_property
    def windows(self) -> Longs:
        columns = self.setting.columns
        rows = (columns.low, columns.high, columns.first, columns.end - columns.first)
        return np.stack(rows, axis=1).astype(np.int64)

    @cached_property
    def endings(self) -> tuple[Longs, Longs]:
        """The windows with any column, in the order of their last ones, and where those of each column begin."""
        low, high = self.windows[:, 0], self.windows[:, 1]
        filled = np.flatnonzero(high > low)
        by_end = filled[np.argsort(high[filled], kind="stable")].astype(np.int64)
        return by_end, np.searchsorted(high[by_end] - 1, np.arange(len(self.setting.columns.bins) + 1)).astype(np.int64)

    @cached_property
    def partial(self) -> tuple[Words, Longs, Longs]:
        """The units that live in a part of a window: units, bins to fill, and where each window's begin."""
        overlap = self.setting.overlap
        none = np.zeros((len(self.windows), 0), np.bool_)
        some = none if overlap is None else (overlap > 0) & (overlap < self.setting.columns.length)
        bins = np.zeros(0, np.int64) if overlap is None else overlap[some].astype(np.int64)
        units, begins = self._listed(some)
        return units, bins, begins

    @cached_property
    def gone(self) -> tuple[Words, Longs]:
        """The units whose life is over at a window's end: units, and where each window's begin."""
        at_end = self.setting.lives_at_end
        return self._listed(np.zeros((len(self.windows), 0), np.bool_) if at_end is None else ~at_end)

    @cached_property
    def ended(self) -> tuple[Words, Longs]:
        """The units that ended inside a window: units, and where each window's begin."""
        windows, units = self.setting.ended
        begins = np.searchsorted(windows, np.arange(len(self.windows) + 1)).astype(np.int64)
        return units.astype(np.uint64) + self.offset, begins

    @cached_property
    def stays(self) -> Mask:
        """Which of these still count: [row of newest columns, unit]."""
        lines = self.answer.newest_lines
        stays = np.zeros((len(lines), len(self.ended[0])), np.bool_)
        if stays.size:
            for row, line in enumerate(lines):
                stays[row] = self.setting.carried(self.setting.lines[line])
        return stays

    def _listed(self, mask: npt.NDArray[np.bool_]) -> tuple[Words, Longs]:
        begins = np.concatenate([[0], np.cumsum(mask.sum(axis=1))]).astype(np.int64)
        return np.nonzero(mask)[1].astype(np.uint64) + self.offset, begins

    @cached_property
    def due(self) -> tuple[Words, Words]:
        """The masks of flows and of stocks as bits over all places of the cube: [mask, window, word]."""
        places = len(self.setting.cube.place_ids)
        flows = packed(np.stack(self.setting.due_flows), int(self.offset), places)
        if self.setting.lives_at_end is None:
            return flows, flows
        return flows, packed(np.stack(self.setting.due_stocks), int(self.offset), places)

    @cached_property
    def twins(self) -> tuple[Words, Words]:
        pairs: Words = np.array(self.setting.groups.repeated, np.uint64).reshape(-1, 2)
        return pairs[:, 0] + self.offset, pairs[:, 1]

    def run(self, kinds: tuple[Kind, ...], share: npt.NDArray[np.int64]) -> None:
        """Work out some lines of the same kinds."""
        from chungtay.figures import (
            kernels,
            kernels_ratio,
            kernels_stock,
        )  # the compiler is loaded only where it is used

        cube, cut, answer = self.setting.cube, self.setting.columns.cut, self.answer
        cell, bits = cube.validity.cell, cube.validity.bits
        common = (share, self.series, self.masks, cube.values, bits)
        out = (self.borders, *self.edges, *self.shape, *self.twins, answer.total, answer.known, answer.reported)
        given: tuple[Any, ...]
        if kinds[0] is Kind.FLOW:
            given = (*common, cell, cut.start, cut.stop, self._bins, self.windows, *self.partial, self.due[0], *out)
            if len(kinds) == 1:
                kernels.flows(*given)
            else:
                kernels_ratio.flow_ratios(*given, self.segment_of, answer._below, answer.below_rows)
        else:
            ends = (self.windows, *self.endings, (*self.gone, *self.ended), self.stays)
            given = (*common, cut.start, cut.stop, *ends, self.due[1], *out, self.segment_of)
            if len(kinds) == 1:
                kernels_stock.stocks(*given, answer._newest, answer.newest_rows)
            else:
                kernels_stock.stock_ratios(*given, answer._newest, answer.newest_rows, answer._below, answer.below_rows)

    @cached_property
    def _bins(self) -> Ints:
        return np.ascontiguousarray(self.setting.columns.bins)
