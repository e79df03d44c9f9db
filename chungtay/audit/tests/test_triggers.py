"""History tables cannot be changed: not through Django, not by SQL, not after a migration lost the triggers."""

from datetime import UTC, datetime

import pytest
from django.core import checks
from django.db import IntegrityError, connection, models, transaction

from chungtay.audit import selectors, services, triggers
from chungtay.audit.apps import install_triggers
from chungtay.audit.models import AppendOnly, AuditEvent, HistoryIsFixed
from tests.databases.plugin import lift_triggers

pytestmark = pytest.mark.django_db
TABLE = AuditEvent._meta.db_table


@pytest.fixture
def event():
    with transaction.atomic():
        return services.record("test.thing.done", now=datetime(2023, 5, 30, tzinfo=UTC), by=None)


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("sql", [f"UPDATE {TABLE} SET code = 'x'", f"DELETE FROM {TABLE}"])
def test_the_database_refuses_changes(event, sql):
    with pytest.raises(IntegrityError, match="append-only"):
        run(sql)
    assert selectors.verify() == []


def test_the_database_refuses_the_ways_round(event):
    if connection.vendor == "postgresql":
        attempts = [
            f"TRUNCATE {TABLE}",
            f"INSERT INTO {TABLE} SELECT * FROM {TABLE} ON CONFLICT (id) DO UPDATE SET code = 'x'",
        ]
    else:
        attempts = [
            f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE}",
            f"REPLACE INTO {TABLE} SELECT * FROM {TABLE}",
        ]
    for sql in attempts:
        with pytest.raises(IntegrityError, match="append-only"):
            run(sql)


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.save(update_fields=["code"]),
        lambda event: event.delete(),
        lambda event: AuditEvent.objects.update(code="x"),
        lambda event: AuditEvent.objects.filter(pk=1).delete(),
        lambda event: AuditEvent.objects.bulk_update([event], ["code"]),
        lambda event: AuditEvent.objects.update_or_create(pk=1, defaults={"code": "x"}),
        lambda event: AuditEvent.objects.bulk_create(
            [event], update_conflicts=True, update_fields=["code"], unique_fields=["id"]
        ),
    ],
)
def test_django_refuses_changes_early_and_by_name(event, change):
    with pytest.raises(HistoryIsFixed, match=r"audit\.AuditEvent chỉ được ghi thêm"):
        change(event)


def test_a_new_row_that_bears_an_old_number_does_not_replace_it(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent(id=event.id, at=event.at, day=event.day, code="x", previous_hash="", hash="x").save()


def test_every_history_table_of_every_room_is_guarded():
    assert AuditEvent in triggers.guarded_models()
    assert all(issubclass(model, AppendOnly) for model in triggers.guarded_models())
    assert selectors.missing_triggers() == []


def test_missing_triggers_are_reported_by_name_and_set_again_by_migrate():
    lift_triggers()
    missing = selectors.missing_triggers()
    assert any(TABLE in name for name in missing)
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    assert {message.id for message in found} == {"audit.W001"}
    assert missing[0] in found[0].msg
    install_triggers(using="default")
    assert selectors.missing_triggers() == []
    assert checks.run_checks(tags=[checks.Tags.database], databases=["default"]) == []


def test_a_trigger_that_does_nothing_counts_as_missing(event):
    name = next(trigger.name for trigger in triggers.wanted(connection) if trigger.table == TABLE)
    if connection.vendor == "sqlite":
        run(f"DROP TRIGGER {name}")
        run(f"CREATE TRIGGER {name} BEFORE UPDATE ON {TABLE} BEGIN SELECT 1; END")
    else:
        run(f"ALTER TABLE {TABLE} DISABLE TRIGGER {name}")
    assert selectors.missing_triggers() == [name]
    triggers.install("default")
    with pytest.raises(IntegrityError):
        run(f"UPDATE {TABLE} SET code = 'x'")


def test_a_refusing_function_that_was_emptied_counts_as_missing(event):
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL's triggers call a function")
    run(
        "CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
    )
    assert selectors.missing_triggers()
    triggers.install("default")
    assert selectors.missing_triggers() == []


def test_history_can_be_read_with_plain_querysets(event):
    assert list(AuditEvent.objects.all()) == [event]
    assert isinstance(AuditEvent.objects.all(), models.QuerySet)
