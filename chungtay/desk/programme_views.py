"""Pages of a programme: its results, its indicators against their targets, its parties and plans."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.desk import programme_board as boards
from chungtay.desk import programme_selectors as selectors
from chungtay.desk.programme_allocation import gap_words
from chungtay.desk.programme_ask import Ask, read_ask
from chungtay.figures.reach import area_choices, ids_in_reach
from chungtay.kernel.text import date_text, join_and
from chungtay.places import selectors as places
from chungtay.programmes.models import Programme
from chungtay.programmes.selectors import targets_of
from chungtay.programmes.target_trees import target_gaps
from chungtay.returns import selectors as returns
from chungtay.returns.rules import NOT_YET_SENT, State
from chungtay.web import clock
from chungtay.web.http import render_page

TABS = (
    ("programme-detail", "Kết quả"),
    ("programme-indicators", "Chỉ tiêu"),
    ("programme-parties", "Các bên và kế hoạch"),
)


@login_required
@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """Show the programmes that the person may view."""
    on = clock.today()
    found = selectors.programmes_seen_by(user_of(request), on=on)
    names = places.names_on([programme.area_id for programme in found], on) if found else {}
    rows = [{"programme": p, "area": names[p.area_id], "parties": _parties(p), "years": _years(p)} for p in found]
    return render_page(request, "desk/programme_list.html", {"rows": rows})


@login_required
@require_safe
def programme_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show the results: headline figures, trends, and the figures of every unit."""
    user, now = user_of(request), clock.now()
    programme = programme_for(user, code)
    if programme.parent is not None:
        return _to_programme(request, programme)
    ask = read_ask(user, programme, request.GET, today=clock.today())
    board = None
    if ask.area is not None:
        targets = targets_of(programme, known_at=ask.known.moment)
        headlines = selectors.headlines(returns.indicators_of(programme), targets)
        board = boards.board(ask, ask.area, headlines, targets)
    context = frame(ask, "programme-detail") | {"board": board, "notice": _notice(user, ask, now)}
    return render_page(request, "desk/programme_detail.html", context)


@login_required
@require_safe
def programme_indicators(request: HttpRequest, code: str) -> HttpResponse:
    """Show every indicator with its figure, coverage, target and how far it has come."""
    user = user_of(request)
    programme = programme_for(user, code)
    ask = read_ask(user, programme, request.GET, today=clock.today())
    rows, gaps = None, []
    if ask.area is not None:
        targets = targets_of(programme, known_at=ask.known.moment)
        rows = boards.indicator_rows(ask, ask.area, returns.indicators_of(programme), targets)
        off = [
            gap for gap in target_gaps(programme, known_at=ask.known.moment) if gap.target.area_id == ask.area.area_id
        ]
        gaps = [gap_words(gap, ask.area.name) for gap in off]
    context = frame(ask, "programme-indicators") | {"rows": rows, "gaps": gaps}
    return render_page(request, "desk/programme_indicators.html", context)


@login_required
@require_safe
def programme_parties(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was agreed: parties, areas of work, and the plans of lower levels."""
    user = user_of(request)
    programme = programme_for(user, code)
    ask = read_ask(user, programme, request.GET, today=clock.today())
    plans = list(programme.plans.prefetch_related("parties__body").order_by("signed_on", "code"))
    names = places.names_on([programme.area_id, *(plan.area_id for plan in plans)], clock.today())
    open_to = ids_in_reach(user, on=clock.today())
    context = frame(ask, "programme-parties") | {
        "area_name": names[programme.area_id],
        "plans": [
            {"plan": p, "area": names[p.area_id], "parties": _parties(p), "opens": p.area_id in open_to} for p in plans
        ],
        "areas_of_work": list(programme.areas_of_work.order_by("number")),
        "may_plan": access.can(user, "edit", Matter("programme", programme.area_id), on=clock.today()),
    }
    return render_page(request, "desk/programme_parties.html", context)


def programme_for(user: User, code: str) -> Programme:
    """Return the programme or plan. Raises Http404 when there is none or not for this person."""
    found = selectors.programme_seen_by(user, code, on=clock.today())
    if found is None:
        raise Http404
    return found


def _to_programme(request: HttpRequest, plan: Programme) -> HttpResponse:
    """A plan's results stand on the programme's page, for the plan's area."""
    code = places.code_on(plan.area_id, clock.today())
    parent = plan.parent.code if plan.parent else plan.code
    return HttpResponseRedirect(f"{reverse('programme-detail', args=[parent])}?noi={code}")


def frame(ask: Ask, current: str) -> dict[str, Any]:
    """Return what the pages of a programme share: title, sentence, tabs, the question and its banners."""
    programme = ask.programme
    tabs = [
        {"label": label, "url": reverse(name, args=[programme.code]) + ask.query(), "current": name == current}
        for name, label in TABS
    ]
    return {
        "programme": programme,
        "ask": ask,
        "parties": _parties(programme),
        "years": _years(programme),
        "tabs": tabs,
        "crumbs": [{"label": "Chương trình", "url": reverse("programme-list")}, {"label": str(programme)}],
        "back_to_now": ask.query(biet="") or "?",
        "own_maps": ask.query(ban_do="") or "?",
        "only_approved": ask.query(tat_ca="") or "?",
        "with_pending": ask.query(tat_ca="1"),
        "levels": area_choices(ask.areas, ask.area),
    }


def _parties(programme: Programme) -> str:
    ordered = sorted(programme.parties.all(), key=lambda party: party.position)
    return join_and([party.body.name for party in ordered])


def _years(programme: Programme) -> str:
    first, last = programme.starts_on.year, programme.ends_on.year
    return str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True)
class Notice:
    """The round that is being collected: what has come in, until when, and where to look."""

    state: str
    title: str
    text: str
    url: str
    action: str


OWN_WORDS = {
    State.NOT_STARTED: "chưa bắt đầu",
    State.DRAFT: "còn là bản nháp",
    State.FOR_SIGNING: "đang chờ ký",
    State.SUBMITTED: "đã gửi, đang chờ duyệt",
    State.RETURNED: "bị trả lại, cần sửa và gửi lại",
}


def _notice(user: User, ask: Ask, now: datetime) -> Notice | None:
    """Tell of the newest round that is not wholly approved; for a place without units, of its own return in it."""
    status = selectors.round_under_way(list(ask.statuses))
    if status is None or ask.known.day is not None or ask.area is None:
        return None
    title = f"Đợt báo cáo {status.period.label()}"
    if ask.tree.children(ask.area.area_id):
        is_late = now > status.due_at and status.sent < status.owed
        text = f"{status.approved} báo cáo đã duyệt. {_due(status.due_at, is_late=is_late)}"
        sent = f"{title}: {status.sent}/{status.owed} đơn vị đã gửi."
        return Notice("late" if is_late else "info", sent, text, reverse("return-grid"), "Xem bảng theo dõi")
    own = selectors.return_in_round(user, status.round_id, ask.area.area_id, on=clock.today())
    if own is None or own.state == State.APPROVED:
        return None
    is_late = now > own.due_at and own.state in NOT_YET_SENT
    sentence = f"{title}: báo cáo của {ask.area.name} {OWN_WORDS[State(own.state)]}."
    url = reverse("return-detail", args=[own.pk])
    return Notice("late" if is_late else "info", sentence, _due(own.due_at, is_late=is_late), url, "Mở báo cáo")


def _due(due_at: datetime, *, is_late: bool) -> str:
    return f"Hạn gửi {date_text(localdate(due_at))}{' đã qua' if is_late else ''}."
