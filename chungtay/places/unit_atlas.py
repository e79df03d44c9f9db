"""The whole history of the map in memory, for checks that ask it ten thousand times, and that write on it on trial."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from chungtay.kernel.text import date_text
from chungtay.places.rules import Level
from chungtay.places.unit_spelling import bare_key, mark_key


@dataclass(frozen=True, slots=True)
class Unit:
    """What an area is during [since, until)."""

    area_id: UUID
    name: str
    code: str
    level: Level
    parent_id: UUID | None
    since: date
    until: date | None = None

    def is_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    @property
    def days(self) -> str:
        """Say when, as a sentence does: "từ 01/01/2020 đến 30/06/2025"."""
        start = f"từ {date_text(self.since)}"
        return start if self.until is None else f"{start} đến {date_text(self.until - timedelta(days=1))}"


class DayMap:
    """The units of one day, found by id, code, parent, and by name with or without its marks."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.by_id: dict[UUID, Unit] = {unit.area_id: unit for unit in units}
        self.by_code: dict[str, Unit] = {unit.code: unit for unit in self.by_id.values() if unit.code}

    @cached_property
    def by_name(self) -> Mapping[str, list[Unit]]:
        """Units by the spelling of their names without the word of level."""
        return self._grouped({unit.area_id: bare_key(unit.name) for unit in self})

    @cached_property
    def by_marks(self) -> Mapping[str, list[Unit]]:
        """Units by their names without marks."""
        return self._grouped({unit.area_id: mark_key(unit.name) for unit in self})

    @cached_property
    def children(self) -> Mapping[UUID | None, list[Unit]]:
        below: dict[UUID | None, list[Unit]] = defaultdict(list)
        for unit in self:
            below[unit.parent_id if unit.parent_id in self.by_id else None].append(unit)
        return below

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.by_id.values())

    def is_leaf(self, unit: Unit) -> bool:
        return unit.area_id not in self.children

    def parent(self, unit: Unit) -> Unit | None:
        return self.by_id.get(unit.parent_id) if unit.parent_id else None

    def root(self, unit: Unit) -> Unit:
        """Return the topmost unit above (the unit itself when nothing is). A circle ends the climb."""
        climbed = {unit.area_id}
        while (above := self.parent(unit)) is not None and above.area_id not in climbed:
            climbed.add(above.area_id)
            unit = above
        return unit

    def where(self, unit: Unit) -> str:
        """Name a unit so that nobody takes another for it: "Xã Tân Phú (mã 29869, Huyện Châu Thành, Tỉnh Đồng Tháp)"."""
        above: list[str] = []
        at = self.parent(unit)
        while at is not None and len(above) < 3:
            above.append(at.name)
            at = self.parent(at)
        marks = [f"mã {unit.code}"] if unit.code else []
        return f"{unit.name} ({', '.join([*marks, *above])})" if marks or above else unit.name

    def _grouped(self, keys: Mapping[UUID, str]) -> Mapping[str, list[Unit]]:
        found: dict[str, list[Unit]] = defaultdict(list)
        for area_id, key in keys.items():
            found[key].append(self.by_id[area_id])
        return found


class Atlas:
    """Every unit that ever was, as the live history of the map tells it."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units: dict[UUID, list[Unit]] = defaultdict(list)
        for unit in sorted(units, key=lambda unit: unit.since):
            self._units[unit.area_id].append(unit)
        self._days: dict[date, DayMap] = {}
        self._bearers: dict[str, list[Unit]] | None = None
        self._named: dict[str, list[Unit]] | None = None

    def on(self, day: date) -> DayMap:
        """Return the map of a day."""
        if day not in self._days:
            self._days[day] = DayMap(unit for life in self._units.values() for unit in life if unit.is_on(day))
        return self._days[day]

    def bearers(self, code: str) -> list[Unit]:
        """Return whoever has ever borne a code, earliest first, each with its days."""
        if self._bearers is None:
            self._bearers = defaultdict(list)
            for unit in self._by_age():
                self._bearers[unit.code].append(unit)
        return self._bearers.get(code, []) if code else []

    def named(self, name: str) -> list[Unit]:
        """Return whoever was ever called so, in any spelling, earliest first, each with its days."""
        if self._named is None:
            self._named = defaultdict(list)
            for unit in self._by_age():
                self._named[bare_key(unit.name)].append(unit)
        return self._named.get(bare_key(name), [])

    def life(self, area_id: UUID) -> list[Unit]:
        """Return what an area was, version after version."""
        return self._units.get(area_id, [])

    def changed(self, added: Iterable[Unit], ended: Iterable[UUID] = (), on: date | None = None) -> "Atlas":
        """Return the atlas after units ended on a day and others were added. A revised area is both."""
        ended_ids = set(ended)
        kept: list[Unit] = []
        for area_id, life in self._units.items():
            if area_id not in ended_ids or on is None:
                kept += life
                continue
            kept += (replace(unit, until=on) if unit.is_on(on) else unit for unit in life if unit.since < on)
        return Atlas([*kept, *added])

    def _by_age(self) -> list[Unit]:
        return sorted((unit for life in self._units.values() for unit in life), key=lambda unit: unit.since)
