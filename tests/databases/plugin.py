"""What every test run needs of its database; loaded by the root conftest."""

import os
from collections.abc import Collection, Iterator

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import TransactionTestCase

from tests.databases import cluster


@pytest.fixture(scope="session", autouse=True)
def history_can_be_flushed() -> Iterator[None]:
    """Empty what a test with real transactions has filled, and only that: Django goes through every table, which takes long.

    The triggers of append-only tables are lifted meanwhile; the product has no way to lift them.
    """
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: empty()
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Where a run makes its database by migrations, those of packages are left to them: as in a workspace, their tables are made at once.

    Going through the two hundred of Wagtail takes longer than most tests together.
    """
    from django.core import management  # apps are not loaded yet when pytest imports this plugin

    from chungtay.audit import schema

    migrate = management.call_command

    def with_packages(command: str, *args: object, **given: object) -> None:
        if command == "migrate" and given.get("run_syncdb") and not settings.MIGRATION_MODULES:
            migrate("migrate", "accounts", verbosity=0, interactive=False, database=given["database"])
            schema.make_new_packages()
        migrate(command, *args, **given)

    management.call_command = with_packages


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Yield the DATABASE_URL of a private cluster; skip without server programs, fail without them in CI (CI=true)."""
    try:
        cluster.programs()
    except cluster.NoServer as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(str(reason))
        pytest.skip(str(reason))
    with cluster.running() as url:
        yield url


KEPT = {"django_migrations", "django_content_type", "auth_permission"}
"""What Django has written there when the tables were made stays."""


def empty(using: str = "default") -> None:
    """Delete every row of every table, in one transaction, as one who tampers with the database would; then guard it again."""
    connection = connections[using]
    tables = [name for name in connection.introspection.django_table_names(only_existing=True) if name not in KEPT]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables)
        )
        filled = {name for (name,) in cursor.fetchall()}
    if not filled:
        return
    lift_triggers(using, filled)
    with transaction.atomic(using), connection.cursor() as cursor:
        deferred = {"sqlite": "PRAGMA defer_foreign_keys = ON", "postgresql": "SET CONSTRAINTS ALL DEFERRED"}
        cursor.execute(deferred[connection.vendor])
        for name in filled:
            cursor.execute(f'DELETE FROM "{name}"')
    set_triggers(using)


def set_triggers(using: str = "default") -> None:
    """Set again every trigger that should stand."""
    from chungtay.audit import triggers  # apps are not loaded yet when pytest imports this plugin
    from chungtay.emulation import guards as fixed
    from chungtay.places import guards

    triggers.install(using)
    guards.install(using)
    fixed.install(using)


def lift_triggers(using: str = "default", of: Collection[str] | None = None) -> None:
    """Drop the triggers of append-only tables, of all or of some, as somebody who tampers with the database would."""
    from chungtay.audit import triggers  # apps are not loaded yet when pytest imports this plugin
    from chungtay.emulation import guards as fixed
    from chungtay.places import guards

    guards.lift(using)
    fixed.lift(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger in triggers.wanted(connection):
            if of is not None and trigger.table not in of:
                continue
            table = f' ON "{trigger.table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{table}')
