"""A city with indicators that another system keeps on record, and that system."""

import pytest

from tests.remembering import remembered


@pytest.fixture
def world(db):
    from chungtay.exchange.tests.making import make_world

    return remembered(make_world)()
