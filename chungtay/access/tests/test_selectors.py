"""May they, where, who, and insist: one rule on real people and places."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from chungtay.access import selectors, services
from chungtay.access.models import Assignment
from chungtay.access.rules import Matter, Role, UnknownAction, Verdict
from chungtay.places import services as places
from tests.cast import NOW

pytestmark = pytest.mark.django_db
DAY = date(2023, 5, 30)
BY = {"now": NOW, "by": None}


@pytest.fixture
def report(cast):
    """A submitted return of Phường 11, written by its clerk."""
    return Matter("return", cast.communes[0].id, "submitted", frozenset({cast.clerk.id}))


def test_each_of_the_cast_may_what_their_post_says(cast, report):
    may = {name: selectors.can(person, "approve", report, on=DAY) for name, person in cast.people.items()}
    assert [name for name, yes in may.items() if yes] == ["officer"]
    sees = {name for name, person in cast.people.items() if selectors.can(person, "view", report, on=DAY)}
    assert sees == {"officer", "upper.leader", "clerk", "leader", "auditor", "province.officer"}


def test_a_visitor_may_nothing_and_a_misspelt_action_fails_for_them_too(cast, report):
    assert not selectors.can(AnonymousUser(), "view", report, on=DAY)
    assert selectors.areas_for(AnonymousUser(), "view", "return", on=DAY) == frozenset()
    with pytest.raises(UnknownAction):
        selectors.can(AnonymousUser(), "veiw", report, on=DAY)


def test_a_post_counts_on_its_days_only(cast, report):
    assert not selectors.can(cast.officer, "view", report, on=date(2019, 12, 31))
    services.end_assignment(Assignment.objects.get(user=cast.officer), valid_to=DAY, **BY)
    assert selectors.can(cast.officer, "view", report, on=date(2023, 5, 29))
    assert not selectors.can(cast.officer, "view", report, on=DAY)


def test_a_disabled_account_may_nothing_any_more(cast, report):
    cast.officer.is_active = False
    cast.officer.save()
    assert not selectors.can(cast.officer, "view", report, on=DAY)
    assert cast.officer not in selectors.people_who("approve", "return", cast.communes[0].id, on=DAY)


def test_the_areas_of_a_right_agree_with_the_right_itself(cast):
    """`areas_for`, `can` and `people_who` are one rule: asked over everybody, every area, every kind of right."""
    areas = [cast.province, cast.city, cast.other_city, *cast.communes]
    keys = {name: selectors.keys_of(person, on=DAY) for name, person in cast.people.items()}
    for type_, action in sorted({(right.type, right.action) for right in selectors.rights().rows}):
        where = {name: selectors.areas_for(person, action, type_, on=DAY) for name, person in cast.people.items()}
        for area in areas:
            may = {person.username for person in selectors.people_who(action, type_, area.id, on=DAY)}
            assert may == {name for name, reached in where.items() if area.id in reached}
            matter = Matter(type_, area.id, "any")
            assert may == {name for name, key in keys.items() if key.verdict(action, matter) is not Verdict.NO_RIGHT}


def test_a_leader_of_two_communes_reaches_both_and_no_third(cast):
    both = frozenset(area.id for area in cast.communes[:2])
    assert selectors.areas_for(cast.leader, "sign", "return", on=DAY) == both


def test_the_return_of_a_commune_that_left_the_map_keeps_its_readers(cast, report):
    later = date(2026, 1, 1)
    places.close_area(cast.communes[0], valid_to=date(2025, 7, 1), legal_basis="", **BY)
    assert selectors.can(cast.officer, "view", report, on=later)
    assert cast.communes[0].id in selectors.areas_for(cast.officer, "view", "return", on=later)


def test_a_refusal_names_who_may(cast, report):
    with pytest.raises(selectors.NotAllowed) as caught:
        selectors.require(cast.leader, "approve", report, DAY)
    assert str(caught.value) == (
        "Bạn chưa có quyền duyệt báo cáo của Phường 11. Người có quyền: Nguyễn Thị Lan (Chuyên viên Văn phòng)."
    )
    assert caught.value.verdict is Verdict.NO_RIGHT


def test_a_refusal_of_ones_own_work_names_somebody_else(cast, report):
    cast.person("second.officer", "Mai Thị Khánh", "", (Role.OFFICER, cast.city))
    mine = replace(report, access_authors=frozenset({cast.officer.id}))
    with pytest.raises(selectors.NotAllowed) as caught:
        selectors.require(cast.officer, "approve", mine, DAY)
    assert str(caught.value) == (
        "Bạn đã tham gia nhập báo cáo của Phường 11 nên không thể tự duyệt. Người có quyền: Mai Thị Khánh."
    )


def test_a_refusal_for_the_state_says_so(cast, report):
    with pytest.raises(selectors.NotAllowed, match="Lúc này chưa thể duyệt báo cáo của Phường 11"):
        selectors.require(cast.officer, "approve", replace(report, access_state="draft"), DAY)


def test_a_refusal_says_when_nobody_is_assigned(cast):
    matter = Matter("return", cast.other_city.id, "submitted", frozenset({cast.province_officer.id}))
    with pytest.raises(selectors.NotAllowed, match="chuyên viên tổng hợp, nhưng chưa ai khác được phân công"):
        selectors.require(cast.province_officer, "approve", matter, DAY)


def test_a_refusal_names_three_people_and_counts_the_rest(cast, report):
    for number in range(4):
        cast.person(f"officer.{number}", f"Cán bộ {number}", "", (Role.OFFICER, cast.city))
    with pytest.raises(selectors.NotAllowed, match=r"Cán bộ 0, Cán bộ 1, Cán bộ 2 và 2 người khác\."):
        selectors.require(cast.clerk, "approve", report, DAY)


def test_who_may_is_let_through_and_a_stranger_is_told_that_nothing_is_there(cast, report):
    selectors.require(cast.officer, "approve", report, DAY)
    selectors.visible_or_404(cast.officer, report, on=DAY)
    for stranger in (cast.outsider, cast.admin, cast.other_clerk, AnonymousUser()):
        with pytest.raises(Http404):
            selectors.visible_or_404(stranger, report, on=DAY)


def test_home_is_the_place_of_the_oldest_post(cast):
    assert selectors.home_area(cast.leader, DAY) == cast.communes[0].id
    assert selectors.home_area(AnonymousUser(), DAY) is None
    assert [post.area_id for post in selectors.roles_of(cast.leader, DAY)] == [area.id for area in cast.communes[:2]]


def test_a_page_asks_about_many_things_with_two_queries(cast, report, django_assert_num_queries):
    selectors.can(cast.officer, "view", report, on=DAY)  # the map of the day is known
    with django_assert_num_queries(2):
        keys = selectors.keys_of(cast.officer, on=DAY)
        for area in cast.communes:
            assert keys.can("approve", replace(report, access_area_id=area.id))
        assert len(keys.areas_for("approve", "return")) == 3


def test_within_one_staff_a_persons_posts_are_read_once_and_a_change_is_seen_at_once(cast, django_assert_num_queries):
    selectors.keys_of(cast.officer, on=DAY)
    with selectors.one_staff(), selectors.places.steady():
        selectors.keys_of(cast.officer, on=DAY)
        with django_assert_num_queries(0):
            assert selectors.keys_of(cast.officer, on=DAY).posts
        [held] = Assignment.objects.filter(user=cast.officer)
        services.end_assignment(held, valid_to=DAY, **BY)
        assert selectors.keys_of(cast.officer, on=DAY).posts == ()
