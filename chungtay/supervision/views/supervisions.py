"""One supervision on the screen: team, programme of visits, questions, findings with pictures, report, recommendations."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chungtay.kernel.text import date_text
from chungtay.supervision import selectors, services
from chungtay.supervision.forms import SupervisionForm
from chungtay.supervision.models import Supervision
from chungtay.supervision.rules import STEPS, Form, Kind, State, Thing, Verb
from chungtay.supervision.step_forms import Announce, FindingForm, MadeForm, Reason, SaidForm, Step, Team, VisitForm
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
    take,
    visit,
)
from chungtay.web.http import redirect_with, render_page

STATES = (State.DRAFT, State.ANNOUNCED, State.RUNNING, State.REPORTED, State.PUBLISHED, State.CANCELLED)
WORDS = {
    "title": "Các cuộc giám sát",
    "lead": "Mỗi cuộc có quyết định, đoàn, lịch làm việc, nhận định kèm minh chứng và báo cáo do người khác ban hành.",
    "noun": "Cuộc giám sát",
    "create": "supervision-create",
    "create_words": "Lập cuộc giám sát",
    "empty": "Chưa có cuộc giám sát nào",
    "empty_words": "Cuộc giám sát đi từ kế hoạch năm đã thống nhất với Ủy ban nhân dân, hoặc lập riêng khi có việc đột xuất.",
    "date": "Làm việc",
}


@login_required
@require_safe
def supervision_list(request: HttpRequest) -> HttpResponse:
    """Show the supervisions in sight."""
    one = visit(request, "supervision")
    return cases.case_list(request, one, selectors.supervisions_seen_by(one.keys), "supervision", STATES, WORDS)


@login_required
@require_http_methods(["GET", "POST"])
def supervision_create(request: HttpRequest) -> HttpResponse:
    """Open the file of a supervision."""
    one = visit(request)
    mine = one.require_front()
    items = cases.open_items(one, Kind.SUPERVISION)
    bodies = bodies_near([body.area_id for body in mine], one.today)
    form = SupervisionForm(
        request.POST or None, mine=mine, bodies=bodies, items=items, initial=cases.first_of(request, items)
    )
    if form.is_valid():
        said = form.cleaned_data
        given = {"body": form.chosen("body"), "target": form.chosen("target"), "item": form.items.get(said["item"])}
        days = {"starts_on": said["starts_on"], "ends_on": said["ends_on"], "form": Form(said["form"])}
        if form.try_(services.open_supervision, **given, **days, subject=said["subject"], now=one.now, by=one.user):
            url = reverse("supervision-detail", args=[form.result.pk])
            return redirect_with(request, f"Đã lập {form.result}. Ghi thành viên đoàn rồi thông báo cho cơ quan.", url)
    context = {
        "title": "Lập cuộc giám sát",
        "intro": "Chọn dòng của kế hoạch năm nếu có. Cơ quan được giám sát thấy hồ sơ sau khi bạn ghi đã thông báo.",
        "form": form,
        "verb": "Lập hồ sơ",
        "crumbs": crumbs(("Giám sát", reverse("supervision-list")), ("Lập cuộc giám sát", "")),
    }
    return render_page(request, "supervision/form.html", context, status=422 if form.is_bound else 200)


def row_or_404(one: Visit, pk: UUID) -> Supervision:
    """Return a supervision in sight. Raises Http404."""
    row: Supervision = found_or_404(selectors.supervisions_seen_by(one.keys), pk)
    return row


@login_required
@require_safe
def supervision_detail(request: HttpRequest, supervision_id: UUID) -> HttpResponse:
    """Show a supervision."""
    one = visit(request)
    return page_of(request, one, row_or_404(one, supervision_id))


def page_of(request: HttpRequest, one: Visit, row: Supervision, refused: str = "") -> HttpResponse:
    """Draw the page, also after a refused step."""
    row.refresh_from_db()
    ours = cases.may_read(one, row)
    reports = cases.reports_of(row)
    late = (
        max(0, (one.today - row.report_due).days)
        if row.report_due and row.state in (State.RUNNING, State.REPORTED)
        else 0
    )
    writes = one.can("edit", row) and State(row.state) in STEPS[Thing.SUPERVISION][Verb.EDIT]
    seen = selectors.recommendations_seen_by(one.keys)
    context = {
        "one": one,
        "row": row,
        "pk_text": str(row.pk),
        "badge_of": badge(row.state, late),
        "late": late,
        "ours": ours,
        "facts": _facts(row, one),
        "members": list(row.members.order_by("id")),
        "visits": _visits(row, writes, cases.may_read(one, row)),
        "questions": _questions(row, writes) if ours else [],
        "findings": _findings(row, writes) if ours else [],
        "reports": reports if ours else [line for line in reports if line["publication"]],
        "recommendations": list(seen.filter(supervision=row).order_by("number")),
        "notes": _notes(row) if writes else [],
        "actions": in_order(
            [*_steps(one, row), *cases.report_actions(one, row, reports[0]["report"] if reports else None)]
        ),
        "may_recommend": one.can("edit", row) and row.state in (State.RUNNING, State.REPORTED, State.PUBLISHED),
        "events": events(row) if ours else [],
        "refused": refused,
        "crumbs": crumbs(("Giám sát", reverse("supervision-list")), (str(row), "")),
    }
    return render_page(request, "supervision/supervision.html", context, status=422 if refused else 200)


def _facts(row: Supervision, one: Visit) -> list[dict[str, Any]]:
    found = [
        {"label": "Cơ quan giám sát", "value": row.body.name},
        {"label": "Cơ quan được giám sát", "value": row.target.name},
        {"label": "Hình thức", "value": row.form_words},
        {"label": "Thời gian", "value": f"{date_text(row.starts_on)} đến {date_text(row.ends_on)}"},
        {"label": "Quyết định, kế hoạch", "value": row.decision},
        {"label": "Thông báo ngày", "value": date_text(row.announced_on) if row.announced_on else "", "kind": "num"},
        {"label": "Hạn ban hành báo cáo", "value": date_text(row.report_due), "kind": "num"}
        if row.report_due
        else None,
        {"label": "Hạn theo", "value": row.report_basis} if row.report_due else None,
    ]
    if row.item:
        is_seen = selectors.plans_seen_by(one.keys).filter(pk=row.item.plan_id).exists()
        url = reverse("plan-detail", args=[row.item.plan_id]) if is_seen else ""
        found.append({"label": "Theo", "value": str(row.item.plan), "url": url})
    return [fact for fact in found if fact]


def _visits(row: Supervision, writes: bool, opens: bool) -> list[dict[str, Any]]:
    url = reverse("supervision-note", args=[row.pk])
    found = []
    for one in row.visits.select_related("minutes").order_by("planned_on", "place"):
        act = None
        if writes and one.made_on is None and row.state == State.RUNNING:
            act = action("made", "Ghi đã đến", MadeForm, url, row.revision, more={"visit": one.pk}, key=one.pk)
        file = reverse("supervision-file", args=[row.pk, one.minutes_id]) if one.minutes_id and opens else ""
        found.append({"visit": one, "act": act, "file": file})
    return found


def _questions(row: Supervision, writes: bool) -> list[dict[str, Any]]:
    url = reverse("supervision-note", args=[row.pk])
    found = []
    for one in row.questions.filter(answers__isnull=True).select_related("answer").order_by("id"):
        answer = getattr(one, "answer", None)
        act = None
        if writes and answer is None:
            act = action("answer", "Ghi trả lời", SaidForm, url, row.revision, more={"question": one.pk}, key=one.pk)
            act.form.fields.pop("about")
        found.append({"question": one, "answer": answer, "act": act})
    return found


def _findings(row: Supervision, writes: bool) -> list[dict[str, Any]]:
    url = reverse("supervision-note", args=[row.pk])
    found = []
    rows = (
        row.findings.filter(withdraws__isnull=True).select_related("by", "visit").prefetch_related("files__attachment")
    )
    for one in rows.order_by("at", "pk"):
        back = getattr(one, "withdrawn_by", None)
        files = [
            {"attachment": file.attachment, "url": reverse("supervision-file", args=[row.pk, file.attachment_id])}
            for file in one.files.all()
        ]
        act = None
        if writes and back is None:
            act = action("withdraw", "Rút nhận định này", Reason, url, row.revision, key=one.pk, is_danger=True)
            act = Action(act.label, act.form, f"{url}?nhan-dinh={one.pk}", act.hint, False, True)
        found.append({"finding": one, "withdrawn": back, "files": files, "act": act})
    return found


def _notes(row: Supervision) -> list[Action]:
    """What the team may write down now."""
    url = reverse("supervision-note", args=[row.pk])
    members = "\n".join(f"{one.name} - {one.role}" for one in row.members.order_by("id"))
    asked = action("question", "Ghi câu hỏi của đoàn", SaidForm, url, row.revision)
    asked.form.fields.pop("about")
    return [
        action("team", "Thành viên đoàn", Team, url, row.revision, more={"members": members}),
        action("visit", "Thêm lịch làm việc", VisitForm, url, row.revision),
        asked,
        action("finding", "Ghi nhận định", FindingForm, url, row.revision),
    ]


def _steps(one: Visit, row: Supervision) -> list[Action]:
    if not one.can("edit", row):
        return []
    url, state = reverse("supervision-step", args=[row.pk]), State(row.state)
    found = []
    if state is State.DRAFT:
        hint = "Kế hoạch phải đến cơ quan được giám sát trước khi đoàn làm việc; gửi muộn vẫn ghi được và được nêu rõ."
        found.append(action("announce", "Thông báo cho cơ quan", Announce, url, row.revision, hint=hint, is_main=True))
    if state is State.ANNOUNCED:
        found.append(action("start", "Bắt đầu làm việc", Step, url, row.revision, is_main=True))
    if state in (State.DRAFT, State.ANNOUNCED, State.RUNNING):
        found.append(action("cancel", "Hủy cuộc giám sát", Reason, url, row.revision, is_danger=True))
    return found


@login_required
@require_POST
def supervision_step(request: HttpRequest, supervision_id: UUID) -> HttpResponse:
    """Announce, start or cancel."""
    one = visit(request)
    row = row_or_404(one, supervision_id)
    verb = request.POST.get("verb", "")
    kinds: dict[str, type[Step]] = {"announce": Announce, "start": Step, "cancel": Reason}
    form = kinds.get(verb, Step)(request.POST)

    def again(sentence: str) -> HttpResponse:
        return page_of(request, one, row, sentence)

    if not form.is_valid() or verb not in kinds:
        one.require("edit", row)
        return again(first_problem(form))
    said = form.cleaned_data
    given = {"supervision": row, "revision": said["revision"], "now": one.now, "by": one.user}
    calls = {
        "announce": lambda: services.announce(**given, decision=said["decision"], on=said["on"]),
        "start": lambda: services.start(**given),
        "cancel": lambda: services.cancel_supervision(**given, reason=said["note"]),
    }
    done = {
        "announce": "Đã ghi việc thông báo.",
        "start": "Đoàn đã bắt đầu làm việc.",
        "cancel": "Đã hủy cuộc giám sát.",
    }
    return take(request, calls[verb], said=done[verb], url=reverse("supervision-detail", args=[row.pk]), again=again)


@login_required
@require_POST
def supervision_report(request: HttpRequest, supervision_id: UUID) -> HttpResponse:
    """Write, send back or issue the report."""
    one = visit(request)
    row = row_or_404(one, supervision_id)
    return cases.report_step(request, one, row, lambda sentence: page_of(request, one, row, sentence))


@login_required
@require_safe
def supervision_file(request: HttpRequest, supervision_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Send a file of a supervision; the body looked at gets only what was issued."""
    one = visit(request)
    row = row_or_404(one, supervision_id)
    reports = row.reports.filter(publication__isnull=False) if not cases.may_read(one, row) else row.reports.all()
    files = [*reports.values_list("attachment", flat=True)]
    if cases.may_read(one, row):
        files += [
            *row.visits.values_list("minutes", flat=True),
            *row.findings.values_list("files__attachment", flat=True),
        ]
    return cases.sent_file(files, attachment_id)
