"""The register on both databases: sealed, versioned, logged, classed, counted, merged and separated again."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.http import Http404

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent
from chungtay.households import selectors, telling
from chungtay.households.classifying import kinds_on, line_on
from chungtay.households.merging import alike, trait_of
from chungtay.households.models import Classification, ClassStep, Household, HouseholdVersion, Look, PovertyLine
from chungtay.households.rules import Kind, NeedKind, Purpose
from chungtay.households.services import (
    CannotMerge,
    ChangedMeanwhile,
    NotClassed,
    add_need,
    classify,
    end_class,
    meet_need,
    merge,
    revise,
    unmerge,
    withdraw_class,
)
from chungtay.households.tests.people import AN, NOW, decision, household
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2023, 1, 1)


def count(cast: Cast, kind: Kind, day: date, area: int = 0) -> int:
    """Return what the ledger counts."""
    return dict(telling.counts([cast.communes[area].pk], day)).get((cast.communes[area].pk, kind), 0)


def every_byte() -> bytes:
    """Return all values of all tables, as bytes."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += [bytes(v) if isinstance(v, (bytes, memoryview)) else str(v).encode() for v in row]
    return b"\n".join(found)


def test_no_identifier_stands_anywhere_in_the_database(cast: Cast) -> None:
    """The canary: after registering, correcting and looking, neither number is in any table; the hamlet, which may, is found."""
    row = household(cast)
    revise(household=row, version=1, personal=replace(AN, phone="0987654321"), now=NOW, by=cast.clerk)
    known = selectors.named(cast.clerk, row.pk, Purpose.SUPPORT, now=NOW)
    assert (known.phone, known.cccd) == ("0987654321", AN.cccd)
    bytes_ = every_byte()
    assert "Ấp Hòa Long".encode() in bytes_
    for secret in (AN.cccd, AN.phone, "0987654321", "912345678"):
        assert secret.encode() not in bytes_


def test_a_look_is_logged_with_its_purpose(cast: Cast) -> None:
    """Twice: in the room's log and in the chain."""
    row = household(cast)
    selectors.named(cast.leader, row.pk, "delivery", now=NOW)
    look = Look.objects.get()
    assert (look.household, look.by, look.purpose) == (row, cast.leader, Purpose.DELIVERY)
    event = AuditEvent.objects.get(code="households.household.disclosed")
    assert event.data["purpose"] == "delivery" and "An" not in str(event.data)
    with pytest.raises(ValueError, match="curiosity"):
        selectors.named(cast.leader, row.pk, "curiosity", now=NOW)


def test_strangers_find_nothing_and_viewers_without_the_right_are_refused(cast: Cast) -> None:
    """Another commune: 404; the city's officer sees the masked list only; the administrator nothing."""
    row = household(cast)
    for who in (cast.other_clerk, cast.admin, cast.outsider):
        with pytest.raises(Http404):
            selectors.named(who, row.pk, Purpose.SUPPORT, now=NOW)
    with pytest.raises(NotAllowed):
        selectors.named(cast.officer, row.pk, Purpose.SUPPORT, now=NOW)
    with pytest.raises(NotAllowed):
        revise(household=row, version=1, personal=AN, now=NOW, by=cast.leader)
    assert not Look.objects.exists()
    assert str(selectors.masked([row.pk])[row.pk]) == "Nguyễn V. A., Ấp Hòa Long"


def test_two_corrections_do_not_overwrite_each_other(cast: Cast) -> None:
    """The second is told to look again; each version stays."""
    row = household(cast)
    revise(household=row, version=1, personal=replace(AN, members=5), now=NOW, by=cast.clerk)
    with pytest.raises(ChangedMeanwhile):
        revise(household=row, version=1, personal=replace(AN, members=6), now=NOW, by=cast.clerk)
    assert [one.number for one in HouseholdVersion.objects.order_by("number")] == [1, 2]
    assert AuditEvent.objects.get(code="households.household.revised").data["fields"] == "members"


def test_classes_have_days_a_decision_and_the_line_of_their_time(cast: Cast) -> None:
    """Poor from 2023 by the line of 2022; 2027 brings another line, which nobody has checked."""
    row = household(cast)
    made = classify(household=row, decision=decision(), now=NOW, by=cast.clerk)
    assert made.line is not None and (made.line.code, made.line.rural) == ("2022-2026", 1_500_000)
    later = line_on(date(2027, 1, 1))
    assert later is not None and (later.urban, later.is_verified) == (2_800_000, False)
    assert kinds_on([row.pk], NEW_YEAR) == {row.pk: {Kind.POOR}}
    assert kinds_on([row.pk], date(2022, 12, 31)) == {}
    with pytest.raises(NotClassed, match="hộ nghèo"):
        classify(household=row, decision=decision(Kind.NEAR_POOR, date(2023, 3, 1)), now=NOW, by=cast.clerk)
    classify(household=row, decision=decision(Kind.POLICY), now=NOW, by=cast.clerk)
    end_class(classification=made, day=date(2023, 5, 1), decision_number="9/QĐ-UBND", now=NOW, by=cast.clerk)
    classify(household=row, decision=decision(Kind.NEAR_POOR, date(2023, 5, 1)), now=NOW, by=cast.clerk)
    assert kinds_on([row.pk], date(2023, 5, 1)) == {row.pk: {Kind.NEAR_POOR, Kind.POLICY}}
    assert count(cast, Kind.POOR, date(2023, 4, 30)) == 1
    assert count(cast, Kind.POOR, date(2023, 5, 1)) == 0
    assert PovertyLine.objects.count() == 3


def test_a_withdrawn_class_is_counted_no_more_but_stays(cast: Cast) -> None:
    """The ledger is corrected by a step, not by removing one."""
    row = household(cast)
    made = classify(household=row, decision=decision(), now=NOW, by=cast.clerk)
    with pytest.raises(NotClassed, match="vì sao"):
        withdraw_class(classification=made, why=" ", now=NOW, by=cast.clerk)
    withdraw_class(classification=made, why="nhập nhầm hộ", now=NOW, by=cast.clerk)
    assert count(cast, Kind.POOR, NEW_YEAR) == 0
    assert sorted(ClassStep.objects.values_list("position", "step")) == [(1, 1), (2, -1)]
    assert Classification.objects.get().withdrawn_why == "nhập nhầm hộ"


def test_merged_households_are_counted_once_and_separated_again_twice(cast: Cast) -> None:
    """What referred to either is found by both; undoing brings everything back."""
    one, other = household(cast), household(cast, replace(AN, head_name="Nguyễn văn An", phone=""))
    third = household(cast, replace(AN, head_name="Trần Thị Bé", cccd="", phone=""))
    for row, start in ((one, NEW_YEAR), (other, date(2023, 2, 1)), (third, NEW_YEAR)):
        classify(household=row, decision=decision(start=start), now=NOW, by=cast.clerk)
    assert count(cast, Kind.POOR, date(2023, 2, 1)) == 3
    (suspect,) = alike(trait_of(one), [one.area_id], apart_from=one.pk)
    assert suspect.household == other and "cùng số căn cước" in str(suspect.likeness)
    merge(kept=one, absorbed=other, reason="cùng một hộ", now=NOW, by=cast.clerk)
    merge(kept=third, absorbed=one, reason="ở chung", now=NOW, by=cast.clerk)
    assert count(cast, Kind.POOR, date(2023, 2, 1)) == 1
    assert set(selectors.lineages([other.pk])[other.pk]) == {one.pk, other.pk, third.pk}
    assert selectors.roots([one.pk, other.pk]) == {one.pk: third.pk, other.pk: third.pk}
    with pytest.raises(CannotMerge):
        merge(kept=one, absorbed=third, reason="x", now=NOW, by=cast.clerk)
    unmerge(absorbed=one, reason="tách lại", now=NOW, by=cast.clerk)
    assert selectors.roots([other.pk]) == {other.pk: one.pk}
    assert count(cast, Kind.POOR, date(2023, 2, 1)) == 2
    unmerge(absorbed=other, reason="hai hộ", now=NOW, by=cast.clerk)
    assert count(cast, Kind.POOR, date(2023, 2, 1)) == 3
    assert count(cast, Kind.POOR, NEW_YEAR) == 2
    assert Household.objects.filter(merged_into=None).count() == 3
    with pytest.raises(CannotMerge):
        unmerge(absorbed=other, reason="x", now=NOW, by=cast.clerk)


def test_households_of_two_communes_are_merged_only_by_who_may_in_both(cast: Cast) -> None:
    """A clerk has one commune."""
    one, other = household(cast), household(cast, area=1)
    with pytest.raises(NotAllowed):
        merge(kept=one, absorbed=other, reason="trùng", now=NOW, by=cast.clerk)


def test_needs_begin_and_end_once(cast: Cast) -> None:
    """The same need is not open twice."""
    row = household(cast)
    need = add_need(household=row, kind=NeedKind.HOUSING, since=NEW_YEAR, note="nhà dột", now=NOW, by=cast.clerk)
    from chungtay.households.rules import NotAHousehold

    with pytest.raises(NotAHousehold, match="nhà ở"):
        add_need(household=row, kind=NeedKind.HOUSING, since=NEW_YEAR, now=NOW, by=cast.clerk)
    meet_need(need=need, day=date(2023, 6, 1), now=NOW, by=cast.clerk)
    with pytest.raises(NotAHousehold):
        meet_need(need=need, day=date(2023, 6, 1), now=NOW, by=cast.clerk)
