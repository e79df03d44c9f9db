"""Changes of the map."""

from datetime import date

import pytest
from django.apps import apps

from chungtay.places import selectors, services
from chungtay.places.models import AreaVersion
from tests.cast import BASIS, NOW, START

pytestmark = pytest.mark.django_db
D2025 = date(2025, 7, 1)
BY = {"now": NOW, "by": None}


def last_event(area):
    """The log stands on a higher floor, so it is looked up by name."""
    events = apps.get_model("audit", "AuditEvent").objects
    return events.filter(object_type="places.area", object_id=str(area.id)).order_by("-id").first()


def test_a_new_area_is_on_the_map_from_its_first_day_and_recorded(cast):
    area = services.add_area(
        name=" Xã Hòa An ", code="29893", level="commune", parent=cast.city, valid_from=D2025, legal_basis=BASIS, **BY
    )
    assert area.id not in selectors.tree_on(date(2025, 6, 30))
    assert selectors.tree_on(D2025).node(area.id).name == "Xã Hòa An"
    assert last_event(area).code == "places.area.added"


def test_a_name_is_asked_for(cast):
    with pytest.raises(services.NameMissing):
        services.add_area(name=" ", code="1", level="commune", parent=None, valid_from=START, legal_basis="", **BY)
    with pytest.raises(services.NameMissing):
        services.add_body(area=cast.city, kind="hnd", name="", **BY)


def test_a_code_that_somebody_bears_is_refused_and_its_bearer_named(cast):
    with pytest.raises(services.CodeTaken, match="Mã 29866 đang là của Phường 1"):
        services.add_area(
            name="Phường Mới", code="29866", level="ward", parent=cast.city, valid_from=D2025, legal_basis="", **BY
        )


def test_a_code_is_free_again_from_the_day_its_bearer_leaves_the_map(cast):
    services.close_area(cast.communes[1], valid_to=D2025, legal_basis=BASIS, **BY)
    services.add_area(
        name="Phường Cao Lãnh", code="29866", level="ward", parent=cast.province, valid_from=D2025, legal_basis="", **BY
    )


def test_a_renamed_area_has_no_hole_and_no_overlap_in_its_life(cast):
    area = cast.communes[0]
    services.revise_area(area, name="Phường Mười Một", valid_from=D2025, legal_basis=BASIS, **BY)
    old, new = selectors.versions_of(area.id)
    assert (old.valid_to, new.valid_from, new.valid_to) == (D2025, D2025, None)
    assert (old.name, new.name) == ("Phường 11", "Phường Mười Một")
    assert (new.code, new.level, new.parent_id) == (old.code, old.level, old.parent_id)
    assert last_event(area).data["to"]["name"] == "Phường Mười Một"


def test_an_area_can_move_under_another_parent(cast):
    services.revise_area(cast.communes[0], parent=cast.other_city, valid_from=D2025, legal_basis=BASIS, **BY)
    moved = cast.communes[0].id
    assert moved in selectors.tree_on(date(2025, 6, 30)).ids_under(cast.city.id)
    assert moved in selectors.tree_on(D2025).ids_under(cast.other_city.id)


@pytest.mark.parametrize("day", [START, date(2019, 1, 1)])
def test_a_change_is_dated_after_the_version_it_ends_began(cast, day):
    with pytest.raises(services.NotInForce, match="Phường 11"):
        services.revise_area(cast.communes[0], name="x", valid_from=day, legal_basis="", **BY)


def test_a_closed_area_cannot_be_closed_or_revised_again(cast):
    services.close_area(cast.communes[0], valid_to=D2025, legal_basis=BASIS, **BY)
    with pytest.raises(services.NotInForce):
        services.close_area(cast.communes[0], valid_to=date(2026, 1, 1), legal_basis="", **BY)


def test_a_parent_must_be_on_the_map_that_day(cast):
    services.close_area(cast.other_city, valid_to=D2025, legal_basis=BASIS, **BY)
    with pytest.raises(services.ParentNotOnMap, match="01/07/2025"):
        services.revise_area(cast.communes[0], parent=cast.other_city, valid_from=D2025, legal_basis="", **BY)


def test_an_area_cannot_hang_under_its_own_child(cast):
    with pytest.raises(services.ParentBelowItself):
        services.revise_area(cast.city, parent=cast.communes[0], valid_from=D2025, legal_basis="", **BY)
    assert AreaVersion.objects.filter(area=cast.city).count() == 1  # nothing of the refused change is left


def test_a_second_body_of_a_kind_is_refused(cast):
    with pytest.raises(services.BodyExists, match="Ủy ban nhân dân Thành phố Cao Lãnh"):
        services.add_body(area=cast.city, kind="ubnd", name="UBND khác", **BY)
