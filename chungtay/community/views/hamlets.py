"""Residential areas: how many households, and how many of them held the Ngày hội."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.community import forms, selectors, services
from chungtay.community.kinds import catalogue
from chungtay.community.models import Hamlet
from chungtay.community.views.activities import activity_rows
from chungtay.community.views.doors import Visit, crumbs, tabs, visit
from chungtay.kernel.folding import fold
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.web.http import redirect_with, render_page

ON_A_PAGE = 50
FESTIVAL = "ngay-hoi-ddk"
RECENT = 20


@login_required
@require_safe
def hamlet_list(request: HttpRequest) -> HttpResponse:
    """Show the residential areas of a day, and who held the Ngày hội of a year: ?nam=2022."""
    one = visit(request, "hamlet")
    areas = one.areas("hamlet")
    form = forms.HamletFilter(request.GET, units=one.units(areas, current=False))
    asked = form.cleaned_data if form.is_valid() else {}
    day = min(asked.get("ngay") or one.today, one.today)
    where = [UUID(asked["don_vi"])] if asked.get("don_vi") else areas
    rows = selectors.hamlets_on(where, day)
    for word in fold(asked.get("q") or "").split():
        rows = rows.filter(words__contains=word)
    page = Paginator(rows.order_by("area_id", "words", "id"), ON_A_PAGE).get_page(request.GET.get("page"))
    names = places.names_on({row.area_then for row in page.object_list}, day)
    year = min(asked.get("nam") or (day.year if (day.month, day.day) >= (11, 1) else day.year - 1), one.today.year)
    context = {
        "tabs": tabs("hamlet-list"),
        "form": form,
        "day": day,
        "page": page,
        "rows": [
            {"hamlet": row, "place": names.get(row.area_then, ""), "former": former_of(row, one)}
            for row in page.object_list
        ],
        "may_edit": bool(one.areas("hamlet", "edit")),
        "is_narrowed": any(asked.values()),
        "year": year,
        **_covered(where, year, one),
        "export": f"{reverse('register-export', args=['khom-ap'])}?{request.GET.urlencode()}",
    }
    return render_page(request, "community/hamlet_list.html", context, status=422 if form.errors else 200)


def former_of(hamlet: Hamlet, one: Visit) -> str:
    """Return what the commune was called that a residential area came from, "" when it never was elsewhere."""
    return places.name_on(hamlet.came_from_id, one.today) if hamlet.came_from_id else ""


def _covered(areas: Any, year: int, one: Visit) -> dict[str, Any]:
    last = min(date(year, 12, 31), one.today)
    found = selectors.coverage(areas, FESTIVAL, date(year, 1, 1), last)
    names = places.names_on({row.area_id for row in found}, one.today)
    found.sort(key=lambda row: (row.held == row.all, names.get(row.area_id, "")))
    return {
        "festival": catalogue().activities[FESTIVAL],
        "held": sum(row.held for row in found),
        "all": sum(row.all for row in found),
        "covered": [
            {
                "place": names.get(row.area_id, ""),
                "held": row.held,
                "all": row.all,
                "missing": [str(hamlet) for hamlet in row.missing],
                "url": f"{reverse('activity-list')}?loai={FESTIVAL}&don_vi={row.area_id}"
                f"&tu=01/01/{year}&den={last:%d/%m/%Y}&trang_thai=confirmed",
            }
            for row in found
        ],
    }


@login_required
@require_http_methods(["GET", "POST"])
def hamlet_create(request: HttpRequest) -> HttpResponse:
    """Enter a residential area."""
    one = visit(request, "hamlet")
    units = one.communes(one.require_somewhere("edit", "hamlet"))
    form = forms.HamletForm(request.POST if request.method == "POST" else None, units=units)
    if form.is_valid() and form.try_(
        services.enter_hamlet,
        area=Area.objects.get(pk=form.cleaned_data["area"]),
        **{name: form.cleaned_data[name] for name in ("kind", "name", "founded_on", "households", "people")},
        now=one.now,
        by=one.user,
    ):
        return redirect_with(request, f"Đã ghi {form.result}.", reverse("hamlet-detail", args=[form.result.pk]))
    context = {"form": form, "crumbs": crumbs(("Khóm, ấp", reverse("hamlet-list")), ("Ghi mới", ""))}
    return render_page(request, "community/hamlet_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def hamlet_detail(request: HttpRequest, hamlet_id: UUID) -> HttpResponse:
    """Show a residential area, its households over time, what was done there; take a new count."""
    one = visit(request, "hamlet")
    hamlet = Hamlet.objects.filter(pk=hamlet_id).first()
    if hamlet is None:
        raise Http404
    one.see(hamlet)
    form = forms.HamletCountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        one.require("edit", hamlet)
        if form.is_valid() and form.try_(
            services.count_hamlet, hamlet=hamlet, **form.cleaned_data, now=one.now, by=one.user
        ):
            return redirect_with(request, "Đã ghi số hộ.", reverse("hamlet-detail", args=[hamlet.pk]))
    counts = list(hamlet.counts.select_related("by").order_by("-as_of", "-position"))
    held = hamlet.activities.exclude(state="withdrawn").select_related("hamlet").order_by("-held_on")[:RECENT]
    context = {
        "hamlet": hamlet,
        "place": places.name_on(hamlet.area_id, one.today),
        "former": former_of(hamlet, one),
        "counts": [
            {
                "cells": [
                    date_text(row.as_of),
                    format_integer(row.households),
                    "" if row.people is None else format_integer(row.people),
                    row.note,
                ]
            }
            for row in counts
        ],
        "groups": hamlet.groups.filter(ended_on=None).order_by("words"),
        "rows": activity_rows(held, one),
        "may_edit": one.can("edit", hamlet),
        "form": form,
        "crumbs": crumbs(("Khóm, ấp", reverse("hamlet-list")), (str(hamlet), "")),
    }
    return render_page(request, "community/hamlet_detail.html", context, status=422 if form.errors else 200)
