"""What holds for each kind of support at a place on a day, whose rule it is and on which basis; and a place's own rules."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.support import checking, forms, services
from chungtay.support.kinds import Kind, kind_of, kinds, works_of
from chungtay.support.limits import Limit, limit_on
from chungtay.support.models import SupportLimit
from chungtay.support.views.doors import Visit, crumbs, reader
from chungtay.web.http import redirect_with, render_page


@login_required
@require_http_methods(["GET", "POST"])
def limit_list(request: HttpRequest) -> HttpResponse:
    """Show the rules of a place: ?don_vi=…&ngay=01/01/2026; take a new one of a place that the person decides for."""
    one = reader(request)
    area = _area(request, one)
    mine = sorted(one.keys.areas_for("edit", "limit"), key=lambda pk: pk != access.home_area(one.user, one.today))
    form = forms.LimitForm(request.POST if request.method == "POST" else None, initial={"valid_from": one.today})
    if request.method == "POST":
        if not mine:
            _refuse(one, area)
        own = Area.objects.get(pk=area if area in mine else mine[0])
        if form.is_valid() and form.try_(services.set_limit, area=own, **form.said(), now=one.now, by=one.user):
            said = f"Đã ghi định mức từ ngày {date_text(form.result.valid_from)}. Hồ sơ đã duyệt giữ mức cũ."
            return redirect_with(request, said, f"{reverse('limit-list')}?don_vi={own.pk}")
    asked = forms.LimitFilter(request.GET, units=_units(one), initial={"don_vi": str(area)})
    day = (asked.cleaned_data.get("ngay") if asked.is_valid() else None) or one.today
    context = {
        "asked": asked,
        "day": day,
        "place": places.name_on(area, day),
        "rows": _rows(area, day),
        "own": _own(area),
        "form": form if mine else None,
        "decides_for": places.name_on(area if area in mine else mine[0], one.today) if mine else "",
        "crumbs": crumbs(None, ("Định mức", "")),
        "here": "limits",
    }
    return render_page(request, "support/limit_list.html", context, status=422 if form.errors else 200)


def _refuse(one: Visit, area: UUID) -> None:
    """Say who decides. Raises PermissionDenied."""
    try:
        access.require(one.user, "edit", Matter("limit", area), on=one.today)
    except access.NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused


def _area(request: HttpRequest, one: Visit) -> UUID:
    """The place that was asked for, else the person's own."""
    seen = one.areas("view")
    asked = {str(pk): pk for pk in seen}.get(request.GET.get("don_vi", ""))
    home = access.home_area(one.user, one.today)
    return asked or (home if home in seen else min(seen))


def _units(one: Visit) -> list[tuple[str, str]]:
    tree = places.tree_on(one.today)
    return [(str(node.area_id), node.name) for node in tree if node.area_id in one.areas("view")]


def _rows(area: UUID, day: date) -> list[dict[str, Any]]:
    limits = checking.limits_at(area, day)
    names = places.names_on({one.area_id for one in limits if one.area_id}, day)
    return [
        _row(kind, words, limit_on(limits, kind.code, work, day), names)
        for kind in kinds().values()
        for work, words in (works_of(kind) or {"": ""}).items()
    ]


def _row(kind: Kind, words: str, limit: Limit, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "kind": f"{kind.name}, {words.lower()}" if words else kind.name,
        "unit": kind.unit,
        "limit": limit,
        "whose": names[limit.area_id] if limit.area_id else "Đi kèm phần mềm",
    }


def _own(area: UUID) -> list[dict[str, Any]]:
    """What a place has decided, newest first."""
    rows = SupportLimit.objects.filter(area=area).select_related("by").order_by("-id")[:100]
    return [
        {
            "what": ", ".join(
                filter(None, (kind_of(row.kind).name, works_of(kind_of(row.kind)).get(row.work, "").lower()))
            ),
            "amount": _amounts(row),
            "days": date_text(row.valid_from) + (f" đến trước {date_text(row.valid_to)}" if row.valid_to else ""),
            "row": row,
        }
        for row in rows
    ]


def _amounts(row: SupportLimit) -> str:
    said = [
        f"{words} {format_integer(value)}"
        for words, value in (("từ", row.least), ("đến", row.most))
        if value is not None
    ]
    return " ".join(said) or "không đặt mức"
