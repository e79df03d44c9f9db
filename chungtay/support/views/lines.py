"""The lines of a list: added by hand or from Excel, struck, and handed over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chungtay.kernel.errors import DomainError
from chungtay.support import forms, services
from chungtay.support.giftlists.matching import drafts_of
from chungtay.support.giftlists.reading import MOST_BYTES, read, rows_of
from chungtay.support.kinds import Subject
from chungtay.support.masking import masked
from chungtay.support.models import Case, PackageLine
from chungtay.support.proposing import OPEN
from chungtay.support.rules import State
from chungtay.support.views.doors import Visit, case_or_404, crumbs, visit
from chungtay.web.forms import DateField, Form
from chungtay.web.http import redirect_with, render_page
from chungtay.web.uploads import Shelf, Upload, UploadGone, drop

ON_A_PAGE = 100
SHOWN = 50
SHELF = Shelf("support-lists", "chungtay.support.list", ".xlsx")


class _Give(Form):
    on = DateField(label="Ngày nhận")


@login_required
@require_safe
def line_list(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show a list and what may be done with it."""
    one = visit(request)
    case = _list_or_404(one, case_id)
    return _page(request, one, case)


def _page(
    request: HttpRequest,
    one: Visit,
    case: Case,
    *,
    form: forms.LineForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    page = Paginator(case.lines.order_by("position"), ON_A_PAGE).get_page(request.GET.get("page"))
    is_open = case.of_kind.subject is Subject.LIST and case.state in OPEN and one.may("propose", case)
    context = {
        "case": case,
        "page": page,
        "rows": [{"line": line, "name": masked(line.name)} for line in page.object_list],
        "is_open": is_open,
        "may_give": case.state == State.FUNDED and one.may("deliver", case),
        "form": form or forms.LineForm(initial={"revision": case.revision, "quantity": 1}),
        "give": _Give(initial={"on": one.today}),
        "refused": refused,
        "crumbs": crumbs(case, ("Danh sách", "")),
    }
    return render_page(request, "support/line_list.html", context, status=status)


@login_required
@require_POST
def line_create(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Add one line."""
    one = visit(request)
    case = _list_or_404(one, case_id)
    one.require("propose", case)
    form = forms.LineForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        draft = services.LineDraft(said["name"], said["hamlet"], said["value"], said["quantity"], said["note"])
        revision = said["revision"]
        if form.try_(services.add_lines, case=case, lines=[draft], revision=revision, now=one.now, by=one.user):
            return redirect_with(request, f"Đã thêm {masked(draft.name)}.", reverse("line-list", args=[case.pk]))
    return _page(request, one, case_or_404(one, case_id), form=form, status=422)


@login_required
@require_POST
def line_strike(request: HttpRequest, case_id: UUID, line_id: int) -> HttpResponse:
    """Strike one line."""
    one = visit(request)
    case = _list_or_404(one, case_id)
    one.require("propose", case)
    line = PackageLine.objects.filter(case=case, pk=line_id).first()
    if line is None:
        raise Http404
    form = forms.Step(request.POST)
    revision = form.cleaned_data["revision"] if form.is_valid() else 0
    try:
        services.strike_line(case=case, line=line, revision=revision, now=one.now, by=one.user)
    except DomainError as wrong:
        return _page(request, one, case_or_404(one, case_id), refused=str(wrong), status=409)
    return redirect_with(request, f"Đã gạch dòng {line.position}.", reverse("line-list", args=[case.pk]))


@login_required
@require_POST
def lines_give(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Note that the ticked lines were handed over."""
    one = visit(request)
    case = _list_or_404(one, case_id)
    one.require("deliver", case)
    form, step = _Give(request.POST), forms.Step(request.POST)
    ids = [int(said) for said in request.POST.getlist("line") if said.isdecimal() and len(said) < 19]
    if not form.is_valid() or not step.is_valid() or not ids:
        refused = "Chưa chọn dòng nào, hoặc ngày nhận chưa đúng. Hãy chọn các dòng đã nhận và ghi ngày."
        return _page(request, one, case, refused=refused, status=422)
    try:
        made = services.hand_out(
            case=case,
            lines=ids,
            on=form.cleaned_data["on"],
            revision=step.cleaned_data["revision"],
            now=one.now,
            by=one.user,
        )
    except DomainError as wrong:
        return _page(request, one, case_or_404(one, case_id), refused=str(wrong), status=409)
    said = f"Đã ghi nhận trao {len(made)} dòng."
    return redirect_with(request, said, reverse("line-list", args=[case.pk]))


@login_required
@require_http_methods(["GET", "POST"])
def list_import(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for a workbook and keep it for the preview."""
    one = visit(request)
    case = _list_or_404(one, case_id)
    one.require("propose", case)
    form = forms.SendList(request.POST, request.FILES) if request.method == "POST" else forms.SendList()
    if form.is_valid():
        said = {"about": case.pk, "user_id": one.user.pk, "largest": MOST_BYTES, "unnamed": "danh-sach.xlsx"}
        too_big = "Tệp lớn hơn 20 MB. Hãy xóa ảnh, trang thừa rồi nộp lại."
        if form.try_(SHELF.keep, file=form.cleaned_data["file"], too_big=too_big, **said):
            return redirect("list-preview", case.pk, form.result.token)
    context = {"case": case, "form": form, "crumbs": crumbs(case, *_way(case), ("Nạp từ Excel", ""))}
    return render_page(request, "support/list_import.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def list_preview(request: HttpRequest, case_id: UUID, token: str) -> HttpResponse:
    """Say what the kept workbook would add, cell by cell what is wrong; on confirmation add it."""
    one = visit(request)
    case = _list_or_404(one, case_id)
    one.require("propose", case)
    try:
        upload = SHELF.kept(token, about=case.pk, user_id=one.user.pk)
    except UploadGone as gone:
        return redirect_with(request, str(gone), reverse("list-import", args=[case.pk]), messages.WARNING)
    if request.POST.get("do") == "drop":
        drop(upload)
        return redirect_with(request, "Đã bỏ tệp, không dòng nào được thêm.", reverse("line-list", args=[case.pk]))
    return _preview(request, one, case, upload)


def _preview(request: HttpRequest, one: Visit, case: Case, upload: Upload) -> HttpResponse:
    context: dict[str, Any] = {"case": case, "upload": upload, "crumbs": crumbs(case, *_way(case), ("Xem trước", ""))}
    status = 200
    try:
        lines, wrong = read(rows_of(upload.read()))
        drafts = drafts_of(case.area_id, lines)
        context |= {
            "wrong": wrong[:SHOWN],
            "more_wrong": max(0, len(wrong) - SHOWN),
            "rows": [
                {"row": line.row, "line": draft, "name": masked(draft.name)}
                for line, draft in zip(lines, drafts, strict=True)
            ][:SHOWN],
            "count": len(drafts),
            "packages": sum(draft.quantity for draft in drafts),
            "amount": sum(draft.quantity * draft.value for draft in drafts),
            "known": sum(draft.household is not None for draft in drafts),
        }
        if request.method == "POST" and not wrong:
            revision = int(request.POST.get("revision", "0") or 0)
            services.add_lines(case=case, lines=drafts, revision=revision, now=one.now, by=one.user)
            drop(upload)
            said = f"Đã thêm {len(drafts)} dòng từ {upload.name}."
            return redirect_with(request, said, reverse("line-list", args=[case.pk]))
        status = 422 if wrong else 200
    except (ValueError, MultiValueDictKeyError):
        context["refused"], status = "Trang gửi lên chưa đúng. Hãy tải lại trang.", 422
    except DomainError as refused:
        context["refused"], status = str(refused), 422
    return render_page(request, "support/list_preview.html", context, status=status)


def _way(case: Case) -> list[tuple[str, str]]:
    return [("Danh sách", reverse("line-list", args=[case.pk]))]


def _list_or_404(one: Visit, case_id: UUID) -> Case:
    case = case_or_404(one, case_id)
    if not case.of_kind.has_lines:
        raise Http404
    return case
