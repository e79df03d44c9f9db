"""The life line of a unit, pure: what it was called and when, whom it stems from and who came after, back and forth in time."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chungtay.places.rules import Level


@dataclass(frozen=True)
class Stretch:
    """What a unit was during [first, end): `end` None while in force. `reorganisation_id` is the act that made it so."""

    name: str
    code: str
    level: Level
    parent_id: UUID | None
    parent_name: str
    first: date
    end: date | None
    legal_basis: str
    reorganisation_id: UUID | None


@dataclass(frozen=True)
class Link:
    """A part of one unit went to another on a day. `share_ppm` of the old one; `back_share_ppm` of the new (None: not stated).

    `is_keeping`: the other only keeps what an abolished unit leaves, it does not stem from it.
    """

    from_area: UUID
    to_area: UUID
    share_ppm: int
    back_share_ppm: int | None
    basis: str
    reorganisation_id: UUID
    on: date
    legal_basis: str

    @property
    def is_keeping(self) -> bool:
        return self.back_share_ppm == 0


@dataclass(frozen=True)
class Relative:
    """A unit of the lineage: `generation` 0 is the unit itself, -1 what it was formed from, 1 what came after it.

    Name, code and level are the last it had.
    """

    area_id: UUID
    name: str
    code: str
    level: Level
    first: date
    end: date | None
    generation: int


@dataclass(frozen=True)
class LifeLine:
    """Everything for a timeline and a drawing of the lineage. `relatives` by generation, then first day and code."""

    area_id: UUID
    stretches: tuple[Stretch, ...]
    relatives: tuple[Relative, ...]
    links: tuple[Link, ...]

    def predecessors(self) -> tuple[Link, ...]:
        """Return what the unit was formed from, directly."""
        return tuple(link for link in self.links if link.to_area == self.area_id and not link.is_keeping)

    def successors(self) -> tuple[Link, ...]:
        """Return where the unit went, directly."""
        return tuple(link for link in self.links if link.from_area == self.area_id)


def lineage(area_id: UUID, links: Iterable[Link]) -> tuple[dict[UUID, int], tuple[Link, ...]]:
    """Return every unit a unit stems from and every unit that stems from it, with generations, and the links between."""
    into: dict[UUID, list[Link]] = {}
    out: dict[UUID, list[Link]] = {}
    for link in links:
        into.setdefault(link.to_area, []).append(link)
        out.setdefault(link.from_area, []).append(link)
    found = {area_id: 0}
    ways: dict[Link, None] = {}
    for edges, step in ((into, -1), (out, 1)):
        queue = deque([area_id])
        while queue:
            here = queue.popleft()
            for link in edges.get(here, ()):
                ways[link] = None
                there = link.from_area if step < 0 else link.to_area
                if there not in found:
                    found[there] = found[here] + step
                    queue.append(there)
    return found, tuple(sorted(ways, key=lambda link: (link.on, str(link.from_area), str(link.to_area))))


def inherited_ways(
    ways: Mapping[UUID, tuple[UUID, ...]], heirs: Mapping[UUID, Iterable[UUID]]
) -> dict[UUID, tuple[tuple[UUID, ...], ...]]:
    """Return for units that ended the ways of those who came after them: by these their history is reached as well.

    A unit that left no heir is reached by the heirs of the nearest unit above it that left some.
    """
    found: dict[UUID, tuple[tuple[UUID, ...], ...]] = {}

    def of(area_id: UUID, asked: frozenset[UUID]) -> tuple[tuple[UUID, ...], ...]:
        if area_id in found or area_id in asked:
            return found.get(area_id, ())
        further: dict[tuple[UUID, ...], None] = {}
        for heir in heirs.get(area_id, ()):
            further |= dict.fromkeys([ways.get(heir, ()), *of(heir, asked | {area_id})])
        way = ways.get(area_id, ())
        if area_id not in heirs and len(way) > 1:
            further |= dict.fromkeys((*above, area_id) for above in of(way[-2], asked | {area_id}))
        found[area_id] = tuple(one for one in further if one)
        return found[area_id]

    return {area_id: reached for area_id in ways if (reached := of(area_id, frozenset()))}
