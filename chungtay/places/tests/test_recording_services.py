"""Reorganisations as they are written down, corrected and refused."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction

from chungtay.places import selectors, services
from chungtay.places.grounds import AlreadyCorrected, UnknownReorganisation
from chungtay.places.models import Area, AreaVersion, Body, Reorganisation, Succession
from chungtay.places.rules import BodyKind
from chungtay.places.tests.atlas import JAN, JULY, LATER, form, january, july, plan
from tests.cast import BASIS, NOW, START

pytestmark = pytest.mark.django_db
BY = {"now": LATER, "by": None}
EVE = JULY - timedelta(days=1)


def reorganise(*plans):
    return services.reorganise_all(plans=plans, **BY)[-1]


def named(name, day=JULY):
    return next(node for node in selectors.tree_on(day) if node.name == name)


def names(day):
    return {node.name for node in selectors.tree_on(day)}


def last_event():
    return apps.get_model("audit", "AuditEvent").objects.order_by("-id").first()


def test_a_merger_makes_a_new_unit_and_the_old_ones_end(cast):
    act = reorganise(january())
    assert {cast.communes[1].id, cast.communes[2].id}.isdisjoint(node.area_id for node in selectors.tree_on(JAN))
    new = selectors.tree_on(JAN).node(selectors.area_by_ref("29866@2025-01-01").id)
    assert (new.name, new.parent_id) == ("Phường 1", cast.city.id)
    assert new.area_id not in {area.id for area in cast.communes}
    assert {node.area_id for node in selectors.tree_on(EVE)} > {new.area_id}
    (old,) = selectors.versions_of(cast.communes[1].id)
    assert (old.valid_from, old.valid_to, old.ended_by) == (START, JAN, act)
    assert set(Succession.objects.values_list("from_area", "share_ppm")) == {
        (cast.communes[1].id, 1_000_000),
        (cast.communes[2].id, 1_000_000),
    }


def test_a_whole_level_goes_in_one_act_and_codes_are_used_again(cast):
    reorganise(january(), july())
    tree = selectors.tree_on(JULY)
    assert [(node.depth, node.name, node.code) for node in tree] == [
        (0, "Tỉnh Đồng Tháp", "82"),
        (1, "Phường Cao Lãnh", "29869"),
        (1, "Thành phố Sa Đéc", "867"),
    ]
    assert tree.nodes[2].area_id == cast.other_city.id  # moved, not made anew
    assert cast.city.id in selectors.tree_on(EVE)


def test_bodies_of_a_new_unit_are_those_that_its_predecessors_had(cast):
    services.add_body(area=cast.communes[2], kind="hnd", name="Hội Nông dân Phường 2", now=NOW, by=None)
    reorganise(
        january(), plan({"do": "create", "unit": {"code": "5", "name": "Xã Mới", "level": "commune", "parent": "866"}})
    )
    merged = selectors.bodies_of(selectors.area_by_ref("29866@2025-01-01").id)
    assert [(body.kind, body.name) for body in merged] == [
        ("ubnd", "Ủy ban nhân dân phường 1"),
        ("mttq", "Ủy ban Mặt trận Tổ quốc Việt Nam phường 1"),
        ("hnd", "Hội Nông dân phường 1"),
    ]
    created = selectors.bodies_of(selectors.area_by_ref("5").id)
    assert [body.kind for body in created] == [BodyKind.UBND, BodyKind.MTTQ]


def test_a_reorganisation_is_recorded_with_its_plan_and_its_author(cast):
    act = services.reorganise(plan=january(), now=LATER, by=cast.admin)
    assert (act.recorded_by_name, act.recorded_by_id) == (cast.admin.full_name, cast.admin.id)
    assert selectors.plan_of(act) == january()
    event = last_event()
    assert (event.code, event.object_id) == ("places.reorganisation.recorded", str(act.id))
    assert (event.data["begun"], event.data["ended"], event.data["legal_basis"]) == (1, 2, "NQ 1284/NQ-UBTVQH15")


def test_the_map_can_be_asked_as_it_was_known_before(cast):
    reorganise(january())
    assert len(selectors.tree_on(JAN)) == 5
    assert selectors.tree_on(JAN, known_at=LATER - timedelta(seconds=1)) == selectors.tree_on(START)
    assert selectors.tree_on(JAN, known_at=LATER) == selectors.tree_on(JAN)


def test_a_refused_plan_leaves_nothing_and_says_every_reason(cast):
    before = AreaVersion.objects.count()
    bad = plan({"do": "abolish", "unit": "866"}, {"do": "abolish", "unit": "1"})
    with pytest.raises(services.PlanRefused) as caught:
        services.reorganise(plan=bad, **BY)
    assert len(caught.value.problems) == 4  # an unknown code and three communes without a city
    assert "Phường 11 (29863) đang thuộc Thành phố Cao Lãnh (866)" in str(caught.value)
    assert (AreaVersion.objects.count(), Reorganisation.objects.count()) == (before, 0)


def test_of_several_plans_all_or_none_are_recorded(cast):
    with pytest.raises(services.PlanRefused) as caught:
        reorganise(january(), plan({"do": "abolish", "unit": "29869"}))
    assert caught.value.number == 2
    assert Reorganisation.objects.count() == 0


def test_history_is_recorded_in_order(cast):
    reorganise(january(), july())
    early = plan({"do": "revise", "unit": "29863", "name": "Phường Mười Một"}, on=JAN)
    with pytest.raises(services.PlanRefused) as caught:
        reorganise(early)
    assert "Phường 11 (29863) đã có thay đổi được ghi nhận từ ngày 01/07/2025 (NQ 1663/NQ-UBTVQH15)" in str(
        caught.value
    )


def test_a_unit_that_others_will_hang_under_later_cannot_end_now(cast):
    services.add_area(
        name="Xã Muộn", code="7", level="commune", parent=cast.other_city, valid_from=JULY, legal_basis=BASIS, **BY
    )
    with pytest.raises(services.PlanRefused, match="Xã Muộn"):
        reorganise(plan({"do": "abolish", "unit": "867"}, on=JAN))


def test_a_code_that_somebody_will_bear_later_is_not_given_now(cast):
    services.add_area(
        name="Xã Muộn", code="7", level="commune", parent=cast.city, valid_from=JULY, legal_basis="", **BY
    )
    with pytest.raises(services.PlanRefused, match="mã 7 là của cả"):
        reorganise(plan({"do": "revise", "unit": "29863", "code": "7"}, on=JAN))


def test_two_units_may_swap_their_codes(cast):
    reorganise(
        plan({"do": "revise", "unit": "29866", "code": "29869"}, {"do": "revise", "unit": "29869", "code": "29866"})
    )
    assert selectors.area_by_ref("29869@2025-07-01") == cast.communes[1]


def test_a_correction_replaces_what_was_recorded_and_keeps_the_units(cast):
    first = reorganise(january())
    unit = selectors.area_by_ref("29866@2025-01-01")
    right = plan(
        form("29866", "Phường Một", "29866", ("29869", "0.75")), form("5", "Xã Mới", ("29869", "0.25")), on=JAN
    )
    again = services.correct_reorganisation(earlier=first, plan=right, now=LATER + timedelta(days=1), by=None)
    assert again.replaces == first
    assert selectors.area_by_ref("29866@2025-01-01") == unit
    assert selectors.name_on(unit.id, JAN) == "Phường Một"
    assert selectors.body_at(unit.id, "ubnd").name == "Ủy ban nhân dân phường Một"
    assert {"Phường Một", "Xã Mới"} < names(JAN)
    assert "Phường Một" not in {node.name for node in selectors.tree_on(JAN, known_at=LATER)}
    assert selectors.reorganisations() == [again]
    assert selectors.reorganisations(with_corrected=True) == [first, again]
    assert {link.share_ppm for link in selectors.links()} == {1_000_000, 750_000, 250_000}
    assert {link.share_ppm for link in selectors.links(LATER)} == {1_000_000}
    assert last_event().code == "places.reorganisation.corrected"


def test_a_correction_may_move_the_day(cast):
    first = reorganise(january())
    services.correct_reorganisation(
        earlier=first, plan=plan(form("29866", "Phường 1", "29866", "29869"), on=JULY), **BY
    )
    assert len(selectors.tree_on(EVE)) == 6
    assert len(selectors.tree_on(JULY)) == 5
    assert [version.valid_to for version in selectors.versions_of(cast.communes[1].id)] == [JULY]


def test_a_unit_that_a_correction_takes_off_every_map_keeps_its_name_and_readers(cast):
    first = reorganise(january())
    unit = selectors.area_by_ref("29866@2025-01-01")
    right = plan({"do": "revise", "unit": "29863", "name": "Phường Mười Một"}, on=JAN)
    services.correct_reorganisation(earlier=first, plan=right, **BY)
    assert unit.id not in selectors.tree_on(JAN)
    assert {cast.communes[1].id, cast.communes[2].id} <= {node.area_id for node in selectors.tree_on(JULY)}
    assert selectors.name_on(unit.id, JULY) == "Phường 1"
    assert selectors.lineages_on(JULY)[unit.id] == (cast.province.id, cast.city.id, unit.id)


def test_what_others_stand_on_is_not_corrected(cast):
    first = reorganise(january())
    reorganise(july())
    with pytest.raises(services.PlanRefused, match="Phường 1 đã có thay đổi được ghi nhận từ ngày 01/07/2025"):
        services.correct_reorganisation(earlier=first, plan=january(), **BY)


def test_a_unit_under_one_that_a_correction_takes_away_is_named(cast):
    act = reorganise(
        plan({"do": "create", "unit": {"code": "9", "name": "Huyện Mới", "level": "district", "parent": "87"}}, on=JAN)
    )
    services.add_area(
        name="Xã Muộn",
        code="7",
        level="commune",
        parent=selectors.area_by_ref("9"),
        valid_from=JULY,
        legal_basis="",
        **BY,
    )
    with pytest.raises(services.PlanRefused, match=r"Xã Muộn.* đang thuộc Huyện Mới"):
        services.correct_reorganisation(earlier=act, plan=january(), **BY)


def test_a_code_used_again_later_does_not_stand_in_the_way_of_a_correction(cast):
    """Phường 2 gave 29869 up in January; since July it is Phường Cao Lãnh's."""
    first = reorganise(january())
    reorganise(plan(form("29869", "Phường Cao Lãnh", "29863")))
    services.correct_reorganisation(earlier=first, plan=january(), **BY)
    assert named("Phường Cao Lãnh").code == "29869"


def test_a_reorganisation_is_corrected_once(cast):
    first = reorganise(january())
    services.correct_reorganisation(earlier=first, plan=january(), **BY)
    with pytest.raises(AlreadyCorrected, match="Hãy đính chính bản mới nhất"):
        services.correct_reorganisation(earlier=first, plan=january(), **BY)
    with pytest.raises(UnknownReorganisation):
        reorganise(plan(form("1", "x", "29866"), corrects="00000000-0000-0000-0000-000000000001"))


def test_a_rehearsal_answers_on_the_new_map_and_leaves_nothing(cast):
    with services.rehearsal(plans=[january()], **BY):
        assert len(selectors.tree_on(JAN)) == 5
    assert len(selectors.tree_on(JAN)) == 6
    assert not Reorganisation.objects.exists()
    assert (Area.objects.count(), Body.objects.count()) == (6, 12)


def test_a_rehearsal_inside_a_larger_transaction_takes_back_only_itself(cast):
    with transaction.atomic():
        services.close_area(cast.communes[0], valid_to=JULY, legal_basis="", **BY)
        with pytest.raises(ZeroDivisionError), services.rehearsal(plans=[january()], **BY):
            raise ZeroDivisionError
    assert len(selectors.tree_on(JULY)) == 5
    assert not Reorganisation.objects.exists()


def test_a_clock_that_was_set_back_does_not_stop_a_change(cast):
    reorganise(january())
    services.reorganise(plan=july(), now=NOW, by=None)
    assert "Phường Cao Lãnh" in names(JULY)
