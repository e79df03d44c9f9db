"""What machines ask: every endpoint with a token of the person, never with a session."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.test import Client

from chungtay.accounts.models import User
from chungtay.api import middleware, rules, services
from chungtay.web import clock

if TYPE_CHECKING:
    from tests.permissions.world import World

# Open to the whole world: what the office prints anyway, and the way in.
OPEN = frozenset(
    {
        "api-openapi",
        "api-login",
        "api-units",
        "api-unit",
        "api-indicators",
        "api-indicator",
        "api-programmes",
        "api-programme",
    }
)


def asked(client: Client, method: str, url: str, person: User | None, data: Mapping[str, Any]) -> HttpResponse:
    """Send a request with a token of the person: `query` stands behind the address, `headers` before the rest, which is the body."""
    middleware.meter = rules.Meter()
    body = dict(data)
    query, headers = body.pop("query", ""), dict(body.pop("headers", {}))
    if person is not None:
        scopes = [scope.value for scope in rules.Scope]
        made = services.issue_token(user=person, name="Máy", scopes=scopes, days=1, now=clock.now(), by=person)
        headers["Authorization"] = f"Bearer {made[1]}"
    sent = {"data": json.dumps(body), "content_type": "application/json"} if method in ("POST", "PUT") and body else {}
    answer: HttpResponse = client.generic(method, url + query, headers=headers, **sent)
    return answer


def args_of(world: "World", url_name: str, thing: str) -> tuple[Any, ...]:
    """Return what stands in the address."""
    if url_name == "api-trace":
        return (world.trace_of(thing),)
    known: dict[str, tuple[Any, ...]] = {
        "api-unit": ("29863",),
        "api-indicator": ("support.houses",),
        "api-programme": ("500",),
    }
    return known.get(url_name, ())


def data_of(world: "World", url_name: str, thing: str) -> Mapping[str, Any]:
    """Return what is sent: always what would be right for somebody with the right."""
    code = {"unit": "29863", "city": "866"}.get(thing, "")
    known: dict[str, Mapping[str, Any]] = {
        "api-login": {"username": "nobody", "password": "wrong-password"},
        "api-figures": {"query": f"?indicator=support.houses&unit={code}&period=2022"},
    }
    return known.get(url_name, {})
