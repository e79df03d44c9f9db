"""How a request proves whom it speaks for, and the few steps that every endpoint takes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.security import HttpBearer

from chungtay.accounts.models import User
from chungtay.api import problems, rules, selectors, services
from chungtay.web import clock

KEY_HEADER = "Idempotency-Key"


class Bearer(HttpBearer):
    """A live token of somebody who may still sign in, issued for `scope`."""

    def __init__(self, scope: rules.Scope = rules.Scope.READ) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> selectors.Caller | None:
        """Return who asks. Raises Refused for a token that was issued for something else."""
        caller = selectors.caller_of(token.strip(), now=clock.now())
        if caller is None:
            return None
        services.note_use(caller.token, on=clock.today())
        if self.scope not in caller.scopes:
            raise problems.scope_missing(self.scope)
        return caller


READ = Bearer()


def user_of(request: HttpRequest) -> User:
    """Return whose token came with a request that one of the doors above let in."""
    caller: selectors.Caller = request.auth  # type: ignore[attr-defined]
    return caller.user


def once(request: HttpRequest, key: str, body: object, do: Callable[[], services.Reply], now: datetime) -> HttpResponse:
    """Answer a write that is done at most once for the caller's key."""
    action = f"{request.method} {request.get_full_path()}"
    return answered(services.answer_once(key=key, action=action, body=body, do=do, now=now, by=user_of(request)))


def answered(reply: services.Reply) -> HttpResponse:
    """Return the answer of a write."""
    headers = {**reply.headers, **({"Idempotency-Replayed": "true"} if reply.is_repeated else {})}
    return as_json(reply.answer, reply.status, headers)


def as_json(body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Return JSON as everywhere here."""
    answer = JsonResponse(dict(body), status=status, json_dumps_params={"ensure_ascii": False})
    for name, value in (headers or {}).items():
        answer.headers[name] = value
    return answer
