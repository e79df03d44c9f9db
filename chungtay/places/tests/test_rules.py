"""The tree of a day."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.places.rules import BrokenMap, Level, Place, build_tree, lineages

PROVINCE, CITY, OTHER, HOA_AN, MY_TRA = (UUID(int=number) for number in range(1, 6))


def place(area_id, name, code, level=Level.COMMUNE, parent=None):
    return Place(area_id, name, code, level, parent)


@pytest.fixture
def tree():
    return build_tree(
        [
            place(HOA_AN, "Xã Hòa An", "29893", parent=CITY),
            place(CITY, "Thành phố Cao Lãnh", "866", Level.CITY, PROVINCE),
            place(OTHER, "Thành phố Sa Đéc", "867", Level.CITY, PROVINCE),
            place(MY_TRA, "Xã Mỹ Trà", "29887", parent=CITY),
            place(PROVINCE, "Tỉnh Đồng Tháp", "87", Level.PROVINCE),
        ]
    )


def names(nodes):
    return [node.name for node in nodes]


def test_nodes_stand_in_pre_order_with_siblings_by_code(tree):
    assert names(tree) == ["Tỉnh Đồng Tháp", "Thành phố Cao Lãnh", "Xã Mỹ Trà", "Xã Hòa An", "Thành phố Sa Đéc"]
    assert [node.depth for node in tree] == [0, 1, 2, 2, 1]
    assert len(tree) == 5


def test_a_subtree_is_one_slice_and_includes_its_root(tree):
    assert names(tree.subtree(CITY)) == ["Thành phố Cao Lãnh", "Xã Mỹ Trà", "Xã Hòa An"]
    assert tree.ids_under(CITY) == (CITY, MY_TRA, HOA_AN)
    assert tree.span(CITY) == (1, 4)
    assert tree.ids_under(MY_TRA) == (MY_TRA,)


def test_children_are_only_those_directly_below(tree):
    assert names(tree.children(PROVINCE)) == ["Thành phố Cao Lãnh", "Thành phố Sa Đéc"]
    assert tree.children(HOA_AN) == ()


def test_a_path_leads_from_the_root_down_to_the_area(tree):
    assert [node.area_id for node in tree.path(HOA_AN)] == [PROVINCE, CITY, HOA_AN]
    assert [node.area_id for node in tree.path(PROVINCE)] == [PROVINCE]


def test_membership_and_unknown_areas(tree):
    assert HOA_AN in tree
    assert uuid4() not in tree
    with pytest.raises(KeyError):
        tree.node(uuid4())


def test_a_place_whose_parent_is_not_on_the_map_is_a_root():
    tree = build_tree([place(HOA_AN, "Xã Hòa An", "29893", parent=CITY)])
    assert tree.node(HOA_AN).depth == 0
    assert [node.area_id for node in tree.path(HOA_AN)] == [HOA_AN]


def test_a_circle_of_parents_is_named():
    with pytest.raises(BrokenMap, match="Xã Hòa An, Xã Mỹ Trà"):
        build_tree([place(HOA_AN, "Xã Hòa An", "1", parent=MY_TRA), place(MY_TRA, "Xã Mỹ Trà", "2", parent=HOA_AN)])


@given(st.lists(st.integers(min_value=-1, max_value=40), min_size=1, max_size=40))
def test_in_any_forest_slices_paths_and_lineages_agree(parents):
    """Area n hangs under an earlier area, so the forest has no circle."""
    ids = [UUID(int=number + 1) for number in range(len(parents))]
    above = {ids[n]: ids[parent % n] if n and parent >= 0 else None for n, parent in enumerate(parents)}
    tree = build_tree(place(area_id, str(area_id), "", parent=parent) for area_id, parent in above.items())
    ways = lineages(above)
    assert {node.area_id for node in tree} == set(ids)
    for area_id in ids:
        assert tuple(node.area_id for node in tree.path(area_id)) == ways[area_id]
        assert set(tree.ids_under(area_id)) == {other for other in ids if area_id in ways[other]}
        assert {node.area_id for node in tree.children(area_id)} == {other for other in ids if above[other] == area_id}


def test_lineages_cut_a_circle_instead_of_running_for_ever():
    ways = lineages({HOA_AN: MY_TRA, MY_TRA: HOA_AN})
    assert set(ways) == {HOA_AN, MY_TRA}
