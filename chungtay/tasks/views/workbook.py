"""A plan goes out as a workbook and comes in from one: looked at first, then taken in whole or not at all."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.kernel.errors import DomainError
from chungtay.tasks import selectors, services, sheets
from chungtay.tasks.rules import State
from chungtay.tasks.views.doors import Visit, bodies_for, crumbs, visit
from chungtay.tasks.views.lists import narrow_form
from chungtay.web.forms import Form
from chungtay.web.http import redirect_with, render_page
from chungtay.web.uploads import Shelf, Upload, UploadGone, drop

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHELF = Shelf("uploads", "chungtay.tasks.plan", ".xlsx")


class PlanFile(Form):
    """The filled workbook."""

    file = forms.FileField(label="Tệp kế hoạch (.xlsx)")


def _sent(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=XLSX, headers=headers)


@login_required
@require_safe
def task_excel(request: HttpRequest) -> HttpResponse:
    """Send the tasks of a programme as a workbook, narrowed as the list is."""
    one = visit(request)
    tasks = list(selectors.narrowed(one.tasks(), narrow_form(request, one).narrowing(one.today))[: sheets.MOST_ROWS])
    data = sheets.write_plan(tasks, selectors.duties_of(tasks), bodies_for(one.chosen, one.today))
    return _sent(data, f"nhiem-vu-{one.chosen.code}.xlsx")


@login_required
@require_safe
def task_template(request: HttpRequest) -> HttpResponse:
    """Send the empty workbook of a plan."""
    one = visit(request)
    return _sent(sheets.write_plan([], {}, bodies_for(one.chosen, one.today)), "mau-ke-hoach.xlsx")


@login_required
@require_http_methods(["GET", "POST"])
def task_import(request: HttpRequest) -> HttpResponse:
    """Take a filled workbook: preview, then confirmation by the token of the kept file."""
    one = visit(request)
    one.require("edit", state=State.DRAFT)
    form = (
        PlanFile(
            request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None
        )
        if not request.POST.get("token")
        else PlanFile()
    )
    try:
        upload = _upload(request, one, form)
        if upload is None:
            return _page(request, one, form)
        lines = _read(upload, one)
        if request.POST.get("do") == "take" and all(line.plan for line in lines):
            with transaction.atomic():
                for line in lines:
                    if line.plan is not None:
                        services.write_task(programme=one.chosen, plan=line.plan, now=one.now, by=one.user)
            drop(upload)
            said = f"Đã nhận {len(lines)} nhiệm vụ vào bản nháp. Người khác sẽ duyệt."
            return redirect_with(request, said, reverse("task-list") + one.query())
    except DomainError as refused:
        return _page(request, one, form, refused=str(refused))
    return _page(request, one, form, lines=lines, upload=upload)


def _upload(request: HttpRequest, one: Visit, form: PlanFile) -> Upload | None:
    about, user = one.chosen.pk, one.user.pk
    if token := request.POST.get("token"):
        return SHELF.kept(token, about=about, user_id=user)
    if not form.is_bound or not form.is_valid():
        return None
    sent, too_big = form.cleaned_data["file"], "Tệp lớn hơn 5 MB. Hãy xóa ảnh, trang thừa rồi nộp lại."
    return SHELF.keep(
        sent, about=about, user_id=user, largest=sheets.MAX_BYTES, too_big=too_big, unnamed="ke-hoach.xlsx"
    )


def _read(upload: Upload, one: Visit) -> list[sheets.Line]:
    programme = one.chosen
    areas = list((programme.parent or programme).areas_of_work.all())
    try:
        data = upload.read()
    except FileNotFoundError:
        raise UploadGone("Tệp đã nộp không còn được giữ. Hãy nộp lại tệp.") from None
    return sheets.read_plan(data, programme, bodies_for(programme, one.today), areas)


def _page(
    request: HttpRequest,
    one: Visit,
    form: PlanFile,
    *,
    refused: str = "",
    lines: list[sheets.Line] | None = None,
    upload: Upload | None = None,
) -> HttpResponse:
    problems = [problem for line in lines or [] for problem in line.problems]
    context: dict[str, Any] = {
        "one": one,
        "form": form,
        "refused": refused,
        "lines": lines,
        "problems": problems,
        "upload": upload,
        "crumbs": crumbs(("Nạp kế hoạch từ Excel", "")),
    }
    is_wrong = bool(refused or problems or form.errors)
    return render_page(request, "tasks/import.html", context, status=422 if is_wrong else 200)
