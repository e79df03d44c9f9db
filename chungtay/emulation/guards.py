"""What was published or issued is fixed by the database itself: triggers refuse every later write, whoever asks.

A rebuilt SQLite table loses its triggers, hence `install` after every migration.
"""

from dataclasses import dataclass

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# table: (events, what makes a row fixed). A condition on another table names the row as {row}.
OWN = {
    "emulation_sheet": "stage = 'published'",
    "emulation_decision": "state = 'issued'",
    "emulation_vote": "closed_at IS NOT NULL",
}
PARENT = {
    "emulation_score": ("INSERT", "emulation_sheet", "sheet_id"),
    "emulation_award": ("INSERT OR UPDATE OR DELETE", "emulation_decision", "decision_id"),
    "emulation_urn": ("INSERT OR UPDATE OR DELETE", "emulation_vote", "vote_id"),
}
OWN_FUNCTION = """
CREATE OR REPLACE FUNCTION emulation_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'fixed for ever: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
PARENT_FUNCTION = """
CREATE OR REPLACE FUNCTION emulation_refuse_below() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    fixed boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE id = $1 AND %s)', TG_ARGV[0], TG_ARGV[2])
        INTO fixed USING (changed ->> TG_ARGV[1])::uuid;
    IF fixed THEN
        RAISE EXCEPTION 'fixed for ever: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$
"""


@dataclass(frozen=True)
class Trigger:
    """A trigger that should stand: its name, its table, the SQL that creates it."""

    name: str
    table: str
    sql: str


def wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Return the triggers of the tables that exist; none on databases other than SQLite and PostgreSQL."""
    present = set(connection.introspection.table_names())
    make = {"sqlite": _sqlite, "postgresql": _postgresql}.get(connection.vendor)
    return [one for table in (*OWN, *PARENT) if make and table in present for one in make(table)]


def install(using: str) -> None:
    """Set every guard of the tables that exist."""
    connection = connections[using]
    triggers = wanted(connection)
    if not triggers:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(OWN_FUNCTION)
            cursor.execute(PARENT_FUNCTION)
        for trigger in triggers:
            cursor.execute(_drop(connection, trigger))
            cursor.execute(trigger.sql)


def lift(using: str) -> None:
    """Drop every guard: for tests that empty the tables. The product never does."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger in wanted(connection):
            cursor.execute(_drop(connection, trigger))


def _sqlite(table: str) -> list[Trigger]:
    refusal = f"SELECT RAISE(ABORT, 'fixed for ever: {table}')"
    if table in OWN:
        events = dict.fromkeys(("UPDATE", "DELETE"), f"OLD.{OWN[table]}")
    else:
        said, parent, column = PARENT[table]
        events = {
            event: _exists(parent, f"{'OLD' if event == 'DELETE' else 'NEW'}.{column}") for event in said.split(" OR ")
        }
    return [
        Trigger(
            f"{table}_fixed_{event.lower()}",
            table,
            f"CREATE TRIGGER {table}_fixed_{event.lower()} BEFORE {event} ON {table} WHEN {when} BEGIN {refusal}; END",
        )
        for event, when in events.items()
    ]


def _exists(parent: str, key: str) -> str:
    return f"EXISTS (SELECT 1 FROM {parent} WHERE id = {key} AND {OWN[parent]})"  # noqa: S608  names of this module


def _postgresql(table: str) -> list[Trigger]:
    name = f"{table}_fixed"
    if table in OWN:
        sql = (
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW WHEN (OLD.{OWN[table]}) "
            "EXECUTE FUNCTION emulation_refuse()"
        )
    else:
        events, parent, column = PARENT[table]
        condition = OWN[parent].replace("'", "''")
        sql = (
            f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION emulation_refuse_below('{parent}', '{column}', '{condition}')"
        )
    return [Trigger(name, table, sql)]


def _drop(connection: BaseDatabaseWrapper, trigger: Trigger) -> str:
    on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {trigger.name}{on_table}"
