"""The staff home: what waits for me, how the rounds stand, what has just happened."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from chungtay.access import selectors as access
from chungtay.accounts.selectors import user_of
from chungtay.desk import selectors
from chungtay.desk.help import PARTS
from chungtay.desk.selectors import Progress
from chungtay.desk.tasks import Task, tasks_of, tasks_waiting
from chungtay.figures.discrepancy_rows import open_count
from chungtay.kernel.periods import parse_period
from chungtay.kernel.text import NBSP, date_text
from chungtay.places import selectors as places
from chungtay.returns import grid, history
from chungtay.returns.models import Event, Return
from chungtay.returns.rules import STATE_WORDS, State
from chungtay.web import clock
from chungtay.web.http import render_page
from chungtay.web.waiting import Asked, waiting_for

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


@login_required
@require_GET
def desk_home(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person, nearest deadline first."""
    user, now = user_of(request), clock.now()
    keys = access.keys_of(user, on=clock.today())
    own = keys.areas_for("fill", "return") | keys.areas_for("sign", "return")
    seen = keys.areas_for("view", "return")
    progress = selectors.rounds_under_way(keys, now=now) if seen - own else []
    waiting = grid.waiting_for(keys)
    decides = bool(keys.areas_for("approve", "return"))
    tasks = tasks_of(waiting, selectors.last_events(waiting), progress, decides=decides, now=now)
    tasks = sorted([*tasks, *tasks_waiting(waiting_for(Asked(user, keys, clock.today())))])
    context = {
        "today": _today(clock.today(), tasks),
        "tasks": tasks,
        "works": bool(own) or decides,
        "sees": bool(seen),
        "elsewhere": [_row(of, now) for of in selectors.elsewhere(keys)] if own else [],
        "progress": [_panel(one) for one in progress],
        "events": [_line(event, own) for event in selectors.newest_events(keys)],
        "discrepancies": open_count(keys),
    }
    return render_page(request, "desk/home.html", context)


def _today(today: date, tasks: list[Task]) -> str:
    day = f"{WEEKDAYS[today.weekday()]}, {date_text(today)}."
    if len(tasks) > 1:
        return f"{day} {len(tasks)}{NBSP}việc chờ bạn, xếp theo hạn."
    return f"{day} Một việc chờ bạn." if tasks else day


def _row(of: Return, now: datetime) -> dict[str, Any]:
    return {
        "url": reverse("return-detail", args=[of.pk]),
        "name": f"Biểu {of.round.form.code}, {parse_period(of.round.period_code).label()}",
        "unit": places.name_on(of.area_id, of.round.period_start),
        "state": of.state,
        "label": WHERE.get(State(of.state), STATE_WORDS[State(of.state)]),
        "due": of.due_at,
        "is_open": of.state != State.SUBMITTED,
    }


WHERE = {
    State.NOT_STARTED: "Chưa ai nhập",
    State.DRAFT: "Đang nhập",
    State.FOR_SIGNING: "Chờ lãnh đạo ký",
    State.SUBMITTED: "Đã gửi, chờ duyệt",
    State.RETURNED: "Bị trả lại, đang sửa",
}


def _panel(one: Progress) -> dict[str, Any]:
    return {
        "title": f"Biểu {one.round.form.code}, {one.period}",
        "due": one.round.due_at,
        "sent": one.sent,
        "owed": len(one.cells),
        "missing": one.not_sent,
        "url": f"{reverse('return-grid')}?bieu={one.round.form.code}",
        "checks": [check for state, word in COUNTED if (check := _check(one, state, word))],
    }


COUNTED = (
    (State.APPROVED, "đã duyệt"),
    (State.SUBMITTED, "đã gửi, chờ duyệt"),
    (State.RETURNED, "bị trả lại"),
    (State.FOR_SIGNING, "chờ lãnh đạo ký"),
    (State.DRAFT, "đang nhập"),
    (State.NOT_STARTED, "chưa có"),
)
NAMED_AT_MOST = 4


def _check(one: Progress, state: State, word: str) -> dict[str, str] | None:
    names = one.in_state(state)
    if not names:
        return None
    named = f": {', '.join(names)}" if len(names) <= NAMED_AT_MOST and state is not State.APPROVED else ""
    shape = "missing" if state is State.NOT_STARTED else str(state)
    return {"state": shape, "text": f"{len(names)} {word}{named}"}


def _line(event: Event, own: frozenset[UUID]) -> history.Line:
    """Tell what happened to whose return; to one's own unit's the period says more."""
    period = f"{event.of.round.form.code} {parse_period(event.of.round.period_code).short()}"
    unit = places.name_on(event.of.area_id, event.of.round.period_start)
    whose = period if event.of.area_id in own else f"{unit}, {period}"
    return history.line(event, whose=whose, url=reverse("return-detail", args=[event.of_id]))


@login_required
@require_GET
def desk_help(request: HttpRequest) -> HttpResponse:
    """Show how the main things are done."""
    states = ("approved", "submitted", "for_signing", "returned", "draft", "missing", "late")
    return render_page(request, "desk/help.html", {"parts": PARTS, "states": states})
