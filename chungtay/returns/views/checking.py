"""The upper level's page of one return: check it against what is known, then approve it or send cells back with reasons."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from chungtay.access.rules import Verdict
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import datetime_text
from chungtay.places import selectors as places
from chungtay.returns import forms, grid, history, rules, selectors, services, sheets
from chungtay.returns.background import background_of
from chungtay.returns.rules import State
from chungtay.returns.views import pages
from chungtay.returns.views.doors import Visit, visit
from chungtay.web.http import redirect_with, render_page

DOING = {
    State.NOT_STARTED: "Đơn vị chưa nhập gì.",
    State.DRAFT: "Đơn vị đang nhập.",
    State.FOR_SIGNING: "Báo cáo đang chờ lãnh đạo đơn vị ký.",
    State.SUBMITTED: "",
    State.RETURNED: "Đơn vị đang sửa.",
    State.APPROVED: "",
}


@login_required
@require_GET
def return_check(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Show what the unit sent, with everything that helps to judge it."""
    one = visit(request, return_id)
    one.require_post("approve")
    return _page(request, one)


@login_required
@require_POST
def return_decide(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Approve the version that was seen, or send the ticked cells back with their reasons."""
    one = visit(request, return_id)
    one.require_post("approve")
    spec = selectors.form_spec(one.of.round.form)
    ticked = forms.ticked_cells(spec, request.POST)
    note = request.POST.get("note", "").strip()[:1000]
    try:
        said = _approve(one, request, ticked) if request.POST.get("do") == "approve" else _send_back(one, ticked, note)
    except DomainError as refused:
        return _page(request, visit(request, return_id), ticked=ticked, note=note, refused=str(refused), status=409)
    return _next(request, one, said)


class StillTicked(DomainError):
    """The return is to be approved while cells are marked to go back."""


class ReasonMissing(DomainError):
    """A cell is to go back without saying why."""


def _approve(one: Visit, request: HttpRequest, ticked: Mapping[str, str]) -> str:
    if ticked:
        raise StillTicked(
            f"Bạn đang đánh dấu trả lại {len(ticked)} ô. Hãy bỏ đánh dấu nếu muốn duyệt, hoặc bấm “Trả lại”."
        )
    seen = request.POST.get("content_hash", "")
    services.approve_return(of=one.of, content_hash=seen, now=one.now, by=one.user)
    return f"Đã duyệt báo cáo của {one.unit}."


def _send_back(one: Visit, ticked: Mapping[str, str], note: str) -> str:
    if any(not reason for reason in ticked.values()):
        raise ReasonMissing(
            "Có ô đánh dấu trả lại mà chưa ghi lý do. Hãy ghi lý do ở từng ô, để đơn vị biết phải sửa gì."
        )
    services.send_back_return(of=one.of, remarks=ticked, note=note, now=one.now, by=one.user)
    return f"Đã trả lại {len(ticked)} ô cho {one.unit}." if ticked else f"Đã trả lại báo cáo cho {one.unit}."


def _next(request: HttpRequest, one: Visit, said: str) -> HttpResponse:
    """Go on to the next return that waits for a decision, else to the status grid."""
    waiting = [of for of in grid.waiting_for(one.keys) if of.state == State.SUBMITTED]
    if not waiting:
        there = f"{reverse('return-grid')}?bieu={one.of.round.form.code}"
        return redirect_with(request, f"{said} Không còn báo cáo nào chờ bạn kiểm tra.", there)
    name = places.name_on(waiting[0].area_id, waiting[0].round.period_start)
    said = f"{said} Còn {len(waiting)} báo cáo chờ kiểm tra, tiếp theo là {name}."
    return redirect_with(request, said, reverse("return-check", args=[waiting[0].pk]))


@login_required
@require_POST
def return_extend(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Give the unit more time."""
    one = visit(request, return_id)
    one.require_post("extend")
    form = forms.Extend(request.POST)
    if form.is_valid() and form.try_(
        services.extend_deadline,
        of=one.of,
        until=form.moment(),
        note=form.cleaned_data["note"],
        now=one.now,
        by=one.user,
    ):
        said = f"Đã gia hạn cho {one.unit} đến {datetime_text(form.moment())}."
        return redirect_with(request, said, reverse("return-check", args=[return_id]))
    return _page(request, one, extend=form, status=422)


@login_required
@require_POST
def return_reopen(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Let the unit correct an approved return."""
    one = visit(request, return_id)
    one.require_post("reopen")
    form = forms.Reopen(request.POST)
    if form.is_valid() and form.try_(
        services.reopen_return, of=one.of, note=form.cleaned_data["note"], now=one.now, by=one.user
    ):
        said = f"Đã mở lại báo cáo của {one.unit}. Số đã duyệt vẫn dùng cho đến khi bản mới được duyệt."
        return redirect_with(request, said, reverse("return-check", args=[return_id]))
    return _page(request, one, reopen=form, status=422)


def _page(
    request: HttpRequest,
    one: Visit,
    *,
    ticked: Mapping[str, str] | None = None,
    note: str = "",
    extend: forms.Extend | None = None,
    reopen: forms.Reopen | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    spec = selectors.form_spec(one.of.round.form)
    versions = one.versions()
    version = versions[0] if versions else None
    entries = selectors.entries_of(version)
    background = background_of(one.of, version)
    events = selectors.history_of(one.of)
    changes = selectors.version_changes(spec, version, among=versions) if version else []
    sheet = sheets.sheet_of(
        spec,
        entries,
        background,
        problems=selectors.said_of(spec, entries, background) if version else (),
        remarks=pages.questions(events, version),
        changes=changes,
        ratios=selectors.ratios_of(spec),
        ticked=ticked,
    )
    signed = [e.at for e in events if e.verb == "sign"]
    came_in = min(signed) if signed and version else None
    context = {
        **pages.heading(one),
        "one": one,
        "version": version,
        "sheet": sheet if version else None,
        "cell_count": len(spec.cells),
        "note": note,
        "extend": extend or forms.Extend(),
        "reopen": reopen or forms.Reopen(),
        "refused": refused,
        "may_decide": one.can("approve"),
        "is_own_work": one.keys.verdict("approve", one.of) is Verdict.OWN_WORK,
        "may_reopen": one.can("reopen"),
        "may_extend": one.can("extend") and one.of.state in rules.NOT_YET_SENT,
        "late_days": pages.late_days(one, came_in),
        "late_words": "Gửi trễ" if came_in else "Quá hạn",
        "late_title": pages.late_title(one),
        "doing": DOING[State(one.of.state)],
        "last": pages.last_act(events, version),
        "events": history.lines(events, inside=False),
        "versions": versions,
        "crumbs": pages.crumbs(one, "Kiểm tra"),
    }
    return render_page(request, "returns/check.html", context, status=status)
