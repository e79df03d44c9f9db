"""Sends requests to the API as anybody of the cast, each with a token for everything."""

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from chungtay.accounts.models import User
from chungtay.api import rules, services
from chungtay.web import clock

Ask = Callable[..., Any]


def secret_of(user: User, *scopes: rules.Scope) -> str:
    """Return the secret of a new token of a person, for everything unless told."""
    wanted = scopes or tuple(rules.Scope)
    return services.issue_token(user=user, name="Thử", scopes=wanted, days=30, now=clock.now(), by=user)[1]


def asker() -> Ask:
    """Return what sends a request as somebody (None: a visitor) and gives back the answer."""
    client, secrets = Client(), {}

    def send(method: str, path: str, by: User | None = None, body: object = None, **headers: str) -> Any:
        if by is not None:
            if by.pk not in secrets:
                secrets[by.pk] = secret_of(by)
            headers.setdefault("Authorization", f"Bearer {secrets[by.pk]}")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = named.pop("Content-Type", "application/json")
        if body is None:
            return client.generic(method, f"/api/v1{path}", headers=named)
        data = json.dumps(body) if isinstance(body, dict | list) else body
        return client.generic(method, f"/api/v1{path}", data, content_type=kind, headers=named)

    return send
