"""What is read from the history of the map, cached until the map changes. `selectors` and `histories` are its doors."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, Subquery

from chungtay.places.grounds import as_place
from chungtay.places.lifelines import Link
from chungtay.places.models import AreaVersion, MapStamp, Succession
from chungtay.places.one_map import State, held_or
from chungtay.places.rules import Place, Tree, build_tree, lineages


def map_state() -> State:
    """Return what changes whenever the map does, in one query. A stamp of a rolled-back change never comes again."""
    return held_or(_read_state)


def _read_state() -> State:
    newest = AreaVersion.objects.order_by("-id").annotate(stamp=Subquery(MapStamp.objects.values("stamp")))
    return newest.values_list("stamp", "id", "area_id").first() or (None, 0, None)


@lru_cache(maxsize=2)
def versions(state: State) -> tuple[AreaVersion, ...]:
    """Return every version that is held true now, in order of first days."""
    return tuple(AreaVersion.objects.known().order_by("valid_from", "id"))


@lru_cache(maxsize=128)
def tree(day: date, known_at: datetime | None, state: State) -> Tree:
    """Return the map of a day."""
    rows = AreaVersion.objects.on(day, known_at) if known_at else (one for one in versions(state) if one.is_on(day))
    return build_tree(as_place(version) for version in rows)


@lru_cache(maxsize=32)
def places(day: date, state: State) -> Mapping[UUID, Place]:
    """Return every area as on `day`, or as in the version nearest to it: the last before, else the first after.

    An area that a correction has taken off every map is what it was last held to be: who refers to it finds a name.
    """
    chosen: dict[UUID, Place] = {}
    for version in versions(state):
        if version.valid_from <= day or version.area_id not in chosen:
            chosen[version.area_id] = as_place(version)
    held = AreaVersion.objects.known().order_by().values("area_id")
    for version in AreaVersion.objects.exclude(area_id__in=held).order_by("-id"):
        chosen.setdefault(version.area_id, as_place(version))
    return chosen


@lru_cache(maxsize=32)
def lineages_of(day: date, state: State) -> Mapping[UUID, tuple[UUID, ...]]:
    """Return for every area the ids from its root down to itself."""
    return lineages({area_id: place.parent_id for area_id, place in places(day, state).items()})


@lru_cache(maxsize=8)
def links(known_at: datetime | None, state: State) -> tuple[Link, ...]:
    """Return who handed on to whom, in order of days, as known now or at a moment."""
    rows = Succession.objects.order_by("reorganisation__effective_on", "id").select_related("reorganisation")
    if known_at is None:
        rows = rows.filter(reorganisation__replaced_by__isnull=True)
    else:
        replaced = Q(reorganisation__replaced_by__recorded_at__lte=known_at)
        rows = rows.filter(reorganisation__recorded_at__lte=known_at).exclude(replaced)
    return tuple(
        Link(
            row.from_area_id,
            row.to_area_id,
            row.share_ppm,
            row.back_share_ppm,
            row.basis,
            row.reorganisation_id,
            row.reorganisation.effective_on,
            row.reorganisation.legal_basis,
        )
        for row in rows
    )
