"""The table's page and its files. Both read the same address; a file holds more cells than a page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.accounts.selectors import user_of
from chungtay.figures.map_choice import map_choices
from chungtay.figures.pivot.asking import AXES, GATHERED, PivotAsk, read_pivot
from chungtay.figures.pivot.files import Origin, write_csv, write_xlsx
from chungtay.figures.pivot.spans import STEP_LABELS
from chungtay.figures.pivot.table import (
    MOST_IN_FILE,
    MOST_ON_SCREEN,
    ROWS_ON_PAGE,
    Table,
    TooManyCells,
    count_cells,
    table_of,
)
from chungtay.figures.reach import area_choices
from chungtay.figures.rules import View
from chungtay.places import selectors as places
from chungtay.web import clock
from chungtay.web.context import sample_provider
from chungtay.web.http import render_page

WRITERS = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@login_required
@require_safe
def pivot(request: HttpRequest) -> HttpResponse:
    """Show the table that the address asks for, and everything that can be asked instead."""
    ask = read_pivot(user_of(request), request.GET, today=clock.today())
    context: dict[str, Any] = {
        "ask": ask,
        "levels": area_choices(ask.areas, ask.area),
        "maps": map_choices(ask.area.area_id, ask.map) if ask.area else [],
        "steps": [(step.value, label) for step, label in STEP_LABELS.items()],
        "gathered": GATHERED.items(),
        "axes": AXES.items(),
        "examples": _examples(ask),
        "address": request.build_absolute_uri(f"{reverse('pivot')}{ask.query()}"),
        "only_approved": ask.query(tat_ca=""),
        "with_pending": ask.query(tat_ca="1"),
        "is_all": ask.view is View.ALL,
        "crumbs": [{"label": "Con số", "url": reverse("figure-index")}, {"label": "Lập bảng"}],
    }
    if ask.indicators and ask.units:
        context |= _table_context(request, ask)
    return render_page(request, "figures/pivot.html", context)


@login_required
@require_safe
def pivot_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the table as a file. A table without indicators or too large for a file is answered with a page."""
    if kind not in WRITERS:
        raise Http404
    user = user_of(request)
    ask = read_pivot(user, request.GET, today=clock.today())
    try:
        table = table_of(ask, most=MOST_IN_FILE)
    except TooManyCells as many:
        return render_page(request, "figures/pivot_too_large.html", {"sentence": str(many), "ask": ask}, status=422)
    if not table.rows:
        return render_page(request, "figures/pivot_too_large.html", {"sentence": "", "ask": ask}, status=422)
    write, content_type = WRITERS[kind]
    missing = {area_id for figure in table.figures.values() for area_id in figure.missing}
    names = places.names_on(missing, ask.map.day or ask.periods[-1].last_day) if missing else {}
    origin = Origin(
        site="Chung Tay",
        address=request.build_absolute_uri(f"{reverse('pivot')}{ask.query()}"),
        made_at=clock.now(),
        made_by=user.full_name,
        is_sample=sample_provider.value(request),
    )
    response = HttpResponse(write(table, origin, names), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="bang-so-lieu-{clock.today():%Y%m%d}.{kind}"'
    return response


def _table_context(request: HttpRequest, ask: PivotAsk) -> dict[str, Any]:
    files = [
        ("Tải CSV", f"{reverse('pivot-file', args=['csv'])}{ask.query()}"),
        ("Tải Excel", f"{reverse('pivot-file', args=['xlsx'])}{ask.query()}"),
    ]
    fits_file = count_cells(ask) <= MOST_IN_FILE
    try:
        table = table_of(ask, most=MOST_ON_SCREEN)
    except TooManyCells as many:
        return {"too_many": str(many), "files": files if fits_file else []}
    page = Paginator(table.rows, ROWS_ON_PAGE).get_page(request.GET.get("page"))
    rows = [(row, table.cells(row)) for row in page.object_list]
    cells = [cell for _, printed in rows for cell in printed]
    return {
        "table": table,
        "page": page,
        "rows": _grouped(rows),
        "files": files,
        "has_gap": any(cell.text is None and not cell.is_off for cell in cells),
        "has_off": any(cell.is_off for cell in cells),
        "has_partial": any(cell.is_partial for cell in cells),
        "has_estimate": any(cell.is_estimated for cell in cells),
        "other_columns": [(label, ask.query(cot=axis, hang="")) for axis, label in AXES.items() if axis != ask.columns],
        "caption": _caption(table),
    }


def _grouped(rows: list[tuple[Any, Any]]) -> list[dict[str, Any]]:
    """Say before which rows a new group begins."""
    seen, found = None, []
    for row, cells in rows:
        found.append({"group": row.group if row.group != seen else "", "label": row.label, "cells": cells})
        seen = row.group
    return found


def _caption(table: Table) -> str:
    counts = (f"{len(table.ask.indicators)} chỉ tiêu", f"{len(table.ask.units)} đơn vị", f"{len(table.ask.periods)} kỳ")
    return " × ".join(counts)


def _examples(ask: PivotAsk) -> list[tuple[str, str]]:
    """Ready questions for whoever has not asked anything yet."""
    if ask.indicators or not ask.catalogue:
        return []
    base, first, few = reverse("pivot"), ask.catalogue[0], ask.catalogue[:3]
    place = f"&noi={ask.area.code}" if ask.area else ""
    names = f"{first.name[:1].lower()}{first.name[1:]}"
    several = "&".join(f"ct={indicator.code}" for indicator in few)
    return [
        (f"{first.name} của từng đơn vị qua các năm", f"{base}?ct={first.code}{place}"),
        (f"{len(few)} chỉ tiêu đầu theo quý, lũy kế từ đầu", f"{base}?{several}{place}&gom=rieng&buoc=quy&luyke=1"),
        (f"Phân tổ của {names}, mỗi đơn vị một cột", f"{base}?ct={first.code}{place}&buoc=ca&pt=1&cot=don-vi"),
    ]
