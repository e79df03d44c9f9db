from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.figures.cube import Cube, CubeConflict, FactTuple, rows_of
from chungtay.figures.tests.pure import Small
from chungtay.figures.tests.test_oracle import World


def content(cube: Cube) -> dict[tuple, tuple[int, int]]:
    """Return every live cell: {(series, place, bin): (value, span)}."""
    return {
        (cube.series_keys[s], cube.place_ids[p], int(cube.bins[c])): (
            int(cube.values[s, c, p]),
            int(cube.spans[s, c, p]),
        )
        for s, c, p in zip(*np.nonzero(cube.spans), strict=True)
    }


def test_the_latest_fact_of_a_period_wins() -> None:
    small = Small().tell(("gifts", "A", "2022-05", 1), ("gifts", "A", "2022-05", 2))
    assert small.value("gifts", "A", "2022-05") == 2
    small.tell(("gifts", "A", "2022-05", 3))
    assert small.value("gifts", "A", "2022-05") == 3


def test_a_withdrawn_value_is_missing_again_and_can_come_back() -> None:
    small = Small().tell(("gifts", "A", "2022-05", 1)).tell(("gifts", "A", "2022-05", None))
    assert small.value("gifts", "A", "2022-05") is None
    assert small.tell(("gifts", "A", "2022-05", 4)).value("gifts", "A", "2022-05") == 4


def test_withdrawing_a_quarter_again_does_not_hurt_the_months_that_replaced_it() -> None:
    small = Small().tell(("gifts", "A", "2022Q1", 9))
    small.tell(("gifts", "A", "2022Q1", None), *(("gifts", "A", f"2022-0{m}", m) for m in (1, 2, 3)))
    small.tell(("gifts", "A", "2022Q1", None))
    assert small.value("gifts", "A", "2022Q1") == 6


def test_two_periods_that_end_in_one_bin_are_refused_and_change_nothing() -> None:
    small = Small().tell(("gifts", "A", "2022Q1", 9), ("gifts", "B", "2022-03", 1))
    before = content(small.cube)
    with pytest.raises(CubeConflict):
        small.tell(("gifts", "B", "2022-03", None), ("gifts", "A", "2022-03", 3))
    assert content(small.cube) == before
    with pytest.raises(CubeConflict):
        Small().tell(("gifts", "A", "2022Q1", 9), ("gifts", "A", "2022-03", 3))


def test_a_copy_is_independent() -> None:
    small = Small().tell(("gifts", "A", "2022-05", 1))
    other = Small(small.cube.copy()).tell(("gifts", "A", "2022-05", 2), ("gifts", "C", "2023-01", 5))
    assert (small.value("gifts", "P", "2022-05"), other.value("gifts", "P", "2022-05")) == (1, 2)


@given(seed=st.integers(0, 2**32), order=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_facts_let_in_batch_by_batch_give_the_same_cube_as_all_at_once(seed: int, order) -> None:
    facts = [(batch, fact[2:8]) for batch, *fact in ((f[0], *f) for f in World(seed).facts)]
    whole, grown = Cube(), Cube()
    whole.apply(rows_of(_tuple(fact) for _, fact in facts))
    for batch in sorted({batch for batch, _ in facts}):
        grown.apply(rows_of(_tuple(fact) for b, fact in facts if b == batch))
        if order.random() < 0.3:
            grown.sort_places(order.sample(grown.place_ids, len(grown.place_ids)))
    assert content(grown) == content(whole)
    for key, series in grown.series_at.items():
        longest, largest = grown.measures(series)
        exact = whole.measures(whole.series_at[key])
        assert longest >= exact[0] and largest >= exact[1]


def test_places_sorted_by_the_map_stand_side_by_side() -> None:
    cube = Cube()
    ids = [UUID(int=n) for n in (5, 1, 9, 3)]
    cube.apply(rows_of((UUID(int=77), "", area, 48000, 48002, area.int) for area in ids))
    before = content(cube)
    cube.sort_places([UUID(int=n) for n in (1, 2, 3, 4, 5)])
    assert [area.int for area in cube.place_ids] == [1, 3, 5, 9]
    assert content(cube) == before


def _tuple(fact: tuple) -> FactTuple:
    indicator, key, area, first, end, value = fact
    return indicator, key, area, first, end, value
