"""Database triggers behind every AppendOnly table: UPDATE, DELETE and (PostgreSQL) TRUNCATE are refused below Django.

Refusals arrive as IntegrityError on both databases. The owner of a database can drop triggers: the hash chain finds
what is altered then.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from chungtay.audit.models import ERASED, AppendOnly

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 AND to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV AND NOT EXISTS (
        SELECT FROM unnest(TG_ARGV) AS erasable
        WHERE to_jsonb(NEW) -> erasable IS DISTINCT FROM to_jsonb(OLD) -> erasable
        AND to_jsonb(NEW) ->> erasable NOT IN ('@ERASED', '{}')
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'append-only table: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
""".replace("@ERASED", ERASED)


@dataclass(frozen=True)
class Trigger:
    """A trigger that should stand: its name, its table, the SQL that creates it, which columns it lets be erased (PostgreSQL)."""

    name: str
    table: str
    sql: str
    erasable: tuple[str, ...] = ()


def guarded_models() -> list[type[AppendOnly]]:
    """Return every concrete subclass of AppendOnly, in every installed room."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, AppendOnly) and model._meta.managed and not model._meta.proxy
    ]


def wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Return the triggers of the history tables that exist; none on databases other than SQLite and PostgreSQL."""
    present = set(connection.introspection.table_names())
    models = [model for model in guarded_models() if model._meta.db_table in present]
    if connection.vendor == "sqlite":
        return [_sqlite(model, event) for model in models for event in ("UPDATE", "DELETE")]
    if connection.vendor == "postgresql":
        return [trigger for model in models for trigger in _postgresql(model)]
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
            "SELECT t.tgname, c.relname, t.tgargs FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' "
            "AND p.proname = 'audit_refuse_change' AND position(btrim(p.prosrc, E' \\n') in %s) > 0",
            [POSTGRESQL_FUNCTION],
        )
        found = {(name, table, bytes(args)) for name, table, args in cursor.fetchall()}
    lets = {trigger: b"".join(name.encode() + b"\0" for name in trigger.erasable) for trigger in asked}
    return [trigger for trigger in asked if (trigger.name, trigger.table, lets[trigger]) not in found]


def _sqlite(model: type[AppendOnly], event: str) -> Trigger:
    table = model._meta.db_table
    name = f"{table}_no_{event.lower()}"
    refusal = f"SELECT RAISE(ABORT, 'append-only table: {table}')"
    unless = f" WHEN NOT ({_is_erasing(model)})" if event == "UPDATE" and model.erasable else ""
    return Trigger(name, table, f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}"{unless} BEGIN {refusal}; END')


def _is_erasing(model: type[AppendOnly]) -> str:
    """Say in SQL that an update erases what may be erased and leaves everything else."""
    erasable = _columns(model)
    said = []
    for field in model._meta.concrete_fields:
        same = f'NEW."{field.column}" IS OLD."{field.column}"'
        erased = f"NEW.\"{field.column}\" IN ('{ERASED}', '{{}}')"
        said.append(f"({same} OR {erased})" if field.column in erasable else same)
    return " AND ".join(said)


def _columns(model: type[AppendOnly]) -> tuple[str, ...]:
    return tuple(str(field.column) for field in model._meta.concrete_fields if field.name in model.erasable)


def _postgresql(model: type[AppendOnly]) -> list[Trigger]:
    table, erasable = model._meta.db_table, _columns(model)
    kinds = (("no_change", "UPDATE OR DELETE", "ROW", erasable), ("no_truncate", "TRUNCATE", "STATEMENT", ()))
    return [
        Trigger(
            f"{table}_{kind}",
            table,
            f'CREATE TRIGGER "{table}_{kind}" BEFORE {events} ON "{table}" '
            f"FOR EACH {each} EXECUTE FUNCTION audit_refuse_change({', '.join(map(_quoted, lets))})",
            lets,
        )
        for kind, events, each, lets in kinds
    ]


def _quoted(name: str) -> str:
    return f"'{name}'"
