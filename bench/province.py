"""Workload R-prov: 143 communes, 12 districts, 1 province; 90 flows, 30 stocks, 20 ratios; 60 months with gaps.

5% of the values are missing at random, six communes are silent for a year, three are founded in the third year.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from chungtay.figures.cube import Cube, Rows
from chungtay.figures.expectations import Expectations
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import Period, bin_of, parse_period

COMMUNES, DISTRICTS, FLOWS, STOCKS, RATIOS, YEARS = 143, 12, 90, 30, 20, 5
FIRST_YEAR = 2020
MONTHS = YEARS * 12
SERIES = FLOWS + STOCKS
FOUNDED = date(2022, 7, 1)


@dataclass(frozen=True)
class Province:
    """The facts as columns, and the same facts as a cube.

    series, commune, month: int32 per fact; value: int64 per fact. ratios: pairs of series. districts: commune -> district.
    tree_order: areas in pre-order; upper: ranges of the 13 units above the communes; units: ranges of all 156.
    """

    series: np.ndarray
    commune: np.ndarray
    month: np.ndarray
    value: np.ndarray
    ratios: list[tuple[int, int]]
    district: np.ndarray
    since: np.ndarray
    tree_order: list[UUID]
    upper: list[tuple[int, int]]
    communes: list[tuple[int, int]]
    windows: list[Period]
    expectations: Expectations

    def cube(self) -> Cube:
        """Return the cube of these facts, places in tree order."""
        cube = Cube()
        first = (bin_of(date(FIRST_YEAR, 1, 1)) + 2 * self.month).astype(np.int32)
        cube.apply(
            Rows(
                tuple((indicator_id(s), "") for s in range(SERIES)),
                tuple(commune_id(c) for c in range(COMMUNES)),
                self.series,
                self.commune,
                first,
                first + 2,
                self.value,
                np.ones(len(self.value), np.bool_),
            )
        )
        cube.sort_places(self.tree_order)
        return cube


def make_province(seed: int = 500) -> Province:
    """Return the workload, the same for the same seed."""
    rng = np.random.default_rng(seed)
    known = rng.random((SERIES, COMMUNES, MONTHS)) >= 0.05
    for commune in rng.choice(COMMUNES, 6, replace=False):
        start = int(rng.integers(0, MONTHS - 12))
        known[:, commune, start : start + 12] = False
    since = np.zeros(COMMUNES, np.int32)
    since[rng.choice(COMMUNES, 3, replace=False)] = 30
    known &= np.arange(MONTHS) >= since[None, :, None]
    series, commune, month = (axis.astype(np.int32) for axis in np.nonzero(known))
    value = rng.integers(0, 10 ** rng.integers(2, 10, SERIES)[series])
    district = np.sort(np.concatenate([np.arange(DISTRICTS), rng.integers(0, DISTRICTS, COMMUNES - DISTRICTS)]))
    order, upper, communes = [UUID(int=1)], [(0, 1 + DISTRICTS + COMMUNES)], []
    for number in range(DISTRICTS):
        members = np.flatnonzero(district == number)
        upper.append((len(order), len(order) + 1 + len(members)))
        order.append(UUID(int=100 + number))
        for member in members:
            communes.append((len(order), len(order) + 1))
            order.append(commune_id(int(member)))
    pairs = [rng.choice(FLOWS, 2, replace=False) for _ in range(15)]
    pairs += [FLOWS + rng.choice(STOCKS, 2, replace=False) for _ in range(RATIOS - 15)]
    ratios = [(int(above), int(below)) for above, below in pairs]
    expected = [
        (indicator_id(s), commune_id(c), FOUNDED if since[c] else date(FIRST_YEAR, 1, 1), None)
        for s in range(SERIES)
        for c in range(COMMUNES)
    ]
    return Province(
        series,
        commune,
        month,
        value,
        ratios,
        district,
        since,
        order,
        upper,
        communes,
        windows(),
        Expectations(expected),
    )


def windows(of_years: int = YEARS) -> list[Period]:
    """Return for each year 12 months, 4 quarters, 2 halves, the year and 12 year-to-date windows."""
    years = range(FIRST_YEAR, FIRST_YEAR + of_years)
    codes = [f"{y}-{m:02d}" for y in years for m in range(1, 13)]
    codes += [f"{y}Q{q}" for y in years for q in range(1, 5)]
    codes += [f"{y}H{h}" for y in years for h in (1, 2)]
    codes += [f"{y}" for y in years]
    codes += [f"{y}-01..{y}-{m:02d}" for y in years for m in range(1, 13)]
    return [parse_period(code) for code in codes]


def kind_of(series: int) -> Kind:
    return Kind.FLOW if series < FLOWS else Kind.STOCK


def indicator_id(series: int) -> UUID:
    return UUID(int=10_000 + series)


def commune_id(commune: int) -> UUID:
    return UUID(int=1_000 + commune)
