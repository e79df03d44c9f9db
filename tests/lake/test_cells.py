"""Random accounts with gaps, breakdowns, corrections, odd spans and changing maps: SQL over the lake is the cube, cell by cell."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.figures.lake.consolidating import cells
from chungtay.figures.lake.duck import Duck
from chungtay.figures.lake.question import Question
from chungtay.figures.rules import View
from chungtay.places.succession import placements
from tests.lake.random_lake import RandomLake, cells_of
from tests.lake.random_maps import FIRST_DAYS

days = st.integers(0, 800).map(lambda after: date(2020, 1, 1) + timedelta(days=after))


@given(seed=st.integers(0, 2**32), view=st.sampled_from(list(View)), on_map=st.none() | days)
@settings(max_examples=25)
def test_duckdb_gives_the_cells_of_the_cube(seed: int, view: View, on_map: date | None) -> None:
    """Every indicator and ratio, every unit, every kind of window, in both views, on the map of any day."""
    with TemporaryDirectory() as folder:
        account = RandomLake(seed)
        lake = account.write(Path(folder))
        question = Question(lake, lake.chosen([]), account.periods, view, on_map, all_units=True)
        with Duck(Path(folder)) as duck:
            assert cells_of(list(cells(question, duck))) == account.by_the_cube(view, on_map)


def test_the_random_maps_divide_units_more_than_once_forth_and_back() -> None:
    """Else the test above would say little."""
    found = set()
    for seed in range(40):
        maps = RandomLake(seed).maps
        for day in (FIRST_DAYS[1], date(2023, 1, 1)):
            placed = placements(maps.successions().parents, maps.successions(), maps.tree_on(day), maps.since(day))
            found |= {(day.year, min(len(one.cuts), 2)) for portions in placed.values() for one in portions}
            found |= {(day.year, "nowhere") for portions in placed.values() if not portions}
    assert found == {(year, how) for year in (2020, 2023) for how in (0, 1, 2, "nowhere")}
