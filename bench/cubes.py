"""Our way of every consolidation in the bench: from the mapped arrays of a workload to all its cells, and their comparison."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import numpy as np
from numba import njit

from bench.duck import Answers
from bench.province import SERIES, indicator_id, kind_of
from chungtay.figures import snapshot
from chungtay.figures.consolidation import Answer, Line, Memory, Term, consolidate
from chungtay.figures.cube import Cube
from chungtay.figures.expectations import Expectations
from chungtay.figures.grouping import Groups, groups_of
from chungtay.kernel.periods import Period

_THREADS = min(8, os.cpu_count() or 1)


class Workload(Protocol):
    """What a province and a nation have in common."""

    ratios: list[tuple[int, int]]
    tree_order: list[UUID]
    windows: list[Period]
    expectations: Expectations


def mapped(folder: Path, cube: Cube) -> Cube:
    """Return a cube as a process finds it after a start: mapped from its file."""
    mark = snapshot.Mark(UUID(int=7), "approved", 1, UUID(int=8))
    snapshot.save(folder, cube, mark)
    found = snapshot.load(folder, mark.identity, mark.view)
    assert found is not None
    return found[0]


def all_cells(
    cube: Cube, workload: Workload, ranges: Sequence[tuple[int, int]], memory: Memory | None = None
) -> Answer:
    """Who belongs where, who is expected, sums, coverage: every line, window and range of the map in tree order."""
    return cells_of_groups(cube, workload, groups_of(cube.place_at, workload.tree_order, ranges), memory)


def cells_of_groups(cube: Cube, workload: Workload, groups: Groups, memory: Memory | None = None) -> Answer:
    """The same for groups over the places of a cube, which may stand in the order of another map."""
    bins = np.array([window.bins() for window in workload.windows], np.int32)
    sides = [(s,) for s in range(SERIES)] + workload.ratios
    wanted = [frozenset(indicator_id(s) for s in side) for side in sides]
    masks, chosen = workload.expectations.masks(wanted, cube.place_ids, groups.order, bins[:, 0], bins[:, 1])
    terms = [Term(kind_of(s), (cube.series_at[indicator_id(s), ""],)) for s in range(SERIES)]
    lines = [Line(tuple(terms[s] for s in side), mask) for side, mask in zip(sides, chosen, strict=True)]
    return consolidate(cube, lines, groups, bins[:, 0], bins[:, 1], masks, None, memory)


def assert_equal(ours: Answer, theirs: Answers, first_bin: int) -> int:
    """Compare every cell; return how many there were. Raises AssertionError."""
    shape = ours.total.shape
    known = ~np.ma.getmaskarray(theirs["total"]).reshape(shape)
    newest = np.ma.filled(theirs["newest"], 0).reshape(shape)
    expected: dict[str, Any] = {
        "known": known,
        "total": np.where(known, np.ma.filled(theirs["total"], 0).reshape(shape), ours.total),
        "below": np.where(known, np.ma.filled(theirs["below"], 0).reshape(shape), ours.below),
        "reported": theirs["reported"].reshape(shape),
        "expected": theirs["expected"].reshape(shape),
        "as_of": np.where(np.ma.getmaskarray(theirs["newest"]).reshape(shape), -1, first_bin + 2 * newest + 1),
    }
    for name, array in expected.items():
        np.testing.assert_array_equal(getattr(ours, name), array, err_msg=name)
    return int(np.prod(shape))


class MemoryProbe:
    """The limit: read every value once and write one value per cell, on all cores, doing nothing else."""

    def __init__(self, values: np.ndarray, cells: int) -> None:
        self._parts = np.array_split(values.reshape(-1), 4 * _THREADS)
        self._out = np.array_split(np.zeros(cells, np.int64), 4 * _THREADS)

    def __call__(self) -> int:
        return sum(_pool().map(_touch, self._parts, self._out))


@njit(nogil=True, cache=True)
def _touch(values, out):  # type: ignore[no-untyped-def]  # compiled: numba finds the types
    total = np.int64(0)
    for at in range(len(values)):
        total += values[at]
    for at in range(len(out)):
        out[at] = total
    return total


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS)
