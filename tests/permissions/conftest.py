"""One world for the whole table: made once, every cell asked inside a savepoint that is rolled back."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.permissions.world import World, make_world


@pytest.fixture(scope="module")
def standing_world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Make the world in a transaction that nobody commits."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(standing_world: World) -> Iterator[World]:
    """Give the world to one test, which may do in it what it likes."""
    with transaction.atomic():
        yield standing_world
        transaction.set_rollback(True)
