"""A task is written by one person and approved by another, who leads at the plan's place."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.programmes.models import Programme
from chungtay.tasks.drafts import Plan, check_plan, search_text
from chungtay.tasks.models import Act, Duty, Series, Task, TaskIndicator
from chungtay.tasks.rules import Kind, State, Verb, check_reason, occurrences, step


class ChangedMeanwhile(DomainError):
    """Somebody else wrote first."""


class NothingToApprove(DomainError):
    """No draft of the plan is there that this person may approve."""


def locked(task: Task, revision: int | None = None) -> Task:
    """Return the row under its lock. Raises ChangedMeanwhile when it is not at the revision that the person saw."""
    row = Task.objects.select_for_update(of=("self",)).select_related("programme", "lead").get(pk=task.pk)
    if revision is not None and row.revision != revision:
        raise ChangedMeanwhile(
            f"{row.label} vừa được người khác thay đổi. Hãy tải lại trang, xem lại rồi làm tiếp; chưa có gì bị ghi đè."
        )
    return row


@transaction.atomic
def write_task(*, programme: Programme, plan: Plan, now: datetime, by: User) -> list[Task]:
    """Write a task as a draft, a recurring one as all of its occurrences. Raises BadPlan, BadRule, NotAllowed."""
    access.require(by, "edit", Matter("task", programme.area_id, State.DRAFT), on=localdate(now))
    check_plan(plan, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)  # numbers are counted under its lock
    last: int = Task.objects.filter(programme=programme).aggregate(last=Max("number"))["last"] or 0
    series = None
    days = [plan.due_on]
    if plan.every is not None and plan.until is not None:
        days = occurrences(plan.due_on, plan.every, plan.until)
        series = Series.objects.create(every=plan.every, until=plan.until)
    made = [_made(programme, plan, series, day, last + at, by) for at, day in enumerate(days, 1)]
    for task in made:
        Act.objects.create(task=task, verb=Verb.EDIT, state=State.DRAFT, at=now, by=by)
        data = {"label": task.label, "lead": task.lead_id, "due_on": task.due_on}
        audit.record("tasks.task.written", obj=task, area_id=programme.area_id, data=data, now=now, by=by)
    return made


def _made(programme: Programme, plan: Plan, series: Series | None, due: date, number: int, by: User) -> Task:
    shift = due - plan.due_on
    task = Task.objects.create(
        programme=programme,
        number=number,
        series=series,
        starts_on=plan.starts_on + shift,
        due_on=due,
        deadline=due,
        state=State.DRAFT,
        written_by=by,
        **_agreed(plan),
    )
    _fill(task, plan, shift)
    return task


def _agreed(plan: Plan) -> dict[str, object]:
    return {
        "area_of_work": plan.area_of_work,
        "title": plan.title.strip(),
        "product": plan.product.strip(),
        "kind": plan.kind,
        "lead": plan.lead,
        "search": search_text(plan),
    }


def _fill(task: Task, plan: Plan, shift: timedelta) -> None:
    Duty.objects.bulk_create(
        Duty(task=task, body=p.body, what=p.what.strip(), due_on=p.due_on + shift, deadline=p.due_on + shift)
        for p in plan.parts
    )
    TaskIndicator.objects.bulk_create(
        TaskIndicator(task=task, indicator=aim.indicator, period_code=aim.period_code, target=aim.target)
        for aim in plan.aims
    )


@transaction.atomic
def rewrite_task(*, task: Task, plan: Plan, revision: int, now: datetime, by: User) -> Task:
    """Change a draft; what it was stays in the audit. Raises ChangedMeanwhile, NotNow, BadPlan, NotAllowed."""
    row = locked(task, revision)
    access.require(by, "edit", Matter("task", row.access_area_id, row.state), on=localdate(now))
    step(State(row.state), Verb.EDIT)
    if (plan.kind is Kind.RECURRING) != (row.series_id is not None):
        raise ChangedMeanwhile("Không đổi được giữa định kỳ và một lần. Hãy hủy nhiệm vụ này rồi lập nhiệm vụ mới.")
    kept = Plan(**{**vars(plan), "every": row.series.every, "until": row.series.until}) if row.series else plan
    check_plan(kept, row.programme)
    before = {"title": row.title, "product": row.product, "lead": row.lead_id, "due_on": row.due_on}
    for name, value in _agreed(plan).items():
        setattr(row, name, value)
    row.starts_on, row.due_on, row.deadline, row.written_by = plan.starts_on, plan.due_on, plan.due_on, by
    row.revision += 1
    row.save()
    Duty.objects.filter(task=row).delete()
    TaskIndicator.objects.filter(task=row).delete()
    _fill(row, plan, timedelta())
    Act.objects.create(task=row, verb=Verb.EDIT, state=row.state, at=now, by=by)
    audit.record("tasks.task.rewritten", obj=row, area_id=row.access_area_id, data={"was": before}, now=now, by=by)
    return row


@transaction.atomic
def approve_tasks(*, programme: Programme, tasks: Iterable[Task] | None = None, now: datetime, by: User) -> list[Task]:
    """Approve drafts of a plan, all of them when none is named; those that the person wrote stay for somebody else.

    Raises NotAllowed for a named one, NothingToApprove when nothing is left.
    """
    today = localdate(now)
    rows = Task.objects.select_for_update(of=("self",)).filter(programme=programme, state=State.DRAFT)
    if tasks is not None:
        rows = rows.filter(pk__in=[task.pk for task in tasks])
    found = list(rows.select_related("programme").order_by("number"))
    keys = access.keys_of(by, on=today)
    mine = [row for row in found if keys.can("approve", row)]
    if found and not mine:
        access.require(by, "approve", found[0], on=today)
    if not mine:
        raise NothingToApprove("Không còn nhiệm vụ nào chờ duyệt trong kế hoạch này. Hãy tải lại trang.")
    for row in mine:
        row.state = step(State.DRAFT, Verb.APPROVE)
        row.revision += 1
        row.save(update_fields=["state", "revision"])
        Act.objects.create(task=row, verb=Verb.APPROVE, state=row.state, at=now, by=by)
        audit.record(
            "tasks.task.approved", obj=row, area_id=row.access_area_id, data={"label": row.label}, now=now, by=by
        )
    return mine


@transaction.atomic
def cancel_task(*, task: Task, reason: str, revision: int, now: datetime, by: User) -> Task:
    """Give a task up, with the reason. A draft by whoever may write it, an approved one by whoever may approve."""
    row = locked(task, revision)
    right = "edit" if row.state == State.DRAFT else "cancel"
    access.require(by, right, Matter("task", row.access_area_id, row.state), on=localdate(now))
    said = check_reason(Verb.CANCEL, reason)
    row.state = step(State(row.state), Verb.CANCEL)
    row.revision += 1
    row.save(update_fields=["state", "revision"])
    Act.objects.create(task=row, verb=Verb.CANCEL, state=row.state, note=said, at=now, by=by)
    audit.record("tasks.task.cancelled", obj=row, area_id=row.access_area_id, data={"reason": said}, now=now, by=by)
    return row
