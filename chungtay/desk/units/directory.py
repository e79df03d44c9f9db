"""The map of a day as a list: the units directly below one, or those that a search finds anywhere below it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from chungtay.kernel.folding import fold
from chungtay.places import selectors as places
from chungtay.places.rules import LEVEL_LABELS, Level, Node, Tree

ROWS_ON_PAGE = 100
MOST_FORMER = 20


@dataclass(frozen=True)
class Row:
    """One unit of the list, where it belongs, and how many stand directly below it."""

    node: Node
    level: str
    above: str
    below: int


@dataclass(frozen=True)
class Former:
    """A unit that is not on the map of the day, under the name it had nearest to it."""

    area_id: UUID
    name: str


def ref_of(node: Node) -> str:
    """Return how an address names a unit: its code, or its id when it has none."""
    return node.code or str(node.area_id)


def node_of(tree: Tree, ref: str) -> Node | None:
    """Return the unit of the map that an address names, None when there is none."""
    if not ref:
        return None
    return next((node for node in tree.nodes if ref in (node.code, str(node.area_id))), None)


def found_units(tree: Tree, *, above: Node | None, query: str, level: str) -> list[Node]:
    """Return the units of a list: what a search or a level finds, else those directly below `above` or the tops."""
    inside = tree.subtree(above.area_id)[1:] if above else tree.nodes
    if not query and not level:
        if above:
            return list(tree.children(above.area_id))
        return [node for node in tree.nodes if node.depth == 0]
    words = fold(query).split()
    return [node for node in inside if (not level or node.level == level) and _matches(node, words)]


def former_units(tree: Tree, day: date, query: str) -> list[Former]:
    """Return the units that a search finds off the day's map: they ended before it, or begin later."""
    words = fold(query).split()
    if not words:
        return []
    off = [area_id for area_id in places.lineages_on(day) if area_id not in tree]
    names = places.names_on(off, day) if off else {}
    found = [Former(area_id, name) for area_id, name in names.items() if all(word in _folded(name) for word in words)]
    return sorted(found, key=lambda one: (fold(one.name), str(one.area_id)))[:MOST_FORMER]


def rows_of(tree: Tree, nodes: Iterable[Node]) -> list[Row]:
    """Return the rows of a page of units."""
    return [
        Row(
            node=node,
            level=LEVEL_LABELS[Level(node.level)].capitalize(),
            above=", ".join(one.name for one in reversed(tree.path(node.area_id)[:-1])),
            below=len(tree.children(node.area_id)),
        )
        for node in nodes
    ]


def levels_of(tree: Tree) -> list[tuple[str, str]]:
    """Return the levels that the map has, with how many units each."""
    counts: dict[str, int] = {}
    for node in tree.nodes:
        counts[node.level] = counts.get(node.level, 0) + 1
    return [
        (level.value, f"{LEVEL_LABELS[level].capitalize()} ({counts[level]})") for level in Level if level in counts
    ]


def area_named(ref: str) -> UUID:
    """Return the id of the unit that an address names: its id, CODE or CODE@DATE. Raises UnknownArea, AmbiguousArea."""
    try:
        area_id = UUID(ref)
    except ValueError:
        return places.area_by_ref(ref).id
    if not places.versions_of(area_id):
        raise places.UnknownArea(ref)
    return area_id


def _matches(node: Node, words: list[str]) -> bool:
    text = _folded(node.name)
    return all(word in text or word == node.code for word in words)


@lru_cache(maxsize=50_000)
def _folded(name: str) -> str:
    return fold(name)
