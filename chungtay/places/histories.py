"""Reads of reorganisations: the list of them, the life line of a unit, who came after whom, days of change, previews."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from chungtay.kernel.text import date_text
from chungtay.places import cached
from chungtay.places.grounds import UnknownReorganisation, rehearse
from chungtay.places.lifelines import LifeLine, Link, Relative, Stretch, lineage
from chungtay.places.models import AreaVersion, Reorganisation
from chungtay.places.one_map import State
from chungtay.places.plan_json import plan_from_json
from chungtay.places.plans import Plan
from chungtay.places.previews import Preview, preview_of
from chungtay.places.rules import Level
from chungtay.places.succession import Successions


def preview_reorganisation(plan: Plan) -> Preview:
    """Return what a plan would do to the maps as recorded, with everything that is wrong with it; nothing is written.

    Raises UnknownReorganisation, AlreadyCorrected.
    """
    found = rehearse(plan)
    return preview_of(plan, found.outcome, found.ground.before, found.ground.on_day)


def reorganisations(*, with_corrected: bool = False) -> list[Reorganisation]:
    """Return the recorded reorganisations, oldest day first; those that a correction has replaced only when asked for."""
    found = Reorganisation.objects.select_related("replaced_by").order_by("effective_on", "recorded_at", "id")
    return list(found if with_corrected else found.filter(replaced_by__isnull=True))


def reorganisation(reorganisation_id: UUID) -> Reorganisation:
    """Return one reorganisation. Raises UnknownReorganisation."""
    found = Reorganisation.objects.select_related("replaced_by").filter(id=reorganisation_id).first()
    if found is None:
        raise UnknownReorganisation(reorganisation_id)
    return found


def plan_of(act: Reorganisation) -> Plan:
    """Return the plan of a reorganisation, as it was recorded."""
    return plan_from_json(json.loads(act.plan))


def links(known_at: datetime | None = None) -> tuple[Link, ...]:
    """Return who handed on to whom in every reorganisation, as known now or at a moment, in order of days. Cached."""
    return cached.links(known_at, cached.map_state())


def successions(known_at: datetime | None = None) -> Successions:
    """Return who came after whom, with shares, lives and parents of all units: what figures are restated by. Cached."""
    return _successions(known_at, cached.map_state())


def history_of(area_id: UUID) -> LifeLine:
    """Return the life line of a unit: its versions, and its predecessors and successors back and forth in time.

    A unit that no map has any more has no stretches.
    """
    generations, found = lineage(area_id, links())
    rows: dict[UUID, list[AreaVersion]] = {one: [] for one in generations}
    live = AreaVersion.objects.known().filter(area_id__in=generations).order_by("valid_from")
    for row in live:
        rows[row.area_id].append(row)
    relatives = [_relative(one, rows[one], generation) for one, generation in generations.items() if rows[one]]
    return LifeLine(
        area_id,
        tuple(_stretch(row) for row in rows[area_id]),
        tuple(sorted(relatives, key=lambda one: (one.generation, one.first, one.code, one.name))),
        found,
    )


@dataclass(frozen=True)
class MapDay:
    """A day on which the map changed: `label` for a list to choose from, `units` how many units stood on it from then on."""

    day: date
    label: str
    units: int


def map_days() -> tuple[MapDay, ...]:
    """Return the days on which the map changed, oldest first; between two of them it is the same. Cached."""
    return _map_days(cached.map_state())


def days_once_held() -> tuple[date, ...]:
    """Return the days on which the map ever was held to change, corrected ones too, oldest first. Cached."""
    return _days_once_held(cached.map_state())


@lru_cache(maxsize=2)
def _days_once_held(state: State) -> tuple[date, ...]:
    days = AreaVersion.objects.order_by().values_list("valid_from", "valid_to").distinct()
    return tuple(sorted({day for pair in days for day in pair if day is not None}))


@dataclass(frozen=True)
class Extent:
    """What an area held from `day` on, until the next extent: itself and all below in pre-order, () while it is not there."""

    day: date
    area_ids: tuple[UUID, ...]
    children: int


def extents_of(area_id: UUID) -> tuple[Extent, ...]:
    """Return what an area held through time, a new extent whenever that changed, oldest first. Cached."""
    return _extents(area_id, cached.map_state())


@lru_cache(maxsize=512)
def _extents(area_id: UUID, state: State) -> tuple[Extent, ...]:
    found: list[Extent] = []
    for change in _map_days(state):
        tree = cached.tree(change.day, None, state)
        area_ids = tree.ids_under(area_id) if area_id in tree else ()
        if not found or found[-1].area_ids != area_ids:
            found.append(Extent(change.day, area_ids, len(tree.children(area_id)) if area_ids else 0))
    return tuple(found)


@lru_cache(maxsize=8)
def _successions(known_at: datetime | None, state: State) -> Successions:
    lives: dict[UUID, tuple[date, date | None]] = {}
    parents: dict[UUID, UUID | None] = {}
    rows = AreaVersion.objects.known(known_at).order_by("valid_from") if known_at else cached.versions(state)
    for row in rows:
        lives[row.area_id] = (lives[row.area_id][0] if row.area_id in lives else row.valid_from, row.valid_to)
        parents[row.area_id] = row.parent_id
    if known_at is None:
        for area_id, place in cached.places(date.max, state).items():
            parents.setdefault(area_id, place.parent_id)
    forward: dict[UUID, list[tuple[UUID, int]]] = {}
    backward: dict[UUID, list[tuple[UUID, int | None]]] = {}
    for link in cached.links(known_at, state):
        forward.setdefault(link.from_area, []).append((link.to_area, link.share_ppm))
        if not link.is_keeping:
            backward.setdefault(link.to_area, []).append((link.from_area, link.back_share_ppm))
    return Successions(
        lives=lives,
        forward={area_id: tuple(parts) for area_id, parts in forward.items()},
        backward={area_id: tuple(parts) for area_id, parts in backward.items()},
        parents=parents,
    )


@lru_cache(maxsize=2)
def _map_days(state: State) -> tuple[MapDay, ...]:
    firsts: Counter[date] = Counter()
    bases: dict[date, dict[str, None]] = {}
    for row in sorted(cached.versions(state), key=lambda row: row.id):
        firsts[row.valid_from] += 1
        bases.setdefault(row.valid_from, {})[row.legal_basis] = None
        if row.valid_to is not None:
            firsts[row.valid_to] -= 1
            bases.setdefault(row.valid_to, {})
    found, count = [], 0
    for day in sorted(bases):
        count += firsts[day]
        said = [basis for basis in bases[day] if basis]
        label = f"Từ {date_text(day)}" + (f" ({said[0]}{' và văn bản khác' if len(said) > 1 else ''})" if said else "")
        found.append(MapDay(day, label, count))
    return tuple(found)


def _stretch(row: AreaVersion) -> Stretch:
    above = _name_on(row.parent_id, row.valid_from) if row.parent_id else ""
    return Stretch(
        row.name,
        row.code,
        Level(row.level),
        row.parent_id,
        above,
        row.valid_from,
        row.valid_to,
        row.legal_basis,
        row.reorganisation_id,
    )


def _relative(area_id: UUID, rows: Sequence[AreaVersion], generation: int) -> Relative:
    last = rows[-1]
    return Relative(area_id, last.name, last.code, Level(last.level), rows[0].valid_from, last.valid_to, generation)


def _name_on(area_id: UUID, day: date) -> str:
    return cached.places(day, cached.map_state())[area_id].name
