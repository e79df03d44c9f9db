"""Reads of the map."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from chungtay.places import selectors, services
from chungtay.places.rules import BodyKind
from tests.cast import BASIS, NOW

pytestmark = pytest.mark.django_db
D2023, D2025 = date(2023, 5, 30), date(2025, 7, 1)
BY = {"now": NOW, "by": None}


@pytest.fixture
def merged(cast):
    """Phường 2 (29869) leaves the map on 01/07/2025 and its code goes to the new Phường Cao Lãnh."""
    services.close_area(cast.communes[2], valid_to=D2025, legal_basis=BASIS, **BY)
    return services.add_area(
        name="Phường Cao Lãnh", code="29869", level="ward", parent=cast.city, valid_from=D2025, legal_basis=BASIS, **BY
    )


def test_an_area_is_found_by_its_code(cast):
    assert selectors.area_by_ref("866") == cast.city
    assert selectors.area_by_ref(" 29866@2023-05-30 ") == cast.communes[1]


@pytest.mark.parametrize("ref", ["", "00000", "866@2019-12-31", "866@hôm qua"])
def test_an_unknown_code_is_named(cast, ref):
    with pytest.raises(selectors.UnknownArea):
        selectors.area_by_ref(ref)


def test_a_code_that_has_meant_two_places_asks_for_a_day(cast, merged):
    with pytest.raises(selectors.AmbiguousArea, match="Phường 2, Phường Cao Lãnh"):
        selectors.area_by_ref("29869")
    assert selectors.area_by_ref("29869@2025-06-30") == cast.communes[2]
    assert selectors.area_by_ref("29869@2025-07-01") == merged
    assert selectors.area_by_ref("29869", date(2023, 5, 31)) == cast.communes[2]
    assert selectors.area_by_ref("29869", D2025) == merged
    with pytest.raises(selectors.AmbiguousArea):
        selectors.area_by_ref("29869", date(1990, 1, 1))


def test_every_day_has_its_own_tree(cast, merged):
    assert cast.communes[2].id in selectors.tree_on(D2023)
    assert cast.communes[2].id not in selectors.tree_on(D2025)
    assert merged.id in selectors.tree_on(D2025)
    assert len(selectors.tree_on(date(2019, 12, 31))) == 0


def test_a_tree_is_built_once_and_costs_one_query_afterwards(cast, django_assert_num_queries):
    selectors.tree_on(D2023)
    with django_assert_num_queries(1):
        selectors.tree_on(D2023)
    assert selectors.tree_on(D2023) is selectors.tree_on(D2023)


def test_a_tree_follows_every_kind_of_change(cast):
    names = {selectors.tree_on(D2025).node(cast.communes[0].id).name}
    services.revise_area(cast.communes[0], name="Phường Mười Một", valid_from=D2025, legal_basis="", **BY)
    names.add(selectors.tree_on(D2025).node(cast.communes[0].id).name)
    assert names == {"Phường 11", "Phường Mười Một"}
    services.close_area(cast.communes[1], valid_to=D2025, legal_basis="", **BY)
    assert cast.communes[1].id not in selectors.tree_on(D2025)


def test_a_change_that_was_rolled_back_leaves_no_trace_in_the_cache(cast):
    first, second = cast.communes[0].id, cast.communes[1].id
    with transaction.atomic():
        services.close_area(cast.communes[0], valid_to=D2025, legal_basis="", **BY)
        assert first not in selectors.tree_on(D2025)
        transaction.set_rollback(True)
    assert first in selectors.tree_on(D2025)
    services.close_area(cast.communes[1], valid_to=D2025, legal_basis="", **BY)  # as many ended versions as before
    assert first in selectors.tree_on(D2025)
    assert second not in selectors.tree_on(D2025)


def test_a_name_is_that_of_the_day_and_outside_an_areas_life_the_nearest(cast, merged):
    assert selectors.name_on(cast.communes[2].id, D2023) == "Phường 2"
    assert selectors.name_on(cast.communes[2].id, date(2026, 1, 1)) == "Phường 2"
    assert selectors.name_on(merged.id, date(2020, 1, 1)) == "Phường Cao Lãnh"
    with pytest.raises(selectors.UnknownArea):
        selectors.name_on(uuid4(), D2023)


def test_an_area_off_the_map_keeps_the_way_it_last_had(cast, merged):
    ways = selectors.lineages_on(date(2026, 1, 1))
    assert ways[cast.communes[2].id] == (cast.province.id, cast.city.id, cast.communes[2].id)
    assert ways[merged.id] == (cast.province.id, cast.city.id, merged.id)


def test_bodies_are_found_by_place_and_kind(cast):
    assert [body.kind for body in selectors.bodies_of(cast.city.id)] == [BodyKind.UBND, BodyKind.MTTQ]
    assert selectors.body_at(cast.city.id, "mttq").name.endswith("Thành phố Cao Lãnh")
    with pytest.raises(selectors.NoBody, match="Hội Nông dân"):
        selectors.body_at(cast.city.id, "hnd")
