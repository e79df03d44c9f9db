"""What the tests of the room stand on: the cast and a dictionary in which the registers keep the record."""

from typing import TYPE_CHECKING

import pytest

from tests.remembering import remembered

if TYPE_CHECKING:
    from chungtay.community.tests.making import Village


@pytest.fixture
def village(db: None) -> "Village":
    """Three communes, their people, and indicators that the registers are counted into."""
    from chungtay.community.tests.making import make_village  # its models cannot be imported before Django is set up

    return remembered(make_village)()
