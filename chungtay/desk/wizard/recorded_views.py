"""Pages of the recorded reorganisations: all of them, and one with what it changed. Everybody who signs in may read them."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.accounts.selectors import user_of
from chungtay.desk.units import acts
from chungtay.desk.wizard import rights
from chungtay.desk.wizard.draft import draft_of_plan
from chungtay.places import selectors as places
from chungtay.places.models import Reorganisation
from chungtay.web import clock
from chungtay.web.http import render_page

ACTS_ON_PAGE = 30
LINES_ON_PAGE = 100


@login_required
@require_safe
def reorganisation_list(request: HttpRequest) -> HttpResponse:
    """Show the recorded reorganisations, newest day first; `?ca=1` also those that were corrected."""
    with_corrected = request.GET.get("ca") == "1"
    page = Paginator(acts.recorded_acts(with_corrected=with_corrected), ACTS_ON_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "rows": acts.rows_of(page.object_list),
        "with_corrected": with_corrected,
        "today": clock.today(),
        "may_reorganise": bool(rights.reach_of(user_of(request), clock.today())),
        "crumbs": [{"label": "Đơn vị", "url": reverse("unit-list")}, {"label": "Các lần sắp xếp"}],
    }
    return render_page(request, "desk/units/reorganisation_list.html", context)


@login_required
@require_safe
def reorganisation_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what a reorganisation changed, who recorded it, and its corrections."""
    act = _act(pk)
    changes = acts.Changes(act)
    page = Paginator(changes.area_ids, LINES_ON_PAGE).get_page(request.GET.get("page"))
    newest = acts.newest_version(act)
    is_mine = newest == act and rights.may_correct(act, rights.reach_of(user_of(request), clock.today()))
    context: dict[str, Any] = {
        "act": changes.row,
        "today": clock.today(),
        "page": page,
        "lines": changes.lines(list(page.object_list)),
        "newest": None if newest == act else newest,
        "earlier": acts.earlier_versions(act),
        "is_mine": is_mine,
        "may_mend_here": is_mine and draft_of_plan(rights.plan_as_json(act), corrects=str(pk)) is not None,
        "crumbs": [
            {"label": "Đơn vị", "url": reverse("unit-list")},
            {"label": "Các lần sắp xếp", "url": reverse("reorganisation-list")},
            {"label": act.legal_basis},
        ],
    }
    return render_page(request, "desk/units/reorganisation_detail.html", context)


@login_required
@require_safe
def reorganisation_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the plan of a reorganisation as it was recorded: the file that `chungtay units reorganise` takes."""
    act = _act(pk)
    answer = HttpResponse(act.plan, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="sap-xep-{act.effective_on.isoformat()}.json"'
    return answer


def _act(pk: UUID) -> Reorganisation:
    try:
        return places.reorganisation(pk)
    except places.UnknownReorganisation:
        raise Http404 from None
