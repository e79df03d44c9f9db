"""Who came after whom: where the figures of units that are not on a map stand on it, and in which part. Pure.

A unit that ended before the map's day stands in its successors, one that began after it in what it was formed from; where
that is not said exactly, it counts in the unit above. Portions of one value always add up to it.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from chungtay.places.rules import WHOLE, Tree

Cut = tuple[int, int]
"""[low, high) in parts per million of what it is cut from."""


@dataclass(frozen=True)
class Successions:
    """The lives of all units and what they handed on, shares in parts per million (None: not stated).

    `lives` are [first day, end), `forward` leads from a unit to its successors, `backward` to what it was formed from,
    `parents` to the unit above it when it was last on a map.
    """

    lives: Mapping[UUID, tuple[date, date | None]]
    forward: Mapping[UUID, tuple[tuple[UUID, int], ...]]
    backward: Mapping[UUID, tuple[tuple[UUID, int | None], ...]]
    parents: Mapping[UUID, UUID | None]

    def after(self, area_id: UUID) -> tuple[UUID, ...]:
        """Return every unit that came after one, also those that came after these, nearest first."""
        found: dict[UUID, None] = {}
        waiting = deque([area_id])
        while waiting:
            for heir, _ in self.forward.get(waiting.popleft(), ()):
                if heir not in found and heir != area_id:
                    found[heir] = None
                    waiting.append(heir)
        return tuple(found)


class Portion(NamedTuple):
    """What of a unit stands at a place of a map: all of it (no cuts), or cuts one within the other."""

    area_id: UUID
    cuts: tuple[Cut, ...] = ()

    @property
    def share_ppm(self) -> int:
        """Which part of the unit it is, in parts per million."""
        return cut_value(WHOLE, self.cuts)


def cut_value(value: int, cuts: Iterable[Cut]) -> int:
    """Return the portion of a value; the portions of all cuts of one whole add up to the value, also of a negative one."""
    for low, high in cuts:
        value = value * high // WHOLE - value * low // WHOLE
    return value


def placements(
    area_ids: Iterable[UUID], successions: Successions, tree: Tree, day: date | None = None
) -> dict[UUID, tuple[Portion, ...]]:
    """Return where each unit stands on a map; () for one that has no place on it.

    day: that of the map. Without it the lives of the units on the map tell before from after.
    """
    search = _Search(successions, tree, day)
    return {area_id: search.of(area_id) for area_id in area_ids}


class _Search:
    """Finds the places of units on one map; what has been found once is kept."""

    def __init__(self, successions: Successions, tree: Tree, day: date | None) -> None:
        self._successions, self._tree, self._day = successions, tree, day
        self._found: dict[UUID, tuple[Portion, ...]] = {}
        self._asked: set[UUID] = set()
        lives = [successions.lives[node.area_id] for node in tree if node.area_id in successions.lives]
        self._since = max((first for first, _ in lives), default=date.min)
        self._until = min((end for _, end in lives if end is not None), default=date.max)

    def of(self, area_id: UUID) -> tuple[Portion, ...]:
        if area_id in self._tree:
            return (Portion(area_id),)
        if area_id not in self._found:
            if area_id in self._asked:  # a circle of heirs leads nowhere
                return ()
            self._asked.add(area_id)
            self._found[area_id] = self._elsewhere(area_id)
            self._asked.discard(area_id)
        return self._found[area_id]

    def _elsewhere(self, area_id: UUID) -> tuple[Portion, ...]:
        found: tuple[Portion, ...] = ()
        if area_id in self._successions.lives:
            found = self._backward(area_id) if self._is_later(area_id) else self._forward(area_id)
        parent = self._successions.parents.get(area_id)
        return found or (self.of(parent) if parent is not None else ())

    def _is_later(self, area_id: UUID) -> bool:
        """Whether a unit that is not on the map began after its day; else it ended before."""
        first, end = self._successions.lives[area_id]
        if self._day is not None:
            return first > self._day
        return first >= self._until or (first > self._since and end is None)

    def _forward(self, area_id: UUID) -> tuple[Portion, ...]:
        return self._divided(self._successions.forward.get(area_id, ()))

    def _backward(self, area_id: UUID) -> tuple[Portion, ...]:
        sources = [(source, share) for source, share in self._successions.backward.get(area_id, ()) if share != 0]
        stated = [(source, share) for source, share in sources if share is not None]
        if len(stated) == len(sources) and sum(share for _, share in stated) == WHOLE:
            return self._divided(stated)
        places = list(dict.fromkeys(portion.area_id for source, _ in sources for portion in self.of(source)))
        above = self._lowest_common(places)
        return () if above is None else (Portion(above),)

    def _divided(self, shares: Iterable[tuple[UUID, int]]) -> tuple[Portion, ...]:
        """Return the portions of a whole that goes to several units, in order; neighbours at one place are one portion."""
        portions: list[Portion] = []
        low = 0
        for area_id, share in shares:
            high = low + share
            for place, inner in self.of(area_id):
                cut = (low, high)
                if portions and not inner and portions[-1].area_id == place and len(portions[-1].cuts) == 1:
                    (before, until), *_ = portions[-1].cuts
                    if until == low:
                        portions.pop()
                        cut = (before, high)
                portions.append(Portion(place, inner if cut == (0, WHOLE) else (cut, *inner)))
            low = high
        return tuple(portions)

    def _lowest_common(self, places: list[UUID]) -> UUID | None:
        """Return the lowest unit of the map that holds all places, None without one."""
        ways = [[node.area_id for node in self._tree.path(place)] for place in places]
        common = [step[0] for step in zip(*ways, strict=False) if len(set(step)) == 1]
        return common[-1] if common else None
