"""What model constraints cannot say: on no day has an area two versions, nor a code two areas. The database holds it.

PostgreSQL has exclusion constraints; SQLite gets triggers, which a rebuilt table loses, hence `install` after every
migration.
"""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "places_areaversion"
RULES = {  # name of the guard -> (column that must not repeat on a day, condition for it to count)
    "places_version_no_overlap": ("area_id", "TRUE"),
    "places_code_no_overlap": ("code", "code <> ''"),
}

SQLITE_TRIGGER = """
CREATE TRIGGER {trigger} BEFORE {event} ON places_areaversion WHEN {condition} BEGIN
    SELECT RAISE(ABORT, '{name}') WHERE EXISTS (
        SELECT 1 FROM places_areaversion AS other
        WHERE other.id IS NOT NEW.id AND other.{column} = NEW.{column}
        AND other.valid_from < COALESCE(NEW.valid_to, '9999-12-31')
        AND NEW.valid_from < COALESCE(other.valid_to, '9999-12-31')
    );
END
"""


def install(using: str) -> None:
    """Create every guard that is not there; do nothing before the table exists. Any other database is left alone."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    if connection.vendor == "postgresql":
        _install_postgresql(connection)
    elif connection.vendor == "sqlite":
        _install_sqlite(connection)


def _install_postgresql(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass", [TABLE])
        present = {row[0] for row in cursor.fetchall()}
        for name, (column, condition) in RULES.items():
            if name in present:
                continue
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
            cursor.execute(
                f"ALTER TABLE {TABLE} ADD CONSTRAINT {name} EXCLUDE USING gist "
                f"({column} WITH =, daterange(valid_from, valid_to, '[)') WITH &&) WHERE ({condition})"
            )


def _install_sqlite(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for name, (column, condition) in RULES.items():
            for event in ("INSERT", "UPDATE"):
                trigger = f"{name}_{event.lower()}"
                given = {"trigger": trigger, "event": event, "name": name, "column": column}
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
                cursor.execute(SQLITE_TRIGGER.format(condition=condition.replace("code", "NEW.code"), **given))
