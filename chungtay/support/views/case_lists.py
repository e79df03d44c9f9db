"""Many proposals of one kind from a workbook: template, sending, preview with what is wrong cell by cell, taking in."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.places.models import Area
from chungtay.support import forms
from chungtay.support.batches.opening import propose_all
from chungtay.support.caselists.reading import HEAD_WITHIN, MOST_ROWS, read
from chungtay.support.caselists.taking_in import proposals_of
from chungtay.support.caselists.writing import template
from chungtay.support.giftlists.reading import MOST_BYTES, NotAList
from chungtay.support.kinds import Kind, Subject, kinds
from chungtay.support.masking import masked
from chungtay.support.views.doors import Visit, crumbs, require_proposer, visit
from chungtay.support.views.exporting import XLSX
from chungtay.tables.apart import UnreadableTable, rows_apart
from chungtay.web.http import redirect_with, render_page
from chungtay.web.uploads import Shelf, Upload, UploadGone, drop

SHOWN = 50
SHELF = Shelf("support-proposals", "chungtay.support.proposals", ".xlsx")


def _kind_or_404(code: str) -> Kind:
    """Return a kind whose cases come one by one. Raises Http404: lists have their own workbook."""
    found = kinds().get(code)
    if found is None or found.subject is Subject.LIST:
        raise Http404
    return found


@login_required
@require_safe
def case_template(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the empty list of a kind."""
    require_proposer(visit(request))
    told = _kind_or_404(kind)
    headers = {"Content-Disposition": f'attachment; filename="mau-de-nghi-{told.code}.xlsx"'}
    return HttpResponse(template(told), content_type=XLSX, headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
def case_import(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for a workbook and keep it for the preview."""
    one = visit(request)
    require_proposer(one)
    told = _kind_or_404(kind)
    form = forms.SendList(request.POST, request.FILES) if request.method == "POST" else forms.SendList()
    if form.is_valid():
        said = {"about": _about(told), "user_id": one.user.pk, "largest": MOST_BYTES, "unnamed": "de-nghi.xlsx"}
        too_big = "Tệp lớn hơn 20 MB. Hãy xóa ảnh, trang thừa rồi nộp lại."
        if form.try_(SHELF.keep, file=form.cleaned_data["file"], too_big=too_big, **said):
            return redirect("case-import-preview", told.code, form.result.token)
    context = {"kind": told, "form": form, "crumbs": _crumbs(told, "nạp từ Excel")}
    return render_page(request, "support/case_import.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def case_import_preview(request: HttpRequest, kind: str, token: str) -> HttpResponse:
    """Say what the kept workbook would open, cell by cell what is wrong; on confirmation open all of it."""
    one = visit(request)
    area = Area.objects.get(pk=require_proposer(one))
    told = _kind_or_404(kind)
    try:
        upload = SHELF.kept(token, about=_about(told), user_id=one.user.pk)
    except UploadGone as gone:
        return redirect_with(request, str(gone), reverse("case-import", args=[told.code]), messages.WARNING)
    if request.POST.get("do") == "drop":
        drop(upload)
        return redirect_with(request, "Đã bỏ tệp, không hồ sơ nào được lập.", reverse("case-kinds"))
    return _preview(request, one, told, area, upload)


def _preview(request: HttpRequest, one: Visit, told: Kind, area: Area, upload: Upload) -> HttpResponse:
    context: dict[str, Any] = {"kind": told, "upload": upload, "crumbs": _crumbs(told, "xem trước")}
    status = 200
    try:
        cases, wrong = read(told, _rows(upload))
        proposals, refused = proposals_of(told, area, cases)
        wrong += refused
        if request.method == "POST" and not wrong:
            made = propose_all(area=area, proposals=[said for _, said in proposals], now=one.now, by=one.user)
            drop(upload)
            said = f"Đã lập {format_integer(len(made))} hồ sơ từ {upload.name}."
            return redirect_with(request, said, f"{reverse('support-list')}?buoc=proposed")
        context |= {
            "wrong": wrong[:SHOWN],
            "more_wrong": max(0, len(wrong) - SHOWN),
            "rows": [
                {"row": case.row, "name": masked(case.values.get("head") or ""), "said": said.content}
                for case, said in proposals[:SHOWN]
            ],
            "count": len(proposals),
            "amount": sum(said.content.total for _, said in proposals),
        }
        status = 422 if wrong else 200
    except DomainError as problem:
        context["refused"], status = str(problem), 422
    return render_page(request, "support/case_import_preview.html", context, status=status)


def _rows(upload: Upload) -> list[list[Any]]:
    try:
        return rows_apart(upload.read(), most_rows=MOST_ROWS + HEAD_WITHIN + 1)
    except UnreadableTable as refused:
        raise NotAList(str(refused)) from refused


def _about(kind: Kind) -> UUID:
    return uuid5(NAMESPACE_URL, f"case-import/{kind.code}")


def _crumbs(kind: Kind, last: str) -> list[dict[str, str]]:
    return crumbs(None, ("Lập hồ sơ", reverse("case-kinds")), (f"{kind.name}: {last}", ""))
