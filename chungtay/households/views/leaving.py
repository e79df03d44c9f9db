"""What divided units left: the households of which of their khóm, ấp are which unit's now."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.households import services
from chungtay.households.inheriting import hamlets_left
from chungtay.households.views.doors import Visit, crumbs, visit
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.places.selectors import Leaving
from chungtay.web.http import redirect_with, render_page


def open_leavings(one: Visit) -> list[Leaving]:
    """Return the ended units with households that the person may bring to a unit after them."""
    edits = one.keys.areas_for("edit", "household")
    found = {area: leaving for area, leaving in places.leavings(one.today).items() if edits & set(leaving.heirs)}
    return [found[area] for area in sorted(hamlets_left(found))] if found else []


@login_required
@require_http_methods(["GET", "POST"])
def leaving_list(request: HttpRequest) -> HttpResponse:
    """Show the khóm, ấp whose households still stand at ended units, and take in which of them went where."""
    one = visit(request)
    if not one.keys.areas_for("edit", "household"):
        raise PermissionDenied("Chỉ cán bộ tổng hợp của đơn vị tiếp nhận chuyển được sổ hộ của đơn vị cũ.")
    shown = open_leavings(one)
    refused = ""
    if request.method == "POST":
        try:
            return redirect_with(request, _taken_over(request.POST, shown, one), reverse("household-leavings"))
        except DomainError as problem:
            refused = str(problem)
    context = {
        "rows": _rows(shown, one),
        "refused": refused,
        "crumbs": crumbs(("Sau sắp xếp đơn vị", "")),
    }
    return render_page(request, "households/leaving_list.html", context, status=422 if refused else 200)


def _taken_over(sent: QueryDict, shown: Iterable[Leaving], one: Visit) -> str:
    leaving = next((one for one in shown if str(one.area_id) == sent.get("don_vi")), None)
    heirs = {str(heir): heir for heir in leaving.heirs} if leaving else {}
    to = heirs.get(sent.get("ve", ""))
    if leaving is None or to is None:
        raise services.NotLeftThere("Chưa chọn đơn vị tiếp nhận. Hãy chọn một đơn vị rồi gửi lại.")
    areas = Area.objects.in_bulk([leaving.area_id, to])
    count = services.take_over(
        area=areas[leaving.area_id], hamlets=sent.getlist("khom"), to=areas[to], now=one.now, by=one.user
    )
    name = places.name_on(to, one.today)
    return f"Đã chuyển {format_integer(count)} hộ về {name}. Số liệu trước ngày sắp xếp vẫn ở đơn vị cũ."


def _rows(shown: Iterable[Leaving], one: Visit) -> list[dict[str, Any]]:
    edits = one.keys.areas_for("edit", "household")
    ids: set[UUID] = {pk for leaving in shown for pk in (leaving.area_id, *leaving.heirs)}
    names, left = places.names_on(ids, one.today), hamlets_left([leaving.area_id for leaving in shown])
    return [
        {
            "area_id": leaving.area_id,
            "name": names[leaving.area_id],
            "on": date_text(leaving.on),
            "basis": leaving.basis,
            "heirs": [(heir, names[heir]) for heir in leaving.heirs if heir in edits],
            "hamlets": left[leaving.area_id],
        }
        for leaving in shown
    ]
