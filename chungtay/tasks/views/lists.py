"""Tasks as a list, a board, and a matrix of bodies and tasks."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.tasks import selectors
from chungtay.tasks.forms import Narrow
from chungtay.tasks.models import Duty, Task
from chungtay.tasks.progressing import Standing, standings
from chungtay.tasks.rules import STATE_WORDS, Kind, State
from chungtay.tasks.views.doors import BADGES, Visit, badge_of, frame, visit
from chungtay.web.http import render_page

PER_PAGE = 50
ON_BOARD = 40  # cards of one column; the list shows the rest
IN_MATRIX = 24


def narrow_form(request: HttpRequest, one: Visit) -> Narrow:
    """Return the filters of a request, with the bodies and areas of work that occur."""
    root = one.programme.parent or one.programme if one.programme else None
    areas = list(root.areas_of_work.order_by("number")) if root else []
    return Narrow(request.GET, bodies=selectors.bodies_in(one.tasks()), areas=areas)


@login_required
@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """Show the tasks of a programme, filtered and sorted, with who is late."""
    one = visit(request)
    form = narrow_form(request, one)
    found = selectors.narrowed(one.tasks(), form.narrowing(one.today))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    drafts = [
        task for task in one.tasks().filter(state=State.DRAFT, programme=one.programme) if one.can("approve", task)
    ]
    context = frame(
        one,
        "task-list",
        form=form,
        page=page,
        rows=rows(list(page.object_list), one),
        is_narrowed=form.is_narrowed,
        to_approve=drafts,
        reminders=[_reminder(row) for row in selectors.reminders_for(one.keys, most=6)],
    )
    return render_page(request, "tasks/list.html", context)


def rows(tasks: Sequence[Task], one: Visit) -> list[dict[str, Any]]:
    """Return what a line or a card shows of each task."""
    late, standing, duties = selectors.late_of(tasks, one.today), standings(tasks), selectors.duties_of(tasks)
    return [_row(task, one, standing[task.pk], duties[task.pk]) | {"late": late.get(task.pk, [])} for task in tasks]


def _row(task: Task, one: Visit, standing: Standing, duties: Sequence[Duty]) -> dict[str, Any]:
    state, label = badge_of(task, one.today)
    done = sum(1 for duty in duties if duty.state == State.DONE)
    return {
        "task": task,
        "url": reverse("task-detail", args=[task.pk]),
        "state": state,
        "state_label": label,
        "progress": standing.progress,
        "duties": f"{done}/{len(duties)} phần xong" if duties else "",
        "repeats": str(task.series) if task.kind == Kind.RECURRING else "",
        "is_milestone": task.kind == Kind.MILESTONE,
    }


NOTICES = {
    "before": ("info", "Sắp đến hạn"),
    "late": ("late", "Đã quá hạn"),
    "leader": ("late", "Báo lãnh đạo"),
    "escalated": ("late", "Báo cấp trên"),
}


def _reminder(row: Any) -> dict[str, Any]:
    state, label = NOTICES[row.notice]
    part = row.duty.what if row.duty else row.task.title
    text = f"{label}: {row.body.name}, {part}"
    note = f"{row.task.label}, hạn {row.deadline:%d/%m/%Y}"
    return {"state": state, "text": text, "note": note, "url": reverse("task-detail", args=[row.task_id])}


@login_required
@require_safe
def task_board(request: HttpRequest) -> HttpResponse:
    """Show the tasks in columns by their state."""
    one = visit(request)
    form = narrow_form(request, one)
    found = selectors.narrowed(one.tasks(), form.narrowing(one.today))
    columns = []
    for state in (State.DRAFT, State.ACTIVE, State.REPORTED, State.DONE):
        cards = found.filter(state=state)
        total = cards.count()
        columns.append(
            {
                "state": BADGES[state],
                "label": STATE_WORDS[state],
                "total": total,
                "more": max(0, total - ON_BOARD),
                "url": reverse("task-list") + one.query(tinh_trang=state),
                "rows": rows(list(cards[:ON_BOARD]), one),
            }
        )
    context = frame(one, "task-board", form=form, columns=columns, is_narrowed=form.is_narrowed)
    return render_page(request, "tasks/board.html", context)


@login_required
@require_safe
def task_matrix(request: HttpRequest) -> HttpResponse:
    """Show bodies against tasks: who leads, who helps, how far each part is."""
    one = visit(request)
    form = narrow_form(request, one)
    found = selectors.narrowed(one.tasks(), form.narrowing(one.today)).exclude(state=State.CANCELLED)
    page = Paginator(found, IN_MATRIX).get_page(request.GET.get("page"))
    tasks = list(page.object_list)
    duties = selectors.duties_of(tasks)
    table = []
    for body in selectors.bodies_in(Task.objects.filter(pk__in=[task.pk for task in tasks])):
        cells = [_cell(task, body.pk, duties[task.pk], one) for task in tasks]
        counted = f"{sum(1 for c in cells if c['leads'])} chủ trì, {sum(1 for c in cells if c['part'])} phối hợp"
        table.append({"body": body, "cells": cells, "counted": counted})
    context = frame(one, "task-matrix", form=form, page=page, tasks=tasks, table=table, is_narrowed=form.is_narrowed)
    return render_page(request, "tasks/matrix.html", context)


def _cell(task: Task, body_id: object, duties: Sequence[Duty], one: Visit) -> dict[str, Any]:
    url = reverse("task-detail", args=[task.pk])
    if task.lead_id == body_id:
        state, words = badge_of(task, one.today)
        return {"leads": True, "part": False, "state": state, "text": "Chủ trì", "words": words, "url": url}
    for duty in duties:
        if duty.body_id == body_id:
            state, words = duty_badge(duty, one)
            return {"leads": False, "part": True, "state": state, "text": "Phối hợp", "words": words, "url": url}
    return {"leads": False, "part": False}


def duty_badge(duty: Duty, one: Visit) -> tuple[str, str]:
    """Return the state and words of a duty's badge."""
    late = (one.today - duty.deadline).days
    if duty.state == State.ACTIVE and late > 0:
        return "late", f"Trễ {late} ngày"
    return BADGES[State(duty.state)], STATE_WORDS[State(duty.state)]


def open_or_late(form: Narrow) -> Q:
    """Return nothing excluded: calendars show every state but what was cancelled."""
    return ~Q(state=State.CANCELLED) if not form.cleaned_data.get("tinh_trang") else Q()
