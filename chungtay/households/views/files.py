"""A workbook of households: the template, sending one, seeing what it would add, and taking it in."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.households import forms
from chungtay.households.intake import taking
from chungtay.households.intake.columns import Entry
from chungtay.households.intake.sheets import XLSX, template
from chungtay.households.intake.taking import LARGEST
from chungtay.households.naming import masked_name
from chungtay.households.rules import KIND_LABELS
from chungtay.households.views.doors import area_or_404, crumbs, visit
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.places import selectors as places
from chungtay.web.http import redirect_with, render_page
from chungtay.web.uploads import Shelf, UploadGone, drop

_SHELF = Shelf("households", "chungtay.households.file", ".xlsx")
SHOWN = 50
_TOO_BIG = f"Tệp lớn hơn {LARGEST // 1024**2} MB. Hãy chia thành nhiều tệp, mỗi tệp không quá 5.000 hộ."


@login_required
@require_safe
def file_template(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Send the workbook to fill in."""
    one = visit(request)
    area_or_404(one, area_id)
    place = places.name_on(area_id, one.today)
    name = f"mau-danh-sach-ho-{fold(place).replace(' ', '-')}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(template(place), content_type=XLSX, headers=headers)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def file_send(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Keep a workbook for an hour and go to its preview."""
    one = visit(request)
    area_or_404(one, area_id)
    form = forms.SendFile(
        request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        kept = form.try_(
            _SHELF.keep,
            file=form.cleaned_data["file"],
            about=area_id,
            user_id=one.user.pk,
            largest=LARGEST,
            too_big=_TOO_BIG,
            unnamed="danh-sach-ho.xlsx",
        )
        if kept:
            return redirect_with(request, "", reverse("household-preview", args=[area_id, form.result.token]))
    context: dict[str, Any] = {
        "form": form,
        "area_id": area_id,
        "place": places.name_on(area_id, one.today),
        "crumbs": crumbs(("Nhận danh sách Excel", "")),
    }
    return render_page(request, "households/file_send.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def file_preview(request: HttpRequest, area_id: UUID, token: str) -> HttpResponse:
    """Show what a kept workbook would add; take it in when asked to."""
    one = visit(request)
    area = area_or_404(one, area_id)
    back = reverse("household-file", args=[area_id])
    try:
        upload = _SHELF.kept(token, about=area_id, user_id=one.user.pk)
    except UploadGone as gone:
        return redirect_with(request, str(gone), back)
    if request.POST.get("do") == "drop":
        drop(upload)
        return redirect_with(request, "Đã bỏ tệp, không ghi gì.", back)
    form = forms.TakeIn(request.POST if request.method == "POST" else None, initial={"day": one.today})
    refused = ""
    try:
        findings = taking.look_into(area, upload.read(), now=one.now)
    except DomainError as wrong:
        drop(upload)
        context = {"refused": str(wrong), "form": forms.SendFile(), "area_id": area_id}
        context |= {"place": places.name_on(area_id, one.today), "crumbs": crumbs(("Nhận danh sách Excel", back))}
        return render_page(request, "households/file_send.html", context, status=422)
    if request.method == "POST" and form.is_valid():
        taken = form.try_(
            taking.take_in,
            area=area,
            findings=findings,
            ground=form.legal_ground,
            with_doubts=form.cleaned_data["with_doubts"],
            now=one.now,
            by=one.user,
        )
        if taken:
            drop(upload)
            return redirect_with(request, f"Đã ghi {len(form.result)} hộ vào sổ.", reverse("household-list"))
    context = {
        "form": form,
        "refused": refused,
        "name": upload.name,
        "place": places.name_on(area_id, one.today),
        "counts": [
            ("Hộ mới", len(findings.fresh)),
            ("Nghi trùng", len(findings.doubts)),
            ("Ô phải sửa", len(findings.problems)),
        ],
        "problems": findings.problems[:SHOWN],
        "problems_more": max(len(findings.problems) - SHOWN, 0),
        "doubts": [_doubt(doubt) for doubt in findings.doubts[:SHOWN]],
        "fresh": [_entry(entry) for entry in findings.fresh[:SHOWN]],
        "may_take": bool(findings.fresh or findings.doubts),
        "crumbs": crumbs(("Nhận danh sách Excel", back), ("Xem trước", "")),
    }
    return render_page(request, "households/file_preview.html", context, status=422 if form.errors else 200)


def _entry(entry: Entry) -> dict[str, Any]:
    person = entry.personal
    label = KIND_LABELS[entry.kind] if entry.kind else ""
    return {
        "row": entry.row,
        "name": person.head_name,
        "hamlet": person.hamlet,
        "members": person.members,
        "kind": label,
    }


def _doubt(doubt: taking.Doubt) -> dict[str, Any]:
    known = doubt.known
    whom = f"{masked_name(known.head_name)}, {known.hamlet}" if known else f"dòng {doubt.earlier_row} của tệp"
    return _entry(doubt.entry) | {"whom": whom, "known": known, "likeness": doubt.likeness}
