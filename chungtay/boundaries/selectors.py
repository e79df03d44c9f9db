"""Reads of boundaries: the shapes of some units on a day, drawn; what was taken in."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, QuerySet

from chungtay.boundaries.models import Boundary, BoundarySet
from chungtay.boundaries.rules import Drawing, draw


def sets() -> "QuerySet[BoundarySet]":
    """Return every file that was taken in with how many shapes it brought, newest first."""
    rows = BoundarySet.objects.select_related("by", "end__by").annotate(units=Count("shapes"))
    return rows.order_by("-valid_from", "-at")


def drawing_of(area_ids: Collection[UUID], day: date) -> Drawing | None:
    """Return the units drawn as they were on a day, None unless every one of them has a shape: half a map would mislead."""
    rows = Boundary.objects.filter(area_id__in=list(area_ids), set__valid_from__lte=day, set__end=None)
    newest = dict(rows.order_by("set__valid_from", "set__at", "id").values_list("area_id", "id"))  # the last one stays
    if not area_ids or set(newest) != set(area_ids):
        return None
    return _drawn(tuple(sorted(newest.values())))


@lru_cache(maxsize=64)
def _drawn(numbers: tuple[int, ...]) -> Drawing | None:
    """Rows never change, so neither does their drawing."""
    return draw(dict(Boundary.objects.filter(id__in=numbers).values_list("area_id", "shape")))
