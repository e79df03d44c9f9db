"""What machines ask: every endpoint with a token of the person, never with a session."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.test import Client

from chungtay.accounts.models import User
from chungtay.api import metering, middleware, problems, rules, services
from chungtay.web import clock
from tests.permissions import exchange_world, supervision_world
from tests.permissions.funds_world import FUND_NOW
from tests.permissions.supervision_world import NOWHERE

if TYPE_CHECKING:
    from tests.permissions.world import World

# Open to the whole world: what the office prints anyway, and the way in.
OPEN = frozenset(
    {
        "api-docs",
        "api-openapi",
        "api-login",
        "api-units",
        "api-unit",
        "api-indicators",
        "api-indicator",
        "api-programmes",
        "api-programme",
        "api-public-programmes",
        "api-public-figures",
        "api-public-trace",
        "api-statement-lines",
        "api-published-recommendations",
        "api-certificate",
    }
)

ROWS = [{"unit": "29863", "cell": "support.houses:new", "value": 5}]
VOUCHER = {
    "kind": "receipt",
    "occurred_on": "2025-03-10",
    "memo": "Ủng hộ",
    "party": "Không nêu tên",
    "lines": [{"debit": "112", "credit": "511", "amount": 500_000}],
}


def asked(client: Client, method: str, url: str, person: User | None, data: Mapping[str, Any]) -> HttpResponse:
    """Send a request with a token of the person: `query` stands behind the address, `headers` before the rest, which is the body."""
    middleware.meter = metering.Meter()
    body = dict(data)
    query, headers = body.pop("query", ""), dict(body.pop("headers", {}))
    if person is not None:
        scopes = [scope.value for scope in rules.Scope]
        made = services.issue_token(user=person, name="Máy", scopes=scopes, days=1, now=clock.now(), by=person)
        headers["Authorization"] = f"Bearer {made[1]}"
    if (file := body.pop("file", None)) is not None and method == "PUT":
        return client.generic(method, url + query, file, content_type=problems.XLSX, headers=headers)
    sent = {"data": json.dumps(body), "content_type": "application/json"} if method in ("POST", "PUT") and body else {}
    answer: HttpResponse = client.generic(method, url + query, headers=headers, **sent)
    return answer


def args_of(world: "World", url_name: str, thing: str) -> tuple[Any, ...]:
    """Return what stands in the address."""
    if url_name == "api-trace":
        return (world.trace_of(thing),)
    if url_name.startswith("api-recommendation") and thing:
        return supervision_world.args_of(world.cast, "recommendation-detail", FUND_NOW)
    if url_name == "api-data-value-sets":
        exchange_world.import_of(world.cast)
    known: dict[str, tuple[Any, ...]] = {
        **dict.fromkeys(
            ("api-return", "api-return-draft", "api-return-submit", "api-return-workbook"), (world.returns["draft"].pk,)
        ),
        **dict.fromkeys(("api-vouchers", "api-voucher-draft"), (world.fund.pk,)),
        "api-voucher-post": (world.fund.pk, world.drafts["draft"].pk),
        "token-revoke": (NOWHERE,),
        "api-certificate": ("23456789ABCD",),
        "api-unit": ("29863",),
        "api-indicator": ("support.houses",),
        "api-programme": ("500",),
        "api-public-trace": ("none",),
    }
    return known.get(url_name, ())


def data_of(world: "World", url_name: str, thing: str) -> Mapping[str, Any]:
    """Return what is sent: always what would be right for somebody with the right."""
    code = {"unit": "29863", "city": "866"}.get(thing, "")
    key, match = {"Idempotency-Key": "matrix-key"}, {"If-Match": f'"{world.returns["draft"].revision}"'}
    known: dict[str, Mapping[str, Any]] = {
        "api-return-draft": {"headers": match, "cells": {"support.houses:new": {"value": 5}}},
        "api-return-submit": {"headers": match | key},
        "api-return-workbook": {"headers": match, "file": b"PK"},
        "api-return-rows": {
            "headers": key,
            "form": world.returns["draft"].round.form.code,
            "period": "2021Q2",
            "rows": ROWS,
        },
        "api-voucher-draft": {"headers": key, **VOUCHER},
        "api-voucher-post": {"headers": key | {"If-Match": '"1"'}},
        "api-recommendation-answer": {"headers": key | {"If-Match": '"2"'}, "outcome": "whole", "text": "Đã niêm yết."},
        "api-public-figures": {"query": "?programme=500"},
        "api-data-value-sets": {"query": exchange_world.QUERY, **exchange_world.SET},
        "api-login": {"username": "nobody", "password": "wrong-password"},
        "api-figures": {"query": f"?indicator=support.houses&unit={code}&period=2022"},
    }
    return known.get(url_name, {})
