"""A small province in the database, and a folder for its lake."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from chungtay.figures.tests.ground import Ground


@pytest.fixture
def ground(db: None) -> "Ground":
    """Return the province of the figures' own tests."""
    from chungtay.figures.tests.ground import make_ground  # its models cannot be imported before Django is set up

    return make_ground()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where a lake may be written."""
    return tmp_path / "lake"
