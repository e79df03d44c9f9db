"""Random histories of a map: units merge, are divided, formed from parts, move, end with or without an heir, and begin."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from chungtay.places.rules import WHOLE, Level, Place, Tree, build_tree
from chungtay.places.succession import Successions

FIRST_DAYS = (date(1950, 1, 1), date(2020, 2, 15))
Above = dict[UUID, UUID | None]


@dataclass
class Version:
    area: UUID
    parent: UUID | None
    first: date
    end: date | None = None


@dataclass
class _Day:
    """A map while it is being changed: units that ended today, and those that no other act of today may end."""

    after: Above
    ended: set[UUID] = field(default_factory=set)
    held: set[UUID] = field(default_factory=set)

    @property
    def free(self) -> list[UUID]:
        return [area for area in self.after if area not in self.held]

    def path(self, area: UUID, above: Above) -> list[UUID]:
        way = [area]
        while (parent := above[way[-1]]) is not None:
            way.append(parent)
        return way


class RandomMaps:
    """`versions` of the places that ever stood on a map; `lost`: those that none has any more, with the unit above them."""

    def __init__(self, rng: np.random.Generator, places: list[UUID]) -> None:
        self._rng = rng
        self._waiting = [places[at] for at in rng.permutation(len(places))]
        self.versions: list[Version] = []
        self.links: list[tuple[UUID, UUID, int, int | None, date]] = []
        now: Above = {}
        for _ in range(max(1, len(places) // 2)):
            now[self._waiting.pop()] = self._one_of(list(now)) if rng.random() < 0.9 else None
        first = FIRST_DAYS[int(rng.integers(0, 2))]
        self.versions += [Version(area, parent, first) for area, parent in now.items()]
        for offset in sorted({int(offset) for offset in rng.integers(60, 600, int(rng.integers(1, 5)))}):
            now = self._change(now, date(2020, 1, 1) + timedelta(days=offset))
        self.lost = {area: self._one_of(list(now)) if rng.random() < 0.5 else None for area in self._waiting}

    def tree_on(self, day: date) -> Tree:
        """Return the map of a day."""
        return build_tree(
            Place(v.area, f"Xã {v.area.int}", f"{v.area.int:04d}", Level.COMMUNE, v.parent)
            for v in self.versions
            if v.first <= day and (v.end is None or v.end > day)
        )

    def since(self, day: date) -> date:
        """Return the day since which the map is that of a day."""
        changes = {change for v in self.versions for change in (v.first, v.end) if change is not None}
        return max((change for change in changes if change <= day), default=day)

    def successions(self) -> Successions:
        """Return what the room of places would say of this history."""
        lives: dict[UUID, tuple[date, date | None]] = {}
        for v in self.versions:  # in order of days
            lives[v.area] = (lives[v.area][0] if v.area in lives else v.first, v.end)
        forward: dict[UUID, tuple] = {}
        backward: dict[UUID, tuple] = {}
        for old, new, share, back, _ in self.links:
            forward[old] = (*forward.get(old, ()), (new, share))
            if back != 0:
                backward[new] = (*backward.get(new, ()), (old, back))
        return Successions(lives, forward, backward, self.lost | {v.area: v.parent for v in self.versions})

    def _change(self, before: Above, day: date) -> Above:
        today = _Day(dict(before))
        for _ in range(int(self._rng.integers(1, 4))):
            act = (self._form, self._form, self._abolish, self._move, self._create)[int(self._rng.integers(0, 5))]
            act(today, before, day)
        for v in self.versions:
            if v.end is None and (v.area not in today.after or today.after[v.area] != v.parent):
                v.end = day
        self.versions += [
            Version(area, parent, day)
            for area, parent in today.after.items()
            if area not in before or before[area] != parent
        ]
        return today.after

    def _form(self, today: _Day, before: Above, day: date) -> None:
        """End one to three units and form one to three new ones of their parts."""
        olds = [area for area in today.free if area in before]
        news = [self._waiting.pop() for _ in range(min(len(self._waiting), int(self._rng.integers(1, 4))))]
        olds = [olds[at] for at in self._rng.permutation(len(olds))[: int(self._rng.integers(1, 4))]]
        if not olds or not news:
            self._waiting += news
            return
        parts = {
            old: [new for at, new in enumerate(news) if at % len(olds) == n or self._rng.random() < 0.3]
            for n, old in enumerate(olds)
        }
        parts = {old: got or [news[0]] for old, got in parts.items()}
        above = self._end(today, olds, news[0])
        today.after |= dict.fromkeys(news, above)
        today.held |= set(news)
        backs = {new: self._backs([old for old in olds if new in parts[old]]) for new in news}
        for old in olds:
            for new, share in zip(parts[old], self._shares(len(parts[old])), strict=True):
                self.links.append((old, new, share, backs[new][old], day))

    def _abolish(self, today: _Day, before: Above, day: date) -> None:
        ends = [area for area in today.free if area in before]
        if len(today.after) < 2 or not ends:
            return
        end = self._one_of(ends)
        above = self._end(today, [end], today.after[end])
        heir = self._one_of([above or next(iter(today.after)), *today.after])
        if self._rng.random() < 0.7:
            self.links.append((end, heir, WHOLE, 0, day))
            today.held.add(heir)

    def _move(self, today: _Day, before: Above, day: date) -> None:
        one = self._one_of(list(today.after))
        others = [area for area in today.after if one not in today.path(area, today.after)]
        today.after[one] = self._one_of(others) if others else None

    def _create(self, today: _Day, before: Above, day: date) -> None:
        if self._waiting:
            new = self._waiting.pop()
            today.after[new] = self._one_of(list(today.after))
            today.held.add(new)

    def _end(self, today: _Day, ends: list[UUID], heir_of_children: UUID | None) -> UUID | None:
        """Take units off the map; return what stood above them, and hang what stood below them on an heir."""
        way = today.path(ends[0], today.after)
        above = today.after[max((area for area in way if area in ends), key=way.index)]
        for area, parent in today.after.items():
            if parent in ends:
                today.after[area] = heir_of_children
        for end in ends:
            del today.after[end]
            today.ended.add(end)
        return above

    def _backs(self, sources: list[UUID]) -> dict[UUID, int | None]:
        """Return which part of a new unit stems from each source: stated or not, or only of some."""
        stated = dict(zip(sources, self._shares(len(sources)), strict=True))
        chance = self._rng.random()
        return {
            old: share if chance < 0.5 or (chance < 0.6 and old == sources[0]) else None
            for old, share in stated.items()
        }

    def _shares(self, count: int) -> list[int]:
        cuts = sorted(int(cut) for cut in self._rng.choice(np.arange(1, 1000), count - 1, replace=False) * 997)
        return [high - low for low, high in zip([0, *cuts], [*cuts, WHOLE], strict=True)]

    def _one_of(self, areas: list[UUID]) -> UUID | None:
        return areas[int(self._rng.integers(0, len(areas)))] if areas else None
