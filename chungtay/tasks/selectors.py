"""Reads of tasks: what a person may see, narrowed and sorted; who was late; how far it has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from chungtay.access.selectors import Keys
from chungtay.kernel.folding import fold
from chungtay.places.models import Body
from chungtay.programmes.models import Programme
from chungtay.tasks.models import Duty, Evidence, Extension, Letter, Meeting, Reminder, Task
from chungtay.tasks.models.acts import EvidenceKind
from chungtay.tasks.rules import OPEN, Late, Promise, State, attributed

SORTS = {"han": ("deadline", "number"), "so": ("number",), "tre": ("deadline", "number"), "ten": ("title", "number")}


@dataclass(frozen=True)
class Narrowing:
    """What a list of tasks is narrowed to; empty values do not narrow."""

    words: str = ""
    body_id: UUID | None = None
    area_of_work_id: int | None = None
    state: str = ""
    late_on: date | None = None
    sort: str = "han"


def tasks_seen_by(keys: Keys) -> QuerySet[Task]:
    """Return the tasks of plans in the person's sight, and those in which a body of their own place has a part."""
    areas = keys.areas_for("view", "task")
    parts = keys.areas_for("report", "task")
    mine = Q(programme__area_id__in=areas)
    if parts:
        mine |= Q(lead__area_id__in=parts) | Q(pk__in=Duty.objects.filter(body__area_id__in=parts).values("task_id"))
    return Task.objects.filter(mine).select_related("programme", "lead", "area_of_work", "series")


def in_family(tasks: QuerySet[Task], programme: Programme) -> QuerySet[Task]:
    """Keep the tasks of a programme and of the plans below it."""
    return tasks.filter(Q(programme=programme) | Q(programme__parent=programme))


def narrowed(tasks: QuerySet[Task], by: Narrowing) -> QuerySet[Task]:
    """Return the tasks that fit, in the order asked for."""
    for word in fold(by.words).split():
        tasks = tasks.filter(search__contains=word)
    if by.body_id is not None:
        helps = Duty.objects.filter(body_id=by.body_id).values("task_id")
        tasks = tasks.filter(Q(lead_id=by.body_id) | Q(pk__in=helps))
    if by.area_of_work_id is not None:
        tasks = tasks.filter(area_of_work_id=by.area_of_work_id)
    if by.state:
        tasks = tasks.filter(state=by.state)
    if by.late_on is not None:
        late = Duty.objects.filter(state=State.ACTIVE, deadline__lt=by.late_on).values("task_id")
        tasks = tasks.filter(
            Q(state=State.ACTIVE, deadline__lt=by.late_on)
            | Q(finished_on__gt=F("deadline"))
            | Q(state__in=OPEN, pk__in=late)
        )
    return tasks.order_by(*SORTS.get(by.sort, SORTS["han"]), "id")


def late_of(tasks: Iterable[Task], today: date) -> dict[UUID, list[Late]]:
    """Return for each task who is or was late, lead and helpers apart (two queries)."""
    found = [task for task in tasks if task.state not in (State.DRAFT, State.CANCELLED)]
    ids = [task.pk for task in found]
    granted: dict[tuple[UUID, UUID | None], str] = {
        (row.task_id, row.duty_id): row.by.full_name
        for row in Extension.objects.filter(task_id__in=ids).select_related("by").order_by("id")
    }
    promises: dict[UUID, list[Promise]] = {
        task.pk: [_promise(task.lead, task, granted.get((task.pk, None), ""))] for task in found
    }
    for duty in Duty.objects.filter(task_id__in=ids).select_related("body"):
        promises[duty.task_id].append(_promise(duty.body, duty, granted.get((duty.task_id, duty.pk), "")))
    return {task_id: attributed(rows, today) for task_id, rows in promises.items()}


def _promise(body: Body, thing: Task | Duty, extended_by: str) -> Promise:
    return Promise(body.name, thing.due_on, thing.deadline, thing.finished_on, extended_by)


def evidence_of(task: Task) -> list[Evidence]:
    """Return what speaks for a task, newest first, with what was taken back (and by which row)."""
    rows = task.evidence.filter(withdraws__isnull=True).select_related(
        "by", "attachment", "duty__body", "withdrawn_by__by"
    )
    return list(rows.order_by("-at", "-id"))


def judged(task_ids: Iterable[UUID]) -> Mapping[UUID, Evidence]:
    """Return the newest judgement of each task that was not taken back."""
    rows = Evidence.objects.filter(
        task_id__in=list(task_ids), kind=EvidenceKind.JUDGEMENT, withdraws__isnull=True, withdrawn_by__isnull=True
    )
    return {row.task_id: row for row in rows.select_related("by").order_by("at", "id")}


def bodies_in(tasks: QuerySet[Task]) -> list[Body]:
    """Return the bodies that have a part in some tasks, leads and helpers, by name."""
    keys = tasks.order_by().values("pk")
    helps = Duty.objects.filter(task_id__in=keys).values("body_id")
    found = Body.objects.filter(Q(pk__in=tasks.order_by().values("lead_id")) | Q(pk__in=helps))
    return sorted(found, key=lambda body: (body.name, str(body.pk)))


def duties_of(tasks: Iterable[Task]) -> dict[UUID, list[Duty]]:
    """Return the duties of each task, nearest deadline first."""
    found: dict[UUID, list[Duty]] = {task.pk: [] for task in tasks}
    for duty in Duty.objects.filter(task_id__in=list(found)).select_related("body").order_by("deadline", "id"):
        found[duty.task_id].append(duty)
    return found


def reminders_for(keys: Keys, *, most: int = 20) -> list[Reminder]:
    """Return the newest reminders to places at which the person acts, of parts that are still open."""
    areas = keys.areas_for("report", "task") | keys.areas_for("approve", "task")
    rows = Reminder.objects.filter(area_id__in=areas).select_related("task__programme", "task__lead", "duty", "body")
    still = Q(duty__isnull=True, task__state=State.ACTIVE) | Q(duty__state=State.ACTIVE, task__state__in=OPEN)
    return list(rows.filter(still).order_by("-id")[:most])


def meetings_seen_by(keys: Keys) -> QuerySet[Meeting]:
    """Return the meetings of programmes in the person's sight, the newest first."""
    rows = Meeting.objects.filter(programme__area_id__in=keys.areas_for("view", "exchange"))
    return rows.select_related("programme").prefetch_related("bodies").order_by("-held_on", "-recorded_at")


def letters_seen_by(keys: Keys) -> QuerySet[Letter]:
    """Return the letters of programmes in the person's sight, the newest first."""
    rows = Letter.objects.filter(programme__area_id__in=keys.areas_for("view", "exchange"))
    related = ("programme", "sender", "receiver", "attachment", "answers")
    return rows.select_related(*related).prefetch_related("answered_by").order_by("-dated_on", "-recorded_at")
