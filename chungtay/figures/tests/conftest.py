from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from chungtay.figures.tests.ground import Ground


@pytest.fixture
def ground(db: None) -> "Ground":
    """A small province in a test transaction: every question is answered from a private cube."""
    from chungtay.figures.tests.ground import make_ground  # its models cannot be imported before Django is set up

    return make_ground()


@pytest.fixture
def live(transactional_db: None, tmp_path: Path, settings) -> Iterator["Ground"]:
    """The same with real transactions, an empty cube folder and nothing in memory: the shared cube is at work."""
    from chungtay.figures.tests.ground import make_ground, new_process

    settings.DATA_DIR = tmp_path
    new_process()
    yield make_ground()
    new_process()
