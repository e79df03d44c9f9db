"""The reference shows everything that the description says; a person's tokens are shown, issued once in sight, and taken back."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from chungtay.api import selectors
from chungtay.api.description import described
from chungtay.api.models import ApiToken
from chungtay.api.problems import STATUSES, code_of
from chungtay.api.views.setting import api
from chungtay.kernel.errors import DomainError
from chungtay.web import clock
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_reference_shows_every_endpoint(client: Client) -> None:
    """Without signing in, and without anything from elsewhere."""
    page = client.get("/api/v1/docs").content.decode()
    for path, methods in described(api)["paths"].items():
        assert f"<code>{path}</code>" in page
        assert all(one["summary"] in page.replace("&#x27;", "'") for one in methods.values())
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []


def test_every_shape_has_one_name() -> None:
    """Two of one name would hide each other in the description."""
    from ninja import Schema

    def below(kind: type) -> list[type]:
        return [one for sub in kind.__subclasses__() for one in (sub, *below(sub))]

    names = [
        one.__name__ for one in below(Schema) if one.__module__.startswith("chungtay.api.") and "[" not in one.__name__
    ]
    assert sorted(names) == sorted(set(names))


def test_every_named_refusal_exists() -> None:
    """A refusal that was renamed would get another status in silence."""

    def below(kind: type[BaseException]) -> set[str]:
        return {code_of(kind)} | {code for sub in kind.__subclasses__() for code in below(sub)}

    assert set(STATUSES) - below(DomainError) == set()


def test_a_token_is_shown_once_and_taken_back(client: Client, cast: Cast) -> None:
    """The next look at the page does not know it; another person cannot take it back."""
    client.force_login(cast.clerk)
    page = reverse("token-list")
    sent = client.post(page, {"name": "Đồng bộ", "scopes": ["read"], "days": "30"})
    [secret] = re.findall(r"ct_[A-Za-z0-9_-]{43}", sent.content.decode())
    assert sent.headers["Cache-Control"].find("no-store") >= 0
    assert secret not in client.get(page).content.decode()
    assert selectors.caller_of(secret, now=clock.now()) is not None
    token = ApiToken.objects.get()
    stranger = Client()
    stranger.force_login(cast.officer)
    assert stranger.post(reverse("token-revoke", args=[token.pk])).status_code == 404
    assert client.post(reverse("token-revoke", args=[token.pk])).status_code == 302
    assert selectors.caller_of(secret, now=clock.now()) is None
    assert client.post(page, {"name": "", "days": "0"}).status_code == 422
