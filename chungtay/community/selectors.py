"""Reads of community life: groups as of any day, totals by kind, activities, coverage of residential areas."""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, UUIDField, When
from django.db.models.functions import Coalesce

from chungtay.community.kinds import catalogue
from chungtay.community.models import (
    Activity,
    Group,
    GroupAct,
    GroupCount,
    GroupLink,
    Hamlet,
    HamletCount,
    HamletMove,
    Movement,
    MovementEntry,
)
from chungtay.community.rules import ActivityState, ActKind, LinkKind
from chungtay.kernel.folding import fold
from chungtay.web.paging import at_places

GROUP_ORDERS = {
    "ten": ("words", "id"),
    "moi": ("-founded_on", "-id"),
    "cu": ("founded_on", "id"),
}


@dataclass(frozen=True)
class KindTotal:
    """How many groups of a kind stand on a day, and how many belong to them; `uncounted` groups nobody counted yet."""

    kind: str
    groups: int
    members: int
    households: int
    uncounted: int
    born: int


def standing(day: date) -> Q:
    """The condition of a group or a residential area that stands on a day."""
    return Q(founded_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))


def groups_on(areas: Collection[UUID], day: date) -> "QuerySet[Group]":
    """Return the groups that stand on a day at places."""
    return _groups_at(areas, day).filter(standing(day))


def _groups_at(areas: Collection[UUID], day: date) -> "QuerySet[Group]":
    """Return the groups that were at places on a day; those that went elsewhere later are looked for in their acts."""
    moved = GroupAct.objects.filter(kind=ActKind.MOVED, on__gt=day)
    if not moved.exists():
        return at_places(Group.objects.all(), areas)
    acts = GroupAct.objects.filter(group=OuterRef("pk"), area__isnull=False, on__lte=day).order_by("-on", "-position")
    then = Case(
        When(pk__in=moved.values("group"), then=Subquery(acts.values("area")[:1])),
        default=F("area_id"),
        output_field=UUIDField(),
    )
    return Group.objects.alias(area_then=then).filter(area_then__in=areas)


def groups_like(areas: Collection[UUID], day: date, asked: Mapping[str, Any]) -> "QuerySet[Group]":
    """Return the groups that fit what was asked (GroupFilter's cleaned data), in its order."""
    rows = _groups_at(_places(areas, asked), day)
    rows = rows if asked.get("ca_da_ket_thuc") else rows.filter(standing(day))
    if asked.get("loai"):
        rows = rows.filter(kind=asked["loai"])
    for word in fold(asked.get("q") or "").split():
        rows = rows.filter(words__contains=word)
    return rows.order_by(*GROUP_ORDERS.get(asked.get("xep") or "ten", GROUP_ORDERS["ten"]))


def group_list(areas: Collection[UUID], day: date, asked: Mapping[str, Any]) -> "QuerySet[Group]":
    """Return the groups that fit what was asked, each with `members` and `households` of the day."""
    return with_counts(groups_like(areas, day, asked), day)


def _places(areas: Collection[UUID], asked: Mapping[str, Any]) -> Collection[UUID]:
    return {UUID(asked["don_vi"])} & set(areas) if asked.get("don_vi") else areas


def with_counts(rows: "QuerySet[Group]", day: date) -> "QuerySet[Group]":
    """Add to groups what was counted last as of a day."""
    return rows.annotate(
        members=_counted("members", day), households=_counted("households", day), counted_on=_counted("as_of", day)
    )


def _counted(field: str, day: date) -> Case:
    """What a group's last count up to a day says: kept with the group, looked up for days before its newest count."""
    counts = GroupCount.objects.filter(group=OuterRef("pk"), as_of__lte=day).order_by("-as_of", "-position")
    then = counts.filter(**{f"{field}__isnull": False}).values(field)[:1]
    kept = {"members": "last_members", "households": "last_households", "as_of": "last_count_on"}[field]
    return Case(When(last_count_on__gt=day, then=Subquery(then)), default=F(kept))


def kind_counts(areas: Collection[UUID], day: date) -> dict[str, int]:
    """Return how many groups of each kind stand on a day."""
    rows = groups_on(areas, day).values_list("kind").annotate(n=Count("*")).order_by()
    found = dict(rows)
    return {code: found.get(code, 0) for code in catalogue().groups}


def total_of(kind: str, areas: Collection[UUID], day: date) -> KindTotal:
    """Return the total of a kind on any day: “15 Hội quán, 886 thành viên”."""
    told = catalogue().groups[kind]
    rows = groups_on(areas, day).filter(kind=kind)
    # A slice makes it a query within the query: each size is looked up once, not for each of the sums again.
    sizes = rows.annotate(size=_counted(told.measure, day)).order_by().values("size")[: sys.maxsize]
    summed = sizes.aggregate(groups=Count("*"), counted=Count("size"), total=Sum("size"))
    size = summed["total"] or 0
    members, households = (size, 0) if told.measure == "members" else (0, size)
    born = GroupLink.objects.filter(kind=LinkKind.BORN, parent__kind__in=told.born_of).values("child")
    from_others = rows.filter(pk__in=born).count() if told.born_of else 0
    return KindTotal(kind, summed["groups"], members, households, summed["groups"] - summed["counted"], from_others)


def activity_list(areas: Collection[UUID], asked: Mapping[str, Any]) -> "QuerySet[Activity]":
    """Return the activities that fit what was asked (ActivityFilter's cleaned data), newest first."""
    rows = at_places(Activity.objects.all(), _places(areas, asked))
    for name, field in (("loai", "kind"), ("trang_thai", "state"), ("phong_trao", "movement_id")):
        if asked.get(name):
            rows = rows.filter(**{field: asked[name]})
    if not asked.get("trang_thai"):
        rows = rows.exclude(state=ActivityState.WITHDRAWN)
    if asked.get("tu"):
        rows = rows.filter(held_on__gte=asked["tu"])
    if asked.get("den"):
        rows = rows.filter(held_on__lte=asked["den"])
    for word in fold(asked.get("q") or "").split():
        rows = rows.filter(words__contains=word)
    return rows.order_by(*(("held_on", "-id") if asked.get("xep") == "cu" else ("-held_on", "id")))


def activity_sums(rows: Iterable[Activity]) -> dict[str, dict[str, int]]:
    """Return {kind: {field: sum}} of activities, with how many there are under ""."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in rows:
        found[one.kind][""] += 1
        for code, value in one.counts.items():
            if isinstance(value, int):
                found[one.kind][code] += value
    return found


def hamlets_on(areas: Collection[UUID], day: date) -> "QuerySet[Any]":
    """Return the residential areas that stand on a day, each with its `households` and `people` as of it."""
    counts = HamletCount.objects.filter(hamlet=OuterRef("pk"), as_of__lte=day).order_by("-as_of", "-position")
    found: QuerySet[Any] = _hamlets_at(areas, day).annotate(
        households=Subquery(counts.values("households")[:1]),
        people=Subquery(counts.values("people")[:1]),
        counted_on=Subquery(counts.values("as_of")[:1]),
    )
    return found


def _hamlets_at(areas: Collection[UUID], day: date) -> "QuerySet[Any]":
    """Return the residential areas that stand at places on a day, each with `area_then`."""
    moved = HamletMove.objects.filter(on__gt=day)
    then = moved.filter(hamlet=OuterRef("pk")).order_by("on", "position").values("from_area")[:1]
    rows = Hamlet.objects.filter(standing(day)).annotate(
        area_then=Coalesce(Subquery(then), F("area_id"), output_field=UUIDField())
    )
    return rows.filter(area_then__in=areas)


@dataclass(frozen=True)
class Coverage:
    """Of a place's residential areas those that held an activity, and the others by name."""

    area_id: UUID
    held: int
    all: int
    missing: tuple[Hamlet, ...]


def coverage(areas: Collection[UUID], kind: str, first: date, last: date) -> list[Coverage]:
    """Return for each place which residential areas held an activity of a kind between two days (both counted).

    The denominator is what stands on the last day; only confirmed activities are the numerator.
    """
    hamlets = _hamlets_at(areas, last).order_by("words", "id")
    held = set(
        Activity.objects.filter(
            hamlet__in=hamlets.order_by().values("pk"),
            kind=kind,
            state=ActivityState.CONFIRMED,
            held_on__range=(first, last),
        ).values_list("hamlet_id", flat=True)
    )
    by_area: dict[UUID, list[Hamlet]] = defaultdict(list)
    for hamlet in hamlets:
        by_area[hamlet.area_then].append(hamlet)
    return [
        Coverage(
            area_id,
            sum(one.pk in held for one in hamlets),
            len(hamlets),
            tuple(one for one in hamlets if one.pk not in held),
        )
        for area_id, hamlets in by_area.items()
    ]


def movements_of(areas: Collection[UUID]) -> "QuerySet[Movement]":
    """Return the movements of places, those that run longest last."""
    return Movement.objects.filter(area_id__in=areas).order_by("-starts_on", "name")


def entries_of(movements: Collection[Movement]) -> dict[UUID, list[MovementEntry]]:
    """Return {movement: what each unit that takes part said last} (one query)."""
    last: dict[tuple[UUID, UUID], MovementEntry] = {}
    for entry in MovementEntry.objects.filter(movement__in=[row.pk for row in movements]).order_by("id"):
        last[entry.movement_id, entry.area_id] = entry
    found: dict[UUID, list[MovementEntry]] = defaultdict(list)
    for (movement, _), entry in last.items():
        found[movement].append(entry)
    return found


def kind_label(code: str) -> str:
    """Return how a kind of group is called. Raises KeyError."""
    return catalogue().groups[code].label
