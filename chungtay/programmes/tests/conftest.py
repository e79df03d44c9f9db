"""What the tests of documents and changes share."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from chungtay.web import clock

if TYPE_CHECKING:
    from chungtay.programmes.tests.linked import Linked


@pytest.fixture
def linked(db: None) -> "Linked":
    """The programme with its plans."""
    from chungtay.programmes.tests.linked import make_linked  # its models cannot be imported before Django is set up

    return make_linked()


@pytest.fixture
def web(linked, monkeypatch):
    """A client signed in as a person: web(cast.clerk)."""
    monkeypatch.setattr(clock, "now", lambda: linked.now)
    monkeypatch.setattr(clock, "today", lambda: linked.now.date())

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in
