"""Nothing of the history is lost by a merger: who came after a unit sees what is its, and acts on nothing of it."""

from datetime import date, timedelta

import pytest

from chungtay.access import selectors
from chungtay.access.rules import Matter, Role, Verdict
from chungtay.places import selectors as places
from chungtay.places import services
from chungtay.places.tests.atlas import JAN, JULY, LATER, january, july, plan

pytestmark = pytest.mark.django_db
EVE = JULY - timedelta(days=1)
BY = {"now": LATER, "by": None}


@pytest.fixture
def heirs(cast):
    """Phường 2 goes into Phường 1 in January, in July province and city end. Officers of the new ward and the new province."""
    services.reorganise_all(plans=[january(), july()], **BY)
    cast.person("ward.clerk", "Mai Thị Khánh", "", (Role.CLERK, places.area_by_ref("29869@2025-07-01")))
    cast.person("heir.officer", "Lý Văn Long", "", (Role.OFFICER, places.area_by_ref("82@2025-07-01")))
    cast.person("stranger", "Tạ Văn Minh", "", (Role.CLERK, cast.other_city))
    return cast


def report(area):
    return Matter("return", area.id, "submitted")


def viewers(cast, thing, day):
    return {name for name, person in cast.people.items() if selectors.can(person, "view", thing, on=day)}


def test_the_people_of_a_successor_see_what_its_predecessors_made_back_to_the_first(heirs):
    seen = viewers(heirs, report(heirs.communes[2]), JULY)
    assert {"ward.clerk", "heir.officer"} <= seen
    assert {"officer", "upper.leader", "auditor", "province.officer"} <= seen  # who saw it before still does
    assert "stranger" not in seen


def test_what_a_city_made_itself_goes_to_its_heir_when_the_level_is_abolished(heirs):
    assert "heir.officer" in viewers(heirs, report(heirs.city), JULY)
    assert "ward.clerk" not in viewers(heirs, report(heirs.city), JULY)


def test_what_ended_without_an_heir_is_seen_by_who_came_after_the_unit_above(cast):
    plans = [
        plan({"do": "abolish", "unit": "29869"}, on=JAN),
        plan(
            {"do": "form", "unit": {"code": "82", "name": "Tỉnh Mới", "level": "province"}, "from": [{"unit": "87"}]},
            {"do": "revise", "unit": "866", "parent": "82"},
            {"do": "revise", "unit": "867", "parent": "82"},
        ),
    ]
    services.reorganise_all(plans=plans, **BY)
    cast.person("heir.officer", "Lý Văn Long", "", (Role.OFFICER, places.area_by_ref("82")))
    assert "heir.officer" in viewers(cast, report(cast.communes[2]), JULY)
    cast.person("heir.clerk", "Lâm Thị Nga", "", (Role.CLERK, places.area_by_ref("82")))
    assert "heir.clerk" not in viewers(cast, report(cast.communes[2]), JULY)  # own reach: it is not theirs


def test_nobody_acts_on_what_a_predecessor_made(heirs):
    thing = report(heirs.communes[2])
    for action in ("approve", "send_back", "extend"):
        assert not selectors.can(heirs.people["heir.officer"], action, thing, on=JULY)
    keys = selectors.keys_of(heirs.people["ward.clerk"], on=JULY)
    assert keys.verdict("withdraw", thing) is Verdict.NO_RIGHT
    assert heirs.communes[2].id not in keys.areas_for("fill", "return")


def test_a_successor_sees_it_from_its_own_day_on(heirs):
    assert "heir.officer" not in viewers(heirs, report(heirs.communes[2]), EVE)
    assert "heir.officer" in viewers(heirs, report(heirs.communes[2]), JULY)


def test_a_programme_that_a_predecessor_took_part_in_stays_visible(heirs):
    old_province = Matter("programme", heirs.province.id)
    assert selectors.can(heirs.people["ward.clerk"], "view", old_province, on=JULY)
    assert not selectors.can(heirs.people["ward.clerk"], "view", Matter("programme", heirs.other_city.id), on=JULY)


@pytest.mark.parametrize("day", [EVE, JULY, date(2026, 1, 1)])
def test_the_three_questions_still_answer_from_one_rule(heirs, day):
    areas = [node.area_id for one in (JAN, EVE, JULY, date(2020, 1, 1)) for node in places.tree_on(one)]
    for type_, action in sorted({(right.type, right.action) for right in selectors.rights().rows}):
        where = {name: selectors.areas_for(person, action, type_, on=day) for name, person in heirs.people.items()}
        keys = {name: selectors.keys_of(person, on=day) for name, person in heirs.people.items()}
        for area_id in set(areas):
            may = {person.username for person in selectors.people_who(action, type_, area_id, on=day)}
            assert may == {name for name, reached in where.items() if area_id in reached}
            matter = Matter(type_, area_id, "any")
            assert may == {name for name, key in keys.items() if key.verdict(action, matter) is not Verdict.NO_RIGHT}
