"""The list of households, finding one by a number, the masked list as a workbook, and records that may be one household."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from chungtay.audit import services as audit
from chungtay.households import forms, listing
from chungtay.households.intake.sheets import XLSX, masked_list
from chungtay.households.merging import pairs_in
from chungtay.households.models import Household
from chungtay.households.rules import Kind, NeedKind, NotAHousehold
from chungtay.households.views.doors import Visit, crumbs, visit
from chungtay.households.views.leaving import open_leavings
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.web.http import render_page

MOST_EXPORTED = 20_000


@login_required
@require_safe
def household_list(request: HttpRequest) -> HttpResponse:
    """Show the households of the places that the person may look at."""
    one = visit(request)
    form, asked = _asked(request, one)
    found = listing.find(asked)
    page = Paginator(range(found.count), listing.ON_A_PAGE).get_page(request.GET.get("page"))
    shown = found.page(max(page.start_index() - 1, 0))
    return list_page(request, one, form, asked, shown, page=page)


def list_page(
    request: HttpRequest,
    one: Visit,
    form: forms.Filter,
    asked: listing.Asked,
    shown: list[listing.Row],
    *,
    by_number: forms.ByNumber | None = None,
    said: str = "",
    **more: Any,
) -> HttpResponse:
    """Draw the list, or what was found by a number."""
    edits = one.places_for("edit")
    narrowing = {name: value for name, value in form.data.items() if value and name in form.fields and name != "xep"}
    context = {
        "form": form,
        "rows": _rows(shown, one.today),
        "is_narrowed": bool(narrowing),
        "has_places": "noi" in form.fields,
        "day": asked.day,
        "edits": edits,
        "has_leavings": bool(edits) and bool(open_leavings(one)),
        "by_number": by_number or forms.ByNumber(),
        "said": said,
        "query": request.GET.urlencode(),
        "crumbs": crumbs(),
        **more,
    }
    wrong = form.errors or (by_number is not None and by_number.errors)
    return render_page(request, "households/household_list.html", context, status=422 if wrong else 200)


def _rows(shown: list[listing.Row], day: date) -> list[dict[str, Any]]:
    names = places.names_on({row.area_id for row in shown}, day)
    return [vars(row) | {"place": names.get(row.area_id, "")} for row in shown]


def _asked(request: HttpRequest, one: Visit) -> tuple[forms.Filter, listing.Asked]:
    offered = one.places_for("view")
    chosen = request.GET.get("noi", "")
    areas = frozenset({UUID(chosen)}) if chosen in dict(offered) else one.areas
    only = areas if len(areas) == 1 else frozenset(UUID(key) for key, _ in offered) if len(offered) == 1 else areas
    form = forms.Filter(request.GET, places=offered, hamlets=listing.hamlets_of(only))
    if not form.is_valid():
        return form, listing.Asked(only, one.today)
    data = form.cleaned_data
    return form, listing.Asked(
        only,
        data["ngay"] or one.today,
        data["q"],
        data.get("ap", ""),
        Kind(data["loai"]) if data["loai"] else None,
        NeedKind(data["nhu_cau"]) if data["nhu_cau"] else None,
        data["xep"] or "ten",
        is_past=bool(data["ngay"]) and data["ngay"] < one.today,
    )


@login_required
@require_POST
def household_by_number(request: HttpRequest) -> HttpResponse:
    """Show the households of a citizen's number or telephone, masked like any list."""
    one = visit(request)
    filters, asked = _asked(request, one)
    form = forms.ByNumber(request.POST)
    found: list[Household] = []
    said = ""
    if form.is_valid():
        try:
            found = listing.with_number(form.cleaned_data["number"], one.areas)
            said = (
                f"Tìm thấy {len(found)} hộ có số này." if found else "Không có hộ nào có số này trong phạm vi của bạn."
            )
        except NotAHousehold as wrong:
            form.add_error("number", str(wrong))
    form = form if form.errors else forms.ByNumber()  # the number is not sent back
    return list_page(
        request, one, filters, asked, listing.shown(found, one.today), by_number=form, said=said, is_found=True
    )


@login_required
@require_safe
def household_export(request: HttpRequest) -> HttpResponse:
    """Send the masked list as a workbook; that it was sent is noted."""
    one = visit(request)
    _, asked = _asked(request, one)
    shown = listing.Found(asked, 0, None).page(0, MOST_EXPORTED)
    cells = [
        (
            row["place"],
            row["name"],
            row["hamlet"],
            row["members"],
            ", ".join(row["kinds"]),
            ", ".join(row["needs"]),
            row["phone"],
            row["cccd"],
        )
        for row in _rows(shown, one.today)
    ]
    data = {name: str(value) for name, value in asdict(asked).items() if value and name not in ("areas", "words")}
    with transaction.atomic():
        audit.record(
            "households.list.exported",
            area_id=next(iter(asked.areas)) if len(asked.areas) == 1 else None,
            data=data | {"households": len(shown)},
            now=one.now,
            by=one.user,
        )
    content = masked_list("Danh sách hộ", asked.day, cells)
    name = f"danh-sach-ho-{asked.day.isoformat()}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@login_required
@require_safe
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """Show pairs of records that may be one household, the likest first, where the person may join them."""
    one = visit(request)
    areas = one.keys.areas_for("edit", "household")
    pairs = pairs_in(areas)
    ids = [row for pair in pairs for row in (pair.first, pair.second)]
    masked = {row.id: row for row in listing.shown(ids, one.today)}
    rows = [{"first": masked[p.first.pk], "second": masked[p.second.pk], "likeness": p.likeness} for p in pairs]
    context = {"rows": rows, "day": date_text(one.today), "crumbs": crumbs(("Nghi trùng", ""))}
    return render_page(request, "households/duplicate_list.html", context)
