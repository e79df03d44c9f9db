"""Where households were on a day: a register goes on at another unit when its own ended, and its past stays where it was."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from chungtay.households.models import Household, HouseholdMove


def placed(rows: "QuerySet[Household]", areas: Collection[UUID], day: date) -> "QuerySet[Household]":
    """Keep the households that were at some areas on a day; each has that area's id as `there` (one more query).

    Where none has moved since, the area that the row names is asked for, which indexes answer.
    """
    if not HouseholdMove.objects.filter(on__gt=day).exists():
        return rows.filter(area__in=list(areas)).annotate(there=F("area_id"))
    left = HouseholdMove.objects.filter(household=OuterRef("pk"), on__gt=day).order_by("on").values("from_area_id")
    return rows.annotate(there=Coalesce(Subquery(left[:1]), F("area_id"), output_field=UUIDField())).filter(
        there__in=list(areas)
    )
