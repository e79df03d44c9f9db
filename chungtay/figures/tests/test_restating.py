"""The cube on another map, pure: whatever merges or is divided, nothing is lost, and what merged is the sum of its parts."""

from datetime import date
from uuid import UUID

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chungtay.figures.cube import Cube
from chungtay.figures.restating import MapOf, estimated, restate, standing_of
from chungtay.places.rules import WHOLE, Level, Place, build_tree
from chungtay.places.succession import Successions

BEFORE, DAY = date(2020, 1, 1), date(2025, 7, 1)
TOP = UUID(int=1)
OLD = [UUID(int=10 + number) for number in range(5)]
NEW = [UUID(int=20 + number) for number in range(3)]
WINDOWS = 4


@st.composite
def heirs(draw, *, divides: bool):
    """For each old unit the new ones that it went to, with shares that are whole."""
    found = []
    for _ in OLD:
        one, other = draw(st.permutations(range(len(NEW))))[:2]
        share = draw(st.integers(1, WHOLE - 1)) if divides and draw(st.booleans()) else WHOLE
        found.append([(one, share)] + ([(other, WHOLE - share)] if share < WHOLE else []))
    return found


def maps_of(heirs_of):
    """The map before and after, with everything that leads from one to the other."""
    lives = {TOP: (BEFORE, None)} | dict.fromkeys(OLD, (BEFORE, DAY)) | dict.fromkeys(NEW, (DAY, None))
    forward = {old: tuple((NEW[at], share) for at, share in mine) for old, mine in zip(OLD, heirs_of, strict=True)}
    backward: dict[UUID, list] = {}
    for old, mine in forward.items():
        for new, _ in mine:
            backward.setdefault(new, []).append((old, None))
    successions = Successions(
        lives=lives,
        forward=forward,
        backward={new: tuple(sources) for new, sources in backward.items()},
        parents=dict.fromkeys([*OLD, *NEW], TOP),
    )
    return [MapOf(day, _tree(units), successions) for day, units in ((BEFORE, OLD), (DAY, NEW))]


def _tree(units):
    top = Place(TOP, "Tỉnh", "01", Level.PROVINCE, None)
    return build_tree([top, *(Place(one, f"Xã {one.int}", str(one.int), Level.COMMUNE, TOP) for one in units)])


def cube_of(values):
    """One flow of all units, old and new, over some half-months."""
    places = [TOP, *OLD, *NEW]
    array = np.array(values, np.int64).reshape(1, WINDOWS, len(places))
    return Cube.of(
        [(UUID(int=99), "")], places, np.arange(WINDOWS, dtype=np.int32), array, np.ones(array.shape, np.int16), {}
    )


VALUES = st.lists(
    st.integers(-(10**12), 10**12),
    min_size=WINDOWS * (1 + len(OLD) + len(NEW)),
    max_size=WINDOWS * (1 + len(OLD) + len(NEW)),
)


@given(heirs(divides=True), VALUES)
def test_the_total_is_the_same_on_every_map(heirs_of, values):
    cube = cube_of(values)
    for on in maps_of(heirs_of):
        restated = restate(cube, standing_of(cube.place_ids, on))
        np.testing.assert_array_equal(restated.values.sum(axis=-1), cube.values.sum(axis=-1))


@given(heirs(divides=False), VALUES)
def test_over_mergers_a_successor_is_the_sum_of_its_parts_and_the_old_map_gives_them_back(heirs_of, values):
    cube = cube_of(values)
    old_map, new_map = maps_of(heirs_of)
    standing = standing_of(cube.place_ids, new_map)
    restated = restate(cube, standing)
    at = {area_id: place for place, area_id in enumerate(cube.place_ids)}
    for number, node in ((node, new_map.tree.node(node)) for node in NEW):
        first, end = standing.units(*new_map.tree.span(node.area_id))
        mine = [old for old, [(to, _)] in zip(OLD, heirs_of, strict=True) if NEW[to] == number] + [number]
        expected = sum(cube.values[..., at[one]] for one in mine)
        np.testing.assert_array_equal(restated.values[..., first:end].sum(axis=-1), expected)
    back = standing_of(cube.place_ids, old_map)
    then = restate(cube, back)
    for old in OLD:
        first, _ = back.units(*old_map.tree.span(old))
        np.testing.assert_array_equal(then.values[..., first], cube.values[..., at[old]])


@given(heirs(divides=True), VALUES)
def test_only_a_part_of_a_divided_unit_is_an_estimate(heirs_of, values):
    cube = cube_of(values)
    new_map = maps_of(heirs_of)[1]
    standing = standing_of(cube.place_ids, new_map)
    ranges = [standing.units(*new_map.tree.span(area_id)) for area_id in (TOP, *NEW)]
    _, groups = estimated(standing, standing.groups(ranges))
    divided = {to for mine in heirs_of if len(mine) > 1 for to, _ in mine}
    assert set(groups.tolist()) == {1 + to for to in divided}
