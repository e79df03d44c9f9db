"""Search over everything that the portal shows."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from chungtay.portal import selectors
from chungtay.web.http import render_page

LONGEST = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what the portal has on some words, whatever their marks."""
    query = request.GET.get("q", "").strip()[:LONGEST]
    found = selectors.search_everything(query)
    page = Paginator(found["articles"], 20).get_page(request.GET.get("page"))
    return render_page(request, "portal/search.html", {"query": query, "page": page, **found})
