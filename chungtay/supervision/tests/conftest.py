"""What the tests of supervision share: the office, and clients whose clock stands still."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from chungtay.web import clock
from tests.remembering import remembered

if TYPE_CHECKING:
    from chungtay.supervision.tests.making import Office


@pytest.fixture
def office(db: None) -> "Office":
    """Both sides at the city and its first commune."""
    from chungtay.supervision.tests.making import make_office  # its models cannot be imported before Django is set up

    return remembered(make_office)()


@pytest.fixture
def web(office, monkeypatch):
    """A client signed in as a person: web(cast.clerk)."""
    from chungtay.supervision.tests.making import ZONE

    monkeypatch.setattr(clock, "now", lambda: office.now)
    monkeypatch.setattr(clock, "today", lambda: office.now.astimezone(ZONE).date())

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in
