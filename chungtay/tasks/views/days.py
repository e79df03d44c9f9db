"""Tasks by their days: a month, a file for other calendars, and a timeline that prints."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.tasks import selectors
from chungtay.tasks.calendars import Entry, write_calendar
from chungtay.tasks.models import Act, Task
from chungtay.tasks.rules import Kind, State, month_days
from chungtay.tasks.views.doors import badge_of, frame, visit
from chungtay.tasks.views.lists import narrow_form, open_or_late
from chungtay.web.http import render_page

WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
WIDTH = 1000  # of the timeline's drawing; its height is a row's
PER_PAGE = 40
IN_A_FILE = 2000


def _month(text: str, today: date) -> date:
    """Read "2022-03" as its first day; anything else is this month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


@login_required
@require_safe
def task_calendar(request: HttpRequest) -> HttpResponse:
    """Show the deadlines of a month."""
    one = visit(request)
    form = narrow_form(request, one)
    first = _month(request.GET.get("thang", ""), one.today)
    weeks = month_days(first.year, first.month)
    span = (weeks[0][0], weeks[-1][-1])
    found = selectors.narrowed(one.tasks(), form.narrowing(one.today)).filter(open_or_late(form), deadline__range=span)
    by_day: dict[date, list[dict[str, Any]]] = {}
    for task in found:
        state, label = badge_of(task, one.today)
        url = reverse("task-detail", args=[task.pk])
        by_day.setdefault(task.deadline, []).append({"task": task, "state": state, "label": label, "url": url})
    days = [
        [
            {"day": d, "tasks": by_day.get(d, []), "is_out": d.month != first.month, "is_today": d == one.today}
            for d in week
        ]
        for week in weeks
    ]
    before, after = first - timedelta(days=1), first + timedelta(days=32)
    context = frame(
        one,
        "task-calendar",
        form=form,
        weeks=days,
        weekdays=WEEKDAYS,
        first=first,
        before=one.query(thang=f"{before:%Y-%m}"),
        after=one.query(thang=f"{after:%Y-%m}"),
        count=sum(1 for day in by_day if day.month == first.month for _ in by_day[day]),
    )
    return render_page(request, "tasks/calendar.html", context)


@login_required
@require_safe
def task_ics(request: HttpRequest) -> HttpResponse:
    """Send the deadlines as a calendar file for other programs."""
    one = visit(request)
    tasks = list(one.tasks().exclude(state=State.CANCELLED).order_by("deadline", "number")[:IN_A_FILE])
    acts = Act.objects.filter(task__in=tasks).order_by("at").values_list("task_id", "at")
    stamps = dict(acts)
    entries = [
        Entry(
            uid=f"{task.pk}@{request.get_host().split(':')[0]}",
            on=task.deadline,
            title=f"{task.label} {task.title}",
            text=f"{task.lead.name} chủ trì. Sản phẩm: {task.product}.",
            url=request.build_absolute_uri(reverse("task-detail", args=[task.pk])),
            stamp=stamps.get(task.pk, one.now),
            is_done=task.state == State.DONE,
        )
        for task in tasks
    ]
    data = write_calendar(f"Nhiệm vụ {one.programme}" if one.programme else "Nhiệm vụ", entries)
    headers = {"Content-Disposition": 'attachment; filename="nhiem-vu.ics"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)


@login_required
@require_safe
def task_timeline(request: HttpRequest) -> HttpResponse:
    """Show the tasks as bars between their first day and their deadline, each row also in words."""
    one = visit(request)
    form = narrow_form(request, one)
    found = selectors.narrowed(one.tasks(), form.narrowing(one.today)).filter(open_or_late(form))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    tasks = list(page.object_list)
    start = min((task.starts_on for task in tasks), default=one.today)
    end = max((max(task.deadline, task.finished_on or task.deadline) for task in tasks), default=one.today)
    start, end = start.replace(day=1), end + timedelta(days=1)
    late = selectors.late_of(tasks, one.today)
    context = frame(
        one,
        "task-timeline",
        form=form,
        page=page,
        rows=[_bar(task, start, end, one.today) | {"late": late.get(task.pk, [])} for task in tasks],
        marks=_marks(start, end),
        today_x=_x(one.today, start, end) if start <= one.today <= end else None,
        width=WIDTH,
    )
    return render_page(request, "tasks/timeline.html", context)


def _x(day: date, start: date, end: date) -> int:
    return WIDTH * (day - start).days // max(1, (end - start).days)


def _bar(task: Task, start: date, end: date, today: date) -> dict[str, Any]:
    """The bar, and the part of it that was granted later (`moved`); a milestone is a mark."""
    state, label = badge_of(task, today)
    x, due = _x(task.starts_on, start, end), _x(task.due_on + timedelta(days=1), start, end)
    last = _x(task.deadline + timedelta(days=1), start, end)
    return {
        "task": task,
        "url": reverse("task-detail", args=[task.pk]),
        "state": state,
        "label": label,
        "x": x,
        "wide": max(6, due - x),
        "moved_x": due,
        "moved": last - due,
        "is_milestone": task.kind == Kind.MILESTONE,
        "finished_x": _x(task.finished_on, start, end) if task.finished_on else None,
    }


def _marks(start: date, end: date) -> list[dict[str, Any]]:
    """The first days of quarters (of years when it is long), where a thin line stands."""
    step = 12 if (end - start).days > 900 else 3 if (end - start).days > 130 else 1
    found, month = [], start.year * 12 + start.month - 1
    while (day := date(month // 12, month % 12 + 1, 1)) < end:
        if (day.month - 1) % step == 0:
            x = _x(day, start, end)
            found.append({"x": x, "label": f"{day:%Y}" if step == 12 else f"{day:%m/%Y}"})
        month += 1
    return found
