"""Search over everything that the portal shows."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from chungtay.portal import selectors
from chungtay.portal.searching import sections
from chungtay.web import clock
from chungtay.web.http import render_page

LONGEST = 200
A_PAGE, MOST = 20, 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what the portal has on some words, whatever their marks."""
    query = request.GET.get("q", "").strip()[:LONGEST]
    articles = list(selectors.found_articles(query)[:MOST]) if query else []
    page = Paginator(articles, A_PAGE).get_page(request.GET.get("page"))
    context = {"query": query, "page": page, "sections": sections(query, clock.today()) if page.number == 1 else []}
    return render_page(request, "portal/search.html", context)
