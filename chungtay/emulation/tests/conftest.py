"""What the tests of emulation share: the council, and clients whose clock stands still."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from chungtay.web import clock
from tests.remembering import remembered

if TYPE_CHECKING:
    from chungtay.emulation.tests.making import Council


@pytest.fixture
def council(db: None) -> "Council":
    """The city's contest with its people."""
    from chungtay.emulation.tests.making import make_council  # its models cannot be imported before Django is set up

    return remembered(make_council)()


@pytest.fixture
def web(council, monkeypatch):
    """A client signed in as a person: web(cast.clerk)."""
    monkeypatch.setattr(clock, "now", lambda: council.now)
    monkeypatch.setattr(clock, "today", lambda: council.today)

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in
