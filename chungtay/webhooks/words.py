"""What people are told of webhooks: that one was stopped."""

from datetime import datetime
from typing import cast

from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.notices.registry import register_kinds
from chungtay.notices.rules import Kind, Pace
from chungtay.notices.services import tell
from chungtay.webhooks.models import Hook

STOPPED = Kind("webhooks.stopped", "Webhook của cơ quan bị dừng", Pace.NOW)


def register() -> None:
    """Make the kind known."""
    register_kinds(STOPPED)


def tell_stopped(hook: Hook, now: datetime) -> int:
    """Tell who manages an office's webhooks that one was stopped and why; return how many were told."""
    people = access.people_who("manage", "webhook", hook.area_id, on=localdate(now))
    return tell(
        kind=STOPPED.code,
        to=[cast(User, one) for one in people],
        key=f"webhook/{hook.pk}/{now.isoformat()}",
        subject=f"Webhook “{hook.name}” bị dừng",
        text=f"{hook.why} Việc phát sinh từ nay được giữ lại, gửi tiếp khi webhook chạy lại.",
        url=reverse("hook-detail", args=[hook.pk]),
        area=hook.area_id,
        now=now,
        by=None,
    )
