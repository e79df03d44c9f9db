"""Reminders before and after deadlines, and word to the level above: each is recorded once, whoever asks how often."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.notices.chains import Step, with_above
from chungtay.notices.selectors import Chains
from chungtay.places import selectors as places
from chungtay.places.models import Body
from chungtay.places.rules import Tree
from chungtay.programmes.models import Programme
from chungtay.tasks import words
from chungtay.tasks.models import Duty, Reminder, ReminderSetting, Task
from chungtay.tasks.rules import USUAL_DAYS, BadRule, Due, Notice, State, due_notices, read_days


@transaction.atomic
def set_reminders(
    *, programme: Programme, before: str, escalate_after: int, now: datetime, by: User
) -> ReminderSetting:
    """Choose the days ("7, 3, 1") and how late the level above is told. Raises NotAllowed, BadRule."""
    access.require(by, "approve", Matter("task", programme.area_id, State.DRAFT), on=localdate(now))
    days = ", ".join(map(str, read_days(before)))
    if not 1 <= escalate_after <= 365:
        raise BadRule("Số ngày trễ để báo cấp trên từ 1 đến 365. Hãy sửa lại.")
    said, _ = ReminderSetting.objects.update_or_create(
        programme=programme, defaults={"before": days, "escalate_after": escalate_after}
    )
    data = {"before": days, "escalate_after": escalate_after}
    audit.record("tasks.reminders.set", obj=said, area_id=programme.area_id, data=data, now=now, by=by)
    return said


def setting_of(programme: Programme) -> tuple[tuple[int, ...], int | None]:
    """Return the days before a deadline that hold for a programme, its own or the usual ones, and after how many days of lateness
    its level above is told; None: as the chain holds at the place that is late."""
    said = ReminderSetting.objects.filter(programme=programme).first()
    return (read_days(said.before), said.escalate_after) if said else (USUAL_DAYS, None)


def late_steps(area_id: UUID, escalate_after: int | None, chains: Chains) -> tuple[Step, ...]:
    """Return who hears of a task that is late at a place, and when: the chain, unless the programme says when the level above does."""
    steps = chains.at(words.OVERDUE.code, area_id).steps
    return steps if escalate_after is None else with_above(steps, escalate_after)


def remind(*, now: datetime) -> list[Reminder]:
    """Record what is due to be said by now and was not said yet; return it. Run it as often as you like."""
    today = localdate(now)
    tree, chains = places.tree_on(today), Chains(today)
    found: list[Reminder] = []
    for programme in Programme.objects.filter(tasks__state=State.ACTIVE).distinct():
        before, escalate_after = setting_of(programme)
        tasks = Task.objects.filter(programme=programme, state=State.ACTIVE).select_related("programme", "lead")
        duties = Duty.objects.filter(task__programme=programme, task__state__in=[State.ACTIVE, State.REPORTED])
        duties = duties.filter(state=State.ACTIVE).select_related("task__programme", "body")
        owed = [(task, None, task.lead, task.deadline) for task in tasks]
        parts = [(duty.task, duty, duty.body, duty.deadline) for duty in duties]
        found += [
            _reminder(task, duty, body, deadline, due, tree, now)
            for task, duty, body, deadline in (*owed, *parts)
            for due in due_notices(deadline, today, before, late_steps(body.area_id, escalate_after, chains))
        ]
    return _kept(found, now)


def _reminder(
    task: Task, duty: Duty | None, body: Body, deadline: date, due: Due, tree: Tree, now: datetime
) -> Reminder:
    area_id = _above(body.area_id, task, tree) if due.notice is Notice.ESCALATED else body.area_id
    # A late step is the same step when the chain moves its day: it is not said again.
    said = f"{due.notice}/{due.days}" if due.notice is Notice.BEFORE else due.notice
    key = f"{task.pk}/{duty.pk if duty else ''}/{said}/{deadline.isoformat()}"
    return Reminder(
        key=key,
        task=task,
        duty=duty,
        body=body,
        area_id=area_id,
        notice=due.notice,
        days=due.days,
        deadline=deadline,
        at=now,
    )


def _above(area_id: UUID, task: Task, tree: Tree) -> UUID:
    """The place above the body's on today's map; at the top, and for a unit that ended, the plan's own."""
    parent = tree.node(area_id).parent_id if area_id in tree else None
    return parent or task.programme.area_id


@transaction.atomic
def _kept(found: Iterable[Reminder], now: datetime) -> list[Reminder]:
    wanted = {one.key: one for one in found}
    known = set(Reminder.objects.filter(key__in=wanted).values_list("key", flat=True))
    fresh = [one for key, one in wanted.items() if key not in known]
    if not fresh:
        return []
    before = Reminder.objects.count()
    Reminder.objects.bulk_create(fresh, ignore_conflicts=True)
    counted = Reminder.objects.count() - before
    audit.record("tasks.reminders.recorded", data={"count": counted}, now=now, by=None)
    said = Reminder.objects.filter(key__in=[one.key for one in fresh]).select_related("task", "body").order_by("id")
    kept = list(said)
    words.tell_reminders(kept)
    return kept
