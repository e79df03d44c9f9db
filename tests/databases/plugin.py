"""What every test run needs of its database; loaded by the root conftest."""

import os
from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import TransactionTestCase

from tests.databases import cluster


@pytest.fixture(scope="session", autouse=True)
def history_can_be_flushed() -> Iterator[None]:
    """Lift the triggers of append-only tables while Django empties the tables after a test with real transactions.

    The product has no way to lift them; post_migrate, which the flush sends, sets them again.
    """
    flush = TransactionTestCase._fixture_teardown

    def flush_with_lifted_triggers(self: TransactionTestCase) -> None:
        lift_triggers()
        flush(self)

    TransactionTestCase._fixture_teardown = flush_with_lifted_triggers
    yield
    TransactionTestCase._fixture_teardown = flush


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


def lift_triggers(using: str = "default") -> None:
    """Drop every trigger of every append-only table, as somebody who tampers with the database would."""
    from chungtay.audit import triggers  # apps are not loaded yet when pytest imports this plugin
    from chungtay.places import guards

    guards.lift(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger in triggers.wanted(connection):
            table = f' ON "{trigger.table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{table}')
