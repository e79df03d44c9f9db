"""Signing in by the office's provider: who was linked comes in, and whatever is forged, old, foreign or used before does not."""

from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from chungtay.accounts import provider, services
from chungtay.accounts.models import Identity, User
from chungtay.accounts.tests.identity_provider import CLIENT, SECRET, IdentityProvider, new_key, providing
from chungtay.audit.models import AuditEvent
from chungtay.web import clock
from tests.cast import NOW

pytestmark = pytest.mark.django_db
BEGIN, RETURN, SUBJECT = "/dang-nhap/co-quan/", "/dang-nhap/co-quan/ve/", "cb-0042"


@cache
def keys() -> tuple[Any, Any]:
    """The provider's key and a stranger's; making one takes a while."""
    return new_key("k1"), new_key("k2")


@pytest.fixture
def office(cast: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A provider that is set, and the clerk linked with it."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(provider, "_known", {})
    with providing(keys()[0], NOW) as one:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_SECRET = one.issuer, CLIENT, SECRET
        settings.OIDC_HTTP = True
        services.link_identity(user=cast.clerk, issuer=one.issuer, subject=SUBJECT, now=NOW, by=cast.admin)
        yield one


def come_back(client: Client, one: IdentityProvider, subject: str = SUBJECT, begin: str = BEGIN, **more: str) -> Any:
    """Go to the provider, say yes, and come back; more: what is changed on the way."""
    return client.get(RETURN, one.authorize(client.get(begin).url, subject) | more)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_who_was_linked_comes_in_and_goes_where_they_wanted(
    client: Client, cast: Any, office: IdentityProvider
) -> None:
    """In a new session, told to the log; never to another site."""
    client.get("/dang-nhap/")
    before = client.session.session_key
    answer = come_back(client, office, begin=f"{BEGIN}?next=/bao-cao/")
    assert (answer.status_code, answer.url) == (302, "/bao-cao/")
    assert client.session["_auth_user_id"] == str(cast.clerk.pk)
    assert client.session.session_key != before
    [event] = AuditEvent.objects.filter(code="accounts.user.signed_in")
    assert event.data["issuer"] == office.issuer
    assert User.objects.count() == len(cast.people)
    away = Client()
    assert come_back(away, office, begin=f"{BEGIN}?next=https://elsewhere.example/").url == "/ban-lam-viec/"


LIES: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "for another client": {"aud": "other"},
    "for several, not by us": {"aud": [CLIENT, "other"]},
    "authorized for another": {"azp": "other"},
    "of another issuer": {"iss": "https://issuer.example"},
    "expired": {"exp": int((NOW - timedelta(minutes=5)).timestamp())},
    "without an end": {"exp": None},
    "old": {"iat": int((NOW - timedelta(hours=1)).timestamp())},
    "of tomorrow": {"iat": int((NOW + timedelta(days=1)).timestamp())},
    "of nobody": {"sub": None},
    "of nothing": {"sub": ""},
    "of a number": {"sub": 42},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_does_not_fit_proves_nothing(client: Client, office: IdentityProvider, lie: str) -> None:
    """One sentence for all of them."""
    office.lies = LIES[lie]
    page = client.get(come_back(client, office).url).content.decode()
    assert "chưa xác nhận được bạn là ai" in page
    assert not is_in(client)


@pytest.mark.parametrize("alg", ["none", "HS256", "stranger"])
def test_a_token_that_is_not_signed_by_the_provider_proves_nothing(
    client: Client, office: IdentityProvider, alg: str
) -> None:
    """Unsigned, signed with the public key as if it were a secret, signed by somebody else."""
    office.as_alg, office.signs_with = ("RS256", keys()[1]) if alg == "stranger" else (alg, None)
    come_back(client, office)
    assert not is_in(client)


def test_a_state_and_a_code_serve_once_and_in_their_own_session(client: Client, office: IdentityProvider) -> None:
    """Another session's answer, a changed state, a used code, a refusal, another issuer's answer, one that took too long."""
    came = office.authorize(client.get(BEGIN).url, SUBJECT)
    other = Client()
    other.get(BEGIN)
    other.get(RETURN, came)
    assert not is_in(other), "somebody's answer was slipped to somebody else"
    assert not is_in(Client()) and Client().get(RETURN, came).status_code == 302
    for changed in ({"state": "x"}, {"code": ""}, {"error": "access_denied"}, {"iss": "https://issuer.example"}):
        come_back(client, office, **changed)
        assert not is_in(client), changed
    came = office.authorize(client.get(BEGIN).url, SUBJECT)
    client.get(RETURN, came)
    assert is_in(client)
    client.post("/dang-xuat/")
    client.get(RETURN, came)
    assert not is_in(client)
    used = office.authorize(client.get(BEGIN).url, SUBJECT)
    office.codes.clear()
    client.get(RETURN, used)
    assert not is_in(client)


def test_who_takes_too_long_begins_again(
    client: Client, office: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was begun is not good for ever."""
    came = office.authorize(client.get(BEGIN).url, SUBJECT)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=11))
    office.now = NOW + timedelta(minutes=11)
    client.get(RETURN, came)
    assert not is_in(client)


def test_nobody_is_let_in_who_was_not_linked_and_no_account_is_made(
    client: Client, cast: Any, office: IdentityProvider
) -> None:
    """Unlinked, unlinked again, disabled: one sentence, then a wait."""
    count = User.objects.count()
    pages = [client.get(come_back(client, office, "cb-9999").url).content.decode() for _ in range(6)]
    assert ["chưa được nối" in page for page in pages] == [True] * 5 + [False]
    assert "Hãy đợi 15 phút" in pages[-1]
    services.set_active(user=cast.clerk, is_active=False, now=NOW, by=cast.admin)
    assert "chưa được nối" in client.get(come_back(client, office).url).content.decode()
    services.set_active(user=cast.clerk, is_active=True, now=NOW, by=cast.admin)
    services.unlink_identity(user=cast.clerk, issuer=office.issuer, now=NOW, by=cast.admin)
    come_back(client, office)
    assert not is_in(client)
    assert User.objects.count() == count


def test_the_providers_keys_may_change(
    client: Client, office: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new key is fetched when a token bears it; its description is not asked for each person."""
    come_back(client, office)
    client.post("/dang-xuat/")
    office.key = keys()[1]
    monkeypatch.setattr(provider.time, "monotonic", lambda: 10**9)
    come_back(client, office)
    assert is_in(client)
    assert office.asked.count("/keys") <= 3


def test_an_address_names_a_person_only_where_it_was_verified(
    client: Client, cast: Any, office: Any, settings: Any
) -> None:
    """Where the operator chose it."""
    settings.OIDC_CLAIM = "email"
    services.link_identity(user=cast.officer, issuer=office.issuer, subject="v@cq.example", now=NOW, by=cast.admin)
    for verified, comes_in in ((None, False), (False, False), ("true", False), (True, True)):
        office.lies = {"email": "v@cq.example", "email_verified": verified}
        come_back(client, office)
        assert is_in(client) is comes_in
    client.post("/dang-xuat/")


@pytest.mark.parametrize(
    "said", [{"issuer": "https://issuer.example"}, {"token_endpoint": "http://elsewhere.example/"}, {"jwks_uri": ""}]
)
def test_a_provider_that_describes_another_is_not_used(client: Client, office: Any, said: dict[str, str]) -> None:
    """Nor one that does not answer: people have their password still."""
    office.said = said
    assert "Chưa liên lạc được" in client.get(client.get(BEGIN).url).content.decode()
    office.said, office.is_away = {}, True
    assert client.get(BEGIN).url == "/dang-nhap/"


def test_the_button_stands_only_where_a_provider_is_set(client: Client, office: Any, settings: Any) -> None:
    """And signing out leads to the provider's page, for who has signed out here."""
    assert f'href="{BEGIN}' in client.get("/dang-nhap/").content.decode()
    assert client.get("/dang-xuat/co-quan/").url.startswith(f"{office.issuer}/leave?client_id={CLIENT}")
    settings.OIDC_ISSUER = ""
    assert BEGIN not in client.get("/dang-nhap/").content.decode()
    for path in (BEGIN, RETURN, "/dang-xuat/co-quan/"):
        assert client.get(path).status_code == 404


def test_the_secret_may_stand_in_a_file_of_the_workspace(office: Any, settings: Any, tmp_path: Any) -> None:
    """The environment counts first."""
    settings.DATA_DIR = tmp_path
    (tmp_path / "oidc-secret").write_text("from-the-file\n")
    assert provider.provider_set().secret == SECRET
    settings.OIDC_SECRET = ""
    assert provider.provider_set().secret == "from-the-file"


def test_a_link_is_of_one_account_and_of_one_person(cast: Any) -> None:
    """By the services and by the database."""
    link = {"issuer": "https://i.example", "now": NOW, "by": cast.admin}
    services.link_identity(user=cast.clerk, subject="a", **link)
    services.link_identity(user=cast.clerk, subject="a", **link)
    for user, subject in ((cast.officer, "a"), (cast.clerk, "b"), (cast.officer, " ")):
        with pytest.raises(services.IdentityTaken):
            services.link_identity(user=user, subject=subject, **link)
    for wrong in (
        {"user": cast.officer, "subject": "a"},
        {"user": cast.clerk, "subject": "b"},
        {"user": cast.officer, "subject": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Identity.objects.create(issuer="https://i.example", at=NOW, **wrong)
    assert services.unlink_identity(user=cast.clerk, **link)
    assert not services.unlink_identity(user=cast.clerk, **link)
    services.link_identity(user=cast.officer, subject="a", **link)
