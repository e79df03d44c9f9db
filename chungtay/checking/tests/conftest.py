"""A small programme with facts, borrowed from the reviews: one world for everybody who reads figures."""

import pytest


@pytest.fixture
def world(db):
    from chungtay.reviews.tests.world import make_world

    return make_world()
