"""How a version of an area ends: the row is superseded and the same is recorded with its end. Nothing else is ever changed."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F, Value
from django.db.models.functions import Greatest

from chungtay.places.models import AreaVersion, MapStamp, Reorganisation
from chungtay.places.one_map import steady

_AT_ONCE = 500  # ids in one statement


def supersede(versions: Iterable[AreaVersion], *, now: datetime) -> None:
    """Say that rows are no longer held true from `now` on; from their own moment where the clock was set back since."""
    ids = [version.id for version in versions]
    for start in range(0, len(ids), _AT_ONCE):
        rows = AreaVersion.objects.filter(id__in=ids[start : start + _AT_ONCE])
        rows.update(superseded_at=Greatest(F("recorded_at"), Value(now)))


def as_ended(version: AreaVersion, day: date | None, *, by: Reorganisation | None = None, now: datetime) -> AreaVersion:
    """Return the same version with its end (None: open again), not saved; `by` is the reorganisation that ends it."""
    return AreaVersion(
        area_id=version.area_id,
        name=version.name,
        code=version.code,
        level=version.level,
        parent_id=version.parent_id,
        valid_from=version.valid_from,
        valid_to=day,
        legal_basis=version.legal_basis,
        reorganisation_id=version.reorganisation_id,
        ended_by=by,
        recorded_at=now,
    )


def stamp_map() -> None:
    """Give the map a new stamp: every cache of it is out of date. Its row is also the lock of every change of the map."""
    steady.loosen()
    MapStamp.objects.update_or_create(id=1, defaults={"stamp": uuid.uuid4()})
