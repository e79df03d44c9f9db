"""Workload R: 10,595 communes, 705 districts, 63 provinces, 1 nation; 90 flows, 30 stocks, 20 ratios; monthly, with gaps.

5% of the values are missing at random, 200 communes are silent for a year, 40 are founded in the third year.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from bench.province import FIRST_YEAR, FLOWS, FOUNDED, RATIOS, SERIES, STOCKS, commune_id, indicator_id, windows
from chungtay.figures.cube import Cube
from chungtay.figures.expectations import Expectations
from chungtay.kernel.periods import Period, bin_of

COMMUNES, DISTRICTS, PROVINCES = 10_595, 705, 63
SILENT, NEW, FOUNDED_IN_MONTH = 200, 40, 30


@dataclass(frozen=True)
class Nation:
    """The facts as a cube, and as dense arrays for other engines.

    values: int64 [series, commune, month], 0 where `known` is not set. upper: ranges over tree_order of the 769 units above
    the communes, the nation first; province, district: of each commune; since: month in which a commune was founded.
    """

    cube: Cube
    known: np.ndarray
    values: np.ndarray
    ratios: list[tuple[int, int]]
    province: np.ndarray
    district: np.ndarray
    since: np.ndarray
    tree_order: list[UUID]
    upper: list[tuple[int, int]]
    windows: list[Period]
    expectations: Expectations


def make_nation(years: int = 5, seed: int = 500) -> Nation:
    """Return the workload over some years, the same for the same seed."""
    rng = np.random.default_rng(seed)
    months = 12 * years
    known = rng.random((SERIES, COMMUNES, months), np.float32) >= 0.05
    for commune in rng.choice(COMMUNES, SILENT, replace=False):
        start = int(rng.integers(0, months - 12 + 1))
        known[:, commune, start : start + 12] = False
    since = np.zeros(COMMUNES, np.int32)
    if months > FOUNDED_IN_MONTH:
        since[rng.choice(COMMUNES, NEW, replace=False)] = FOUNDED_IN_MONTH
    known &= np.arange(months) >= since[None, :, None]
    values = np.empty(known.shape, np.int64)
    for series in range(SERIES):
        values[series] = rng.integers(0, 10 ** int(rng.integers(2, 10)), known.shape[1:])
    values[~known] = 0
    district = np.sort(np.concatenate([np.arange(DISTRICTS), rng.integers(0, DISTRICTS, COMMUNES - DISTRICTS)]))
    of_district = np.sort(np.concatenate([np.arange(PROVINCES), rng.integers(0, PROVINCES, DISTRICTS - PROVINCES)]))
    order, upper = _tree(district, of_district)
    pairs = [rng.choice(FLOWS, 2, replace=False) for _ in range(15)]
    pairs += [FLOWS + rng.choice(STOCKS, 2, replace=False) for _ in range(RATIOS - 15)]
    return Nation(
        _cube(values, known, months),
        known,
        values,
        [(int(above), int(below)) for above, below in pairs],
        of_district[district],
        district,
        since,
        order,
        upper,
        windows(years),
        Expectations(_expected(since)),
    )


def _expected(since: np.ndarray) -> list[tuple[UUID, UUID, date, None]]:
    communes = [(commune_id(c), FOUNDED if since[c] else date(FIRST_YEAR, 1, 1)) for c in range(COMMUNES)]
    return [(indicator_id(s), commune, day, None) for s in range(SERIES) for commune, day in communes]


def _cube(values: np.ndarray, known: np.ndarray, months: int) -> Cube:
    bins = (bin_of(date(FIRST_YEAR, 1, 1)) + 2 * np.arange(months) + 1).astype(np.int32)
    spans = np.where(np.ascontiguousarray(known.transpose(0, 2, 1)), np.int16(2), np.int16(0))
    series = [(indicator_id(s), "") for s in range(SERIES)]
    places = [commune_id(c) for c in range(COMMUNES)]
    return Cube.of(series, places, bins, np.ascontiguousarray(values.transpose(0, 2, 1)), spans, {})


def _tree(district: np.ndarray, of_district: np.ndarray) -> tuple[list[UUID], list[tuple[int, int]]]:
    order, upper = [UUID(int=1)], [(0, 1 + PROVINCES + DISTRICTS + COMMUNES)]
    for province in range(PROVINCES):
        mine = np.flatnonzero(of_district == province)
        size = 1 + len(mine) + int(np.isin(district, mine).sum())
        upper.append((len(order), len(order) + size))
        order.append(UUID(int=30_000_000 + province))
        for number in mine:
            communes = np.flatnonzero(district == number)
            upper.append((len(order), len(order) + 1 + len(communes)))
            order += [UUID(int=40_000_000 + int(number)), *(commune_id(int(c)) for c in communes)]
    return order, upper
