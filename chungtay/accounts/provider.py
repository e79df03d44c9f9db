"""The office's identity provider, by OpenID Connect: sending somebody there, and believing what comes back.

Authorization code with PKCE, state and nonce (Authlib); the ID token is verified against the provider's keys, by asymmetric algorithms
alone (joserfc). Whatever does not fit is refused with one sentence; what exactly, only the log says.
"""

import hmac
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from chungtay.kernel.errors import DomainError

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Never "none", and never one by which who knows the public key could sign."""
LEEWAY, TIMEOUT, KEPT = 60, 10, 3_600  # seconds
OLDEST = 600
"""A token that was issued so many seconds ago is not of this sign-in."""
_log = logging.getLogger(__name__)


class NotProven(DomainError):
    """What came back from the provider does not prove who somebody is."""

    def __init__(self, why: str) -> None:
        _log.warning("A sign-in by the identity provider was refused: %s", why)
        super().__init__("Máy chủ xác thực của cơ quan chưa xác nhận được bạn là ai. Hãy bấm đăng nhập lại từ đầu.")


class ProviderAway(DomainError):
    """The provider does not answer, or not as the standard says."""

    def __init__(self, why: str) -> None:
        _log.warning("The identity provider cannot be used: %s", why)
        super().__init__("Chưa liên lạc được với máy chủ xác thực của cơ quan. Hãy thử lại sau, hoặc dùng mật khẩu.")


@dataclass(frozen=True)
class Provider:
    """What the operator set. claim: which claim names a person, "sub" unless told."""

    issuer: str
    client_id: str
    secret: str
    label: str
    claim: str


@dataclass(frozen=True)
class Begun:
    """A sign-in on its way: where the person is sent, and what has to come back with them."""

    url: str
    state: str
    nonce: str
    verifier: str


def provider_set() -> Provider | None:
    """Return the provider that the operator set, None without one. Its secret is in the environment or in a file of the workspace."""
    if not settings.OIDC_ISSUER or not settings.OIDC_CLIENT_ID:
        return None
    kept = Path(settings.DATA_DIR) / "oidc-secret"
    secret = settings.OIDC_SECRET or (kept.read_text(encoding="utf-8").strip() if kept.exists() else "")
    return Provider(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, secret, settings.OIDC_LABEL, settings.OIDC_CLAIM)


def begin(one: Provider, back: str) -> Begun:
    """Return where to send a person who shall come back to an address. Raises ProviderAway."""
    nonce, verifier = generate_token(43), generate_token(64)
    url, state = _session(one, back).create_authorization_url(
        _discovered(one)["authorization_endpoint"], state=generate_token(43), nonce=nonce, code_verifier=verifier
    )
    return Begun(url, state, nonce, verifier)


def finish(one: Provider, back: str, begun: Mapping[str, str], came: Mapping[str, str], now: datetime) -> str:
    """Return the identifier that the provider vouches for, from what it sent back. Raises NotProven, ProviderAway."""
    if not begun.get("state") or not hmac.compare_digest(begun["state"].encode(), came.get("state", "").encode()):
        raise NotProven("the state is not of this session")
    if came.get("error"):
        raise NotProven(f"the provider said {came['error'][:80]!r}")
    if came.get("iss", one.issuer) != one.issuer:
        raise NotProven("the answer is of another issuer")
    if not came.get("code"):
        raise NotProven("there is no code")
    try:
        token = _session(one, back).fetch_token(
            _discovered(one)["token_endpoint"],
            code=came["code"],
            code_verifier=begun["verifier"],
            timeout=TIMEOUT,
            allow_redirects=False,
        )
    except (AuthlibBaseError, ValueError) as refused:
        raise NotProven(f"the code was not taken: {type(refused).__name__}") from None
    except requests.RequestException as away:
        raise ProviderAway(type(away).__name__) from None
    said = token.get("id_token")
    if not isinstance(said, str):
        raise NotProven("there is no ID token")
    return _identifier(one, _claims(one, said, begun["nonce"], now))


def leaving_url(one: Provider, back: str) -> str:
    """Return where one signs out at the provider too, "" when it has no such page. Raises ProviderAway."""
    page = _discovered(one).get("end_session_endpoint", "")
    if not page:
        return ""
    return f"{page}{'&' if '?' in page else '?'}" + urlencode(
        {"client_id": one.client_id, "post_logout_redirect_uri": back}
    )


def _session(one: Provider, back: str) -> Any:
    methods = _discovered(one).get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
    return OAuth2Session(
        one.client_id,
        one.secret or None,
        token_endpoint_auth_method=method if one.secret else "none",
        scope="openid email" if one.claim == "email" else "openid",
        redirect_uri=back,
        code_challenge_method="S256",
    )


def _claims(one: Provider, said: str, nonce: str, now: datetime) -> Mapping[str, Any]:
    """Return what an ID token says once it is proved. Raises NotProven."""
    try:
        try:
            token = jwt.decode(said, _keys(one), algorithms=ALGORITHMS)
        except (JoseError, ValueError):  # the provider may have changed its keys since
            token = jwt.decode(said, _keys(one, is_fresh=True), algorithms=ALGORITHMS)
        second = int(now.timestamp())
        jwt.JWTClaimsRegistry(
            now=second,
            leeway=LEEWAY,
            iss={"essential": True, "value": one.issuer},
            aud={"essential": True, "value": one.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(token.claims)
    except (JoseError, ValueError, TypeError) as wrong:
        raise NotProven(f"the ID token: {type(wrong).__name__}") from None
    claims = token.claims
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != one.client_id:
        raise NotProven("the ID token is for several and not authorized for us")
    if claims.get("azp", one.client_id) != one.client_id:
        raise NotProven("the ID token is for another client")
    if second - int(claims["iat"]) > OLDEST:
        raise NotProven("the ID token is old")
    return claims


def _identifier(one: Provider, claims: Mapping[str, Any]) -> str:
    said = claims.get(one.claim)
    if not isinstance(said, str) or not said.strip() or len(said) > 255:
        raise NotProven(f"the claim {one.claim!r} names nobody")
    if one.claim == "email" and claims.get("email_verified") is not True:
        raise NotProven("the address was not verified")
    return said.strip()


_lock = Lock()
_known: dict[str, tuple[float, dict[str, Any]]] = {}


def _discovered(one: Provider) -> Mapping[str, Any]:
    """Return the provider's description, read once an hour. Raises ProviderAway."""
    found = _read(f"{one.issuer.rstrip('/')}/.well-known/openid-configuration", KEPT)
    if found.get("issuer") != one.issuer:
        raise ProviderAway("its description names another issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        _safe(str(found.get(name, "")))
    return found


def _keys(one: Provider, *, is_fresh: bool = False) -> KeySet:
    """Return the provider's public keys; fresh ones at most once in ten seconds. Raises ProviderAway."""
    said = _read(_discovered(one)["jwks_uri"], 10 if is_fresh else KEPT)
    public = [key for key in said.get("keys", []) if key.get("kty") in ("RSA", "EC") and key.get("use", "sig") == "sig"]
    return KeySet.import_key_set({"keys": public})


def _read(url: str, longest: int) -> Mapping[str, Any]:
    _safe(url)
    with _lock:
        at, known = _known.get(url, (0.0, None))
        if known is not None and time.monotonic() - at <= longest:
            return known
        try:
            answer = requests.get(url, timeout=TIMEOUT, allow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as away:
            raise ProviderAway(type(away).__name__) from None
        if not isinstance(found, dict):
            raise ProviderAway("its answer is no object")
        _known[url] = time.monotonic(), found
        return found


def _safe(url: str) -> None:
    parts = urlsplit(url)
    is_loopback = settings.OIDC_HTTP and parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not is_loopback:
        raise ProviderAway(f"{url[:80]!r} is not https")
