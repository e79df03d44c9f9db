"""The form as a workbook: taken away, filled elsewhere, brought back. Nothing is taken in before it was looked at."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from chungtay.kernel.errors import DomainError
from chungtay.returns import forms, intake, selectors, uploads
from chungtay.returns.views import pages
from chungtay.returns.views.doors import Visit, visit
from chungtay.web.http import redirect_with, render_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
def return_workbook(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Send the form as a workbook: filled with the working copy for its clerk, with what was sent for everybody else."""
    one = visit(request, return_id)
    is_draft = one.can("fill")
    entries = selectors.draft_entries(one.of) if is_draft else selectors.entries_of(pages.last_version(one))
    name = intake.workbook_name(one.of)
    data = intake.workbook_of(one.of, entries=entries)
    return HttpResponse(
        data,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@login_required
@require_http_methods(["GET", "POST"])
def return_upload(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Ask for a filled workbook and keep it for the preview."""
    one = visit(request, return_id)
    one.require("fill")
    form = forms.Upload(request.POST, request.FILES) if request.method == "POST" else forms.Upload()
    if form.is_valid() and form.try_(
        uploads.keep, file=form.cleaned_data["file"], return_id=one.of.pk, user_id=one.user.pk
    ):
        return redirect("return-upload-preview", return_id, form.result.token)
    context = {"one": one, "form": form, "crumbs": pages.crumbs(one, "Nộp tệp Excel")}
    return render_page(request, "returns/upload.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def return_upload_preview(request: HttpRequest, return_id: UUID, token: str) -> HttpResponse:
    """Say what the kept workbook would change; on confirmation read it again and take it in."""
    one = visit(request, return_id)
    one.require_post("fill")
    try:
        upload = uploads.kept(token, return_id=one.of.pk, user_id=one.user.pk)
    except uploads.UploadGone as gone:
        return redirect_with(request, str(gone), reverse("return-detail", args=[return_id]), messages.WARNING)
    [preview] = intake.preview_files([upload.path], wanted=one.of)
    preview = replace(preview, name=upload.name)
    if request.method == "GET":
        return _preview_page(request, one, preview)
    if request.POST.get("do") == "drop":
        uploads.drop(upload)
        return redirect_with(request, "Đã bỏ tệp, báo cáo không thay đổi.", reverse("return-detail", args=[return_id]))
    if request.POST.get("revision") != str(one.of.revision):
        refused = "Bản nháp đã thay đổi từ lúc bạn xem trước. Hãy xem lại các ô dưới đây rồi bấm nhận lần nữa."
        return _preview_page(request, one, preview, refused=refused, status=409)
    try:
        intake.take_in(preview, now=one.now, by=one.user)
    except DomainError as refused:
        return _preview_page(request, visit(request, return_id), preview, refused=str(refused), status=409)
    uploads.drop(upload)
    said = f"Đã nhận {len(preview.changes)} ô từ tệp {upload.name} vào bản nháp."
    return redirect_with(request, said, reverse("return-detail", args=[return_id]))


def _preview_page(
    request: HttpRequest, one: Visit, preview: intake.Preview, *, refused: str = "", status: int = 200
) -> HttpResponse:
    labels = {cell.key: cell.label for cell in selectors.form_spec(one.of.round.form).cells}
    context = {
        "one": one,
        "preview": preview,
        "refused": refused,
        "remarks": [(labels[remark.key], remark) for remark in preview.remarks],
        "crumbs": pages.crumbs(one, "Xem trước tệp Excel"),
    }
    return render_page(request, "returns/upload_preview.html", context, status=status)
