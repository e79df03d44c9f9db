"""Looking through lines with numpy and the search of bytes: the same answers as the compiled loops, some times slower."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from chungtay.textsearch.lines import Lines, Longs
from chungtay.textsearch.plan import Hits, Plan
from chungtay.textsearch.query import Order

_ROWS_AT_ONCE = 1 << 14
_FEW = 8
"""When one line of so many or fewer is wanted by its columns, each is looked at by itself."""


def scan(lines: Lines, plan: Plan) -> Hits:
    """Return what a plan finds in some lines."""
    wanted = _wanted(lines, plan)
    rows = np.flatnonzero(wanted)
    if plan.needles:
        if len(rows) * _FEW <= len(lines):
            rows = np.array([row for row in rows.tolist() if _holds(lines.text(row), plan)], np.int64)
        else:
            rows = np.fromiter((row for row in _found(lines, plan) if wanted[row]), np.int64)
    amounts = lines.amounts[rows]
    total = (int((amounts >> 32).sum()) << 32) + int((amounts & 0xFFFFFFFF).sum())
    keys = _keys(lines, plan, rows)
    if plan.keep == 0:
        best = np.zeros(0, np.int64)
    elif len(rows) > plan.keep:
        edge = np.partition(keys, len(keys) - plan.keep)[len(keys) - plan.keep]
        best = np.flatnonzero(keys >= edge)
    else:
        best = np.arange(len(rows))
    return Hits(len(rows), total, keys[best], lines.ids[rows[best]])


def _wanted(lines: Lines, plan: Plan) -> npt.NDArray[np.bool_]:
    wanted = (lines.days >= plan.days[0]) & (lines.days <= plan.days[1])
    if plan.has_amounts:
        wanted &= (lines.amounts >= plan.amounts[0]) & (lines.amounts <= plan.amounts[1])
    if plan.purposes is not None:
        wanted &= plan.purposes[lines.purposes.view(np.uint16)]
    return wanted


def _holds(text: bytes, plan: Plan) -> bool:
    return all(needle.word in text for needle in plan.needles)


def _found(lines: Lines, plan: Plan) -> Iterator[int]:
    """Yield the lines that hold every word, going from one occurrence of the rarest to the next."""
    lead, others = plan.needles[0].word, [needle.word for needle in plan.needles[1:]]
    for first in range(0, len(lines), _ROWS_AT_ONCE):
        last = min(first + _ROWS_AT_ONCE, len(lines))
        borders = lines.offsets[first : last + 1].astype(np.int64) - int(lines.offsets[first])
        text = lines.blob[lines.offsets[first] : lines.offsets[last]].tobytes()
        at = text.find(lead)
        while at >= 0:
            row = int(np.searchsorted(borders, at, side="right")) - 1
            end = int(borders[row + 1])
            if not others or all(text.find(word, int(borders[row]), end) >= 0 for word in others):
                yield first + row
            at = text.find(lead, end)


def _keys(lines: Lines, plan: Plan, rows: Longs) -> Longs:
    if plan.order is Order.AMOUNT:
        keys = lines.amounts[rows]
    else:
        keys = lines.days[rows].astype(np.int64) if plan.order is Order.DAY else lines.ids[rows]
    return keys if plan.descending else ~keys
