"""Sending what is queued: claimed first, sent then, confirmed last, each step committed before the next.

Between the claim and the confirmation nobody can know whether a message has left: a sender may die after handing it over. Such a
message is never sent again by itself. When its lease is over, or a server went away before it answered, it stands as uncertain, and
a person decides, with a reason; mail bears the same Message-ID then. So a message leaves at most once for every claim, and no claim
is made twice.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.notices.channels import PerhapsSent, channel_of
from chungtay.notices.models import Delivery, DeliveryAct
from chungtay.notices.rules import LEASE, TURNS, Act, State, after_failure
from chungtay.notices.telling import settings_of

AT_ONCE = 20
_log = logging.getLogger(__name__)


class CannotResend(DomainError):
    """A message that is on its way, or has arrived, is not sent again."""


@dataclass
class Sent:
    """What a pass did."""

    sent: int = 0
    again: int = 0
    failed: int = 0
    uncertain: int = 0


def send_due(*, now: datetime, most: int = 10_000) -> Sent:
    """Send everything whose time has come, once round; messages of senders that are gone become uncertain first.

    Several may run at once: each takes what no other has taken. The time stands still within a pass.
    """
    done = Sent(uncertain=_lose(now))
    left = most
    while left > 0 and (claimed := _claim(now, min(AT_ONCE, left))):
        left -= len(claimed)
        people = settings_of({one.to_id for one in claimed})
        for one in claimed:
            channel = channel_of(one.channel)
            address = channel.address_of(people[one.to_id]) if channel else ""
            error, is_lost = "", False
            try:
                if channel is None or not address:
                    raise LookupError("Người nhận không còn địa chỉ, hoặc đường gửi đã bỏ.")
                channel.send(one, address)
            except PerhapsSent as problem:
                error, is_lost = str(problem), True
            except Exception as problem:  # noqa: BLE001  # whatever a foreign server does, the others go on
                _log.warning("A message did not leave: %s", type(problem).__name__)
                error = str(problem)[:300] or type(problem).__name__
            _confirm(one.pk, error, now, done, is_lost)
    return done


@transaction.atomic
def _claim(now: datetime, most: int) -> list[Delivery]:
    due = Delivery.objects.filter(state=State.QUEUED, due_at__lte=now).order_by("due_at", "id")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(of=("self",), skip_locked=True)
    claimed = list(due[:most])
    taken = Delivery.objects.filter(pk__in=[one.pk for one in claimed], state=State.QUEUED)
    taken.update(state=State.CLAIMED, lease_until=now + LEASE)
    _note((one.pk for one in claimed), Act.CLAIM, now)
    return claimed


@transaction.atomic
def _confirm(pk: UUID, error: str, now: datetime, done: Sent, is_lost: bool = False) -> None:
    row = Delivery.objects.select_for_update(of=("self",)).get(pk=pk)
    if row.state != State.CLAIMED:
        return  # its lease was over before it was confirmed: a person looks at it
    row.lease_until, row.tries = None, row.tries + 1
    act, wait = (Act.SEND, timedelta(0)) if not error else after_failure(row.tries)
    if is_lost:
        act, wait = Act.LOSE, timedelta(0)
    row.state = TURNS[State.CLAIMED, act]
    row.sent_at = now if act is Act.SEND else None
    row.error, row.due_at = error, now + wait if act is Act.RETRY else row.due_at
    row.save()
    _note([pk], act, now, error)
    done.sent += act is Act.SEND
    done.again += act is Act.RETRY
    done.failed += act is Act.GIVE_UP
    done.uncertain += act is Act.LOSE


@transaction.atomic
def _lose(now: datetime) -> int:
    late = Delivery.objects.select_for_update(of=("self",)).filter(state=State.CLAIMED, lease_until__lt=now)
    lost = [row.pk for row in late.order_by("id")]
    Delivery.objects.filter(pk__in=lost).update(state=State.UNCERTAIN, lease_until=None)
    _note(lost, Act.LOSE, now)
    return len(lost)


@transaction.atomic
def resend(*, delivery: Delivery, reason: str, now: datetime, by: User) -> Delivery:
    """Queue a failed or uncertain message again, by somebody's decision. Raises CannotResend and what `access.require` raises."""
    day = localdate(now)
    place = access.home_area(delivery.to, day) or access.home_area(by, day)
    access.require(by, "resend", Matter("notice", place or UUID(int=0)), on=day)
    row = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    state = TURNS.get((State(row.state), Act.RESEND))
    if state is None:
        raise CannotResend("Thư này đã gửi, hoặc đang chờ gửi. Hãy tải lại trang để xem trạng thái mới nhất.")
    if not reason.strip():
        raise CannotResend("Chưa ghi vì sao gửi lại. Ví dụ: người nhận báo chưa thấy thư.")
    row.state, row.due_at, row.tries, row.error = state, now, 0, ""
    row.save()
    DeliveryAct.objects.create(delivery=row, act=Act.RESEND, note=reason.strip()[:300], at=now, by=by)
    audit.record("notices.delivery.resent", data={"delivery": row.pk, "reason": reason.strip()}, now=now, by=by)
    return row


def _note(ids: Iterable[UUID], act: Act, now: datetime, note: str = "") -> None:
    DeliveryAct.objects.bulk_create(DeliveryAct(delivery_id=pk, act=act, note=note, at=now) for pk in ids)
