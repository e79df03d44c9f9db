"""The chain as services write it."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from chungtay.audit import rules, selectors, services
from chungtay.audit.models import AuditEvent
from chungtay.places.models import Area

NOW = datetime(2023, 5, 31, 0, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
pytestmark = pytest.mark.django_db


def record(code="test.thing.done", **given):
    with transaction.atomic():
        return services.record(code, **({"now": NOW, "by": None} | given))


def test_events_count_from_one_and_are_sealed_to_the_one_before():
    first, second = record(), record()
    assert (first.id, second.id) == (1, 2)
    assert first.previous_hash == rules.GENESIS
    assert second.previous_hash == first.hash
    assert selectors.verify() == []


def test_an_event_says_who_what_where_and_on_which_local_day(cast):
    area = cast.city
    event = record(obj=area, area_id=area.id, by=cast.officer, data={"note": "Hòa An", "vnd": 58_100_000_000})
    read = AuditEvent.objects.get(pk=event.pk)
    assert (read.actor_id, read.actor_name) == (cast.officer.id, "Nguyễn Thị Lan")
    assert (read.object_type, read.object_id, read.area_id) == ("places.area", str(area.id), area.id)
    assert read.day == date(2023, 5, 31)  # 30/05 in UTC
    assert read.data == {"note": "Hòa An", "vnd": 58_100_000_000}
    assert selectors.verify() == []


def test_awkward_text_and_large_numbers_come_back_as_they_were_hashed():
    record(
        data={"text": '“Ở đâu?” 😀 \\ " \n \u2028', "big": 10**30, "nested": {"é": [None, False]}},
        obj=("thing", uuid4()),
    )
    record(code="test.day.set", data={"day": date(2024, 2, 29)})
    assert selectors.verify() == []


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        services.record("test.thing.done", now=NOW, by=None)


def test_an_event_dies_with_what_it_tells_of():
    record()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.record("test.thing.done", now=NOW, by=None)
        _ = 1 / 0
    record()
    assert selectors.head().count == 2
    assert selectors.verify() == []


def test_a_naive_moment_and_a_float_are_refused_and_nothing_is_written():
    for given in ({"now": datetime(2023, 5, 30)}, {"data": {"n": 1.5}}):
        with pytest.raises((ValueError, TypeError)):
            record(**given)
    assert selectors.head() == rules.Head(None, 0, rules.GENESIS)


def test_the_head_of_a_day_is_its_last_event():
    record()
    second = record()
    third = record(now=NOW.replace(month=7))
    may = rules.Head(date(2023, 5, 31), 2, second.hash)
    july = rules.Head(date(2023, 7, 31), 3, third.hash)
    assert selectors.head(date(2023, 5, 31)) == may
    assert selectors.heads_by_day() == [may, july]
    assert selectors.head(date(2020, 1, 1)).count == 0


def test_events_are_found_by_thing_and_by_place():
    area = Area.objects.create()
    mine = record(obj=area, area_id=area.id)
    record(obj=("places.area", uuid4()), area_id=uuid4())
    assert list(selectors.events_of(area)) == [mine]
    assert selectors.latest_events(area_ids=[area.id]) == [mine]
    assert len(selectors.latest_events(limit=1)) == 1
