"""When the account is told: with every handing over and every acceptance, and when either is taken back; in the same transaction."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.utils.timezone import localdate

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.figures.months import ended_months
from chungtay.kernel.periods import Period, month_of
from chungtay.places.models import Area
from chungtay.support import facts
from chungtay.support.models import CaseCounter, CaseStep, Handover
from chungtay.support.rules import Act

EVERY_YEAR = 0
"""The year of the counter row that is locked to hold a place."""


def hold(area: Area) -> None:
    """Wait for whoever else hands out or accepts at a place; call it before the first row of a telling is written."""
    CaseCounter.objects.bulk_create([CaseCounter(area=area, year=EVERY_YEAR)], ignore_conflicts=True)
    CaseCounter.objects.select_for_update().get(area=area, year=EVERY_YEAR)


def tell_days(area: Area, days: Iterable[date], also: Iterable[Period] = (), *, now: datetime, by: User | None) -> int:
    """Tell the months of these days (and others), and the later ones of their years, whose distinct households change with them."""
    months = dict.fromkeys(also)
    wanted = sorted({*days, *(one.start for one in months)})
    if not wanted:
        return 0
    months |= dict.fromkeys(month_of(day) for day in wanted)
    later = Handover.objects.filter(area=area, day__gte=wanted[0], day__year__lte=wanted[-1].year).dates("day", "month")
    years = {day.year for day in wanted}
    months |= dict.fromkeys(month_of(day) for day in later if day.year in years)
    return facts.tell(area.pk, sorted(months, key=lambda one: one.start), now=now, by=by)


@transaction.atomic
def tell_facts(*, area: Area, months: Iterable[Period] | None = None, now: datetime, by: User | None) -> int:
    """Tell the account again what a place's cases say; return how many facts are new, 0 when all was told.

    months: None for all in which the place has records. A month without any is told as 0 only when it is named here.
    """
    hold(area)
    wanted = list(months) if months is not None else _months_of(area, localdate(now))
    new = facts.tell(area.pk, wanted, now=now, by=by)
    if new:
        data = {"months": len(wanted), "facts": new}
        audit.record("support.facts.told", obj=area, area_id=area.pk, data=data, now=now, by=by)
    return new


def tell_all(*, now: datetime, by: User | None = None) -> int:
    """Tell every place's months that are over, since its first record: one of which there is none is 0. Return how many facts are new.

    Each place is a transaction of its own; run it as often as you like.
    """
    first: dict[UUID, date] = {}
    given = Handover.objects.values_list("area_id").annotate(first=Min("day")).order_by()
    built = CaseStep.objects.filter(act=Act.ACCEPT).values_list("case__area_id").annotate(first=Min("day")).order_by()
    for area_id, day in (*given, *built):
        first[area_id] = min(day, first.get(area_id, day))
    places = Area.objects.in_bulk(first)
    return sum(
        tell_facts(area=places[area_id], months=list(ended_months(first[area_id], localdate(now))), now=now, by=by)
        for area_id in sorted(first)
    )


def _months_of(area: Area, today: date) -> list[Period]:
    days = {
        *Handover.objects.filter(area=area, day__lte=today).dates("day", "month"),
        *(step.day.replace(day=1) for step in facts.acceptances(area.pk) if step.day <= today),
    }
    return [month_of(day) for day in sorted(days)]
