"""What the tests of the screens share: a clock that stands still, and clients of the cast."""

from datetime import datetime

import pytest
from django.test import Client

from chungtay.web import clock

# `making` imports models, which must wait until Django is set up: hence the imports inside the fixtures.


@pytest.fixture
def at(monkeypatch):
    """Set the clock of the screens: at(NOW)."""
    from chungtay.returns.tests.making import NOW, ZONE

    def stop(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)
        monkeypatch.setattr(clock, "today", lambda: moment.astimezone(ZONE).date())

    stop(NOW)
    return stop


@pytest.fixture
def opened(cast):
    """The round 2022Q3 of the cast's communes."""
    from chungtay.returns.tests.making import make_round

    return make_round(cast)


@pytest.fixture
def mine(cast, opened):
    """What the clerk's commune owes in it."""
    from chungtay.returns.tests.making import return_at

    return return_at(opened, cast.communes[0])


@pytest.fixture
def web(cast, at):
    """A client signed in as a person: web(cast.clerk)."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in
