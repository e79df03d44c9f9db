"""A published figure opened for everybody: down to the units, never to a person; and the figures of an article as a table."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.figures import selectors as account
from chungtay.figures import wording
from chungtay.figures.trace_ids import UnknownTrace, decode_trace
from chungtay.indicators.selectors import indicator_by_code
from chungtay.places import selectors as places
from chungtay.portal import programmes, reading, selectors
from chungtay.portal.models import ArticlePage
from chungtay.web.http import render_page


@require_safe
def public_trace(request: HttpRequest, trace_id: str) -> HttpResponse:
    """Show what a published figure means, which units it covers, what each of them gave, and what it is now."""
    try:
        key = decode_trace(trace_id)
        if not (selectors.is_published(trace_id) or programmes.shows(key)):
            raise Http404
        opened = account.trace(trace_id)
    except UnknownTrace:
        raise Http404 from None
    figure, indicator = opened.figure, indicator_by_code(key.indicator_code)
    parts = [part for part in (opened.own, *opened.by_child) if part.is_known]
    areas = {part.area_id for part in parts} | {figure.area_id} | set(figure.missing)
    names = places.names_on(areas, figure.on_map or figure.period.last_day)
    now, _ = reading.asked(reading.live_key(trace_id), None)
    context = {
        "indicator": indicator,
        "figure": figure,
        "said": wording.said(figure, indicator),
        "state": wording.certainty(figure),
        "coverage": wording.coverage_text(figure, [names[area_id] for area_id in figure.missing]),
        "area": names[figure.area_id],
        "known": key.known_at,
        "rows": [
            {"name": names[part.area_id], "text": wording.in_full(part, indicator), "is_whole": part.is_complete}
            for part in parts
        ],
        "total": wording.in_full(figure, indicator),
        "now": wording.in_full_with_unit(now, indicator) if reading.mark_of(now) != reading.mark_of(figure) else "",
        "articles": selectors.articles_with(trace_id)[:10],
        "staff_url": reverse("figure-trace", args=[trace_id]),
    }
    return render_page(request, "portal/trace.html", context)


def _article(page_id: int) -> ArticlePage:
    page = selectors.articles().filter(pk=page_id).first()
    if page is None:
        raise Http404
    return page


@require_safe
def article_figures(request: HttpRequest, page_id: int) -> HttpResponse:
    """Give the figures of an article as CSV: what was printed, its exact value, coverage, and the address of its source."""
    page = _article(page_id)
    shown = selectors.figures_of(page, is_draft=False)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="con-so-{page.slug}.csv"'
    response.write("\ufeff")  # else Excel reads the marks wrongly
    rows = csv.writer(response)
    rows.writerow(["ma", "ten", "da_in", "gia_tri", "don_vi_tinh", "don_vi_da_gui", "don_vi_phai_gui", "nguon"])
    for one in [*shown.by_key.values(), *(point for points in shown.points.values() for point in points)]:
        url = request.build_absolute_uri(reverse("public-trace", args=[one.trace]))
        rows.writerow([one.key, one.label, one.text, one.mark, one.unit, one.reported, one.expected, url])
    return response


@require_safe
def article_editions(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show every edition of an article, when it went out and how its content can be checked."""
    page = _article(page_id)
    return render_page(request, "portal/editions.html", {"page": page, "editions": selectors.editions_of(page)})
