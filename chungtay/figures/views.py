"""Pages of the account: the dictionary with its current figures, one indicator, and one figure opened to its sources."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.figures import ladder, reach, selectors, wording
from chungtay.figures.asking import day_known, known_on
from chungtay.figures.cells import cell_of
from chungtay.figures.changes import SHOWN_AT_ONCE, changes_of
from chungtay.figures.current import current_figures
from chungtay.figures.discrepancy_rows import claims_about, rows_of
from chungtay.figures.foot import carried_words, source_rung
from chungtay.figures.map_choice import MapAsked, map_asked, map_choices
from chungtay.figures.registry import SourceView
from chungtay.figures.rules import Figure, View
from chungtay.figures.selectors import Trace, UnknownTrace
from chungtay.figures.series_breaks import breaks_of
from chungtay.figures.trace_ids import TraceKey, decode_trace, encode_trace
from chungtay.figures.trends import trend_of
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.indicators.selectors import UnknownIndicator, catalogue, dimension_keys, indicator_by_code
from chungtay.kernel.folding import fold
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.places.plans import share_text
from chungtay.places.rules import Node
from chungtay.web import clock
from chungtay.web.http import render_page


@login_required
@require_safe
def figure_index(request: HttpRequest) -> HttpResponse:
    """Show the indicators, found without regard to marks, each with its current figure of an area."""
    user, today = user_of(request), clock.today()
    asked, nodes, area = _area(user, request.GET, today)
    query = request.GET.get("q", "").strip()[:200]
    found = [indicator for indicator in catalogue() if _matches(indicator, query)]
    figures = current_figures(found, area.area_id, today=today, on_map=asked.day) if area else {}
    missing = {area_id for figure in figures.values() for area_id in figure.missing}
    names = places.names_on(missing, asked.day or today) if missing else {}
    rows = [_index_row(indicator, figures.get(indicator.code), names) for indicator in found]
    context = {
        "rows": rows,
        "query": query,
        "area": area,
        "levels": reach.area_choices(nodes, area),
        **_maps(area, asked),
    }
    return render_page(request, "figures/figure_index.html", context)


def _matches(indicator: Indicator, query: str) -> bool:
    text = fold(" ".join((indicator.name, indicator.name_en, indicator.code, indicator.definition)))
    return all(word in text for word in fold(query).split())


def _index_row(indicator: Indicator, figure: Figure | None, names: dict[Any, str]) -> dict[str, Any]:
    if figure is None:
        return {"indicator": indicator, "cell": None}
    missing = [names[area_id] for area_id in figure.missing]
    return {
        "indicator": indicator,
        "cell": cell_of(figure, indicator),
        "coverage": wording.coverage_text(figure, missing),
        "when": wording.as_of_text(figure) or figure.period.short(),
    }


@login_required
@require_safe
def indicator_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show what an indicator is, its current figure of an area, and how it went through the years."""
    user, today = user_of(request), clock.today()
    try:
        indicator = indicator_by_code(code)
    except UnknownIndicator:
        raise Http404 from None
    asked, nodes, area = _area(user, request.GET, today)
    context: dict[str, Any] = {
        "indicator": indicator,
        "kind_words": wording.KIND_WORDS[Kind(indicator.kind)],
        "keys": [label for _, label in dimension_keys(indicator) if label],
        "area": area,
        "levels": reach.area_choices(nodes, area),
        "crumbs": [{"label": "Con số", "url": reverse("figure-index")}, {"label": indicator.name}],
        **_maps(area, asked),
    }
    if area is not None:
        figure = current_figures([indicator], area.area_id, today=today, on_map=asked.day)[indicator.code]
        context |= _figure_context(indicator, figure)
    return render_page(request, "figures/indicator_detail.html", context)


def _figure_context(indicator: Indicator, figure: Figure) -> dict[str, Any]:
    years = selectors.consolidate(
        indicators=[indicator.code], area_ids=[figure.area_id], periods=figure.period.years(), on_map=figure.on_map
    )
    breaks = breaks_of([indicator.code], figure.area_id, on_map=figure.on_map)[indicator.code]
    names = places.names_on(figure.missing, figure.on_map or figure.period.last_day) if figure.missing else {}
    missing = [names[area_id] for area_id in figure.missing]
    state, label = wording.certainty(figure)
    return {
        "figure": figure,
        "said": wording.said(figure, indicator),
        "missing": missing,
        "state": state,
        "state_label": label,
        "as_of": wording.as_of_text(figure),
        "trend": trend_of(years, indicator, breaks=breaks),
        "span": ladder.span_rung(figure, indicator, dimension_keys(indicator)),
    }


@login_required
@require_safe
def figure_trace(request: HttpRequest, trace_id: str) -> HttpResponse:
    """Open one figure rung by rung; `?biet=22/05/2023` goes to the same figure as known on that day."""
    user, today = user_of(request), clock.today()
    try:
        key = decode_trace(trace_id)
    except UnknownTrace as unknown:
        return render_page(request, "figures/trace_unknown.html", {"sentence": str(unknown)}, status=404)
    if not reach.may_open(user, key.area_id, on=today):
        raise Http404
    known, asked = known_on(request.GET.get("biet", ""), today=today), _map_for(key, request.GET)
    if {"biet", "ban-do"} & request.GET.keys() and not (known.problem or asked.problem):
        known_at = known.moment if "biet" in request.GET else key.known_at
        on_map = asked.day if "ban-do" in request.GET else key.on_map
        return HttpResponseRedirect(_address(replace(key, known_at=known_at, on_map=on_map)))
    try:
        trace = selectors.trace(trace_id)
    except UnknownTrace as unknown:
        return render_page(request, "figures/trace_unknown.html", {"sentence": str(unknown)}, status=404)
    context = _trace_context(user, key, trace, today) | {"problem": known.problem, "typed": known.typed}
    mine = MapAsked(key.on_map)
    context |= {"maps": map_choices(key.area_id, mine), "asked": asked if asked.problem else mine}
    return render_page(request, "figures/figure_trace.html", context)


def _opener(user: User, today: date) -> Callable[[SourceView], bool]:
    """Return whether a person may look into a source; the rights are asked for when a source is locked."""
    areas: dict[str, frozenset[UUID]] = {}

    def may_open(source: SourceView) -> bool:
        if source.locked is None:
            return True
        thing, area_id = source.locked
        if thing not in areas:
            areas[thing] = access.areas_for(user, "view", thing, on=today)
        return area_id in areas[thing]

    return may_open


def _trace_context(user: User, key: TraceKey, trace: Trace, today: date) -> dict[str, Any]:
    figure = trace.figure
    indicator = indicator_by_code(figure.indicator_code)
    day = figure.on_map or figure.period.last_day
    tree = places.tree_on(day)
    parent = _parent_figure(user, trace, tree.node(figure.area_id), today)
    areas = {figure.area_id, *(c.area_id for c in trace.by_child), *(f.area_id for f in trace.facts)}
    areas |= {*figure.missing, *trace.left_out, *({parent.area_id} if parent else ())}
    areas |= {area_id for former in trace.carried for area_id in (former.area_id, *former.owing)}
    names = places.names_on(areas, day)
    keys = dimension_keys(indicator)
    terms = [term for term in (indicator.numerator, indicator.denominator) if term] or [indicator]
    words = {(term.code, one): label for term in terms for one, label in dimension_keys(term)}
    missing = [names[area_id] for area_id in figure.missing]
    state, label = wording.certainty(figure)
    said = wording.said(figure, indicator)
    changes = changes_of(trace, indicator)
    return {
        "trace": trace,
        "figure": figure,
        "indicator": indicator,
        "dimension": dict(keys).get(figure.dimension, "") if figure.dimension else "",
        "said": said,
        "full": wording.in_full_with_unit(figure, indicator),
        "question": _question(said, indicator),
        "area_name": names[figure.area_id],
        "places": [names[area_id] for area_id in trace.left_out],
        "missing": missing,
        "state": state,
        "state_label": label,
        "as_of": wording.as_of_text(figure),
        "kind_words": wording.KIND_WORDS[Kind(indicator.kind)],
        "known_day": day_known(figure.known_at) if figure.known_at else None,
        "carried": carried_words(trace, names),
        "formers": _formers(trace, indicator),
        "map_note": f"ngày {date_text(day)}, {len(trace.by_child) or 1} đơn vị",
        "parent": parent
        and {
            "text": wording.said(parent, indicator).text,
            "url": reverse("figure-trace", args=[parent.trace]),
            "place": names[parent.area_id],
        },
        "terms": ladder.term_rung(trace, indicator),
        "units": ladder.unit_rung(trace, indicator, names),
        "span": ladder.span_rung(figure, indicator, keys, {fact.period for fact in trace.facts}),
        "sources": source_rung(
            trace, indicator, {term.code: term for term in terms}, words, names, _opener(user, today)
        ),
        "claims": rows_of(claims_about(figure)),
        "changes": changes[:SHOWN_AT_ONCE],
        "older_changes": changes[SHOWN_AT_ONCE:],
        "is_cut": not trace.has_all_history,
        "now_url": _address(replace(key, known_at=None)),
        "approved_url": _address(replace(key, status=View.APPROVED.value)),
        "all_url": _address(replace(key, status=View.ALL.value)),
        "is_all": figure.status == View.ALL,
        "crumbs": [
            {"label": "Con số", "url": reverse("figure-index")},
            {"label": indicator.name, "url": reverse("indicator-detail", args=[indicator.code])},
            {"label": "Nguồn của con số"},
        ],
    }


def _parent_figure(user: User, trace: Trace, node: Node, today: date) -> Figure | None:
    """The same figure one level up, for a person who may see it."""
    figure = trace.figure
    if node.depth == 0 or node.parent_id is None or not reach.may_open(user, node.parent_id, on=today):
        return None
    return selectors.figure(
        figure.indicator_code,
        node.parent_id,
        figure.period,
        dimension=figure.dimension,
        on_map=figure.on_map,
        known_at=figure.known_at,
        status=figure.status,
    )


def _question(said: wording.Said, indicator: Indicator) -> str:
    if said.number is None:
        return "Vì sao chưa có số?"
    text = f"{said.text[:1].upper()}{said.text[1:]}"
    return f"{text} tính từ đâu?" if indicator.kind == Kind.RATIO else f"{text} gồm những gì?"


def _address(key: TraceKey) -> str:
    return reverse("figure-trace", args=[encode_trace(key)])


def _formers(trace: Trace, indicator: Indicator) -> list[dict[str, Any]]:
    """The units that the figure's area was formed from, each with its part of the figure."""
    found = []
    for former in trace.formerly:
        part = trace.figure._replace(value=former.value, numerator=former.numerator, denominator=former.denominator)
        found.append(
            {
                "name": places.name_on(former.area_id, former.last_day),
                "text": wording.in_full_with_unit(part, indicator) if part.is_known else "",
                "url": reverse("figure-trace", args=[former.trace]),
                "share": f"Ước: {share_text(former.share_ppm)} của đơn vị bị chia" if former.is_estimated else "",
                "day": former.last_day,
            }
        )
    return found


def _map_for(key: TraceKey, asked: QueryDict) -> MapAsked:
    """The map on which a figure is to be opened; one that its area is not on is refused."""
    found = map_asked(asked)
    if found.day is not None and key.area_id not in places.tree_on(found.day):
        return found.refused(
            f"Đơn vị này không có trên bản đồ ngày {date_text(found.day)}. Hãy chọn ngày khác, hoặc mở đơn vị của ngày đó."
        )
    return found


def _area(user: User, given: QueryDict, today: date) -> tuple[MapAsked, list[Node], Node | None]:
    """The map asked for, the places on it in the person's reach, and the one asked for. Raises Http404 for one out of reach."""
    code = given.get("noi", "")
    found = reach.place_asked(user, map_asked(given), code, usual=today, today=today)
    if code and found.area is None:
        raise Http404
    return found.map, list(found.nodes), found.area


def _maps(area: Node | None, asked: MapAsked) -> dict[str, Any]:
    return {"maps": map_choices(area.area_id, asked) if area else [], "asked": asked}
