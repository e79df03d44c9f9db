"""Movements and campaigns: what runs, who takes part, what came of it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chungtay.access.rules import Matter
from chungtay.community import activity_forms as forms
from chungtay.community import selectors, services
from chungtay.community.kinds import activity_kind
from chungtay.community.models import Movement
from chungtay.community.views.activities import activity_rows
from chungtay.community.views.doors import Visit, crumbs, tabs, visit
from chungtay.indicators.models import Indicator
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.web.http import redirect_with, render_page

RECENT = 20


@login_required
@require_safe
def movement_list(request: HttpRequest) -> HttpResponse:
    """Show the movements that concern the person's places."""
    one = visit(request, "movement")
    found = list(selectors.movements_of(one.areas("movement")))
    names = places.names_on({row.area_id for row in found}, one.today)
    rows = [
        {"movement": row, "place": names.get(row.area_id, ""), "runs": _runs(row, one), "period": _period(row)}
        for row in found
    ]
    context = {
        "tabs": tabs("movement-list"),
        "rows": rows,
        "may_edit": bool(one.areas("movement", "edit")),
    }
    return render_page(request, "community/movement_list.html", context)


def _runs(row: Movement, one: Visit) -> bool:
    return row.starts_on <= one.today and (row.ends_on is None or row.ends_on >= one.today)


def _period(row: Movement) -> str:
    end = f" đến {date_text(row.ends_on)}" if row.ends_on else ", lâu dài"
    return f"từ {date_text(row.starts_on)}{end}"


def _movement_or_404(one: Visit, movement_id: UUID) -> Movement:
    found = Movement.objects.filter(pk=movement_id).first()
    if found is None:
        raise Http404
    one.see(found)
    return found


@login_required
@require_safe
def movement_detail(request: HttpRequest, movement_id: UUID) -> HttpResponse:
    """Show a movement: its results by its activities, its indicators, the units that take part."""
    one = visit(request, "movement")
    return _page(request, one, _movement_or_404(one, movement_id))


def _page(request: HttpRequest, one: Visit, movement: Movement, *, join: forms.JoinForm | None = None) -> HttpResponse:
    held = movement.activities.filter(area_id__in=one.areas("activity"))
    confirmed = held.filter(state="confirmed")
    units = one.units(one.areas("movement", "fill"))
    context = {
        "movement": movement,
        "period": _period(movement),
        "runs": _runs(movement, one),
        "place": places.name_on(movement.area_id, one.today),
        "sums": _sums(selectors.activity_sums(confirmed)),
        "participants": sum(row.participants or 0 for row in confirmed),
        "count": confirmed.count(),
        "entries": _entries(movement, one),
        "indicators": list(movement.indicators.order_by("code")),
        "rows": activity_rows(
            held.exclude(state="withdrawn").select_related("hamlet").order_by("-held_on")[:RECENT], one
        ),
        "all_url": f"{reverse('activity-list')}?phong_trao={movement.pk}",
        "may_edit": one.can("edit", movement),
        "join": join or (forms.JoinForm(units=units) if units else None),
        "crumbs": crumbs(("Phong trào", reverse("movement-list")), (movement.name, "")),
    }
    return render_page(request, "community/movement_detail.html", context, status=422 if join else 200)


def _sums(found: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    rows = []
    for code, sums in found.items():
        kind = activity_kind(code)
        said = [
            f"{format_integer(sums[spec.code])} {spec.unit} ({spec.label.lower()})"
            for spec in kind.fields
            if spec.code in sums
        ]
        rows.append({"cells": [kind.label, format_integer(sums[""]), "; ".join(said)]})
    return rows


def _entries(movement: Movement, one: Visit) -> list[dict[str, Any]]:
    last = {row.area_id: row for row in movement.entries.order_by("id")}
    names = places.names_on(last, one.today)
    return [
        {
            "cells": [
                names.get(pk, ""),
                "" if row.participants is None else format_integer(row.participants),
                row.result,
                date_text(row.at.date()),
            ]
        }
        for pk, row in sorted(last.items(), key=lambda item: names.get(item[0], ""))
    ]


@login_required
@require_http_methods(["GET", "POST"])
def movement_create(request: HttpRequest) -> HttpResponse:
    """Announce a movement."""
    one = visit(request, "movement")
    units = one.units(one.require_somewhere("edit", "movement"))
    form = forms.MovementForm(request.POST if request.method == "POST" else None, units=units, indicators=_offered())
    if form.is_valid() and form.try_(
        services.open_movement,
        area=Area.objects.get(pk=form.cleaned_data["area"]),
        about=_about(form),
        now=one.now,
        by=one.user,
    ):
        return redirect_with(request, "Đã phát động.", reverse("movement-detail", args=[form.result.pk]))
    context = {"form": form, "crumbs": crumbs(("Phong trào", reverse("movement-list")), ("Ghi mới", ""))}
    return render_page(request, "community/movement_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def movement_edit(request: HttpRequest, movement_id: UUID) -> HttpResponse:
    """Announce a movement anew."""
    one = visit(request, "movement")
    movement = _movement_or_404(one, movement_id)
    one.require("edit", movement)
    sent = request.POST if request.method == "POST" else None
    form = forms.MovementForm(sent, units=[], indicators=_offered(), movement=movement)
    url = reverse("movement-detail", args=[movement.pk])
    if form.is_valid() and form.try_(
        services.change_movement,
        movement=movement,
        about=_about(form),
        revision=form.cleaned_data["revision"] or 0,
        now=one.now,
        by=one.user,
    ):
        return redirect_with(request, "Đã ghi thay đổi; bản trước vẫn được giữ.", url)
    context = {
        "form": form,
        "movement": movement,
        "crumbs": crumbs(("Phong trào", reverse("movement-list")), (movement.name, url), ("Sửa", "")),
    }
    return render_page(request, "community/movement_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def movement_join(request: HttpRequest, movement_id: UUID) -> HttpResponse:
    """Put a unit's name down, or say anew how many take part and what came of it."""
    one = visit(request, "movement")
    movement = _movement_or_404(one, movement_id)
    areas = one.areas("movement", "fill")
    if not areas:
        one.require("fill", Matter("movement", movement.area_id))
    form = forms.JoinForm(request.POST, units=one.units(areas))
    if form.is_valid() and form.try_(
        services.join_movement,
        movement=movement,
        area=Area.objects.get(pk=form.cleaned_data["area"]),
        participants=form.cleaned_data["participants"],
        result=form.cleaned_data["result"],
        now=one.now,
        by=one.user,
    ):
        return redirect_with(request, "Đã ghi tên đơn vị.", reverse("movement-detail", args=[movement.pk]))
    return _page(request, one, movement, join=form)


def _about(form: forms.MovementForm) -> services.Announced:
    said = form.cleaned_data
    return services.Announced(
        **{name: said[name] for name in ("kind", "name", "starts_on", "ends_on", "aim", "basis")},
        indicators=tuple(Indicator.objects.filter(code__in=said["indicators"])),
    )


def _offered() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in Indicator.objects.order_by("code")]
