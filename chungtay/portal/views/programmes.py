"""Programmes as everybody sees them: what was promised, by whom, where it stands, unit by unit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from chungtay.kernel.text import join_and
from chungtay.places import selectors as places
from chungtay.portal import programme_parts, programmes, selectors
from chungtay.programmes.models import Programme
from chungtay.web import clock
from chungtay.web.http import render_page


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """Show the programmes that articles speak of."""
    rows = [{"public": one, "parties": parties_of(one.programme)} for one in programmes.public_programmes()]
    return render_page(request, "portal/programme_list.html", {"rows": rows})


@require_safe
def programme_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show one programme; `?con-so=code` chooses whose map of tiles is drawn."""
    public = programmes.public_programme(code)
    if public is None:
        raise Http404
    standings = programmes.standings(public)
    wanted = request.GET.get("con-so", "")
    chosen = next((one for one in standings if one.indicator.code == wanted), standings[0] if standings else None)
    programme = public.programme
    works = programme_parts.works(public, clock.today())
    tiles = programmes.tiles(public, chosen.indicator) if chosen else []
    context = {
        "public": public,
        "programme": programme,
        "area": places.names_on([public.area_id], public.period.last_day)[public.area_id],
        "parties": parties_of(programme),
        "standings": standings,
        "chosen": chosen,
        "tiles": tiles,
        "map": programmes.map_of(public, tiles),
        "works": works,
        "task_count": sum(work.total for work in works),
        "documents": programme_parts.documents(public),
        **programme_parts.around(public),
        "articles": selectors.articles().filter(programme_id__in=programmes.family(programme))[:6],
    }
    return render_page(request, "portal/programme.html", context)


def parties_of(programme: Programme) -> str:
    """Return who agreed on a programme, in words."""
    return join_and([str(party.body) for party in programme.parties.select_related("body")])
