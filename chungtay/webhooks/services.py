"""What people, the timer and the command line do with webhooks."""

from datetime import datetime

from chungtay.webhooks.outbox import MOST, Sent, send_due, send_one
from chungtay.webhooks.registering import (
    BadHook,
    NotResent,
    forget_old,
    queue_test,
    register_hook,
    resend,
    rotate_secret,
)
from chungtay.webhooks.spreading import spread
from chungtay.webhooks.stopping import HookMovedOn, move_hook

__all__ = [
    "BadHook",
    "HookMovedOn",
    "NotResent",
    "forget_old",
    "move_hook",
    "queue_test",
    "register_hook",
    "resend",
    "rotate_secret",
    "send_due",
    "send_one",
    "send_round",
    "spread",
]


def send_round(*, now: datetime, most: int = MOST) -> Sent:
    """Make messages of what happened since and send what is due: one turn of the timer."""
    told = spread(now=now)
    done = send_due(now=now, most=most)
    done.told = told
    return done
