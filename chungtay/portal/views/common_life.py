"""What the people organise themselves, what the Front asked of offices and was answered, and who was commended."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from chungtay.community import selectors as community
from chungtay.emulation import selectors as emulation
from chungtay.places import selectors as places
from chungtay.portal import selectors
from chungtay.supervision import selectors as supervision
from chungtay.web import clock
from chungtay.web.http import render_page

A_PAGE = 30
LONGEST = 100


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """Show the groups that stand today, by kind, place and words: name, place, size; nobody in them."""
    today = clock.today()
    areas = selectors.areas_of_portal(today)
    kinds = community.kind_counts(areas, today)
    kind = request.GET.get("loai", "")
    asked = {"q": request.GET.get("q", "").strip()[:LONGEST], "loai": kind if kind in kinds else ""}
    page = Paginator(community.group_list(areas, today, asked), A_PAGE).get_page(request.GET.get("page"))
    names = places.names_on({group.area_id for group in page}, today)
    context = {
        "kinds": [(code, community.kind_label(code), count) for code, count in kinds.items() if count],
        "asked": asked,
        "page": page,
        "rows": [
            {"group": group, "kind": community.kind_label(group.kind), "place": names[group.area_id]} for group in page
        ],
        "day": today,
    }
    return render_page(request, "portal/groups.html", context)


@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """Show what was recommended and what was answered, word for word as it was published."""
    found = supervision.published_recommendations(selectors.areas_of_portal(clock.today()))
    rows = [{"told": one, **one.frozen, **_days(one.frozen)} for one in found]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render_page(request, "portal/recommendations.html", {"page": page})


def _days(frozen: dict[str, Any]) -> dict[str, date | None]:
    return {name: date.fromisoformat(frozen[name]) if frozen.get(name) else None for name in ("sent_on", "due_on")}


@require_safe
def commendation_list(request: HttpRequest) -> HttpResponse:
    """Show the collectives that hold a commendation, with the page that proves each certificate; persons are not listed."""
    query = request.GET.get("q", "").strip()[:LONGEST]
    rows = emulation.public_entries(selectors.areas_of_portal(clock.today()), query)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render_page(request, "portal/commendations.html", {"page": page, "asked": query})
