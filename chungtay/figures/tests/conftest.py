from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.remembering import remembered

if TYPE_CHECKING:
    from chungtay.figures.tests.city import Account
    from chungtay.figures.tests.ground import Ground


@pytest.fixture
def ground(db: None) -> "Ground":
    """A small province in a test transaction: every question is answered from a private cube."""
    from chungtay.figures.tests.ground import make_ground  # its models cannot be imported before Django is set up

    return remembered(make_ground)()


@pytest.fixture
def live(transactional_db: None, tmp_path: Path, settings) -> Iterator["Ground"]:
    """The same with real transactions, an empty cube folder and nothing in memory: the shared cube is at work."""
    from chungtay.figures.tests.ground import make_ground, new_process

    settings.DATA_DIR = tmp_path
    new_process()
    yield make_ground()
    new_process()


@pytest.fixture
def account(db: None, monkeypatch: pytest.MonkeyPatch) -> "Account":
    """The cast's city, told two quarters, with a report behind every fact: for the tests of pages."""
    from chungtay.figures import registry  # its models cannot be imported before Django is set up
    from chungtay.figures.tests.city import describe, tell_two_quarters

    monkeypatch.setattr(registry, "_describers", {**registry._describers, "test-report": describe})
    return remembered(tell_two_quarters)()
