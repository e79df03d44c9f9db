"""Whoever goes round the triggers is found, and the first bad row is named: random attacks on a real chain."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import models, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.audit import rules, selectors, services
from chungtay.audit.models import AuditEvent, ChainHead
from tests.databases.plugin import lift_triggers

LENGTH = 12
START = datetime(2023, 5, 30, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    """A chain of LENGTH events whose triggers are gone; the head that was given out before."""
    for number in range(1, LENGTH + 1):
        with transaction.atomic():
            services.record(
                f"test.thing{number}.done",
                obj=("thing", number),
                area_id=UUID(int=number),
                data={"number": number},
                now=START + timedelta(hours=number),
                by=None,
            )
    lift_triggers()
    return selectors.head().hash


def rows():
    """The table without the manager that refuses."""
    return models.QuerySet(AuditEvent)


ALTERATIONS = {
    "at": lambda event: event.at + timedelta(microseconds=1),
    "day": lambda event: event.day + timedelta(days=1),
    "actor_id": lambda event: UUID(int=99),
    "actor_name": lambda event: "Người khác",
    "code": lambda event: event.code + "x",
    "object_type": lambda event: "other",
    "object_id": lambda event: "0",
    "area_id": lambda event: None,
    "data": lambda event: {"number": -1},
    "previous_hash": lambda event: "f" * 64,
    "hash": lambda event: "e" * 64,
}


def alter(number, column):
    """One column of one row."""
    event = rows().get(pk=number)
    rows().filter(pk=number).update(**{column: ALTERATIONS[column](event)})


def remove(number):
    rows().filter(pk=number).delete()


def swap(number, other):
    """Two rows change places; every other column stays."""
    for old, new in ((number, 1000), (other, number), (1000, other)):
        rows().filter(pk=old).update(id=new)


def cut(number):
    """Everything after `number` disappears, and the writers' head says so."""
    rows().filter(pk__gt=number).delete()
    ChainHead.objects.update(count=number, hash=rows().get(pk=number).hash if number else "")


def rewrite(number):
    """A row is altered and every hash from there on is computed anew, the writers' head too."""
    rows().filter(pk=number).update(code="forged.thing.done")
    previous = rows().get(pk=number - 1).hash if number > 1 else rules.GENESIS
    for event in rows().filter(pk__gte=number).order_by("id"):
        values = {name: getattr(event, name) for name in rules.Row.__dataclass_fields__} | {"previous_hash": previous}
        previous_of_row, previous = previous, rules.seal(previous, rules.Row(**values))
        rows().filter(pk=event.pk).update(previous_hash=previous_of_row, hash=previous)
    ChainHead.objects.update(hash=previous)


def attacked(attack, *where, published=()):
    """Return what verify says during an attack, which is undone afterwards."""
    with transaction.atomic():
        attack(*where)
        found = selectors.verify(published)
        transaction.set_rollback(True)
    return found


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(1, LENGTH), column=st.sampled_from(sorted(ALTERATIONS)))
def test_any_altered_column_of_any_row_is_found_and_the_row_named(published, number, column):
    assert attacked(alter, number, column)[0].where == f"nhật ký, dòng {number}"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pair=st.lists(st.integers(1, LENGTH), min_size=2, max_size=2, unique=True))
def test_any_two_rows_that_changed_places_are_found(published, pair):
    assert attacked(swap, *pair)[0].where == f"nhật ký, dòng {min(pair)}"


def test_any_missing_row_is_found_and_named(published):
    for number in range(1, LENGTH + 1):
        assert attacked(remove, number)[0].where == f"nhật ký, dòng {number}"


def test_a_cut_tail_is_found_against_the_published_head(published):
    for number in range(LENGTH):
        assert attacked(cut, number) == []  # inside the database everything agrees
        assert published in attacked(cut, number, published=[published])[0].sentence


def test_a_chain_computed_anew_is_found_against_the_published_head(published):
    for number in range(1, LENGTH + 1):
        assert attacked(rewrite, number) == []
        assert published in attacked(rewrite, number, published=[published])[0].sentence


def test_a_number_out_of_order_is_found(published):
    assert attacked(lambda: rows().filter(pk=5).update(id=F("id") + 100))[0].where == "nhật ký, dòng 5"


def test_damaged_values_are_reported_and_do_not_stop_the_check(published):
    """SQLite stores whatever it is given; the check must survive it."""
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's types refuse such values")

    def damage(column, value):
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE audit_auditevent SET {column} = %s WHERE id = 5", [value])

    for column, value in (("at", "hôm qua"), ("day", "2023-13-01"), ("data", "{"), ("area_id", "xyz"), ("id", "năm")):
        assert attacked(damage, column, value)[0].where == "nhật ký, dòng 5"


def test_the_untouched_chain_is_whole(published):
    assert selectors.verify([published, rows().get(pk=random.randint(1, LENGTH)).hash]) == []
