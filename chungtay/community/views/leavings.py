"""What divided units left: which of their groups and khóm, ấp went to which unit after them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.community import services
from chungtay.community.inheriting import groups_left, hamlets_left
from chungtay.community.kinds import group_kind
from chungtay.community.views.doors import Visit, crumbs, tabs, uuid_or_none, visit
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.places.selectors import Leaving, leavings
from chungtay.web.http import redirect_with, render_page


def open_leavings(one: Visit) -> list[Leaving]:
    """Return the ended units to whose successors the person may bring what still stands there."""
    edits = one.areas("group", "edit")
    found = {area: leaving for area, leaving in leavings(one.today).items() if edits & set(leaving.heirs)}
    left = {row.area_id for row in groups_left(found)} | {row.area_id for row in hamlets_left(found)}
    return [found[area] for area in sorted(left)]


@login_required
@require_http_methods(["GET", "POST"])
def leaving_list(request: HttpRequest) -> HttpResponse:
    """Show what still stands at ended units, and take in which of it went where."""
    one = visit(request)
    one.require_somewhere("edit", "group")
    shown = open_leavings(one)
    refused = ""
    if request.method == "POST":
        try:
            return redirect_with(request, _taken_over(request.POST, shown, one), reverse("leaving-list"))
        except DomainError as problem:
            refused = str(problem)
    context = {
        "tabs": tabs("leaving-list"),
        "rows": [_row(leaving, one) for leaving in shown],
        "refused": refused,
        "crumbs": crumbs(("Sau sắp xếp đơn vị", "")),
    }
    return render_page(request, "community/leaving_list.html", context, status=422 if refused else 200)


def _taken_over(sent: QueryDict, shown: Iterable[Leaving], one: Visit) -> str:
    area = next((leaving.area_id for leaving in shown if str(leaving.area_id) == sent.get("don_vi")), None)
    to = uuid_or_none(sent.get("ve", ""))
    found = Area.objects.in_bulk([pk for pk in (area, to) if pk])
    if area is None or to is None or to not in found:
        raise services.WrongHeir("Chưa chọn đơn vị tiếp nhận. Hãy chọn một đơn vị rồi gửi lại.")
    count = services.take_over(
        area=found[area],
        to=found[to],
        groups=[row for row in groups_left([area]) if str(row.pk) in sent.getlist("nhom")],
        hamlets=[row for row in hamlets_left([area]) if str(row.pk) in sent.getlist("khom")],
        now=one.now,
        by=one.user,
    )
    name = places.name_on(to, one.today)
    return f"Đã chuyển {format_integer(count)} nhóm, khóm, ấp về {name}. Số liệu trước ngày sắp xếp vẫn ở đơn vị cũ."


def _names(shown: Iterable[Leaving], one: Visit) -> dict[UUID, str]:
    ids = {pk for leaving in shown for pk in (leaving.area_id, *leaving.heirs)}
    return places.names_on(ids, one.today)


def _row(leaving: Leaving, one: Visit) -> dict[str, Any]:
    names = _names([leaving], one)
    edits = one.areas("group", "edit")
    return {
        "area_id": leaving.area_id,
        "name": names[leaving.area_id],
        "on": date_text(leaving.on),
        "basis": leaving.basis,
        "heirs": [(heir, names[heir]) for heir in leaving.heirs if heir in edits],
        "groups": [(row, group_kind(row.kind).label) for row in groups_left([leaving.area_id])],
        "hamlets": hamlets_left([leaving.area_id]),
    }
