"""Pages of the units: the map of a day as a list, and one unit through time. Everybody who signs in may read the map."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.selectors import user_of
from chungtay.desk.units import directory, history, records
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.web import clock
from chungtay.web.forms import DateField
from chungtay.web.http import render_page

DAYS_OFFERED = 6


@login_required
@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """Show the units of a day's map: those below one, or those that a search without marks finds."""
    today = clock.today()
    typed = request.GET.get("ngay", "").strip()[:20]
    try:
        day, problem = DateField().clean(typed) if typed else today, ""
    except ValidationError as error:
        day, problem = today, " ".join(error.messages)
    tree = places.tree_on(day)
    ref, query = request.GET.get("thuoc", ""), request.GET.get("q", "").strip()[:120]
    levels = directory.levels_of(tree)
    level = request.GET.get("cap", "") if request.GET.get("cap") in dict(levels) else ""
    above = directory.node_of(tree, ref)
    if ref and above is None:
        raise Http404
    found = directory.found_units(tree, above=above, query=query, level=level)
    page = Paginator(found, directory.ROWS_ON_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "day": day,
        "is_today": day == today,
        "typed": typed if problem else date_text(day),
        "problem": problem,
        "days": [(date_text(one), one == day) for one in records.days_of_change()[-DAYS_OFFERED:]],
        "query": query,
        "level": level,
        "levels": levels,
        "count": len(tree),
        "above": above,
        "way": tree.path(above.area_id) if above else (),
        "page": page,
        "rows": directory.rows_of(tree, page.object_list),
        "is_search": bool(query or level),
        "former": directory.former_units(tree, day, query) if query else [],
        "may_reorganise": access.keys_of(user_of(request), on=today).areas_for("reorganise", "area"),
    }
    return render_page(request, "desk/units/unit_list.html", context)


@login_required
@require_safe
def unit_history(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one unit through time: what it was called, what it came from and became, its bodies, its figures."""
    user, today = user_of(request), clock.today()
    try:
        area_id = directory.area_named(ref)
    except places.AmbiguousArea:
        which = {"code": ref, "bearers": records.bearers_of(ref)}
        return render_page(request, "desk/units/unit_which.html", which, status=300)
    except places.UnknownArea:
        raise Http404 from None
    keys = access.keys_of(user, on=today)
    told = history.history_of_unit(area_id, today)
    context: dict[str, Any] = {
        "told": told,
        "bodies": places.bodies_of(area_id),
        "posts": records.posts_at(area_id, today) if keys.can("manage", Matter("user", area_id)) else None,
        "may_see_figures": keys.can("view", Matter("figure", area_id)),
        "may_reorganise": keys.can("reorganise", Matter("area", area_id)),
        "crumbs": [{"label": "Đơn vị", "url": reverse("unit-list")}, *told.crumbs, {"label": told.name}],
    }
    return render_page(request, "desk/units/unit_history.html", context)
