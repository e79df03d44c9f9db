"""The world of these tests."""

import pytest

from tests.remembering import remembered


@pytest.fixture
def world(db):
    from chungtay.reviews.tests.world import make_world

    return remembered(make_world)()


@pytest.fixture
def at_work(world, monkeypatch):
    """The clock of the screens stands at the story's day."""
    from chungtay.reviews.tests.world import TODAY
    from chungtay.web import clock

    monkeypatch.setattr(clock, "now", lambda: TODAY)
    monkeypatch.setattr(clock, "today", TODAY.date)
    return world


@pytest.fixture
def officer(at_work, client):
    """The city's officer, signed in."""
    from tests.cast import PASSWORD

    assert client.login(username=at_work.cast.officer.username, password=PASSWORD)
    return client
