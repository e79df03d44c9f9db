"""Sending messages: claimed first, sent then, confirmed last, each step committed before the next.

Whoever is killed between the sending and the confirmation leaves a claim whose lease ends; then the message is sent again under the same
id, so that it arrives at least once and a receiver recognises a second one. Several senders may run at once.
"""

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.kernel.errors import DomainError
from chungtay.sealing.seals import DoesNotOpen
from chungtay.webhooks import posting, rules
from chungtay.webhooks.addresses import target_of
from chungtay.webhooks.models import Delivery, Hook
from chungtay.webhooks.rules import GONE, LEASE, TURNS, Act, HookState, State
from chungtay.webhooks.selectors import signing_secrets, told_areas
from chungtay.webhooks.spreading import NO_RIGHT
from chungtay.webhooks.stopping import stop_hook

MOST = 500
"""Messages of one pass: the time of day that a pass is told stays near the true one."""
_log = logging.getLogger(__name__)


@dataclass
class Sent:
    """What a pass did: `told` events became messages, `sent` messages arrived, `again` wait for another try, `stopped` addresses."""

    told: int = 0
    sent: int = 0
    again: int = 0
    failed: int = 0
    stopped: int = 0


@dataclass(frozen=True)
class _Outcome:
    """What one try came to. answer: None when nobody answered."""

    answer: posting.Answer | None
    error: str

    @property
    def has_arrived(self) -> bool:
        return self.answer is not None and 200 <= self.answer.status < 300


def send_due(*, now: datetime, most: int = MOST) -> Sent:
    """Send everything whose time has come, once round. An address that does not answer is left alone for the rest of the pass."""
    _lose(now)
    done, began = Sent(), time.monotonic()
    for hook in Hook.objects.filter(state=HookState.ACTIVE).select_related("owner").order_by("at", "id"):
        is_heard: bool | None = None  # asked once a pass, and only where there is something to send
        while most > 0 and (one := _claim(hook, now, began)):
            most -= 1
            is_heard = _may_hear(hook, now) if is_heard is None else is_heard
            if not _try(hook, one, now, began, done, is_heard=is_heard):
                break
    return done


def send_one(*, delivery: Delivery, now: datetime) -> bool:
    """Send one message at once, if nobody else has taken it; return whether it arrived."""
    began = time.monotonic()
    one = _claim(delivery.hook, now, began, delivery.pk)
    done = Sent()
    return (
        one is not None
        and _try(delivery.hook, one, now, began, done, is_heard=_may_hear(delivery.hook, now))
        and done.sent == 1
    )


def _may_hear(hook: Hook, now: datetime) -> bool:
    """Return whether an address's owner may still see anything for it."""
    return bool(told_areas(hook, access.keys_of(hook.owner, on=localdate(now))))


def _moment(now: datetime, began: float) -> datetime:
    return now + timedelta(seconds=int(time.monotonic() - began))


@transaction.atomic
def _claim(hook: Hook, now: datetime, began: float, only: UUID | None = None) -> Delivery | None:
    due = Delivery.objects.filter(hook=hook, hook__state=HookState.ACTIVE, state=State.QUEUED, due_at__lte=now)
    if only is not None:
        due = due.filter(pk=only)
    due = due.order_by("due_at", "event_id", "id")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(of=("self",), skip_locked=True)
    one = due.first()
    if one is None:
        return None
    one.state, one.lease_until = TURNS[State.QUEUED, Act.CLAIM], _moment(now, began) + LEASE
    one.tries, one.claims = one.tries + 1, one.claims + 1
    one.save(update_fields=["state", "lease_until", "tries", "claims"])
    return one


def _try(hook: Hook, one: Delivery, now: datetime, began: float, done: Sent, *, is_heard: bool) -> bool:
    """Send a claimed message and confirm what came of it; return whether the address answers at all."""
    try:
        outcome = _sent(hook, one, _moment(now, began)) if is_heard else _Outcome(None, NO_RIGHT)
    except Exception as problem:  # noqa: BLE001  # whatever a foreign server does, the others go on
        _log.warning("A webhook was not sent: %s", type(problem).__name__)
        outcome = _Outcome(None, f"Lỗi khi gửi ({type(problem).__name__}).")
    _confirm(one, outcome, now, done)
    return outcome.answer is not None


def _sent(hook: Hook, one: Delivery, moment: datetime) -> _Outcome:
    timestamp = int(moment.timestamp())
    try:
        secrets = signing_secrets(hook, moment)
        headers = {
            "User-Agent": "ChungTay-Webhooks/1",
            "webhook-id": one.message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": rules.signed(secrets, one.message_id, timestamp, one.body),
        }
        answer = posting.post(target_of(hook.url), one.body, headers)
    except DoesNotOpen:
        return _Outcome(None, "Không mở được khóa ký bằng khóa hiện tại của hệ thống. Hãy báo quản trị hệ thống.")
    except (DomainError, posting.NotReached) as wrong:
        return _Outcome(None, str(wrong))
    if 200 <= answer.status < 300:
        return _Outcome(answer, "")
    if 300 <= answer.status < 400:
        return _Outcome(answer, f"Máy nhận trả {answer.status} (chuyển hướng); webhook không đi theo chuyển hướng.")
    return _Outcome(answer, f"Máy nhận trả {answer.status}.")


@transaction.atomic
def _confirm(claimed: Delivery, outcome: _Outcome, now: datetime, done: Sent) -> None:
    hook = Hook.objects.select_for_update().get(pk=claimed.hook_id)
    row = Delivery.objects.select_for_update(of=("self",)).get(pk=claimed.pk)
    if row.state != State.CLAIMED or row.claims != claimed.claims:
        return  # its lease was over before it was confirmed: it is somebody else's by now
    answer = outcome.answer
    is_gone = answer is not None and answer.status == GONE
    act, wait = Act.ARRIVE, timedelta(0)
    if is_gone:
        act = Act.GIVE_UP
    elif not outcome.has_arrived:
        act, wait = rules.after_failure(row.tries, salt=row.message_id, asked_for=answer.wait if answer else 0)
    row.state, row.lease_until, row.tried_at, row.error = TURNS[State.CLAIMED, act], None, now, outcome.error[:300]
    row.status, row.said = (answer.status, rules.excerpt(answer.body)) if answer else (None, "")
    row.arrived_at = now if act is Act.ARRIVE else None
    row.due_at = now + wait if act is Act.RETRY else row.due_at
    row.save()
    done.sent += act is Act.ARRIVE
    done.again += act is Act.RETRY
    done.failed += act is Act.GIVE_UP
    if why := _why_stop(hook, row, outcome, act, is_gone=is_gone):
        stop_hook(hook, why, now)
        done.stopped += hook.state == HookState.STOPPED


def _why_stop(hook: Hook, row: Delivery, outcome: _Outcome, act: Act, *, is_gone: bool) -> str:
    """Return why an address is not told anything any more, "" when it goes on."""
    if is_gone:
        return "Máy nhận trả 410: địa chỉ này không còn nhận tin."
    if outcome.error == NO_RIGHT:
        return NO_RIGHT
    if act is Act.GIVE_UP and not hook.deliveries.filter(state=State.ARRIVED, arrived_at__gte=row.at).exists():
        return f"Không tin nào tới được máy nhận trong khoảng ba ngày. Lần cuối: {outcome.error}"
    return ""


@transaction.atomic
def _lose(now: datetime) -> None:
    """Queue again what was claimed by somebody who is gone; a try that is lost counts as one."""
    late = Delivery.objects.select_for_update(of=("self",)).filter(state=State.CLAIMED, lease_until__lt=now)
    ids = [row.pk for row in late.order_by("id")]
    if ids:
        Delivery.objects.filter(pk__in=ids).update(
            state=TURNS[State.CLAIMED, Act.LOSE], lease_until=None, due_at=now, error="Bị ngắt khi đang gửi; gửi lại."
        )
