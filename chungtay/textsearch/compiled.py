"""Looking through lines with the compiled loops, on all cores. Without numba, and for few lines, `plain` does it."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from threading import Event, Thread
from typing import Any

import numpy as np
import numpy.typing as npt

from chungtay.textsearch.lines import BLOCK, Lines, Longs, blocks_of
from chungtay.textsearch.plan import Hits, Needle, Plan
from chungtay.textsearch.query import Order

ROWS_WORTH_COMPILING = 1 << 15
"""Lines from which loading the compiled loops pays."""

_THREADS = min(8, os.cpu_count() or 1)
_SLICES = 4 * _THREADS
_LEAST_BLOCKS = 4
_ROOM = 1024
_ORDERS = {Order.AMOUNT: 0, Order.DAY: 1, Order.NEWEST: 2}
_ANY_PURPOSE = np.ones(1 << 16, np.bool_)


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
    thread = Thread(target=warm_up, name="compiling search", daemon=True)
    thread.start()
    return thread


def warm_up() -> None:
    """Compile every loop, or read it from the compiler's cache, by looking through one line."""
    one, day = np.ones(1, np.int64), np.ones(1, np.int32)
    text = np.zeros(256, np.uint8)
    text[:2] = bytearray(b"a\n")
    lines = Lines(one, one, day, np.ones(1, np.int16), np.array([0, 2], np.uint32), text, *blocks_of(day))
    scan([lines], Plan((Needle(b"a", 0, 0),), (0, 1), (0, 1), None, Order.AMOUNT, True, 1))
    _ready.set()


_ready = Event()


def scan(parts: Sequence[Lines], plan: Plan) -> list[Hits]:
    """Return what a plan finds in each slice of the lines, in their order."""
    search = _Search(plan)
    slices = [(lines, *borders) for lines in parts for borders in _slices(len(lines.day_low))]
    if len(slices) < 2:
        return [search.run(*one) for one in slices]
    return list(_pool().map(search.run, *zip(*slices, strict=True)))


def _slices(blocks: int) -> list[tuple[int, int]]:
    size = max(_LEAST_BLOCKS, -(-blocks // _SLICES))
    return [(first, min(first + size, blocks)) for first in range(0, blocks, size)]


@cache
def _pool() -> ThreadPoolExecutor:
    """The threads that search; a process that is forked off gets its own."""
    return ThreadPoolExecutor(_THREADS, "textsearch")


os.register_at_fork(after_in_child=_pool.cache_clear)


class _Search:
    """A plan in the form of the loops."""

    def __init__(self, plan: Plan) -> None:
        flags = (plan.has_amounts, plan.purposes is not None, _ORDERS[plan.order], plan.descending, plan.keep)
        self.plan = plan
        self.asked: Longs = np.array([*plan.amounts, *plan.days, *flags], np.int64)
        self.allowed: npt.NDArray[np.bool_] = _ANY_PURPOSE if plan.purposes is None else plan.purposes
        self.needles = _table(plan.needles)

    def run(self, lines: Lines, first: int, last: int) -> Hits:
        """Look through some blocks of lines."""
        from chungtay.textsearch import kernels  # the compiler is loaded only where it is used

        room = min(2 * self.plan.keep + _ROOM, BLOCK * (last - first) + 1)
        keys, rows = np.empty(room, np.int64), np.empty(room, np.int64)
        state = np.zeros(6, np.int64)
        if self.plan.keep == 0:
            state[kernels.EDGE], state[kernels.HAS_EDGE] = np.iinfo(np.int64).max, 1
        columns: tuple[Any, ...] = lines.ids, lines.amounts, lines.days, lines.purposes.view(np.uint16)
        texts, days = (lines.offsets, lines.blob), (lines.day_low, lines.day_high)
        kept, given = (keys, rows, state, np.empty(BLOCK, np.int64)), (self.asked, self.allowed, self.needles)
        kernels.scan((first, last), BLOCK, columns, texts, days, *given, *kept)
        count, upper, lower, filled = state[:4].tolist()
        return Hits(count, (upper << 32) + lower, keys[:filled], lines.ids[rows[:filled]])


def _table(needles: Sequence[Needle]) -> tuple[npt.NDArray[np.uint8], Longs]:
    """Return the words in one row of bytes, and of each its place, length and the places of its two letters."""
    letters, table = bytearray(), []
    for needle in needles:
        table.append((len(letters), len(needle.word), needle.left, needle.right))
        letters += needle.word + bytes(16)
    return np.frombuffer(letters or bytearray(16), np.uint8), np.array(table, np.int64).reshape(-1, 4)
