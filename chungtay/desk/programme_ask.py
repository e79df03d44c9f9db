"""What the programme page is asked for, read from its address: whose figures, over which period, as known when.

`noi` area code · `ky` period code · `biet` day (22/05/2023 or 2023-05-22) · `tat-ca=1` with what is not approved yet ·
`ban-do` the day whose map adds up.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from chungtay.accounts.models import User
from chungtay.desk.programme_selectors import RoundStatus, default_period, period_groups, round_statuses
from chungtay.figures.asking import KnownOn, known_on, view_asked
from chungtay.figures.map_choice import MapAsked, MapChoice, map_asked, map_choices
from chungtay.figures.reach import place_asked
from chungtay.figures.rules import View
from chungtay.kernel.periods import BadPeriod, Period, parse_period
from chungtay.places import selectors as places
from chungtay.places.rules import Node, Tree
from chungtay.programmes.models import Programme
from chungtay.returns import selectors as returns
from chungtay.returns.models import Form


@dataclass(frozen=True)
class Ask:
    """A question to the page, with everything that can be chosen instead. `area` is None when nothing is in reach."""

    programme: Programme
    area: Node | None
    areas: tuple[Node, ...]
    tree: Tree
    period: Period
    usual_period: Period
    known: KnownOn
    view: View
    form: Form | None
    statuses: tuple[RoundStatus, ...]
    problem: str
    given: dict[str, str]
    map: MapAsked
    today: date

    @property
    def map_day(self) -> date:
        """The day whose map the units stand on."""
        return self.map.day or self.period.last_day

    @property
    def away(self) -> str:
        """The day to name in links to other pages, whose usual map is today's; "" where the place stands on that too."""
        is_here = self.area is None or self.area.area_id in places.tree_on(self.today)
        return self.map.iso if is_here else self.map_day.isoformat()

    @property
    def maps(self) -> list[MapChoice]:
        """The maps to choose from."""
        return map_choices(self.area.area_id, self.map) if self.area else []

    @property
    def period_groups(self) -> list[object]:
        """The periods to choose from."""
        return list(period_groups(self.programme, list(self.statuses), self.period))

    def query(self, **changes: str) -> str:
        """Return the address's question with some parts changed; "" takes a part away. Underscores stand for hyphens."""
        parts = {**self.given, **{name.replace("_", "-"): value for name, value in changes.items()}}
        kept = {name: value for name, value in parts.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def read_ask(actor: User, programme: Programme, asked: QueryDict, *, today: date) -> Ask:
    """Read the question. Raises Http404 for an area that the person does not reach; a bad period or day is told."""
    forms = returns.forms_of(programme)
    form = forms[0] if forms else None
    statuses = tuple(round_statuses(form))
    usual = default_period(programme, list(statuses), today)
    period, problem = _period(asked.get("ky", ""), usual)
    code = asked.get("noi", "")
    place = place_asked(actor, map_asked(asked), code, usual=period.last_day, today=today, under=programme.area_id)
    on_map, tree, areas, area = place.map, place.tree, place.nodes, place.area
    if code and area is None:
        raise Http404
    known = known_on(asked.get("biet", ""), today=today)
    view = view_asked(asked.get("tat-ca", ""))
    given = {
        "noi": code,
        "ky": period.code if period != usual else "",
        "biet": known.iso,
        "tat-ca": "1" if view is View.ALL else "",
        "ban-do": on_map.iso,
    }
    return Ask(programme, area, areas, tree, period, usual, known, view, form, statuses, problem, given, on_map, today)


def _period(code: str, usual: Period) -> tuple[Period, str]:
    if not code:
        return usual, ""
    try:
        return parse_period(code), ""
    except BadPeriod as error:
        return usual, str(error)
