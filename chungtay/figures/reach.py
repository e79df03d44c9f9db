"""Whose figures a person may open: the areas in their reach that stand on a map, and the one that a page was asked for."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.places.rules import Node, Tree

TYPE = "figure"


def areas_in_reach(actor: User, tree: Tree, *, under: UUID | None = None, on: date) -> list[Node]:
    """Return the places of the map whose figures the person may view, upper levels first; only those `under` an area."""
    mine = access.areas_for(actor, "view", TYPE, on=on)
    if under is None:
        nodes: Sequence[Node] = tree.nodes
    else:
        nodes = tree.subtree(under) if under in tree else ()
    return [node for node in nodes if node.area_id in mine]


def area_asked(nodes: Sequence[Node], code: str, home: UUID | None) -> Node | None:
    """Return the place that bears the code; without a code the person's own place, else the first; None when there is none."""
    if code:
        return next((node for node in nodes if node.code == code), None)
    return next((node for node in nodes if node.area_id == home), nodes[0] if nodes else None)


def may_open(actor: User, area_id: UUID, *, on: date) -> bool:
    """Return whether the person may view the figures of an area."""
    return access.can(actor, "view", Matter(TYPE, area_id), on=on)
