"""Figures of supervision by place and level, each of which opens to the visits, recommendations and answers behind it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from chungtay.access import selectors as access
from chungtay.figures import selectors as account
from chungtay.figures.cells import cell_of
from chungtay.figures.reach import ids_in_reach
from chungtay.indicators.selectors import UnknownIndicator, indicators_by_code
from chungtay.kernel.periods import parse_period
from chungtay.places import selectors as places
from chungtay.supervision.facts import CODES
from chungtay.supervision.views.doors import Visit, frame, visit
from chungtay.web.http import render_page

YEARS_BACK = 4


@login_required
@require_safe
def supervision_figures(request: HttpRequest) -> HttpResponse:
    """Show what was counted in a year, the whole place first, then each unit directly below it."""
    one = visit(request, "recommendation")
    years = [one.today.year - back for back in range(YEARS_BACK)]
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else years[0]
    try:
        heads, rows = _table(one, year)
    except UnknownIndicator:
        heads, rows = [], []
    context = frame(one, "supervision-figures", heads=heads, rows=rows, years=years, year=year)
    return render_page(request, "supervision/figures.html", context)


def _table(one: Visit, year: int) -> tuple[list[Any], list[dict[str, Any]]]:
    known = indicators_by_code(list(CODES))
    home, tree = access.home_area(one.user, one.today), places.tree_on(one.today)
    if home is None or home not in tree:
        return [], []
    mine = ids_in_reach(one.user, on=one.today)
    nodes = [node for node in (tree.node(home), *tree.children(home)) if node.area_id in mine]
    found = account.consolidate(
        indicators=list(CODES),
        area_ids=[node.area_id for node in nodes],
        periods=[parse_period(str(year))],
        on_map=one.today,
    )
    cells = {(figure.indicator_code, figure.area_id): cell_of(figure, known[figure.indicator_code]) for figure in found}
    rows = []
    for node in nodes:
        mine_cells = [(known[code], cells[code, node.area_id]) for code in CODES]
        rows.append({"name": node.name, "is_all": node.area_id == home, "cells": mine_cells})
    return [known[code] for code in CODES], rows
