"""A task or a duty is reported as done by the body whose part it is, and confirmed by somebody else."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text
from chungtay.tasks.linking import announce, lock_plans
from chungtay.tasks.models import Act, Duty, Extension, Task
from chungtay.tasks.rules import NotNow, State, Verb, check_reason, step
from chungtay.tasks.writing import locked


class BadDay(DomainError):
    """The day of completion or the new deadline cannot be."""


RIGHTS = {
    Verb.REPORT: "report",
    Verb.CONFIRM: "complete",
    Verb.DECLINE: "complete",
    Verb.REOPEN: "complete",
    Verb.EXTEND: "extend",
}


def matter_of(thing: Task | Duty, verb: Verb) -> Matter:
    """Return what rights are asked about: a report belongs to the body's place, all else to the plan's."""
    task = thing if isinstance(thing, Task) else thing.task
    body = thing.lead if isinstance(thing, Task) else thing.body
    area_id = body.area_id if verb in (Verb.REPORT, Verb.PROVE) else task.programme.area_id
    authors = frozenset({thing.reported_by_id} if thing.reported_by_id else ())
    return Matter("task", area_id, thing.state, authors)


@transaction.atomic
def move(
    *,
    task: Task,
    verb: Verb,
    duty: Duty | None = None,
    note: str = "",
    finished_on: date | None = None,
    revision: int | None = None,
    now: datetime,
    by: User,
) -> Task:
    """Report, confirm, decline or reopen a task, or one of its duties.

    finished_on: the day the work was done, only when reporting; today when not given. Raises NotAllowed (also for one's own
    report), NotNow, ReasonMissing, BadDay, ChangedMeanwhile.
    """
    row = locked(task, revision)
    thing: Task | Duty = row
    if duty is not None:
        thing = Duty.objects.select_for_update(of=("self",)).select_related("body").get(pk=duty.pk, task=row)
        thing.task = row
        _task_is_under_way(row)
    today = localdate(now)
    access.require(by, RIGHTS[verb], matter_of(thing, verb), on=today)
    said = check_reason(verb, note)
    after = step(State(thing.state), verb, what="phần việc" if duty else "nhiệm vụ")
    if verb is Verb.REPORT:
        day = finished_on or today
        if not row.starts_on <= day <= today:
            raise BadDay(f"Ngày xong phải từ {date_text(row.starts_on)} (ngày bắt đầu) đến hôm nay. Hãy sửa ngày xong.")
        thing.finished_on, thing.reported_by = day, by
    elif after is State.ACTIVE:
        thing.finished_on = None
    if duty is None and verb is Verb.CONFIRM:
        _no_duty_is_open(row)
    thing.state = after
    thing.save()
    row.revision += 1
    row.save(update_fields=["revision"])
    day_said = thing.finished_on if verb is Verb.REPORT else None
    Act.objects.create(task=row, duty=duty, verb=verb, state=after, finished_on=day_said, note=said, at=now, by=by)
    data = {"duty": duty.pk if duty else None, "note": said, "finished_on": day_said}
    area = row.access_area_id
    audit.record(f"tasks.task.{PAST[verb]}", obj=row, area_id=area, data=data, now=now, by=by)
    return row


PAST = {Verb.REPORT: "reported", Verb.CONFIRM: "confirmed", Verb.DECLINE: "declined", Verb.REOPEN: "reopened"}


def _task_is_under_way(row: Task) -> None:
    if row.state not in (State.ACTIVE, State.REPORTED):
        raise NotNow(
            "Nhiệm vụ chưa được duyệt hoặc đã kết thúc nên phần việc không thay đổi được. Hãy xem lại trạng thái."
        )


def _no_duty_is_open(row: Task) -> None:
    waiting = [str(duty.body) for duty in row.duties.exclude(state=State.DONE).select_related("body")]
    if waiting:
        raise NotNow(
            f"Còn phần việc chưa xác nhận xong: {', '.join(waiting)}. Hãy xác nhận các phần đó trước, rồi xác nhận nhiệm vụ."
        )


@transaction.atomic
def extend(
    *,
    task: Task,
    duty: Duty | None = None,
    until: date,
    reason: str,
    revision: int | None = None,
    now: datetime,
    by: User,
) -> Extension:
    """Move a deadline later, keeping both days and who granted it. Raises NotAllowed, NotNow, ReasonMissing, BadDay."""
    if duty is None:
        lock_plans(task)
    row = locked(task, revision)
    thing: Task | Duty = row
    if duty is not None:
        _task_is_under_way(row)
        thing = Duty.objects.select_for_update(of=("self",)).select_related("body").get(pk=duty.pk, task=row)
        thing.task = row
    access.require(by, "extend", matter_of(thing, Verb.EXTEND), on=localdate(now))
    said = check_reason(Verb.EXTEND, reason)
    step(State(thing.state), Verb.EXTEND, what="phần việc" if duty else "nhiệm vụ")
    if until <= thing.deadline:
        raise BadDay(f"Hạn mới phải sau hạn đang có ({date_text(thing.deadline)}). Hãy chọn ngày muộn hơn.")
    if duty is not None and until > row.deadline:
        raise BadDay(
            f"Hạn phần việc không thể sau hạn của nhiệm vụ ({date_text(row.deadline)}). Hãy gia hạn nhiệm vụ trước."
        )
    if until > row.programme.ends_on:
        raise BadDay(
            f"Hạn mới nằm sau ngày chương trình kết thúc ({date_text(row.programme.ends_on)}). Hãy chọn ngày sớm hơn."
        )
    made = Extension.objects.create(task=row, duty=duty, before=thing.deadline, after=until, reason=said, at=now, by=by)
    thing.deadline = until
    thing.save(update_fields=["deadline"])
    row.revision += 1
    row.save(update_fields=["revision"])
    data = {"duty": duty.pk if duty else None, "before": made.before, "after": until, "reason": said}
    audit.record("tasks.task.extended", obj=row, area_id=row.access_area_id, data=data, now=now, by=by)
    if duty is None:
        announce(made)
    return made
