"""The board of cases by step, the list of everything handed over, and who has been left out."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.support import finding, forms, leaving, selectors
from chungtay.support.kinds import kinds
from chungtay.support.masking import masked
from chungtay.support.models import Case
from chungtay.support.rules import STATE_LABELS, State
from chungtay.support.views.doors import Visit, crumbs, reader
from chungtay.support.views.rows import STATE_LOOKS
from chungtay.web.http import render_page
from chungtay.web.paging import LongPaginator

ON_A_PAGE = 50


@login_required
@require_safe
def support_list(request: HttpRequest) -> HttpResponse:
    """Show the cases in reach by step, narrowed and in order."""
    one = reader(request)
    units = units_of(one)
    form = forms.Filter(request.GET, units=units)
    asked = dict(form.cleaned_data) if form.is_valid() else {}
    seen = Case.objects.filter(area_id__in=one.areas("view"))
    narrowed = selectors.cases_like(seen, asked | {"buoc": ""})
    counts = selectors.counts_by_state(narrowed)
    paginator = LongPaginator(selectors.cases_like(seen, asked), ON_A_PAGE, most=selectors.COUNTED_UP_TO)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": _rows(one, page, dict(units)),
        "steps": _steps(request, counts, asked.get("buoc", "")),
        "has_units": len(units) > 1,
        "is_narrowed": any(value not in (None, "") for name, value in asked.items() if name != "xep"),
        "may_propose": one.own_area() is not None,
        "is_capped": paginator.count >= selectors.COUNTED_UP_TO,
        "crumbs": [{"label": "Hỗ trợ"}],
        "query": request.GET.urlencode(),
        "here": "cases",
    }
    return render_page(request, "support/case_list.html", context, status=422 if form.errors else 200)


def units_of(one: Visit) -> list[tuple[str, str]]:
    """Return (id, name) of the units whose cases the person sees, by name."""
    names = places.names_on(one.areas("view"), one.today)
    return sorted(((str(area), name) for area, name in names.items()), key=lambda unit: unit[1])


def _steps(request: HttpRequest, counts: dict[State, int], chosen: str) -> list[dict[str, Any]]:
    kept = {name: value for name, value in request.GET.items() if name not in ("buoc", "page") and value}
    base = reverse("support-list")
    steps = [
        {"label": "Tất cả", "count": sum(counts.values()), "url": f"{base}?{urlencode(kept)}", "current": not chosen}
    ]
    for state, count in counts.items():
        if count or state.value == chosen:
            url = f"{base}?{urlencode(kept | {'buoc': state.value})}"
            steps.append({"label": STATE_LABELS[state], "count": count, "url": url, "current": state.value == chosen})
    return steps


def _rows(one: Visit, page: "Page[Case]", units: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "case": row,
            "url": reverse("case-detail", args=[row.pk]),
            "kind": row.of_kind.name,
            "place": ", ".join(
                part for part in (row.hamlet, units.get(str(row.area_id), "") if len(units) > 1 else "") if part
            ),
            "state": STATE_LOOKS[State(row.state)],
            "label": STATE_LABELS[State(row.state)],
        }
        for row in page.object_list
    ]


@login_required
@require_safe
def handover_list(request: HttpRequest) -> HttpResponse:
    """Show everything that was handed over, found by words without marks, by kind, unit, days and value."""
    one = reader(request)
    units = units_of(one)
    form = finding.Asked(request.GET, units=units)
    asked = form.cleaned_data if form.is_valid() else {}
    found = finding.find_handovers(one.areas("view"), asked, page=_number(request.GET.get("page")))
    names = dict(units)
    context = {
        "form": form,
        "page": found.page(),
        "total": found.total,
        "rows": [
            {
                "one": row,
                "name": masked(row.name),
                "kind": kinds()[row.kind].name,
                "place": ", ".join(part for part in (row.hamlet, names.get(str(row.area_id), "")) if part),
                "url": reverse("case-detail", args=[row.case_id]),
            }
            for row in found.rows
        ],
        "is_narrowed": any(value not in (None, "") for value in asked.values()),
        "crumbs": crumbs(None, ("Đã trao", "")),
        "query": request.GET.urlencode(),
        "here": "handovers",
    }
    return render_page(request, "support/handover_list.html", context, status=422 if form.errors else 200)


def _number(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 7 else 1


@login_required
@require_safe
def left_out(request: HttpRequest) -> HttpResponse:
    """Show eligible households that no case has helped, by unit, need and its age; and support beside need."""
    one = reader(request)
    form = leaving.Asked(request.GET or None, initial={"ngay": one.today})
    day = form.cleaned_data.get("ngay") or one.today if form.is_valid() else one.today
    found = leaving.look(one.areas("view"), day)
    names = places.names_on(one.areas("view"), one.today)
    context = {
        "form": form,
        "day": day,
        "found": found,
        "units": [_unit(names, unit) for unit in found.units],
        "most": max((unit.left for unit in found.units), default=0),
        "oldest": [
            {
                "name": masked(name),
                "place": ", ".join(part for part in (hamlet, names.get(area, "")) if part),
                "since": date_text(since),
                "kind": kind,
            }
            for name, hamlet, area, since, kind in found.oldest
        ],
        "crumbs": crumbs(None, ("Còn bị bỏ lại", "")),
        "here": "left",
    }
    return render_page(request, "support/left_out.html", context)


def _unit(names: dict[UUID, str], unit: leaving.Unit) -> dict[str, Any]:
    return {
        "label": names.get(unit.area_id, ""),
        "value": unit.left,
        "text": format_integer(unit.left),
        "unit": unit,
        "share": unit.share,
        "url": f"{reverse('support-list')}?{urlencode({'don_vi': unit.area_id})}",
    }
