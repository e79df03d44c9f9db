"""A small programme with facts, borrowed from the reviews: one world for everybody who reads figures."""

import pytest

from tests.remembering import remembered


@pytest.fixture
def world(db):
    from chungtay.reviews.tests.world import make_world

    return remembered(make_world)()
