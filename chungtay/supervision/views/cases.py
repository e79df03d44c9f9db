"""What supervisions and criticisms share on the screen: their lists, their reports, and the steps of publication."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from chungtay.evidence import serving
from chungtay.evidence.models import Attachment
from chungtay.supervision import selectors, services
from chungtay.supervision.forms import Narrow
from chungtay.supervision.models import Criticism, PlanItem, Report, Supervision
from chungtay.supervision.rules import Kind, State
from chungtay.supervision.step_forms import PaperNumber, Reason, ReportForm
from chungtay.supervision.views.doors import Action, Visit, action, badge, first_problem, frame, kept_file, take
from chungtay.web.http import render_page

PER_PAGE = 25
Case = Supervision | Criticism


def case_list(
    request: HttpRequest, one: Visit, rows: Any, name: str, states: tuple[State, ...], words: dict[str, str]
) -> HttpResponse:
    """Show a list of supervisions or criticisms, narrowed."""
    years = sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
    form = Narrow(request.GET, bodies=selectors.bodies_named(rows, "target"), states=states, years=years)
    found = selectors.narrowed(rows, form.narrowing(one.today), body="target", order=("-year", "-number"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        {"row": row, "url": reverse(f"{name}-detail", args=[row.pk]), "badge": badge(row.state, _late(row, one.today))}
        for row in page
    ]
    context = frame(one, f"{name}-list", form=form, page=page, rows=lines, words=words, may_write=bool(one.fronts()))
    return render_page(request, "supervision/case_list.html", context)


def _late(row: Case, today: date) -> int:
    due = getattr(row, "report_due", None)
    return max(0, (today - due).days) if due and row.state in (State.RUNNING, State.REPORTED) else 0


def open_items(one: Visit, kind: Kind) -> list[PlanItem]:
    """Return the agreed lines of the person's own plans that nobody has begun."""
    mine = [body.pk for body in one.fronts()]
    name = kind.value
    rows = PlanItem.objects.filter(
        plan__body_id__in=mine, plan__state=State.AGREED, kind=kind, **{f"{name}__isnull": True}
    )
    return list(rows.select_related("plan", "target").order_by("starts_on", "number"))


def first_of(request: HttpRequest, items: list[PlanItem]) -> dict[str, Any]:
    """Return what the form begins with when the address names a line of the plan."""
    item = next((one for one in items if str(one.pk) == request.GET.get("dong", "")), None)
    if item is None:
        return {}
    return {
        "item": item.pk, "body": item.plan.body_id, "target": item.target_id, "subject": item.subject, "form": item.form,
        "starts_on": item.starts_on, "ends_on": item.ends_on,
    }  # fmt: skip


def report_actions(one: Visit, row: Case, report: Report | None) -> list[Action]:
    """Return the steps of a report: one writes, another reads and issues."""
    url = reverse(f"{row.thing}-report", args=[row.pk])
    words = "báo cáo kết quả giám sát" if isinstance(row, Supervision) else "văn bản phản biện"
    found = []
    if row.state == State.RUNNING and one.can("edit", row):
        first = (
            {"strengths": report.strengths, "limits": report.limits, "proposals": report.proposals} if report else {}
        )
        hint = "Người khác đọc và ban hành; bản đã ban hành không sửa được."
        found.append(action("write", f"Viết {words}", ReportForm, url, row.revision, hint=hint, more=first))
    if row.state == State.REPORTED and report is not None and one.can("publish", row):
        hint = f"Bạn ban hành đúng bản {report.version} đang hiện."
        more = {"content_hash": report.content_hash}
        found.append(
            action("publish", f"Ban hành {words}", PaperNumber, url, row.revision, hint=hint, is_main=True, more=more)
        )
        found.append(action("back", "Trả lại để viết lại", Reason, url, row.revision))
    return found


def report_step(request: HttpRequest, one: Visit, row: Case, again: Callable[[str], HttpResponse]) -> HttpResponse:
    """Write, send back or issue a report."""
    verb = request.POST.get("verb", "")
    kinds = {"write": ReportForm, "publish": PaperNumber, "back": Reason}
    form = kinds.get(verb, PaperNumber)(request.POST, request.FILES)
    if not form.is_valid() or verb not in kinds:
        if not one.can("edit", row):
            one.require("publish", row)
        return again(first_problem(form))
    said = form.cleaned_data
    given = {"of": row, "revision": said["revision"], "now": one.now, "by": one.user}

    def write() -> None:
        texts = {name: said[name] for name in ("strengths", "limits", "proposals")}
        services.write_report(**given, **texts, attachment=kept_file(form, one))

    calls: dict[str, Callable[[], Any]] = {
        "write": write,
        "back": lambda: services.send_report_back(**given, reason=said["note"]),
        "publish": lambda: services.publish_report(**given, number=said["number"], content_hash=said["content_hash"]),
    }
    done = {"write": "Đã trình, chờ người khác ban hành.", "back": "Đã trả lại.", "publish": "Đã ban hành."}
    return take(request, calls[verb], said=done[verb], url=reverse(f"{row.thing}-detail", args=[row.pk]), again=again)


def reports_of(row: Case) -> list[dict[str, Any]]:
    """Return the versions of the report, the newest first, each with its publication."""
    rows = row.reports.select_related("by", "attachment").order_by("-version")
    return [
        {
            "report": report,
            "publication": getattr(report, "publication", None),
            "url": reverse(f"{row.thing}-file", args=[row.pk, report.attachment_id]) if report.attachment_id else "",
        }
        for report in rows
    ]


def may_read(one: Visit, row: Case) -> bool:
    """Say whether the person is of who carries it out (or watches them); the body looked at sees only what was issued."""
    return one.can("view", row)


def sent_file(attachments: Any, pk: UUID) -> HttpResponse:
    """Send a kept file that belongs to the thing. Raises Http404."""
    found = Attachment.objects.filter(pk=pk).first() if pk in set(attachments) else None
    if found is None:
        raise Http404
    return serving.answer(found)
