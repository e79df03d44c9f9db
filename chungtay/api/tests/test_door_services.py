"""The door: who comes in, how often, with how much; and what every refusal looks like."""

from datetime import timedelta

import pytest
from django.test import override_settings

from chungtay.accounts import services as accounts
from chungtay.api import selectors, services
from chungtay.api.middleware import MOST_BYTES
from chungtay.api.models import ApiToken
from chungtay.api.rules import MOST_TOKENS, Scope, UnknownScope
from chungtay.api.tests.asking import Ask, secret_of
from chungtay.audit.models import AuditEvent
from chungtay.web import clock
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def test_a_name_and_a_password_open_a_token_that_says_whose_it_is(cast: Cast, ask: Ask) -> None:
    """And only its hash is kept; signing out ends it at once."""
    answer = ask("POST", "/login", body={"username": "clerk", "password": PASSWORD})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    secret = answer.json()["token"]
    assert not ApiToken.objects.filter(digest=secret).exists()
    bearer = {"Authorization": f"Bearer {secret}"}
    me = ask("GET", "/me", **bearer).json()
    assert (me["username"], me["posts"][0]["role"], me["posts"][0]["unit"]["code"]) == ("clerk", "clerk", "29863")
    assert ask("POST", "/logout", **bearer).status_code == 204
    assert ask("GET", "/me", **bearer).status_code == 401
    told = AuditEvent.objects.filter(code__startswith="api.").values_list("code", flat=True)
    assert list(told) == ["api.token.issued", "api.token.revoked"]
    assert secret not in str(list(AuditEvent.objects.values()))


def test_nobody_learns_whether_an_account_exists(cast: Cast, ask: Ask) -> None:
    """The same answer for both, and the same throttle as the page for signing in."""

    def said(name: str) -> list[tuple[int, str]]:
        sent = [ask("POST", "/login", body={"username": name, "password": "không-phải"}) for _ in range(6)]
        return [(one.status_code, one.json()["detail"]) for one in sent]

    known, unknown = said("clerk"), said("nobody")
    assert known == unknown
    assert [status for status, _ in known] == [401] * 5 + [429]


def test_a_token_ends_with_its_day_its_password_and_its_person(cast: Cast) -> None:
    """And a token of somebody else is nobody's to revoke."""
    now = clock.now()
    token, secret = services.issue_token(user=cast.clerk, name="Máy", scopes=["read"], days=2, now=now, by=cast.clerk)
    assert selectors.caller_of(secret, now=now) is not None
    assert selectors.caller_of(secret, now=now + timedelta(days=2)) is None
    assert selectors.caller_of(secret + "x", now=now) is None
    with pytest.raises(services.NoSuchToken):
        services.revoke_token(token_id=token.pk, now=now, by=cast.officer)
    accounts.set_active(user=cast.clerk, is_active=False, now=now, by=None)
    assert selectors.caller_of(secret, now=now) is None
    accounts.set_active(user=cast.clerk, is_active=True, now=now, by=None)
    accounts.set_password(user=cast.clerk, password="mat-khau-khac-2020", now=now, by=None)
    assert selectors.caller_of(secret, now=now) is None


def test_tokens_are_bounded(cast: Cast) -> None:
    """In number, days and scopes; of sign-ins the oldest ends."""
    now = clock.now()
    for number in range(MOST_TOKENS):
        services.sign_in(user=cast.clerk, scopes=["read"], now=now + timedelta(seconds=number))
        services.issue_token(user=cast.clerk, name="Máy", scopes=["read"], days=1, now=now, by=cast.clerk)
    with pytest.raises(services.BadToken):
        services.issue_token(user=cast.clerk, name="Máy", scopes=["read"], days=1, now=now, by=cast.clerk)
    services.sign_in(user=cast.clerk, scopes=["read"], now=now + timedelta(minutes=1))
    ended = ApiToken.objects.filter(revoked_at__isnull=False)
    assert [one.at for one in ended] == [now]
    for name, scopes, days in (("", ["read"], 1), ("Máy", [], 1), ("Máy", ["read"], 0), ("Máy", ["read"], 400)):
        with pytest.raises(services.BadToken):
            services.issue_token(user=cast.officer, name=name, scopes=scopes, days=days, now=now, by=cast.officer)
    with pytest.raises(UnknownScope):
        services.issue_token(user=cast.officer, name="Máy", scopes=["all"], days=1, now=now, by=cast.officer)


def test_refusals_are_problems_in_the_language_of_who_asks(cast: Cast, ask: Ask) -> None:
    """Also those that the framework makes: no address, no method, no JSON."""
    english = {"Accept-Language": "en;q=0.9, vi;q=0.1"}
    made = {
        401: ask("GET", "/me"),
        404: ask("GET", "/no-such-thing"),
        405: ask("DELETE", "/units"),
        400: ask("POST", "/login", body="{"),
        413: ask("POST", "/login", body="x" * (MOST_BYTES + 1)),
        422: ask("POST", "/login", body={"username": "clerk", "extra": 1}),
    }
    for status, answer in made.items():
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == status
        assert answer.headers["Content-Language"] == "vi"
    assert made[405].headers["Allow"] == "GET"
    assert made[401].headers["WWW-Authenticate"] == "Bearer"
    wheres = [one["where"] for one in made[422].json()["problems"]]
    assert wheres == ["body.body.password", "body.body.extra"]
    assert ask("GET", "/me", **english).json()["title"] == "Token needed"
    assert ask("POST", "/login", body="username=a", Content_Type="text/plain").status_code == 415


def test_a_form_is_not_json(cast: Cast, client) -> None:
    """What a page of another site could make a browser send is refused."""
    assert client.post("/api/v1/login", {"username": "clerk", "password": PASSWORD}).status_code == 415


def test_a_cookie_opens_nothing_here(cast: Cast, client) -> None:
    """So no page of another site can make a signed-in browser act."""
    client.force_login(cast.officer)
    assert client.get("/api/v1/me").status_code == 401


def test_a_token_for_one_thing_does_not_open_another(cast: Cast, ask: Ask) -> None:
    """403, with the scope that is missing."""
    bearer = {"Authorization": f"Bearer {secret_of(cast.clerk, Scope.FUNDS)}"}
    answer = ask("GET", "/me", **bearer)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


@override_settings(API_PER_MINUTE=6)
def test_who_asks_too_often_waits(cast: Cast, ask: Ask) -> None:
    """Visitors by address, tokens by themselves; others are not held up."""
    seen = [ask("GET", "/units").status_code for _ in range(4)]
    assert seen == [200] * 3 + [429]
    refused = ask("GET", "/units")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert [ask("GET", "/me", by=cast.clerk).status_code for _ in range(7)] == [200] * 6 + [429]
    assert ask("GET", "/me", by=cast.officer).status_code == 200


def test_what_one_has_already_is_not_sent_again(cast: Cast, ask: Ask) -> None:
    """304 for the same tag; never kept between people."""
    first = ask("GET", "/units")
    again = ask("GET", "/units", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert {"Authorization", "Accept-Language"} <= set(first.headers["Vary"].split(", "))
    assert first.headers["Cache-Control"] == "private, no-cache"
