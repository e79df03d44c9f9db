"""The maps that a lake knows, pure: the tree of a day, and which places count in which of its units on that day.

A place counts where `places.succession.placements` puts it: a unit that is gone counts in its successors, part by part
when it was divided. Every place of a lake is asked, so that nothing which somebody stated gets lost on the way.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

import pyarrow as pa

from chungtay.places.rules import WHOLE, Level, Place, Tree, build_tree
from chungtay.places.succession import Cut, Successions, cut_value, placements


@dataclass(frozen=True)
class Part:
    """What of an area counts at a node: all of it (no cuts), or cuts one within the other."""

    node: int
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True)
class Member:
    """An area's part that counts in a unit. `counts`: the area is counted by this part; others of it only add value.

    is_estimate: not all parts of the area are in the unit, so that what it adds rests on a stated share.
    """

    node: int
    area: int
    part: int
    counts: bool
    is_estimate: bool


class Standing:
    """The map of one day over numbered areas: `nodes` in pre-order, `parts` of every area that stands on it."""

    def __init__(self, tree: Tree, number_of: dict[UUID, int], parts: dict[int, tuple[Part, ...]]) -> None:
        self.nodes = [number_of[node.area_id] for node in tree]
        self.depth = {number_of[node.area_id]: node.depth for node in tree}
        self.names = {number_of[node.area_id]: (node.code, node.name) for node in tree}
        self.parts = parts
        self._above: dict[int, tuple[int, ...]] = {}
        for node in tree:
            number = number_of[node.area_id]
            parent = number_of[node.parent_id] if node.parent_id is not None and node.depth > 0 else None
            self._above[number] = (number, *(self._above[parent] if parent is not None else ()))

    @property
    def upper(self) -> list[int]:
        """The units that have others below them, in order; of a map without levels, all."""
        with_children = {ways[1] for ways in self._above.values() if len(ways) > 1}
        return [node for node in self.nodes if node in with_children] or self.nodes

    @property
    def cuts(self) -> int:
        """How many cuts, one within the other, any part needs."""
        return max((len(part.cuts) for parts in self.parts.values() for part in parts), default=0)

    def members(self) -> Iterator[Member]:
        """Yield for every unit the parts of areas that count in it."""
        for area, parts in self.parts.items():
            held = Counter(node for part in parts for node in self._above[part.node])
            seen: set[int] = set()
            for at, part in enumerate(parts):
                for node in self._above[part.node]:
                    yield Member(node, area, at, node not in seen, held[node] < len(parts))
                    seen.add(node)

    def rows(self) -> list[tuple[int, int, int, int]]:
        """Return (node, its depth, area, share of the area that counts there in parts per million), in order of nodes."""
        shares: dict[tuple[int, int], int] = {}
        for area, parts in self.parts.items():
            for part in parts:
                share = cut_value(WHOLE, part.cuts)
                for node in self._above[part.node]:
                    shares[node, area] = shares.get((node, area), 0) + share
        place = {node: at for at, node in enumerate(self.nodes)}
        ordered = sorted(shares.items(), key=lambda pair: (place[pair[0][0]], pair[0][1]))
        return [(node, self.depth[node], area, share) for (node, area), share in ordered]


class Maps:
    """The history of places in a lake."""

    def __init__(self, areas: pa.Table, versions: pa.Table, successions: pa.Table) -> None:
        self.ids = {row["number"]: UUID(row["id"]) for row in areas.to_pylist()}
        self.lives: dict[int, tuple[date, date | None]] = {
            row["number"]: (row["first_day"], row["end_day"])
            for row in areas.to_pylist()
            if row["first_day"] is not None
        }
        self._number_of = {area_id: number for number, area_id in self.ids.items()}
        self._parents = {row["number"]: row["parent"] for row in areas.to_pylist()}
        self._versions = versions.to_pylist()
        self._links = successions.to_pylist()

    def standing_on(self, day: date) -> Standing:
        """Return where everything stands on the map of a day."""
        tree = self.tree_on(day)
        placed = placements(self._number_of, self.successions, tree, day)
        parts = {
            self._number_of[area_id]: tuple(Part(self._number_of[one.area_id], one.cuts) for one in portions)
            for area_id, portions in placed.items()
            if portions
        }
        return Standing(tree, self._number_of, parts)

    @cached_property
    def successions(self) -> Successions:
        """Who came after whom, as `places.selectors.successions` says it."""
        ids = self.ids
        forward: dict[UUID, list[tuple[UUID, int]]] = {}
        backward: dict[UUID, list[tuple[UUID, int | None]]] = {}
        for link in self._links:
            old, new, back = ids[link["from_area"]], ids[link["to_area"]], link["back_share_ppm"]
            forward.setdefault(old, []).append((new, link["share_ppm"]))
            if back != 0:
                backward.setdefault(new, []).append((old, back))
        return Successions(
            lives={ids[number]: life for number, life in self.lives.items()},
            forward={area_id: tuple(parts) for area_id, parts in forward.items()},
            backward={area_id: tuple(parts) for area_id, parts in backward.items()},
            parents={ids[number]: ids[parent] if parent else None for number, parent in self._parents.items()},
        )

    def tree_on(self, day: date) -> Tree:
        """Return the map of a day."""
        return build_tree(
            Place(
                self.ids[row["area"]],
                row["name"],
                row["code"],
                Level(row["level"]),
                self.ids[row["parent"]] if row["parent"] is not None else None,
            )
            for row in self._versions
            if row["valid_from"] <= day and (row["valid_to"] is None or row["valid_to"] > day)
        )

    def same_map_since(self, day: date) -> date:
        """Return the first day since which the map has been what it is on `day`; `day` itself before any change."""
        changes = {row[name] for row in self._versions for name in ("valid_from", "valid_to")}
        return max((change for change in changes if change is not None and change <= day), default=day)
