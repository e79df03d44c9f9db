"""Stocks while the map changes: nothing is gone on the day of a merger, and nothing counts twice after it."""

from datetime import date
from unittest.mock import patch
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.figures import compiled, selectors, setting
from chungtay.figures.consolidation import Line, Term, consolidate
from chungtay.figures.cube import Cube, rows_of
from chungtay.figures.restating import MapOf, restate, standing_of
from chungtay.figures.tests.test_maps_services import merged, reorganised
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import bin_of, bin_start
from chungtay.places.plans import Abolish, Form, NewUnit, Source
from chungtay.places.rules import WHOLE, Level, Place, ReorganisationKind, build_tree
from chungtay.places.selectors import area_by_ref
from chungtay.places.succession import Successions

START = bin_of(date(2020, 1, 1))
TOP, POOR = UUID(int=1), UUID(int=99)
BINS = 24


class History:
    """Units that merge, are divided and taken in on two random days, and what they state in random half-months."""

    def __init__(self, seed: int, *, silent_after: bool = False) -> None:
        rng = np.random.default_rng(seed)
        self.days = sorted(START + int(day) for day in rng.choice(np.arange(1, BINS), 2, replace=False))
        self.lives = {UUID(int=10 + n): [START, 2**30] for n in range(6)}
        self.forward: dict[UUID, tuple] = {}
        for day in self.days:
            living = [unit for unit, (_, end) in self.lives.items() if end > day]
            ends = [living[at] for at in rng.permutation(len(living))[: int(rng.integers(1, 4))]]
            heirs = [UUID(int=50 + len(self.lives) + n) for n in range(int(rng.integers(1, 3)))]
            staying = [unit for unit in living if unit not in ends]
            if staying and rng.random() < 0.3:
                heirs = staying[:1]
            for unit in ends:
                self.lives[unit][1] = day
                mine = heirs if rng.random() < 0.5 else heirs[:1]
                shares = [WHOLE] if len(mine) == 1 else [400_003, 599_997]
                self.forward[unit] = tuple(zip(mine, shares, strict=True))
            self.lives |= {heir: [day, 2**30] for heir in heirs if heir not in self.lives}
        until = self.days[0] if silent_after else START + BINS
        self.told = {
            (unit, at): int(rng.integers(-20, 10**9))
            for unit, (first, end) in self.lives.items()
            for at in range(first, min(end, until))
            if rng.random() < 0.3
        }

    def living(self, end: int) -> list[UUID]:
        return [unit for unit, life in self.lives.items() if life[0] < end <= life[1]]

    def total(self, first: int, end: int) -> int:
        """Return the total of all units in a window, on the map of its last day."""
        cube = Cube()
        cube.apply(rows_of((POOR, "", unit, at, at + 1, value) for (unit, at), value in self.told.items()))
        cube.grow(place_ids=[unit for unit in self.lives if unit not in cube.place_at])
        top = Place(TOP, "Tỉnh", "01", Level.PROVINCE, None)
        tree = build_tree(
            [top, *(Place(one, f"Xã {one.int}", str(one.int), Level.COMMUNE, TOP) for one in self.living(end))]
        )
        lives = {u: (bin_start(a), None if b == 2**30 else bin_start(b)) for u, (a, b) in self.lives.items()}
        successions = Successions(lives, self.forward, {}, dict.fromkeys(self.lives, TOP))
        standing = standing_of(cube.place_ids, MapOf(bin_start(end - 1), tree, successions))
        groups = standing.groups([standing.units(*tree.span(TOP))])
        window = np.array([first], np.int32), np.array([end], np.int32)
        line, mask = Line((Term(Kind.STOCK, (0,)),)), np.ones((1, len(groups.order)), np.bool_)
        found = consolidate(restate(cube, standing), [line], groups, *window, [mask], standing.lives_of(groups))
        return int(found.total[0, 0, 0]) if found.known[0, 0, 0] else 0


def whole_after(seed: int, first: int, after: int) -> None:
    """On whatever day units end: as long as nobody has stated since, the total is what it was the day before."""
    history = History(seed, silent_after=True)
    day = history.days[0]
    low, high = min(START + first, day - 1), min(day + after, START + BINS)
    assert history.total(low, high) == history.total(low, day)


def once_after(seed: int, end: int) -> None:
    """When all who live have stated, the total is theirs alone."""
    history = History(seed)
    high = START + end
    history.told |= {(unit, high - 1): 7 * n for n, unit in enumerate(history.living(high), 1)}
    expected = sum(history.told[unit, high - 1] for unit in history.living(high))
    assert history.total(START, high) == expected


SEEDS = st.integers(0, 2**32)


@pytest.fixture(params=["general", "compiled"])
def _way(request):
    """Both ways of consolidation, one after the other."""
    if request.param == "compiled":
        if not compiled.is_available():
            pytest.skip("numba is not installed: the general way is the only one")
        compiled.warm_up()
    with patch.object(compiled, "CELLS_WORTH_COMPILING", 0 if request.param == "compiled" else 2**62):
        yield


@pytest.mark.usefixtures("_way")
def test_a_total_survives_every_reorganisation():
    settings(max_examples=60)(given(SEEDS, st.integers(0, BINS - 1), st.integers(1, BINS))(whole_after))()


@pytest.mark.usefixtures("_way")
def test_nothing_counts_twice_once_all_have_stated():
    settings(max_examples=60)(given(SEEDS, st.integers(1, BINS))(once_after))()


@pytest.mark.parametrize(("holds", "carried"), [(whole_after, False), (once_after, True)])
def test_a_rule_that_forgets_or_doubles_is_caught(holds, carried):
    def faulty(cube, stocks, heirs, units, since, end):
        return np.full(len(units), carried)

    drawn = st.integers(1, BINS)
    with pytest.raises(AssertionError), patch.object(setting, "unclaimed", faulty):
        given(SEEDS, *[drawn] * (2 if holds is whole_after else 1))(holds)()


# ---------------------------------------------------------------- on a real database


def test_what_a_unit_had_counts_until_its_heir_says_how_much_there_is(ground):
    ground.expect("POOR", "A", "B", "C")
    ground.tell(("POOR", "A", "2022-06", 10), ("POOR", "B", "2022-06", 11), ("POOR", "C", "2022-06", 5))
    new = merged(ground)
    year = ground.see("POOR", "P", "2022")
    assert (year.value, year.reported, year.expected, year.missing) == (26, 1, 2, (new.id,))
    assert ground.value("POOR", "N", "2022") == ground.value("POOR", "D1", "2022") == 21
    trace = selectors.trace(year.trace)
    assert [(ground.name(one.area_id), one.owing) for one in trace.carried] == [("A", (new.id,)), ("B", (new.id,))]
    assert sum(fact.counted for fact in trace.facts) == trace.fact_total == 26
    ground.tell(("POOR", "N", "2022-09", 30))
    year = ground.see("POOR", "P", "2022")
    assert (year.value, year.reported, year.missing) == (35, 1, (ground.id("C"),))
    assert selectors.trace(year.trace).carried == ()
    assert ground.value("POOR", "P", "2022-06") == 26


def test_a_ratio_keeps_the_former_unit_until_its_heir_has_both_terms(ground):
    for area, poor, households in (("A", 1, 100), ("B", 3, 300)):
        ground.tell(("POOR", area, "2022-02", poor), ("HOUSEHOLDS", area, "2022-02", households))
    merged(ground)
    ground.tell(("POOR", "N", "2022-09", 9))
    rate = ground.see("POOR_RATE", "P", "2022")
    assert (rate.numerator, rate.denominator, ground.value("POOR", "P", "2022")) == (4, 400, 9)
    ground.tell(("HOUSEHOLDS", "N", "2022-09", 500))
    rate = ground.see("POOR_RATE", "P", "2022")
    assert (rate.numerator, rate.denominator) == (9, 500)


def test_all_portions_of_a_divided_unit_end_with_the_first_heir_that_states(ground):
    ground.tell(("POOR", "C", "2022-06", 11))
    changes = [
        Form(NewUnit(name, code, "commune", "867"), (Source("29872", share, basis="số hộ"),))
        for name, code, share in (("Xã C1", "30001", 600_000), ("Xã C2", "30002", 400_000))
    ]
    reorganised(ground, ReorganisationKind.SPLIT, *changes)
    for name, code in (("C1", "30001"), ("C2", "30002")):
        ground.areas[name] = area_by_ref(code)
    first, second = (ground.see("POOR", name, "2022") for name in ("C1", "C2"))
    assert [(first.value, first.is_estimated), (second.value, second.is_estimated)] == [(6, True), (5, True)]
    ground.tell(("POOR", "C1", "2022-08", 7))
    assert [ground.value("POOR", name, "2022") for name in ("C1", "C2", "D2")] == [7, None, 7]


def test_an_heir_that_stood_there_before_owes_a_number_since(ground):
    """What B said before it took A in was of B alone."""
    ground.tell(("POOR", "A", "2022-05", 10), ("POOR", "B", "2022-06", 11))
    reorganised(ground, ReorganisationKind.ABOLISH, Abolish("29866", heir="29869"))
    assert ground.value("POOR", "P", "2022") == 21
    ground.tell(("POOR", "B", "2022-07", 23))
    assert ground.value("POOR", "P", "2022") == 23
