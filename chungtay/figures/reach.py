"""Whose figures a person may open: the areas in their reach that stand on a map, and the one that a page was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.figures.map_choice import MapAsked
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.places.rules import Node, Tree
from chungtay.places.succession import placements

TYPE = "figure"
MOST_CHOICES = 300


def ids_in_reach(actor: User, *, on: date) -> frozenset[UUID]:
    """Return the ids of the areas, on whichever map, whose figures the person may view."""
    return access.areas_for(actor, "view", TYPE, on=on)


def areas_in_reach(actor: User, tree: Tree, *, under: UUID | None = None, on: date) -> list[Node]:
    """Return the places of the map whose figures the person may view, upper levels first; only those `under` an area.

    Where that area is not on the map, under those that came after it (or that it came from).
    """
    mine = ids_in_reach(actor, on=on)
    nodes: Sequence[Node] = tree.nodes if under is None else _under(tree, under)
    return [node for node in nodes if node.area_id in mine]


def _under(tree: Tree, area_id: UUID) -> Sequence[Node]:
    if area_id in tree:
        return tree.subtree(area_id)
    portions = placements([area_id], places.successions(), tree)[area_id]
    below = {one for portion in portions for one in tree.ids_under(portion.area_id)}
    return [node for node in tree if node.area_id in below]


def area_choices(nodes: Sequence[Node], area: Node | None) -> list[tuple[Node, str]]:
    """Return the places to choose from, each with its indent.

    Where they are too many for one list: the way down to the area, what stands beside it and directly below it.
    """
    shown = list(nodes)
    if len(shown) > MOST_CHOICES and area is not None:
        by_id = {node.area_id: node for node in nodes}
        way, at = {area.area_id}, area.parent_id
        while at is not None and at in by_id and at not in way:
            way.add(at)
            at = by_id[at].parent_id
        shown = [node for node in nodes if node.area_id in way or node.parent_id in (area.area_id, area.parent_id)]
        shown = [
            node
            for node in shown
            if node.area_id in way or len(shown) <= MOST_CHOICES or node.parent_id == area.area_id
        ]
    shallowest = min((node.depth for node in shown), default=0)
    return [(node, "– " * (node.depth - shallowest)) for node in shown]


def area_asked(nodes: Sequence[Node], code: str, home: UUID | None) -> Node | None:
    """Return the place that bears the code; without a code the person's own place, else the first; None when there is none."""
    if code:
        return next((node for node in nodes if node.code == code), None)
    return next((node for node in nodes if node.area_id == home), nodes[0] if nodes else None)


@dataclass(frozen=True)
class PlaceAsked:
    """Whose figures a page shows, and on which map: the places of that map in reach, and the one asked for (None: no such)."""

    map: MapAsked
    tree: Tree
    nodes: tuple[Node, ...]
    area: Node | None


def place_asked(
    actor: User, asked: MapAsked, code: str, *, usual: date, today: date, under: UUID | None = None
) -> PlaceAsked:
    """Read whose figures are wanted. `usual`: the day whose map shows the places where none is asked for.

    A map on which the place is not is refused with a sentence. A code that no place bears any more opens the map on which
    one last did: addresses stay true when a unit has left the map.
    """
    home = access.home_area(actor, today)

    def on(chosen: MapAsked) -> PlaceAsked:
        tree = places.tree_on(chosen.day or usual)
        nodes = areas_in_reach(actor, tree, under=under, on=today)
        return PlaceAsked(chosen, tree, tuple(nodes), area_asked(nodes, code, home))

    found = on(asked)
    if found.area is None and asked.day is not None:
        words = f"Đơn vị đang xem không có trên bản đồ ngày {date_text(asked.day)}. Hãy chọn bản đồ hoặc đơn vị khác."
        found = on(asked.refused(words))
    if found.area is None and (day := places.day_of_code(code, ids_in_reach(actor, on=today))) is not None:
        found = on(replace(found.map, day=day))
    return found


def may_open(actor: User, area_id: UUID, *, on: date) -> bool:
    """Return whether the person may view the figures of an area."""
    return access.can(actor, "view", Matter(TYPE, area_id), on=on)
