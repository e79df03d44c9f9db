"""How a case moves: fetched under its lock as the person saw it, the right asked for, one step of history and one event for each act."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.support import words
from chungtay.support.models import Case, CaseStep
from chungtay.support.rules import NEEDS_REASON, Act, State, after

ACTIONS: Mapping[Act, str] = {
    Act.PROPOSE: "propose",
    Act.VERIFY: "verify",
    Act.POST: "verify",
    Act.APPROVE: "approve",
    Act.FUND: "fund",
    Act.DELIVER: "deliver",
    Act.ACCEPT: "accept",
    Act.SEND_BACK: "send_back",
    Act.CANCEL: "cancel",
}
"""Which right of `rights.csv` an act asks for."""


class CaseMovedOn(DomainError):
    """Somebody else changed the case after it was shown."""


class ReasonNeeded(DomainError):
    """The act must say why."""


class BadDay(DomainError):
    """The day cannot be true."""


def locked(case: Case, action: str, revision: int, *, now: datetime, by: User) -> Case:
    """Return the case under its lock. Raises CaseMovedOn and what `access.require` raises."""
    row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if row.revision != revision:
        raise CaseMovedOn("Hồ sơ vừa được người khác cập nhật. Hãy tải lại trang để xem bản mới rồi làm tiếp.")
    access.require(by, action, row, on=localdate(now))
    return row


def past_day(day: date, now: datetime, *, not_before: date | None = None) -> date:
    """Return a day on which something happened. Raises BadDay when it has not come, or lies before what it follows."""
    if day > localdate(now):
        raise BadDay("Ngày ghi chưa tới. Hãy ghi ngày hôm nay hoặc trước đó.")
    if not_before is not None and day < not_before:
        raise BadDay(f"Ngày ghi đứng trước bước liền trước ({not_before:%d/%m/%Y}). Hãy sửa lại ngày.")
    return day


def move(
    row: Case,
    act: Act,
    *,
    day: date,
    now: datetime,
    by: User,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> CaseStep:
    """Take the act: the next state, one more revision, one step of history. Raises WrongTurn and ReasonNeeded.

    The caller holds the lock, has set what else changes, and calls `told` last.
    """
    if act in NEEDS_REASON and not reason.strip():
        raise ReasonNeeded("Chưa ghi lý do. Người lập hồ sơ sẽ đọc lý do này.")
    before = row.state
    row.state = after(State(row.state), act)
    return changed(row, act, before, day=day, reason=reason, data=data, now=now, by=by)


def changed(
    row: Case,
    act: Act,
    before: str,
    *,
    day: date,
    now: datetime,
    by: User,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> CaseStep:
    """Save the case with one more revision and add a step of history."""
    row.revision += 1
    row.changed_at = now
    row.save()
    return CaseStep.objects.create(
        case=row,
        act=act,
        state_before=before,
        state=row.state,
        day=day,
        reason=reason.strip(),
        data=dict(data or {}),
        revision=row.revision,
        at=now,
        by=by,
    )


def told(step: CaseStep, *, may_be_decided: bool = False) -> None:
    """Tell who has to know, then record the event: the last thing of its transaction, for the log is locked until commit."""
    row = step.case
    words.tell_step(step, may_be_decided=may_be_decided)
    data = {"case": str(row), "from": step.state_before, "to": step.state, "revision": step.revision, "day": step.day}
    audit.record(
        f"support.case.{PAST[Act(step.act)]}", obj=row, area_id=row.area_id, data=data, now=step.at, by=step.by
    )


PAST: Mapping[Act, str] = {
    Act.PROPOSE: "proposed",
    Act.VERIFY: "verified",
    Act.POST: "posted",
    Act.APPROVE: "approved",
    Act.FUND: "funded",
    Act.DELIVER: "delivered",
    Act.ACCEPT: "accepted",
    Act.SEND_BACK: "sent_back",
    Act.CANCEL: "cancelled",
}


def wrote(row: Case, by: User, *, anew: bool = False) -> None:
    """Remember that a person prepared what somebody else will decide; `anew` forgets who prepared the part before."""
    writers = [] if anew else list(row.writers)
    row.writers = list(dict.fromkeys([*writers, str(by.pk)]))
