"""An identity provider of this process: it describes itself, gives codes and tokens for them once, and can be made to lie."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "chung-tay", "only-for-tests-secret"


def new_key(kid: str) -> RSAKey:
    """Return a key of the provider, or of somebody who would like to be it."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}, private=True)


@dataclass
class IdentityProvider:
    """lies: claims that take the place of true ones (None: left out); as_alg: "none" or "HS256"; said: what it describes otherwise."""

    key: RSAKey
    now: datetime
    issuer: str = ""
    lies: dict[str, Any] = field(default_factory=dict)
    as_alg: str = "RS256"
    signs_with: RSAKey | None = None
    said: dict[str, Any] = field(default_factory=dict)
    is_away: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def authorize(self, url: str, subject: str) -> dict[str, str]:
        """Be the person who says yes on the provider's page; return what the browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked | {"subject": subject}
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def token(self, asked: dict[str, str]) -> str:
        """Return an ID token, with the lies."""
        second = int(self.now.timestamp())
        true = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": asked["subject"],
            "nonce": asked["nonce"],
            "iat": second,
            "exp": second + 300,
        }
        claims = {name: value for name, value in (true | self.lies).items() if value is not None}
        if self.as_alg == "none":
            parts = ({"alg": "none"}, claims)
            return (
                ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts)
                + "."
            )
        if self.as_alg == "HS256":
            public = OctKey.import_key(self.key.as_pem(private=False))
            return jwt.encode({"alg": "HS256", "kid": self.key.kid}, claims, public, algorithms=["HS256"])
        key = self.signs_with or self.key
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_GET(self) -> None:  # the name is http.server's
        one = self.server.provider
        one.asked.append(self.path)
        if one.is_away:
            self.send_error(503)
        elif self.path == "/.well-known/openid-configuration":
            self.answer(
                {
                    "issuer": one.issuer,
                    "authorization_endpoint": f"{one.issuer}/authorize",
                    "token_endpoint": f"{one.issuer}/token",
                    "jwks_uri": f"{one.issuer}/keys",
                    "end_session_endpoint": f"{one.issuer}/leave",
                }
                | one.said
            )
        else:
            self.answer({"keys": [one.key.as_dict(private=False)]})

    def do_POST(self) -> None:
        one = self.server.provider
        asked = {
            name: values[0]
            for name, values in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()
        }
        kept = one.codes.pop(asked.get("code", ""), None)  # a code serves once
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if kept is None or kept["code_challenge"] != challenge or self.headers["Authorization"] != basic:
            self.answer({"error": "invalid_grant"}, 400)
            return
        self.answer({"access_token": "x", "token_type": "Bearer", "id_token": one.token(kept)})

    def answer(self, said: dict[str, Any], status: int = 200) -> None:
        data = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    provider: IdentityProvider


@contextmanager
def providing(key: RSAKey, now: datetime) -> Iterator[IdentityProvider]:
    """Run a provider as long as the block."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.provider = IdentityProvider(key, now, issuer=f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.provider
        finally:
            server.shutdown()
            thread.join()
