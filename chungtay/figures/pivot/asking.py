"""What the table is asked for, read from its address, so that whoever may see the same units gets the same table by it.

`ct` indicator (repeated) · `noi` area, `gom` which units around it, `dv` picked units instead (repeated) · `tu`, `den`, `buoc`,
`luyke`, `moc` periods · `pt` with the parts of the breakdown · `cot`, `hang` layout · `phu` coverage in every cell ·
`ban-do`, `biet`, `tat-ca` as on every page of figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, QueryDict

from chungtay.accounts.models import User
from chungtay.figures import reach
from chungtay.figures.asking import KnownOn, known_on, view_asked
from chungtay.figures.current import first_day
from chungtay.figures.map_choice import MapAsked, map_asked
from chungtay.figures.maps import maps_for
from chungtay.figures.pivot.spans import BadRange, Step, first_month, last_month, month_of, month_words, spans
from chungtay.figures.rules import View
from chungtay.indicators.models import Indicator
from chungtay.indicators.selectors import catalogue
from chungtay.kernel.periods import Period
from chungtay.places.rules import Node, Tree

AXES = {"ky": "Kỳ", "don-vi": "Đơn vị", "chi-tieu": "Chỉ tiêu"}
GATHERED = {
    "con": "Cả các đơn vị trực thuộc",
    "moi-cap": "Cả mọi cấp bên dưới",
    "rieng": "Riêng đơn vị này",
}
MOST_TO_PICK = 300


@dataclass(frozen=True)
class Unit:
    """A unit of the table: its node on the newest map of the question that has it."""

    node: Node
    maps: frozenset[int]

    def stands_on(self, position: int) -> bool:
        """Whether the unit is on the map of the period at this position."""
        return position in self.maps


@dataclass(frozen=True)
class PivotAsk:
    """A question, with everything that can be chosen instead. `area` is None when nothing is in reach."""

    catalogue: tuple[Indicator, ...]
    indicators: tuple[Indicator, ...]
    areas: tuple[Node, ...]
    area: Node | None
    units: tuple[Unit, ...]
    pickable: tuple[Node, ...]
    periods: tuple[Period, ...]
    map: MapAsked
    known: KnownOn
    view: View
    given: dict[str, str]
    problems: tuple[str, ...]
    parts: bool
    coverage: bool
    columns: str
    outer: str

    @property
    def picked(self) -> frozenset[str]:
        """The codes of the picked units."""
        return frozenset(self.given.get("dv", "").split())

    @property
    def inner(self) -> str:
        """The axis of the rows inside a group."""
        return next(axis for axis in AXES if axis not in (self.columns, self.outer))

    def query(self, **changes: str) -> str:
        """Return the address's question with some parts changed; "" takes a part away, "_" stands for "-"."""
        parts = self.given | {name.replace("_", "-"): value for name, value in changes.items()}
        pairs = [("ct", indicator.code) for indicator in self.indicators]
        pairs += [("dv", code) for code in parts.pop("dv", "").split()]
        return f"?{urlencode([*pairs, *((name, value) for name, value in parts.items() if value)])}"


def read_pivot(actor: User, asked: QueryDict, *, today: date) -> PivotAsk:
    """Read the question. Raises Http404 for a unit out of reach; what cannot be read is told and its default stands."""
    every = catalogue()
    wanted = set(asked.getlist("ct"))
    chosen_map = map_asked(asked)
    periods, given, problems = _periods(asked, today)
    known, view = known_on(asked.get("biet", ""), today=today), view_asked(asked.get("tat-ca", ""))
    place = reach.place_asked(actor, chosen_map, asked.get("noi", ""), usual=periods[-1].last_day, today=today)
    if asked.get("noi") and place.area is None:
        raise Http404
    chosen_map, area, nodes = place.map, place.area, place.nodes
    trees = _trees(periods, chosen_map.day)
    tree = trees[-1][0]
    mine = reach.ids_in_reach(actor, on=today)
    gathered = asked.get("gom", "") if asked.get("gom") in GATHERED else "con"
    codes = asked.getlist("dv")[:MOST_TO_PICK]
    units = _units(trees, mine, area, gathered, _picked(nodes, codes))
    columns = asked.get("cot", "") if asked.get("cot") in AXES else "ky"
    outer = asked.get("hang", "")
    if outer not in AXES or outer == columns:
        outer = next(axis for axis in ("chi-tieu", "don-vi", "ky") if axis != columns)
    parts, coverage = asked.get("pt") == "1", asked.get("phu") == "1"
    given |= {
        "noi": area.code if area else "",
        "gom": gathered if gathered != "con" else "",
        "dv": " ".join(codes),
        "pt": "1" if parts else "",
        "phu": "1" if coverage else "",
        "cot": columns if columns != "ky" else "",
        "hang": outer if asked.get("hang") == outer else "",
        "ban-do": chosen_map.iso,
        "biet": known.iso,
        "tat-ca": "1" if view is View.ALL else "",
    }
    return PivotAsk(
        tuple(every),
        tuple(indicator for indicator in every if indicator.code in wanted),
        tuple(nodes),
        area,
        tuple(units),
        _pickable(tree, area, mine),
        tuple(periods),
        chosen_map,
        known,
        view,
        given,
        tuple(text for text in (*problems, chosen_map.problem, known.problem) if text),
        parts,
        coverage,
        columns,
        outer,
    )


def _periods(asked: QueryDict, today: date) -> tuple[list[Period], dict[str, str], list[str]]:
    """Return the periods, the range as it stands in the address, and what was wrong with it."""
    first, last = month_of(first_day(today)), month_of(today)
    problems: list[str] = []
    typed = {name: asked.get(name, "").strip() for name in ("tu", "den", "buoc")}
    step = Step(typed["buoc"]) if typed["buoc"] in set(Step) else Step.YEAR
    to_date, from_15th = asked.get("luyke") == "1", asked.get("moc") == "15"
    try:
        if typed["tu"]:
            first = first_month(typed["tu"])
        if typed["den"]:
            last = last_month(typed["den"])
        periods = spans(first, last, step, to_date=to_date, from_15th=from_15th)
    except BadRange as bad:
        problems.append(str(bad))
        first, last = month_of(first_day(today)), month_of(today)
        periods = spans(first, last, step, to_date=to_date, from_15th=from_15th)
    given = {
        "tu": month_words(first),
        "den": month_words(last),
        "buoc": step.value,
        "luyke": "1" if to_date else "",
        "moc": "15" if from_15th else "",
    }
    return periods, given, problems


def _trees(periods: Sequence[Period], on_map: date | None) -> list[tuple[Tree, list[int]]]:
    """Return each map that is needed, in order of time, with the positions of the periods on it."""
    return sorted(maps_for(periods, on_map), key=lambda one: one[1][0])


def _picked(nodes: Sequence[Node], codes: Sequence[str]) -> list[Node]:
    """Return the picked units. Raises Http404 for one that is not there for this person."""
    by_code = {node.code: node for node in nodes if node.code}
    if any(code not in by_code for code in codes):
        raise Http404
    return [by_code[code] for code in dict.fromkeys(codes)]


def _pickable(tree: Tree, area: Node | None, mine: frozenset[UUID]) -> tuple[Node, ...]:
    """The units to tick: all below the area, or where those are too many for a page the ones directly below it."""
    if area is None:
        return ()
    every = tuple(node for node in tree.subtree(area.area_id) if node.area_id in mine)
    few = every if len(every) <= MOST_TO_PICK else tree.children(area.area_id)
    return few[:MOST_TO_PICK]


def _units(
    trees: Sequence[tuple[Tree, list[int]]],
    mine: frozenset[UUID],
    area: Node | None,
    gathered: str,
    picked: Sequence[Node],
) -> list[Unit]:
    """Return the units of the table: those of every map in the question, each called as on the newest that has it."""
    found: dict[UUID, Node] = {}
    stands: dict[UUID, set[int]] = {}
    for tree, _ in reversed(trees):
        for node in _on_tree(tree, area, gathered, picked):
            if node.area_id in mine:
                found.setdefault(node.area_id, node)
    for tree, positions in trees:
        for area_id in found:
            if area_id in tree:
                stands.setdefault(area_id, set()).update(positions)
    return [Unit(node, frozenset(stands.get(area_id, ()))) for area_id, node in found.items()]


def _on_tree(tree: Tree, area: Node | None, gathered: str, picked: Sequence[Node]) -> Sequence[Node]:
    if picked:
        return [tree.node(node.area_id) for node in picked if node.area_id in tree]
    if area is None or area.area_id not in tree:
        return ()
    if gathered == "rieng":
        return (tree.node(area.area_id),)
    if gathered == "moi-cap":
        return tree.subtree(area.area_id)
    return (tree.node(area.area_id), *tree.children(area.area_id))
