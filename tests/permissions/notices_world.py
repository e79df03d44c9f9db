"""A notice to the clerk and a message to them that did not arrive."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from chungtay.notices.models import Delivery, Notice
from chungtay.notices.rules import State
from tests.cast import Cast

KEY = "matrix"


def args_of(cast: Cast, thing: str, now: datetime) -> tuple[Any, ...]:
    """Return the id of the clerk's notice or of the message, or the code of a chain."""
    if thing == "chain":
        return ("returns.late",)
    told = {"to": cast.clerk, "key": KEY, "subject": "Báo cáo bị trả lại"}
    if thing == "notice":
        more = {"kind": "returns.sent_back", "url": reverse("notice-inbox"), "words": "", "at": now}
        return (Notice.objects.get_or_create(**told, defaults=more)[0].pk,)
    more = {"channel": "email", "body": "Hai ô.", "state": State.FAILED, "at": now, "due_at": now}
    return (Delivery.objects.get_or_create(**told, defaults=more)[0].pk,)
