"""Many writers at once, with real transactions: the chain stays one, nothing is lost, nobody is refused."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from chungtay.audit import selectors, services
from chungtay.audit.models import AuditEvent
from tests.databases.at_once import at_once

NOW = datetime(2023, 5, 30, tzinfo=UTC)
WRITERS, EACH = 8, 25


class Cancelled(Exception):
    """The writer thinks better of it."""


@pytest.mark.django_db(transaction=True)
def test_eight_writers_lose_no_event_and_keep_one_chain():
    """The very first event, which makes the head row, is raced for too."""

    def write(number):
        for turn in range(EACH):
            with transaction.atomic():
                services.record("test.thing.done", obj=("writer", number), data={"turn": turn}, now=NOW, by=None)

    assert at_once(write, WRITERS) == [None] * WRITERS
    assert selectors.verify() == []
    assert selectors.head().count == WRITERS * EACH
    for number in range(WRITERS):  # each writer's events stand in the order in which it wrote them
        turns = [event.data["turn"] for event in selectors.events_of(("writer", number))]
        assert turns == list(range(EACH))


@pytest.mark.django_db(transaction=True)
def test_writers_that_roll_back_leave_no_gap():
    def write(number):
        for turn in range(EACH):
            try:
                with transaction.atomic():
                    services.record("test.thing.done", obj=("writer", number), now=NOW, by=None)
                    if (number + turn) % 3 == 0:
                        raise Cancelled
            except Cancelled:
                continue

    assert at_once(write, WRITERS) == [None] * WRITERS
    assert selectors.verify() == []
    kept = sum((number + turn) % 3 != 0 for number in range(WRITERS) for turn in range(EACH))
    assert list(AuditEvent.objects.order_by("id").values_list("id", flat=True)) == list(range(1, kept + 1))


@pytest.mark.django_db(transaction=True)
def test_readers_see_a_whole_chain_while_others_write():
    def work(number):
        for _ in range(EACH):
            if number % 2:
                with transaction.atomic():
                    services.record("test.thing.done", now=NOW, by=None)
            else:
                assert selectors.verify() == []

    assert at_once(work, WRITERS) == [None] * WRITERS
    assert selectors.verify() == []
