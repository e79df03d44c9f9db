"""Deadlines of tasks as plans below follow them, and reminders as the staff home shows them."""

from datetime import date

from django.urls import reverse

from chungtay.kernel.text import date_text
from chungtay.programmes.models import Change, Programme
from chungtay.programmes.registry import BadAnswer, Carrying, Kind, register_kind
from chungtay.programmes.services import propose
from chungtay.tasks.models import Duty, Extension, Task
from chungtay.tasks.rules import Notice, State
from chungtay.tasks.selectors import reminders_for
from chungtay.web.waiting import Asked, Waiting

DEADLINE = "deadline"
SAID = {
    Notice.BEFORE: ("info", "Sắp đến hạn"),
    Notice.LATE: ("late", "Trễ hạn"),
    Notice.ESCALATED: ("late", "Báo cấp trên"),
}


def register() -> None:
    """Add the deadline of a task to what plans follow."""
    hint = "Ngày sớm hơn hạn của cấp trên, theo dạng ngày/tháng/năm."
    register_kind(DEADLINE, Kind("thời hạn", hint, _show, _read, _carry, passes_on=lambda change: False))


def lock_plans(task: Task) -> None:
    """Lock the plans below before the task is: whoever decides there locks in this order too."""
    list(Programme.objects.select_for_update(of=("self",)).filter(parent=task.programme_id).order_by("pk"))


def announce(made: Extension) -> None:
    """Put a later deadline of a task before the plans whose bodies lead it or have a part in it."""
    task = made.task
    duties = list(task.duties.select_related("body"))
    areas = {task.lead.area_id, *(duty.body.area_id for duty in duties)}
    plans = list(task.programme.plans.filter(area_id__in=areas))
    first = {
        plan.pk: max(duty.deadline for duty in duties if duty.body.area_id == plan.area_id).isoformat()
        for plan in plans
        if any(duty.body.area_id == plan.area_id for duty in duties)
    }
    propose(
        programme=task.programme,
        kind=DEADLINE,
        subject=str(task.pk),
        label=f"Hạn của {task.label}: {task.title}",
        before=made.before.isoformat(),
        after=made.after.isoformat(),
        basis=made.reason,
        plans=plans,
        held=first,
        now=made.at,
        by=made.by,
    )


def _show(change: Change, value: str) -> str:
    return date_text(date.fromisoformat(value))


def _read(change: Change, typed: str) -> str:
    try:
        day, month, year = (int(part) for part in typed.strip().split("/"))
        found = date(year, month, day)
    except ValueError:
        raise BadAnswer(
            f"“{typed}” không phải một ngày có trong lịch. Hãy ghi theo dạng ngày/tháng/năm, ví dụ 28/02/2023."
        ) from None
    task = Task.objects.get(pk=change.subject)
    if not task.starts_on <= found <= date.fromisoformat(change.after):
        raise BadAnswer(
            f"Hạn của địa phương phải từ {date_text(task.starts_on)} (ngày bắt đầu) đến {_show(change, change.after)} "
            "(hạn của cấp trên). Hãy chọn ngày khác."
        )
    return found.isoformat()


def _carry(one: Carrying) -> None:
    """Move the open parts of the plan's bodies to the day that was taken over; the level above has granted it."""
    until = date.fromisoformat(one.value)
    task = Task.objects.select_for_update(of=("self",)).get(pk=one.change.subject)
    duties = Duty.objects.select_for_update(of=("self",)).filter(
        task=task, body__area_id=one.plan.area_id, state=State.ACTIVE, deadline__lt=until
    )
    moved = list(duties)
    for duty in moved:
        Extension.objects.create(
            task=task, duty=duty, before=duty.deadline, after=until, reason=one.basis, at=one.now, by=one.by
        )
        duty.deadline = until
        duty.save(update_fields=["deadline"])
    if moved:
        task.revision += 1
        task.save(update_fields=["revision"])


def waiting(asked: Asked) -> list[Waiting]:
    """Return the newest reminder of each part that is still open, as a matter that waits."""
    found: dict[tuple[object, object], Waiting] = {}
    for row in reminders_for(asked.keys):
        state, label = SAID[Notice(row.notice)]
        part = row.duty.what if row.duty else row.task.title
        why = f"{row.body.name}, {row.task.label}. Hạn {date_text(row.deadline)}."
        url = reverse("task-detail", args=[row.task_id])
        one = Waiting(part, why, url, row.deadline, state, label, "Mở nhiệm vụ")
        found.setdefault((row.task_id, row.duty_id), one)
    return list(found.values())
