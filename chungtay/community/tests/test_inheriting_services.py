"""Communes are merged and divided: their groups and khóm, ấp go on at what came after them, and nothing is lost or doubled."""

from datetime import date

import pytest
from django.urls import reverse

from chungtay.community import inheriting, selectors, services
from chungtay.community.models import Group, GroupAct, Hamlet, HamletMove
from chungtay.figures import selectors as figures
from chungtay.kernel.periods import parse_period
from chungtay.places.models import Area
from chungtay.places.plans import Form, NewUnit, Plan, Source
from chungtay.places.rules import ReorganisationKind
from chungtay.places.selectors import area_by_ref, code_on
from chungtay.places.services import reorganise

DAY = date(2023, 1, 1)
BEFORE = date(2022, 12, 31)
TODAY = date(2023, 3, 10)


def reorganised(village, *changes, on=DAY, kind=ReorganisationKind.MERGE):
    plan = Plan(kind, on, "Nghị quyết số 9 thử", changes)
    reorganise(plan=plan, now=village.given()["now"], by=village.cast.officer)


def code(village, area):
    return code_on(area.pk, BEFORE)


def merged(village) -> Area:
    """The first two communes become one; return it."""
    city = code_on(village.cast.city.pk, BEFORE)
    sources = (Source(code(village, village.here)), Source(code(village, village.there)))
    reorganised(village, Form(NewUnit("Xã Gộp", "39001", "commune", city), sources))
    return area_by_ref(f"39001@{DAY}")


def divided(village) -> tuple[Area, Area]:
    """The first commune becomes two."""
    city, old = code_on(village.cast.city.pk, BEFORE), code(village, village.here)
    east, west = (
        Form(NewUnit(name, number, "commune", city), (Source(old, 500_000, 1_000_000, "diện tích"),))
        for name, number in (("Xã Đông", "39001"), ("Xã Tây", "39002"))
    )
    reorganised(village, east, west, kind=ReorganisationKind.SPLIT)
    return area_by_ref(f"39001@{DAY}"), area_by_ref(f"39002@{DAY}")


@pytest.fixture
def registers(village):
    """Two Hội quán in two communes, each of which has an Ấp 1."""
    village.found("Hội quán Hoa Kiểng", members=40)
    village.found("Hội quán Chanh", area=village.there, members=25)
    village.hamlet("1", households=100)
    village.hamlet("1", area=village.there, households=80)
    return village


def total(areas, day):
    found = selectors.total_of("hoi-quan", {area.pk for area in areas}, day)
    return found.groups, found.members


def test_after_a_merger_the_new_unit_has_the_groups_of_both_and_the_past_stays_where_it_was(registers):
    new = merged(registers)
    assert services.carry_over(now=registers.now) == 4
    assert total([new], TODAY) == (2, 65)
    assert total([registers.here, registers.there], TODAY) == (0, 0)
    assert total([registers.here], BEFORE) == (1, 40)
    assert total([new], BEFORE) == (0, 0)
    assert selectors.group_list([registers.here.pk], BEFORE, {}).get().name == "Hội quán Hoa Kiểng"
    assert selectors.group_list([new.pk], TODAY, {}).count() == 2
    assert set(GroupAct.objects.filter(kind="moved").values_list("on", "basis")) == {(DAY, "Nghị quyết số 9 thử")}


def test_the_account_is_told_of_the_new_unit_and_no_month_is_counted_twice(registers):
    new = merged(registers)
    services.carry_over(now=registers.now)

    def figure(area, month):
        asked = {"indicators": ["groups.hoi_quan"], "area_ids": [area.pk], "periods": [parse_period(month)]}
        return figures.consolidate(**asked)[0].value

    assert [figure(registers.cast.city, month) for month in ("2022-12", "2023-01", "2023-02")] == [2, 2, 2]
    assert figure(new, "2023-02") == 2


def test_two_khom_ap_of_one_name_stay_two_and_say_where_they_came_from(registers):
    new = merged(registers)
    services.carry_over(now=registers.now)
    held = Hamlet.objects.filter(area=new).order_by("came_from")
    assert {(one.name, one.came_from_id) for one in held} == {("1", registers.here.pk), ("1", registers.there.pk)}
    assert selectors.hamlets_on({new.pk}, TODAY).count() == 2
    assert [one.households for one in selectors.hamlets_on({registers.here.pk}, BEFORE)] == [100]
    assert not selectors.hamlets_on({registers.here.pk}, TODAY).exists()
    moves = HamletMove.objects.values_list("from_area", "area", "on")
    assert set(moves) == {(registers.here.pk, new.pk, DAY), (registers.there.pk, new.pk, DAY)}


def test_coverage_of_the_new_unit_counts_what_its_khom_ap_held_before_the_merger(registers):
    hamlet = Hamlet.objects.get(area=registers.here)
    registers.confirmed("ngay-hoi-ddk", on=date(2022, 11, 18), hamlet=hamlet, title="Ngày hội")
    new = merged(registers)
    services.carry_over(now=registers.now)
    (found,) = selectors.coverage({new.pk}, "ngay-hoi-ddk", date(2022, 1, 1), TODAY)
    assert (found.held, found.all) == (1, 2)
    (then,) = selectors.coverage({registers.here.pk}, "ngay-hoi-ddk", date(2022, 1, 1), BEFORE)
    assert (then.held, then.all) == (1, 1)


def test_carrying_over_again_changes_nothing(registers):
    merged(registers)
    services.carry_over(now=registers.now)
    before = list(GroupAct.objects.values_list("pk", flat=True)), Group.objects.get(name="Hội quán Chanh").revision
    assert services.carry_over(now=registers.now) == 0
    assert before == (
        list(GroupAct.objects.values_list("pk", flat=True)),
        Group.objects.get(name="Hội quán Chanh").revision,
    )


def test_a_unit_that_was_merged_twice_hands_on_step_by_step(registers):
    first = merged(registers)
    city, later = code_on(registers.cast.city.pk, DAY), date(2023, 2, 1)
    sources = (Source("39001"), Source(code(registers, registers.cast.communes[2])))
    reorganised(registers, Form(NewUnit("Xã Lớn", "39003", "commune", city), sources), on=later)
    last = area_by_ref(f"39003@{later}")
    services.carry_over(now=registers.now)
    assert total([last], TODAY) == (2, 65)
    assert total([first], date(2023, 1, 15)) == (2, 65)
    assert total([registers.there], BEFORE) == (1, 25)


def test_what_a_divided_unit_left_waits_for_somebody_who_knows_the_place(registers):
    east, west = divided(registers)
    assert services.carry_over(now=registers.now) == 0
    group = Group.objects.get(area=registers.here)
    given = {"area": registers.here, "hamlets": [], "groups": [group]}
    with pytest.raises(inheriting.WrongHeir):
        services.take_over(to=registers.there, **given, **registers.given())
    assert services.take_over(to=west, **given, **registers.given()) == 1
    assert (total([west], TODAY), total([east], TODAY)) == ((1, 40), (0, 0))
    with pytest.raises(inheriting.WrongHeir):
        services.take_over(to=east, **given, **registers.given())


def test_the_page_shows_what_is_left_and_takes_the_choice_in(registers, client):
    _, west = divided(registers)
    client.force_login(registers.cast.officer)
    url = reverse("leaving-list")
    page = client.get(url)
    assert "Hội quán Hoa Kiểng" in page.content.decode()
    group = Group.objects.get(area=registers.here)
    refused = client.post(url, {"don_vi": registers.here.pk, "nhom": [group.pk]})
    assert refused.status_code == 422
    sent = {
        "don_vi": registers.here.pk,
        "ve": west.pk,
        "nhom": [group.pk],
        "khom": [Hamlet.objects.get(area=registers.here).pk],
    }
    assert client.post(url, sent).status_code == 302
    assert "Không còn gì phải chuyển" in client.get(url).content.decode()
    assert total([west], TODAY) == (1, 40)


def test_a_recorded_merger_carries_over_by_itself(registers, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        new = merged(registers)
    assert total([new], TODAY) == (2, 65)
