"""What the tests of the portal share: the newsroom, and clients whose clock stands still."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from chungtay.web import clock

if TYPE_CHECKING:
    from chungtay.portal.tests.making import Newsroom


@pytest.fixture
def room(db: None) -> "Newsroom":
    """An editor, a leader, two units with houses."""
    from chungtay.portal.tests.making import make_newsroom  # its models cannot be imported before Django is set up

    return make_newsroom()


@pytest.fixture
def web(room, monkeypatch):
    """A client, signed in as a person when one is given: web(), web(cast.clerk)."""
    from chungtay.portal.tests.making import ZONE

    monkeypatch.setattr(clock, "now", lambda: room.now)
    monkeypatch.setattr(clock, "today", lambda: room.now.astimezone(ZONE).date())

    def visit(user=None):
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return visit
