"""What another system's names mean here: its table of codes first, then our own codes or names. Nothing is guessed. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from chungtay.exchange.rules import DEFAULT_COMBOS, Scheme
from chungtay.kernel.folding import fold


@dataclass(frozen=True)
class Known:
    """An indicator as far as a file needs it. keys: of the cells that may be stated; axes: its dimensions; labels: of its keys."""

    code: str
    name: str
    decimals: int
    is_ratio: bool
    keys: frozenset[str]
    axes: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    def key_of(self, combo: str, dimensions: Sequence[tuple[str, str]], *, by_name: bool) -> str | None:
        """Return the key of a cell as a file names it: by our key, by its label, or by attributes; None when it is none."""
        if dimensions and combo in DEFAULT_COMBOS:
            said = dict(dimensions)
            if set(said) != set(self.axes):
                return None
            return "/".join(said[axis] for axis in self.axes)
        if combo in DEFAULT_COMBOS:
            return ""
        if combo in self.keys or not by_name:
            return combo
        found = [key for key, label in self.labels.items() if fold(label) == fold(combo)]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class AreaNames:
    """The map of a day: what its places are called, which lie in the office's reach, and what stands above each."""

    by_code: Mapping[str, Sequence[UUID]]
    by_name: Mapping[str, Sequence[UUID]]
    within: frozenset[UUID]
    parents: Mapping[UUID, UUID | None]

    @cached_property
    def _ways(self) -> dict[UUID, tuple[UUID, ...]]:
        return {}

    def way_of(self, area_id: UUID) -> tuple[UUID, ...]:
        """Return the places above one, nearest first; none for a place that is not on this map."""
        if area_id not in self._ways:
            upper = self.parents.get(area_id)
            self._ways[area_id] = () if upper is None else (upper, *self.way_of(upper))
        return self._ways[area_id]


class Line(NamedTuple):
    """A line of a table of codes from a day on: what is meant, None when nothing any more."""

    valid_from: date
    meant: tuple[str, str | None] | UUID | None


def line_on(lines: Iterable[Line], day: date) -> Line | None:
    """Return the line that holds on a day: of those that have begun the latest, of several for one day the last one said."""
    found = None
    for line in lines:
        if line.valid_from <= day and (found is None or line.valid_from >= found.valid_from):
            found = line
    return found


@dataclass(frozen=True)
class Names:
    """Everything by which a file's names are understood.

    elements: (their element, their combo) -> lines; units: their unit -> lines, both in the order in which they were said.
    """

    indicators: Mapping[str, Known]
    areas_on: Callable[[date], AreaNames]
    elements: Mapping[tuple[str, str], Sequence[Line]] = field(default_factory=dict)
    units: Mapping[str, Sequence[Line]] = field(default_factory=dict)
    element_scheme: Scheme = Scheme.CODE
    unit_scheme: Scheme = Scheme.CODE

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for known in self.indicators.values():
            found[fold(known.name)].append(known.code)
        return found

    def elements_meant(self, text: str, combo: str, day: date) -> list[tuple[str, str | None]]:
        """Return the (indicator, key) that an element and its combo mean on a day; key None: the combo is still to be read."""
        combo = "" if combo in DEFAULT_COMBOS else combo
        for asked in dict.fromkeys(((text, combo), (text, ""))):
            line = line_on(self.elements.get(asked, ()), day)
            if line is not None and isinstance(line.meant, tuple):
                code, key = line.meant
                return [(code, None if asked[1] != combo else key)] if code in self.indicators else []
            if line is not None:
                return []  # its meaning was taken back: our own code of that name is another thing
        if self.element_scheme is Scheme.UID:
            return []
        if self.element_scheme is Scheme.NAME:
            return [(code, None) for code in self._by_name.get(fold(text), ())]
        return [(text, None)] if text in self.indicators else []

    def units_meant(self, text: str, day: date) -> Sequence[UUID]:
        """Return the places that a unit of theirs may be on a day."""
        line = line_on(self.units.get(text, ()), day)
        if line is not None:
            return [line.meant] if isinstance(line.meant, UUID) else []
        if self.unit_scheme is Scheme.UID:
            return []
        areas = self.areas_on(day)
        return areas.by_name.get(fold(text), ()) if self.unit_scheme is Scheme.NAME else areas.by_code.get(text, ())


@dataclass(frozen=True)
class Namer:
    """The other way round: what a system calls a cell or a place of ours, by its table of codes and its schemes."""

    indicators: Mapping[str, Known]
    elements: Mapping[tuple[str, str], Sequence[Line]]
    units: Mapping[str, Sequence[Line]]
    element_scheme: Scheme = Scheme.CODE
    unit_scheme: Scheme = Scheme.CODE
    _known: dict[tuple[str, str, date], tuple[str, str] | None] = field(default_factory=dict)
    _days: dict[date, dict[UUID, list[str]]] = field(default_factory=dict)

    def element(self, code: str, key: str, day: date) -> tuple[str, str] | None:
        """Return (element, combo) of a cell on a day; None when it has no name, or several."""
        asked = (code, key, day)
        if asked not in self._known:
            self._known[asked] = self._element(code, key, day)
        return self._known[asked]

    def _element(self, code: str, key: str, day: date) -> tuple[str, str] | None:
        exact, whole = [], []
        for (theirs, combo), lines in self.elements.items():
            line = line_on(lines, day)
            if line is None or not isinstance(line.meant, tuple) or line.meant[0] != code:
                continue
            if line.meant[1] == key:
                exact.append((theirs, combo))
            elif line.meant[1] == "" and not combo:
                whole.append((theirs, key))
        if exact or whole:
            found = exact or whole
            return found[0] if len(found) == 1 else None
        if self.element_scheme is Scheme.CODE:
            return code, key
        if self.element_scheme is Scheme.NAME:
            return self.indicators[code].name, self.indicators[code].labels.get(key, key)
        return None

    def unit(self, area_id: UUID, day: date) -> str | None:
        """Return what the table calls a place on a day; None when nothing, or several things."""
        if day not in self._days:
            found: dict[UUID, list[str]] = defaultdict(list)
            for theirs, lines in self.units.items():
                line = line_on(lines, day)
                if line is not None and isinstance(line.meant, UUID):
                    found[line.meant].append(theirs)
            self._days[day] = found
        names = self._days[day].get(area_id, [])
        return names[0] if len(names) == 1 else None
