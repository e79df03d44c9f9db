"""Database triggers behind every AppendOnly table: UPDATE, DELETE and (PostgreSQL) TRUNCATE are refused below Django.

Refusals arrive as IntegrityError on both databases. The owner of a database can drop triggers: the hash chain finds
what is altered then.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from chungtay.audit.models import AppendOnly

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only table: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


@dataclass(frozen=True)
class Trigger:
    """A trigger that should stand: its name, its table, the SQL that creates it."""

    name: str
    table: str
    sql: str


def guarded_models() -> list[type[Model]]:
    """Return every concrete subclass of AppendOnly, in every installed room."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, AppendOnly) and model._meta.managed and not model._meta.proxy
    ]


def wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Return the triggers of the history tables that exist; none on databases other than SQLite and PostgreSQL."""
    present = set(connection.introspection.table_names())
    tables = [model._meta.db_table for model in guarded_models() if model._meta.db_table in present]
    if connection.vendor == "sqlite":
        return [_sqlite(table, event) for table in tables for event in ("UPDATE", "DELETE")]
    if connection.vendor == "postgresql":
        return [trigger for table in tables for trigger in _postgresql(table)]
    return []


def missing(using: str) -> list[str]:
    """Return the names of triggers that should guard an existing history table and do not."""
    connection = connections[using]
    return [trigger.name for trigger in _absent(connection)]


def install(using: str) -> None:
    """Create every trigger that is missing, disabled or does something else."""
    connection = connections[using]
    absent = _absent(connection)
    if not absent:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for trigger in absent:
            on_table = f' ON "{trigger.table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{on_table}')
            cursor.execute(trigger.sql)


def _absent(connection: BaseDatabaseWrapper) -> list[Trigger]:
    asked = wanted(connection)
    if not asked:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
            standing = set(cursor.fetchall())
            return [trigger for trigger in asked if (trigger.name, trigger.table, trigger.sql) not in standing]
        # A trigger counts when it is enabled and calls the very function, with the body we gave it.
        cursor.execute(
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' "
            "AND p.proname = 'audit_refuse_change' AND position(btrim(p.prosrc, E' \\n') in %s) > 0",
            [POSTGRESQL_FUNCTION],
        )
        found = set(cursor.fetchall())
        return [trigger for trigger in asked if (trigger.name, trigger.table) not in found]


def _sqlite(table: str, event: str) -> Trigger:
    name = f"{table}_no_{event.lower()}"
    refusal = f"SELECT RAISE(ABORT, 'append-only table: {table}')"
    return Trigger(name, table, f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" BEGIN {refusal}; END')


def _postgresql(table: str) -> list[Trigger]:
    kinds = (("no_change", "UPDATE OR DELETE", "ROW"), ("no_truncate", "TRUNCATE", "STATEMENT"))
    return [
        Trigger(
            f"{table}_{kind}",
            table,
            f'CREATE TRIGGER "{table}_{kind}" BEFORE {events} ON "{table}" '
            f"FOR EACH {each} EXECUTE FUNCTION audit_refuse_change()",
        )
        for kind, events, each in kinds
    ]
