"""How a request proves whom it speaks for, and the few steps that every endpoint takes."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema
from ninja.security import HttpBearer

from chungtay.accounts.models import User
from chungtay.api import problems, rules, selectors, services
from chungtay.web import clock

KEY = re.compile(r"[!-~]{8,100}")
KEY_HEADER: dict[str, Any] = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "Khóa do bên gọi chọn cho đúng một việc; gửi lại cùng khóa và nội dung thì nhận lại trả lời cũ.",
    "schema": {"type": "string", "pattern": "^[!-~]{8,100}$"},
}
MATCH_HEADER: dict[str, Any] = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "ETag của bản mà thay đổi này dựa vào; đã có người sửa thì trả 412.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}(\\.[0-9a-f]{1,32})?"$'},
}


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


class LetIn(HttpRequest):
    """A request that one of the doors above let in: ninja writes there what the door returned."""

    auth: selectors.Caller


def caller_of(request: HttpRequest) -> selectors.Caller:
    """Return whose token, and which, came with a request that one of the doors above let in."""
    return cast(LetIn, request).auth


def user_of(request: HttpRequest) -> User:
    """Return whose token came with a request that one of the doors above let in."""
    return caller_of(request).user


def key_of(request: HttpRequest) -> str:
    """Return the key that the caller chose for this one act. Raises Refused when there is none, or none of its form."""
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise problems.Refused(
            400,
            "key_needed",
            "Thiếu đầu mục Idempotency-Key, hoặc không đúng 8 đến 100 ký tự ASCII. Mỗi việc dùng một khóa mới.",
            "The header Idempotency-Key is missing or is not 8 to 100 ASCII characters. Use a new one for each act.",
        )
    return key


def once(
    request: HttpRequest, body: Schema | str | None, do: Callable[[], services.Reply], now: datetime
) -> HttpResponse:
    """Answer a write that is done at most once for the caller's key, which stands in the header; of a file `body` is its hash.

    Raises Refused without a key.
    """
    key = key_of(request)
    sent = body.model_dump(mode="json") if isinstance(body, Schema) else body
    action = f"{request.method} {request.get_full_path()}"
    return answered(services.answer_once(key=key, action=action, body=sent, do=do, now=now, by=user_of(request)))


def revision_of(request: HttpRequest) -> int:
    """Return on which revision a change is based, by the header If-Match. Raises Refused."""
    said = request.headers.get("If-Match", "")
    found = re.fullmatch(r'"(\d{1,9})(?:\.[0-9a-f]{1,32})?"', said, flags=re.ASCII)
    if found is None:
        raise problems.Refused(
            400,
            "match_needed",
            "Thiếu đầu mục If-Match với ETag của bản bạn đã đọc, hoặc không phải ETag của API này. Hãy đọc lại rồi gửi kèm ETag.",
            "The header If-Match with the ETag that you read is missing or is none of ours; it keeps others' changes safe.",
        )
    return int(found[1])


def tag_of(revision: int, *more: object) -> dict[str, str]:
    """Return the header ETag of a thing at a revision; `more`: what else is shown and may change."""
    return {"ETag": f'"{revision}.{rules.body_hash(*more)[:12]}"'}


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
