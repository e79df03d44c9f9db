"""The live facts of one indicator as columns: in each view the newest statement about (key, place, period) wins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chungtay.figures.lake.layout import ALL, APPROVED, FACTS

StatedFact = tuple[int, bool, str, int, date, date, int | None]
"""(batch, is approved, dimension key, area number, period start, period end exclusive, value or None when withdrawn)."""

_AT_ONCE = 50_000
_EPOCH = date(1970, 1, 1).toordinal()
_Column = npt.NDArray[Any]


@dataclass(frozen=True)
class _Stated:
    """Statements as columns, in any order; `keys` are the dimension keys that `key` counts."""

    keys: list[str]
    batch: _Column
    approved: _Column
    key: _Column
    area: _Column
    start: _Column
    end: _Column
    known: _Column
    value: _Column


def facts_table(indicator: int, stated: Iterator[StatedFact]) -> pa.Table:
    """Return the live facts of an indicator, sorted by key, place and time. Memory: about 100 bytes a statement."""
    rows = _columns(stated)
    rank = np.argsort(np.argsort(np.array(rows.keys, dtype=object))) if rows.keys else np.zeros(0, np.int64)
    key = rank[rows.key].astype(np.int32)
    order = np.lexsort((rows.batch, rows.start, rows.end, rows.area, key))
    columns = [column[order] for column in (key, rows.area, rows.end, rows.start)]
    last, approved = _winners(columns, rows.approved[order])
    known, value = rows.known[order], rows.value[order]
    kept = np.union1d(last, approved[approved >= 0])
    kept = kept[known[kept]]
    views = np.where(np.isin(kept, last), ALL, 0) + np.where(np.isin(kept, approved), APPROVED, 0)
    key, area, end, start = (column[kept] for column in columns)
    return pa.table(
        {
            "indicator": np.full(len(kept), indicator, np.int32),
            "dimension": pa.DictionaryArray.from_arrays(pa.array(key), pa.array(sorted(rows.keys), pa.string())).cast(
                pa.string()
            ),
            "area": area,
            "period_start": pa.array(start).cast(pa.date32()),
            "period_end": pa.array(end).cast(pa.date32()),
            "value": value[kept],
            "views": views.astype(np.int8),
        },
        schema=FACTS,
    )


def _winners(columns: list[_Column], approved: _Column) -> tuple[_Column, _Column]:
    """Return of each cell, in order, the last row and the last approved row (-1 without); rows stand in order of batch."""
    if not len(approved):
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    new = np.ones(len(approved), np.bool_)
    new[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(approved)) - 1
    return last, np.maximum.reduceat(np.where(approved, np.arange(len(approved)), -1), first)


def _columns(stated: Iterator[StatedFact]) -> _Stated:
    """Read statements in chunks, so that Python's own objects never pile up."""
    keys: dict[str, int] = {}
    parts: list[list[_Column]] = []
    while chunk := list(islice(stated, _AT_ONCE)):
        batch, approved, key, area, start, end, value = zip(*chunk, strict=True)
        parts.append(
            [
                np.array(batch, np.int64),
                np.array(approved, np.bool_),
                np.array([keys.setdefault(k, len(keys)) for k in key], np.int32),
                np.array(area, np.int32),
                np.array([day.toordinal() - _EPOCH for day in start], np.int32),
                np.array([day.toordinal() - _EPOCH for day in end], np.int32),
                np.array([number is not None for number in value], np.bool_),
                np.array([number or 0 for number in value], np.int64),
            ]
        )
    if not parts:
        kinds = (np.int64, np.bool_, np.int32, np.int32, np.int32, np.int32, np.bool_, np.int64)
        return _Stated([], *(np.zeros(0, kind) for kind in kinds))
    return _Stated(list(keys), *(np.concatenate(column) for column in zip(*parts, strict=True)))
