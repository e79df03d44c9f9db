"""Communes are merged and divided: their households go on at what came after them, counted once on every day."""

from collections import Counter
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from chungtay.access.rules import Role
from chungtay.households import inheriting, listing, services
from chungtay.households.models import ClassStep, Household, HouseholdMove
from chungtay.households.rules import Kind, Personal
from chungtay.households.telling import counts, settle
from chungtay.households.tests.people import NOW, decision, household
from chungtay.households.timelines import stays, steps_of, within
from chungtay.places.models import Area
from chungtay.places.plans import Form, NewUnit, Plan, Source
from chungtay.places.rules import ReorganisationKind
from chungtay.places.selectors import area_by_ref, code_on
from chungtay.places.services import reorganise
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 1)
BEFORE = date(2023, 2, 28)


def reorganised(cast: Cast, *changes, kind=ReorganisationKind.MERGE, on=DAY):
    reorganise(plan=Plan(kind, on, "Nghị quyết số 9 thử", changes), now=NOW, by=cast.officer)


def code(cast, area):
    return code_on(area.pk, BEFORE)


def merged(cast) -> Area:
    """The first two communes become one; return it."""
    sources = tuple(Source(code(cast, area)) for area in cast.communes[:2])
    reorganised(cast, Form(NewUnit("Xã Gộp", "39001", "commune", code(cast, cast.city)), sources))
    return area_by_ref(f"39001@{DAY}")


def divided(cast) -> tuple[Area, Area]:
    """The first commune becomes two."""
    city, old = code(cast, cast.city), code(cast, cast.communes[0])
    east, west = (
        Form(NewUnit(name, number, "commune", city), (Source(old, 500_000, 1_000_000, "diện tích"),))
        for name, number in (("Xã Đông", "39001"), ("Xã Tây", "39002"))
    )
    reorganised(cast, east, west, kind=ReorganisationKind.SPLIT)
    return area_by_ref(f"39001@{DAY}"), area_by_ref(f"39002@{DAY}")


def clerk_of(cast, area):
    return cast.person("new.clerk", "Lê Văn Mới", "Cán bộ", (Role.CLERK, area))


@pytest.fixture
def households(cast):
    """Two poor households, one in each of two communes, each in an Ấp 1; the second leaves its class in May."""
    first = household(cast, Personal("Nguyễn Văn An", "Ấp 1", 4))
    second = household(cast, Personal("Trần Thị Bình", "Ấp 1", 3), area=1)
    services.classify(household=first, decision=decision(), now=NOW, by=cast.clerk)
    services.classify(household=second, decision=decision(end=date(2023, 5, 1)), now=NOW, by=cast.other_clerk)
    return first, second


def poor(areas, day):
    return {area: count for (area, kind), count in counts([area.pk for area in areas], day) if kind is Kind.POOR}


def test_after_a_merger_the_new_unit_keeps_the_register_and_the_past_stays_where_it_was(cast, households):
    new, (here, there, *_) = merged(cast), cast.communes
    assert services.carry_over(now=NOW) == 2
    assert services.carry_over(now=NOW) == 0, "again it changes nothing"
    assert set(Household.objects.values_list("area", flat=True)) == {new.pk}
    assert poor([here, there, new], BEFORE) == {here.pk: 1, there.pk: 1}
    assert poor([here, there, new], DAY) == {new.pk: 2}
    assert poor([here, there, new], date(2023, 5, 1)) == {new.pk: 1}
    moves = set(HouseholdMove.objects.values_list("from_area", "area", "on", "basis"))
    assert moves == {(area.pk, new.pk, DAY, "Nghị quyết số 9 thử") for area in (here, there)}


def test_lists_of_an_earlier_day_show_where_households_were_then(cast, households):
    new, (here, *_) = merged(cast), cast.communes
    services.carry_over(now=NOW)

    def found(area, day):
        asked = listing.Asked(frozenset({area.pk}), day, is_past=True)
        return listing.find(asked).count, len(listing.find(asked).page(0))

    assert [found(here, BEFORE), found(new, BEFORE)] == [(1, 1), (0, 0)]
    assert [found(here, DAY), found(new, DAY)] == [(0, 0), (2, 2)]


def test_the_new_unit_writes_on_where_the_old_ones_left_off(cast, households):
    new = merged(cast)
    services.carry_over(now=NOW)
    first = Household.objects.get(pk=households[0].pk)
    clerk = clerk_of(cast, new)
    services.classify(household=first, decision=decision(Kind.POLICY, date(2023, 4, 1)), now=NOW, by=clerk)
    kept, absorbed = Household.objects.order_by("recorded_at", "id")
    services.merge(kept=kept, absorbed=absorbed, reason="cùng một hộ", now=NOW, by=clerk)
    assert poor([new], DAY) == {new.pk: 1}, "joined, they are one, also on the days before"
    assert sum(poor(cast.communes[:2], BEFORE).values()) == 1
    assert dict(counts([new.pk], date(2023, 4, 1)))[new.pk, Kind.POLICY] == 1


def test_what_a_divided_unit_left_waits_for_somebody_who_knows_the_place(cast, households):
    here = cast.communes[0]
    other = household(cast, Personal("Lê Văn Cường", "Ấp 2", 2))
    _, west = divided(cast)
    assert services.carry_over(now=NOW) == 0
    clerk = clerk_of(cast, west)
    given = {"area": here, "hamlets": ["ap 1"], "now": NOW, "by": clerk}
    with pytest.raises(inheriting.NotLeftThere):
        services.take_over(to=west, **given | {"hamlets": ["ap 9"]})
    assert inheriting.hamlets_left([here.pk]) == {here.pk: [("ap 1", "Ấp 1", 1), ("ap 2", "Ấp 2", 1)]}
    assert services.take_over(to=west, **given) == 1
    assert poor([here, west], DAY) == {west.pk: 1}
    assert Household.objects.get(pk=other.pk).area == here
    with pytest.raises(inheriting.NotLeftThere):
        services.take_over(to=cast.communes[1], **given | {"by": cast.other_clerk})


def test_the_page_shows_what_is_left_and_takes_the_choice_in(cast, households, client):
    _, west = divided(cast)
    client.force_login(clerk_of(cast, west))
    page = client.get(reverse("household-leavings")).content.decode()
    assert "Ấp 1" in page
    assert "Xã Tây" in page
    assert "Xã Đông" not in page
    sent = {"don_vi": str(cast.communes[0].pk), "ve": str(west.pk), "khom": ["ap 1"]}
    assert client.post(reverse("household-leavings"), sent | {"khom": []}).status_code == 422
    assert "Đã chuyển 1 hộ về Xã Tây" in client.post(reverse("household-leavings"), sent, follow=True).content.decode()
    row = households[0]
    assert Household.objects.get(pk=row.pk).area == west
    assert "Trước ngày 01/03/2023" in client.get(reverse("household-detail", args=[row.pk])).content.decode()


def test_the_database_refuses_a_move_to_the_same_place_and_two_on_a_day(cast, households):
    row, (here, there, *_) = households[0], cast.communes
    given = {"household": row, "from_area": here, "on": DAY, "at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdMove.objects.create(area=here, **given)
    HouseholdMove.objects.create(area=there, **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdMove.objects.create(area=there, **given)


DAYS = st.dates(date(2020, 1, 1), date(2020, 2, 1))
SPANS = st.lists(
    st.tuples(DAYS, st.none() | DAYS).filter(lambda span: span[1] is None or span[0] < span[1]), max_size=4
)


@given(SPANS, st.lists(DAYS, unique=True, max_size=3).map(sorted))
def test_wherever_it_moves_a_household_is_counted_once_on_the_same_days(spans, days):
    moves = [(day, f"place {number}") for number, day in enumerate(days)]
    total: Counter[date] = Counter()
    for _, start, end in stays("last place", moves):
        total.update(steps_of(within(spans, start, end)))
    for day in (date(2020, 1, 1), *days, date(2020, 2, 2)):
        counted = sum(step for when, step in total.items() if when <= day)
        assert counted == sum(step for when, step in steps_of(spans).items() if when <= day)


def test_the_ledger_is_told_nothing_twice(cast, households):
    merged(cast)
    services.carry_over(now=NOW)
    before = ClassStep.objects.count()
    assert settle(list(Household.objects.all()), now=NOW, by=cast.officer) == 0
    assert ClassStep.objects.count() == before
