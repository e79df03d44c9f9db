"""Registers in and out as workbooks: template, upload, preview, taking in, and the list as it is filtered."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import ClearableFileInput, FileField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.community import activity_forms, forms, selectors
from chungtay.community.kinds import activity_kind, group_kind
from chungtay.community.registers.columns import ACTIVITY, GROUP, Column, Register, register_of
from chungtay.community.registers.reading import MOST_ROWS
from chungtay.community.registers.taking_in import preview, take_in
from chungtay.community.registers.writing import write_list, write_template
from chungtay.community.rules import STATE_LABELS, ActivityState
from chungtay.community.views.doors import Visit, crumbs, visit
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.places import selectors as places
from chungtay.tables.apart import rows_apart
from chungtay.web import clock
from chungtay.web.forms import Form
from chungtay.web.http import redirect_with, render_page
from chungtay.web.uploads import Shelf, Upload, UploadGone, drop

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHELF = Shelf("community-workbooks", "community.register", ".xlsx")
LARGEST = 20 * 1024 * 1024
TOO_BIG = "Tệp lớn hơn 20 MB. Hãy xóa ảnh, trang thừa hoặc chia thành nhiều tệp."
SHOWN = 50
MOST_OUT = 100_000


class SendFile(Form):
    """A filled workbook."""

    file = FileField(label="Tệp Excel đã điền", widget=ClearableFileInput(attrs={"accept": ".xlsx"}))


def _register(slug: str, one: Visit) -> Register:
    found = register_of(slug)
    if found is None:
        raise Http404
    one.require_somewhere(*found.right)
    return found


def _home(register: Register) -> str:
    return reverse({"hamlet": "hamlet-list", "group": "group-list", "activity": "activity-list"}[register.right[1]])


@login_required
@require_safe
def register_template(request: HttpRequest, register: str) -> HttpResponse:
    """Send the empty workbook of a register."""
    one = visit(request)
    told = _register(register, one)
    units = [name for _, name in one.units(one.areas(told.right[1], told.right[0]))]
    return _file(write_template(told, units, one.today), f"mau-{told.slug}.xlsx")


@login_required
@require_http_methods(["GET", "POST"])
def register_upload(request: HttpRequest, register: str) -> HttpResponse:
    """Ask for a filled workbook and keep it for the preview."""
    one = visit(request)
    told = _register(register, one)
    form = SendFile(request.POST, request.FILES) if request.method == "POST" else SendFile()
    if form.is_valid() and form.try_(
        SHELF.keep,
        file=form.cleaned_data["file"],
        about=_about(told),
        user_id=one.user.pk,
        largest=LARGEST,
        too_big=TOO_BIG,
        unnamed="so.xlsx",
    ):
        return redirect("register-preview", told.slug, form.result.token)
    return _upload_page(request, told, form)


def _about(register: Register) -> UUID:
    return uuid5(UUID(int=0), register.slug)


def _upload_page(request: HttpRequest, told: Register, form: Form, refused: str = "") -> HttpResponse:
    context = {
        "register": told,
        "form": form,
        "refused": refused,
        "columns": told.columns,
        "crumbs": crumbs((told.title, _home(told)), ("Nạp từ Excel", "")),
    }
    return render_page(
        request, "community/register_upload.html", context, status=422 if refused or form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def register_preview(request: HttpRequest, register: str, token: str) -> HttpResponse:
    """Say what the kept workbook would do, each problem by cell; on confirmation take the good rows in."""
    one = visit(request)
    told = _register(register, one)
    try:
        upload = SHELF.kept(token, about=_about(told), user_id=one.user.pk)
    except UploadGone as gone:
        return redirect_with(request, str(gone), reverse("register-upload", args=[told.slug]), messages.WARNING)
    if request.POST.get("do") == "drop":
        drop(upload)
        return redirect_with(request, "Đã bỏ tệp, không dòng nào được nhận.", _home(told))
    try:
        found = preview(told, rows_apart(upload.read(), most_rows=MOST_ROWS), today=one.today, by=one.user)
    except DomainError as wrong:
        drop(upload)
        return _upload_page(request, told, SendFile(), str(wrong))
    refused = ""
    if request.POST.get("do") == "take":
        try:
            count = take_in(told, found.new, now=one.now, by=one.user)
        except DomainError as wrong:
            refused = str(wrong)
        else:
            drop(upload)
            return redirect_with(request, f"Đã nhận {format_integer(count)} dòng từ tệp {upload.name}.", _home(told))
    return _preview_page(request, told, upload, found, refused)


def _preview_page(request: HttpRequest, told: Register, upload: Upload, found: Any, refused: str) -> HttpResponse:
    problems = [sentence for row in found.wrong for sentence in row.problems]
    shown = [column for column in told.columns if any(column.key in row.values for row in found.new)]
    names = places.names_on({row.values["area"] for row in found.new}, clock.today())
    context = {
        "register": told,
        "upload": upload,
        "refused": refused,
        "found": found,
        "problems": problems[:SHOWN],
        "more_problems": max(0, len(problems) - SHOWN),
        "columns": [{"label": "Dòng", "kind": "num"}]
        + [{"label": c.head, "kind": {"count": "num", "date": "date"}.get(c.kind, "")} for c in shown],
        "rows": [
            {"cells": [str(row.number), *(_shown(column, row.values.get(column.key), names) for column in shown)]}
            for row in found.new[:SHOWN]
        ],
        "more_rows": max(0, len(found.new) - SHOWN),
        "crumbs": crumbs((told.title, _home(told)), ("Xem trước", "")),
    }
    return render_page(request, "community/register_preview.html", context, status=422 if refused else 200)


def _shown(column: Column, value: Any, names: dict[UUID, str]) -> str:
    if value is None:
        return ""
    if column.kind == "unit":
        return names.get(value, "")
    if column.kind == "choice":
        return next((label for label, code in column.choices.items() if code == value), str(value))
    if column.kind == "date":
        return f"{value:%d/%m/%Y}"
    return format_integer(value) if isinstance(value, int) else str(value)


@login_required
@require_safe
def register_export(request: HttpRequest, register: str) -> HttpResponse:
    """Send a list as it is filtered: nhom, hoat-dong, khom-ap or phong-trao, with the parameters of its page."""
    if register not in _OUT:
        raise Http404
    type_, written = _OUT[register]
    one = visit(request, type_)
    title, columns, rows = written(request, one)
    return _file(write_list(title, columns, rows, one.today), f"{register}-{one.today:%Y%m%d}.xlsx")


Out = tuple[str, tuple[Column, ...], list[list[Any]]]


def _groups(request: HttpRequest, one: Visit) -> Out:
    areas = one.areas("group")
    form = forms.GroupFilter(request.GET, units=one.units(areas, current=False))
    asked = form.cleaned_data if form.is_valid() else {}
    day = min(asked.get("ngay") or one.today, one.today)
    found: list[Any] = list(selectors.group_list(areas, day, asked).select_related("hamlet")[:MOST_OUT])
    names = places.names_on({row.area_id for row in found}, one.today)
    kind = register_of(f"{GROUP}{asked.get('loai')}") if asked.get("loai") else None
    specs = group_kind(kind.kind).fields if kind else ()
    common = [("Loại", 20, ""), ("Tên", 32, ""), ("Xã, phường", 24, ""), ("Khóm, ấp", 18, "")]
    common += [("Ngày thành lập", 15, "date"), ("Thành viên", 12, "count"), ("Số hộ", 10, "count")]
    common += [
        ("Tính đến ngày", 15, "date"),
        ("Không còn từ", 15, "date"),
        ("Lịch sinh hoạt", 20, ""),
        ("Nơi sinh hoạt", 20, ""),
    ]
    columns = [Column("", head, kind_ or "text", width=width) for head, width, kind_ in common]
    columns += [Column("", spec.label, "count" if spec.kind == "count" else "text") for spec in specs]
    rows = [
        [
            group_kind(row.kind).label,
            row.name,
            names.get(row.area_id, ""),
            str(row.hamlet or ""),
            row.founded_on,
            row.members,
            row.households,
            row.counted_on,
            row.ended_on,
            row.schedule,
            row.venue,
            *(spec.shown(v) if not isinstance(v := row.details.get(spec.code), int) else v for spec in specs),
        ]
        for row in found
    ]
    return f"Sổ nhóm, tổ chức cộng đồng, {day:%d/%m/%Y}", tuple(columns), rows


def _activities(request: HttpRequest, one: Visit) -> Out:
    areas = one.areas("activity")
    movements = [(str(m.pk), m.name) for m in selectors.movements_of(one.areas("movement"))]
    form = activity_forms.ActivityFilter(request.GET, units=one.units(areas, current=False), movements=movements)
    asked = form.cleaned_data if form.is_valid() else {}
    found = list(selectors.activity_list(areas, asked).select_related("hamlet")[:MOST_OUT])
    names = places.names_on({row.area_id for row in found}, one.today)
    kind = register_of(f"{ACTIVITY}{asked.get('loai')}") if asked.get("loai") else None
    specs = activity_kind(kind.kind).fields if kind else ()
    common = [
        ("Ngày", 14, "date"),
        ("Loại", 26, ""),
        ("Tên hoạt động", 36, ""),
        ("Đơn vị", 24, ""),
        ("Khóm, ấp", 18, ""),
    ]
    common += [("Địa điểm", 20, ""), ("Người tham gia", 14, "count"), ("Tình trạng", 16, "")]
    columns = [Column("", head, kind_ or "text", width=width) for head, width, kind_ in common]
    columns += [Column("", spec.label, "count" if spec.kind == "count" else "text") for spec in specs]
    rows = [
        [
            row.held_on,
            activity_kind(row.kind).label,
            row.title,
            names.get(row.area_id, ""),
            str(row.hamlet or ""),
            row.venue,
            row.participants,
            STATE_LABELS[ActivityState(row.state)],
            *(spec.shown(v) if not isinstance(v := row.counts.get(spec.code), int) else v for spec in specs),
        ]
        for row in found
    ]
    return "Hoạt động", tuple(columns), rows


def _hamlets(request: HttpRequest, one: Visit) -> Out:
    areas = one.areas("hamlet")
    form = forms.HamletFilter(request.GET, units=one.units(areas, current=False))
    asked = form.cleaned_data if form.is_valid() else {}
    day = min(asked.get("ngay") or one.today, one.today)
    where = [UUID(asked["don_vi"])] if asked.get("don_vi") else areas
    found: list[Any] = list(selectors.hamlets_on(where, day).order_by("area_id", "words"))
    names = places.names_on({row.area_id for row in found}, one.today)
    told = register_of("khom-ap")
    columns = (*(told.columns if told else ()), Column("counted_on", "Tính đến ngày", "date"))
    rows = [
        [
            names.get(row.area_id, ""),
            row.get_kind_display(),
            row.name,
            row.founded_on,
            row.households,
            row.people,
            row.counted_on,
        ]
        for row in found
    ]
    return f"Khóm, ấp, {day:%d/%m/%Y}", columns, rows


def _file(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=XLSX, headers=headers)


def _movements(request: HttpRequest, one: Visit) -> Out:
    found = list(selectors.movements_of(one.areas("movement")))
    entries = selectors.entries_of(found)
    ids = {row.area_id for row in found} | {entry.area_id for rows in entries.values() for entry in rows}
    names = places.names_on(ids, one.today)
    common = [("Phong trào, cuộc vận động", 44, ""), ("Loại", 20, ""), ("Phát động", 24, ""), ("Từ ngày", 13, "date")]
    common += [
        ("Đến ngày", 13, "date"),
        ("Đơn vị tham gia", 24, ""),
        ("Số người, hộ", 12, "count"),
        ("Kết quả", 44, ""),
    ]
    columns = tuple(Column("", head, kind or "text", width=width) for head, width, kind in common)
    rows: list[list[Any]] = []
    for row in found:
        told = [row.name, row.get_kind_display(), names.get(row.area_id, ""), row.starts_on, row.ends_on]
        joined = [[names.get(of.area_id, ""), of.participants, of.result] for of in entries.get(row.pk, ())]
        rows += [[*told, *entry] for entry in joined or [["", None, ""]]]
    return "Phong trào, cuộc vận động", columns, rows


_OUT: dict[str, tuple[str, Callable[[HttpRequest, Visit], Out]]] = {
    "nhom": ("group", _groups),
    "hoat-dong": ("activity", _activities),
    "khom-ap": ("hamlet", _hamlets),
    "phong-trao": ("movement", _movements),
}
