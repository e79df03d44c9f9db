"""One social criticism on the screen: the draft and whether it came in time, opinions, the conclusion."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chungtay.kernel.text import date_text
from chungtay.supervision import selectors, services
from chungtay.supervision.forms import CriticismForm
from chungtay.supervision.models import Criticism
from chungtay.supervision.rules import Form, Kind, State
from chungtay.supervision.step_forms import Reason, SaidForm, Step
from chungtay.supervision.views import cases
from chungtay.supervision.views.doors import (
    Action,
    Visit,
    action,
    badge,
    bodies_near,
    crumbs,
    events,
    first_problem,
    found_or_404,
    in_order,
    kept_file,
    take,
    visit,
)
from chungtay.web.http import redirect_with, render_page

STATES = (State.RECEIVED, State.RUNNING, State.REPORTED, State.PUBLISHED, State.CANCELLED)
WORDS = {
    "title": "Phản biện xã hội",
    "lead": "Dự thảo văn bản gửi đến, ý kiến góp được, văn bản phản biện gửi cơ quan soạn thảo.",
    "noun": "Cuộc phản biện",
    "create": "criticism-create",
    "create_words": "Nhận dự thảo",
    "empty": "Chưa có cuộc phản biện nào",
    "empty_words": "Khi cơ quan soạn thảo gửi dự thảo, ghi ngày nhận và ngày sẽ trình: phần mềm nêu rõ dự thảo gửi muộn.",
    "date": "Nhận dự thảo",
}


@login_required
@require_safe
def criticism_list(request: HttpRequest) -> HttpResponse:
    """Show the criticisms in sight."""
    one = visit(request, "supervision")
    return cases.case_list(request, one, selectors.criticisms_seen_by(one.keys), "criticism", STATES, WORDS)


@login_required
@require_http_methods(["GET", "POST"])
def criticism_create(request: HttpRequest) -> HttpResponse:
    """Take in a draft."""
    one = visit(request)
    mine = one.require_front()
    items = cases.open_items(one, Kind.CRITICISM)
    bodies = bodies_near([body.area_id for body in mine], one.today)
    first = {"received_on": one.today, **cases.first_of(request, items)}
    form = CriticismForm(
        request.POST or None, request.FILES or None, mine=mine, bodies=bodies, items=items, initial=first
    )
    if form.is_valid():
        said = form.cleaned_data
        given = {"body": form.chosen("body"), "target": form.chosen("target"), "item": form.items.get(said["item"])}
        days = {"received_on": said["received_on"], "submits_on": said["submits_on"], "form": Form(said["form"])}
        if form.try_(_receive, one=one, file_of=form, **given, **days, subject=said["subject"]):
            url = reverse("criticism-detail", args=[form.result.pk])
            return redirect_with(request, f"Đã nhận dự thảo, hồ sơ {form.result}.", url)
    context = {
        "title": "Nhận dự thảo để phản biện",
        "intro": "Ghi ngày cơ quan soạn thảo sẽ trình để biết dự thảo có được gửi đủ sớm không.",
        "form": form,
        "verb": "Ghi nhận",
        "crumbs": crumbs(("Phản biện", reverse("criticism-list")), ("Nhận dự thảo", "")),
    }
    return render_page(request, "supervision/form.html", context, status=422 if form.is_bound else 200)


def _receive(*, one: Visit, file_of: CriticismForm, **given: Any) -> Criticism:
    return services.receive_draft(**given, draft=kept_file(file_of, one), now=one.now, by=one.user)


def _row_or_404(one: Visit, pk: UUID) -> Criticism:
    row: Criticism = found_or_404(selectors.criticisms_seen_by(one.keys), pk)
    return row


@login_required
@require_safe
def criticism_detail(request: HttpRequest, criticism_id: UUID) -> HttpResponse:
    """Show a criticism."""
    one = visit(request)
    return _page(request, one, _row_or_404(one, criticism_id))


def _page(request: HttpRequest, one: Visit, row: Criticism, refused: str = "") -> HttpResponse:
    row.refresh_from_db()
    ours = cases.may_read(one, row)
    reports = cases.reports_of(row)
    seen = selectors.recommendations_seen_by(one.keys)
    context = {
        "one": one,
        "row": row,
        "pk_text": str(row.pk),
        "badge_of": badge(row.state),
        "ours": ours,
        "facts": _facts(row, one),
        "opinions": list(row.opinions.order_by("id")) if ours else [],
        "reports": reports if ours else [line for line in reports if line["publication"]],
        "recommendations": list(seen.filter(criticism=row).order_by("number")),
        "actions": in_order(
            [*_steps(one, row), *cases.report_actions(one, row, reports[0]["report"] if reports else None)]
        ),
        "may_recommend": one.can("edit", row) and row.state in (State.REPORTED, State.PUBLISHED),
        "events": events(row) if ours else [],
        "refused": refused,
        "crumbs": crumbs(("Phản biện", reverse("criticism-list")), (str(row), "")),
    }
    return render_page(request, "supervision/criticism.html", context, status=422 if refused else 200)


def _facts(row: Criticism, one: Visit) -> list[dict[str, Any]]:
    file = reverse("criticism-file", args=[row.pk, row.draft_file_id]) if row.draft_file_id else ""
    found: list[dict[str, Any]] = [
        {"label": "Cơ quan phản biện", "value": row.body.name},
        {"label": "Cơ quan soạn thảo", "value": row.target.name},
        {"label": "Hình thức", "value": row.form_words},
        {"label": "Nhận dự thảo ngày", "value": date_text(row.received_on), "kind": "num"},
        {"label": "Sẽ trình ngày", "value": date_text(row.submits_on) if row.submits_on else "", "kind": "num"},
        {"label": "Phải gửi trước", "value": f"{row.draft_days} ngày, {row.draft_basis}"},
        {"label": "Dự thảo", "value": row.draft_file.name if row.draft_file else "", "url": file},
    ]
    if row.item:
        is_seen = selectors.plans_seen_by(one.keys).filter(pk=row.item.plan_id).exists()
        url = reverse("plan-detail", args=[row.item.plan_id]) if is_seen else ""
        found.append({"label": "Theo", "value": str(row.item.plan), "url": url})
    return found


def _steps(one: Visit, row: Criticism) -> list[Action]:
    if not one.can("edit", row):
        return []
    url, state = reverse("criticism-step", args=[row.pk]), State(row.state)
    found = []
    if state is State.RECEIVED:
        found.append(action("start", "Bắt đầu lấy ý kiến", Step, url, row.revision, is_main=True))
    if state is State.RUNNING:
        found.append(action("opinion", "Ghi một ý kiến", SaidForm, url, row.revision))
    if state in (State.RECEIVED, State.RUNNING):
        found.append(action("cancel", "Hủy cuộc phản biện", Reason, url, row.revision, is_danger=True))
    return found


@login_required
@require_POST
def criticism_step(request: HttpRequest, criticism_id: UUID) -> HttpResponse:
    """Start, note an opinion, or cancel."""
    one = visit(request)
    row = _row_or_404(one, criticism_id)
    verb = request.POST.get("verb", "")
    kinds: dict[str, type[Step]] = {"start": Step, "opinion": SaidForm, "cancel": Reason}
    form = kinds.get(verb, Step)(request.POST)

    def again(sentence: str) -> HttpResponse:
        return _page(request, one, row, sentence)

    if not form.is_valid() or verb not in kinds:
        one.require("edit", row)
        return again(first_problem(form))
    said = form.cleaned_data
    who: dict[str, Any] = {"criticism": row, "now": one.now, "by": one.user}
    calls = {
        "start": lambda: services.start_criticism(**who, revision=said["revision"]),
        "opinion": lambda: services.note_opinion(
            **who, said_by=said["said_by"], about=said["about"], text=said["text"]
        ),
        "cancel": lambda: services.cancel_criticism(**who, reason=said["note"], revision=said["revision"]),
    }
    done = {"start": "Đã bắt đầu lấy ý kiến.", "opinion": "Đã ghi ý kiến.", "cancel": "Đã hủy cuộc phản biện."}
    return take(request, calls[verb], said=done[verb], url=reverse("criticism-detail", args=[row.pk]), again=again)


@login_required
@require_POST
def criticism_report(request: HttpRequest, criticism_id: UUID) -> HttpResponse:
    """Write, send back or issue the conclusion."""
    one = visit(request)
    row = _row_or_404(one, criticism_id)
    return cases.report_step(request, one, row, lambda sentence: _page(request, one, row, sentence))


@login_required
@require_safe
def criticism_file(request: HttpRequest, criticism_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Send the draft, or a conclusion that the person may read."""
    one = visit(request)
    row = _row_or_404(one, criticism_id)
    reports = row.reports.all() if cases.may_read(one, row) else row.reports.filter(publication__isnull=False)
    return cases.sent_file([row.draft_file_id, *reports.values_list("attachment", flat=True)], attachment_id)
