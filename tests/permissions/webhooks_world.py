"""A webhook of the city, with a message that did not arrive."""

from datetime import datetime
from typing import Any

from chungtay.webhooks.models import Delivery, Hook
from chungtay.webhooks.rules import HookState, State
from tests.cast import Cast


def args_of(cast: Cast, url_name: str, now: datetime) -> tuple[Any, ...]:
    """Return the id of the webhook, and what else stands in the address."""
    told = {"url": "https://may-nhan.example/", "subjects": ["returns"], "state": HookState.ACTIVE, "cursor": 0}
    hook, _ = Hook.objects.get_or_create(
        area=cast.city, owner=cast.officer, name="Máy nhận", defaults=told | {"at": now, "changed_at": now}
    )
    if url_name == "hook-act":
        return hook.pk, "tam-dung"
    if url_name != "hook-resend":
        return (hook.pk,)
    sent = {"code": "returns.return.submitted", "body": "{}", "state": State.FAILED, "at": now, "due_at": now}
    return hook.pk, Delivery.objects.get_or_create(hook=hook, event_id=1, defaults=sent)[0].pk
