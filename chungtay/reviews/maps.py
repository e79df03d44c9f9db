"""The map that a review stands on: its units, what each was formed from, and the map before, to hold the new one against."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from chungtay.kernel.periods import Period
from chungtay.places import selectors as places
from chungtay.places.rules import Node, Tree
from chungtay.reviews.answers import Answers


@dataclass(frozen=True)
class Former:
    """A unit as it stood on the map of an earlier day."""

    area_id: UUID
    name: str
    code: str
    day: date


@dataclass(frozen=True)
class OldMap:
    """The same figures on the map of an earlier day. `rows`: a unit of the new map (None: none), what it was then.

    `has_area`: whether the area of the review was there.
    """

    day: date
    has_area: bool
    rows: tuple[tuple[Node | None, tuple[Former, ...]], ...]

    @property
    def units(self) -> tuple[Former, ...]:
        """The units of the old map, each once."""
        return tuple(dict.fromkeys(former for _, formers in self.rows for former in formers))


@dataclass(frozen=True)
class ReviewMap:
    """The map of `day` as known at the review's moment. `as_of`: the day that was chosen, None for the window's last.

    `formers`: of a unit of the report that began inside or after the window, what it was formed from, each on the map
    before. `changes`: the days on which the area or a unit below it changed.
    """

    day: date
    as_of: date | None
    tree: Tree
    formers: Mapping[UUID, tuple[Former, ...]]
    changes: tuple[date, ...]
    old: OldMap | None

    def for_change(self, window: Period) -> date | None:
        """Return the map on which a window is compared with the year before: both on one, so that like meets like."""
        if self.as_of is not None:
            return self.as_of
        before = window.same_period_last_year().last_day
        return window.last_day if any(before < day <= window.last_day for day in self.changes) else None


def read_map(*, area_id: UUID, period: Period, as_of: date | None, known_at: datetime) -> ReviewMap | None:
    """Return the map of a review, None when the area is not on it.

    It is the map as known at `known_at`, or as known now where the area was not known then: the account does the same.
    """
    day = as_of or period.last_day
    for moment in (known_at, None):
        tree = places.tree_on(day, moment)
        if area_id in tree:
            reader = _Reader(area_id, period, tree, moment)
            units = tree.children(area_id) or (tree.node(area_id),)
            formers = {unit.area_id: found for unit in units if (found := reader.formers(unit.area_id))}
            old = reader.old_map(units) if as_of is not None else None
            return ReviewMap(day, as_of, tree, formers, tuple(reader.changes()), old)
    return None


def names_for(found: ReviewMap, area_id: UUID, answers: Answers) -> dict[UUID, str]:
    """Return the names of the units below the area on its map, and of every other unit that an answer speaks of."""
    names = {node.area_id: node.name for node in found.tree.subtree(area_id)}
    told = {one for figure in answers.figures.values() for one in (figure.area_id, *figure.missing)}
    return places.names_on(told - names.keys(), found.day) | names


@dataclass(frozen=True)
class _Reader:
    """Reads what came before a map, as known at one moment."""

    area_id: UUID
    period: Period
    tree: Tree
    moment: datetime | None

    def formers(self, area_id: UUID) -> tuple[Former, ...]:
        """What a unit was formed from when that lies after the window's first day, of units that lived in the window."""
        sources = [link for link in places.links(self.moment) if link.to_area == area_id and not link.is_keeping]
        if not sources or sources[0].on <= self.period.start:
            return ()
        return self._named((link.from_area for link in sources), sources[0].on - timedelta(days=1))

    def changes(self) -> Iterator[date]:
        """The days on which the area or a unit below it changed."""
        before = None
        for change in places.map_days():
            tree = places.tree_on(change.day, self.moment)
            below = tree.ids_under(self.area_id) if self.area_id in tree else ()
            if before is not None and below != before:
                yield change.day
            before = below

    def old_map(self, units: Sequence[Node]) -> OldMap | None:
        """The map of the window's last day, or where that is the same of its first; None when both are."""
        now = {unit.area_id for unit in units}
        for day in (self.period.last_day, self.period.start):
            then = places.tree_on(day, self.moment)
            there = {unit.area_id: self._then(unit.area_id, then, day) for unit in units}
            area = then.children(self.area_id) if self.area_id in then else ()
            if {former.area_id for formers in there.values() for former in formers} == now:
                continue
            told = {former.area_id for formers in there.values() for former in formers}
            gone = tuple(Former(one.area_id, one.name, one.code, day) for one in area if one.area_id not in told)
            rows: list[tuple[Node | None, tuple[Former, ...]]] = [(unit, there[unit.area_id]) for unit in units]
            return OldMap(day, self.area_id in then, (*rows, *(((None, gone),) if gone else ())))
        return None

    def _then(self, area_id: UUID, then: Tree, day: date) -> tuple[Former, ...]:
        """What a unit was on an earlier map: itself, else all that it was formed from, in turn."""
        if area_id in then:
            return self._named([area_id], day)
        sources = [
            link.from_area for link in places.links(self.moment) if link.to_area == area_id and not link.is_keeping
        ]
        return tuple(dict.fromkeys(former for source in sources for former in self._then(source, then, day)))

    def _named(self, area_ids: Iterable[UUID], day: date) -> tuple[Former, ...]:
        tree = places.tree_on(day, self.moment)
        nodes = [tree.node(area_id) for area_id in area_ids if area_id in tree]
        return tuple(Former(node.area_id, node.name, node.code, day) for node in nodes)
