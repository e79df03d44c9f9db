"""When the account is told: with every change of a group and every confirmation, in the same transaction; and anew on demand.

Whoever calls this holds the pen and records its audit event afterwards.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.community import facts
from chungtay.community.kinds import catalogue
from chungtay.community.models import Activity, GroupAct, RegisterHead
from chungtay.community.pen import take_pen
from chungtay.figures.models import Fact
from chungtay.figures.months import MonthMark
from chungtay.kernel.periods import month_of
from chungtay.places import selectors as places


def tell_groups(area_id: UUID, *, since: date, kinds: Collection[str], now: datetime, by: User | None) -> int:
    """Tell the months of a place that are over, from a day on, for groups of some kinds; what was never told is caught up,
    also of other kinds: what a register has none of is 0.

    Returns how many facts are new.
    """
    known = facts.known_indicators(facts.codes_of(catalogue().groups.values()))
    kept = facts.kept_since(known)
    known = {code: one for code, one in known.items() if code in kept}
    rows = Fact.objects.filter(area_id=area_id, source_kind=facts.GROUPS, indicator__in=list(known.values()))
    told = dict(rows.values_list("indicator__code").annotate(last=Max("period_start")).order_by())
    changed = facts.codes_of(catalogue().groups[code] for code in kinds)
    indicators = {code: one for code, one in known.items() if code in changed or code not in told}
    here = facts.GroupsOf(area_id, _kinds_with(indicators))
    if not indicators or here.first_day is None:
        return 0
    first_day = max(here.first_day, min(kept[code] for code in indicators).replace(day=1))
    first = max(min(since, *(told.get(code, first_day) for code in indicators)), first_day)
    last = localdate(now).replace(day=1) - timedelta(days=1)
    position = _position()
    new = 0
    for month in facts.months_between(first, last):
        if area_id not in places.tree_on(month.last_day):
            continue  # a unit that ended has nothing more to say
        values: dict[str, int] = defaultdict(int)
        for part in here.parts(month.last_day):
            values[part.code] += part.value
        mark = MonthMark(area_id, month, position)
        new += facts.tell_month(facts.GROUPS, mark, values, indicators, now=now, by=by)
    return new


def _kinds_with(codes: Iterable[str]) -> list[str]:
    wanted = set(codes)
    return [code for code, kind in catalogue().groups.items() if wanted & set(kind.indicators.values())]


def tell_activities(area_id: UUID, days: Iterable[date], *, now: datetime, by: User | None) -> int:
    """Tell the months of these days of a place; return how many facts are new."""
    codes = {code for kind in catalogue().activities.values() for code in kind.indicators.values()}
    indicators = facts.known_indicators(codes)
    if not indicators:
        return 0
    new = 0
    for month in dict.fromkeys(month_of(day) for day in days):
        values: dict[str, int] = defaultdict(int)
        for part in facts.ActivitiesOf(area_id, month).parts():
            values[part.code] += part.value
        mark = MonthMark(area_id, month, _position())
        new += facts.tell_month(facts.ACTIVITIES, mark, values, indicators, now=now, by=by)
    return new


@transaction.atomic
def tell_facts(
    *, area_ids: Collection[UUID] | None = None, since: date = date.min, now: datetime, by: User | None
) -> int:
    """Tell the account again what the registers say; return how many facts are new, 0 when all was told.

    area_ids: None for all places that have groups or activities. since: from that day's month on; months that ended since
    the last change are told whatever it is.
    """
    take_pen(now, by)
    groups = set(GroupAct.objects.exclude(area=None).values_list("area_id", flat=True).distinct())
    held: dict[UUID, set[date]] = defaultdict(set)
    confirmed = Activity.objects.filter(acts__verb="confirm", held_on__gte=since.replace(day=1))
    for area_id, day in confirmed.values_list("area_id", "held_on").distinct():
        held[area_id].add(day)
    wanted = groups | set(held) if area_ids is None else set(area_ids)
    new = 0
    for area_id in sorted(wanted):
        new += tell_groups(area_id, since=since, kinds=tuple(catalogue().groups), now=now, by=by)
        new += tell_activities(area_id, sorted(held[area_id]), now=now, by=by)
    if new:
        data = {"areas": len(wanted), "facts": new}
        audit.record("community.facts.told", data=data, now=now, by=by)
    return new


def _position() -> int:
    head = RegisterHead.objects.filter(pk=1).values_list("position", flat=True).first()
    return head or 0
