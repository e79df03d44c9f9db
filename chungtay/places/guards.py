"""What model constraints cannot say, held by the database: the map never overlaps, and its history is only added to.

On no day has an area two versions held true, nor a code two areas: exclusion constraints on PostgreSQL, triggers on SQLite.
A version changes once, when it is superseded; reorganisations and successions never: triggers on both. A rebuilt SQLite
table loses its triggers, hence `install` after every migration.
"""

from dataclasses import dataclass

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

VERSIONS = "places_areaversion"
FIXED = ("places_reorganisation", "places_succession")
RULES = {  # name of the guard -> (column that must not repeat on a day, condition for it to count)
    "places_version_no_overlap": ("area_id", "{row}superseded_at IS NULL"),
    "places_code_no_overlap": ("code", "{row}superseded_at IS NULL AND {row}code <> ''"),
}

# Only inserts: what a row says never changes, so that an update cannot bring an overlap.
OVERLAP = """
CREATE TRIGGER {name}_insert BEFORE INSERT ON places_areaversion WHEN {condition} BEGIN
    SELECT RAISE(ABORT, '{name}') WHERE EXISTS (
        SELECT 1 FROM places_areaversion AS other
        WHERE other.id IS NOT NEW.id AND other.{column} = NEW.{column} AND other.superseded_at IS NULL
        AND other.valid_from < COALESCE(NEW.valid_to, '9999-12-31')
        AND NEW.valid_from < COALESCE(other.valid_to, '9999-12-31')
    );
END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION places_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'places_areaversion' THEN
        IF to_jsonb(OLD) ->> 'superseded_at' IS NULL AND to_jsonb(NEW) ->> 'superseded_at' IS NOT NULL
            AND to_jsonb(OLD) - 'superseded_at' = to_jsonb(NEW) - 'superseded_at' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'append-only table: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


@dataclass(frozen=True)
class Trigger:
    """A trigger that should stand: its name, its table, the SQL that creates it."""

    name: str
    table: str
    sql: str


def install(using: str) -> None:
    """Set every guard of the tables that exist. Any database but SQLite and PostgreSQL is left alone."""
    connection = connections[using]
    triggers = wanted(connection)
    if not triggers:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
            _exclude_overlaps(connection)
        for trigger in triggers:
            cursor.execute(_drop(connection, trigger))
            cursor.execute(trigger.sql)


def lift(using: str) -> None:
    """Drop every trigger: for tests that empty the tables. The product never does."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger in wanted(connection):
            cursor.execute(_drop(connection, trigger))


def wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Return the triggers of the tables that exist."""
    present = set(connection.introspection.table_names())
    tables = [table for table in (VERSIONS, *FIXED) if table in present]
    if connection.vendor == "sqlite":
        return [trigger for table in tables for trigger in _sqlite(connection, table)]
    if connection.vendor == "postgresql":
        return [trigger for table in tables for trigger in _postgresql(table)]
    return []


def _sqlite(connection: BaseDatabaseWrapper, table: str) -> list[Trigger]:
    change = "TRUE"
    overlaps: list[Trigger] = []
    if table == VERSIONS:
        with connection.cursor() as cursor:
            columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in columns if name != "superseded_at")
        change = f"NOT (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL AND {same})"
        overlaps = [
            Trigger(
                f"{name}_insert",
                table,
                OVERLAP.format(name=name, column=column, condition=condition.format(row="NEW.")),
            )
            for name, (column, condition) in RULES.items()
        ]
    refusal = f"SELECT RAISE(ABORT, 'append-only table: {table}')"
    return [
        Trigger(
            f"{table}_no_{event.lower()}",
            table,
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} WHEN {condition} BEGIN {refusal}; END",
        )
        for event, condition in (("UPDATE", change), ("DELETE", "TRUE"))
    ] + overlaps


def _postgresql(table: str) -> list[Trigger]:
    kinds = (("no_change", "UPDATE OR DELETE", "ROW"), ("no_truncate", "TRUNCATE", "STATEMENT"))
    return [
        Trigger(
            f"{table}_{kind}",
            table,
            f"CREATE TRIGGER {table}_{kind} BEFORE {events} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION places_refuse_change()",
        )
        for kind, events, each in kinds
    ]


def _exclude_overlaps(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass", [VERSIONS])
        present = {row[0] for row in cursor.fetchall()}
        for name, (column, condition) in RULES.items():
            if name in present:
                continue
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
            cursor.execute(
                f"ALTER TABLE {VERSIONS} ADD CONSTRAINT {name} EXCLUDE USING gist "
                f"({column} WITH =, daterange(valid_from, valid_to, '[)') WITH &&) WHERE ({condition.format(row='')})"
            )


def _drop(connection: BaseDatabaseWrapper, trigger: Trigger) -> str:
    on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {trigger.name}{on_table}"
