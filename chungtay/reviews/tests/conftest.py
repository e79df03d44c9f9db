"""The world of these tests."""

import pytest


@pytest.fixture
def world(db):
    from chungtay.reviews.tests.world import make_world

    return make_world()
