"""Reads of community life: groups as of any day, totals by kind, activities, coverage of residential areas."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from chungtay.community.kinds import catalogue
from chungtay.community.models import Activity, Group, GroupCount, GroupLink, Hamlet, HamletCount, Movement
from chungtay.community.rules import ActivityState, LinkKind
from chungtay.kernel.folding import fold

GROUP_ORDERS = {
    "ten": ("words", "id"),
    "moi": ("-founded_on", "id"),
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
    """Return the groups of places that stand on a day."""
    return Group.objects.filter(standing(day), area_id__in=areas)


def group_list(areas: Collection[UUID], day: date, asked: Mapping[str, Any]) -> "QuerySet[Group]":
    """Return the groups that fit what was asked (GroupFilter's cleaned data), each with `members` and `households` of the day."""
    rows = Group.objects.filter(area_id__in=areas)
    rows = rows if asked.get("ca_da_ket_thuc") else rows.filter(standing(day))
    if asked.get("loai"):
        rows = rows.filter(kind=asked["loai"])
    if asked.get("don_vi"):
        rows = rows.filter(area_id=asked["don_vi"])
    for word in fold(asked.get("q") or "").split():
        rows = rows.filter(words__contains=word)
    return with_counts(rows, day).order_by(*GROUP_ORDERS.get(asked.get("xep") or "ten", GROUP_ORDERS["ten"]))


def with_counts(rows: "QuerySet[Group]", day: date) -> "QuerySet[Group]":
    """Add to groups what was counted last as of a day."""
    counts = GroupCount.objects.filter(group=OuterRef("pk"), as_of__lte=day).order_by("-as_of", "-position")
    return rows.annotate(
        members=Subquery(counts.filter(members__isnull=False).values("members")[:1]),
        households=Subquery(counts.filter(households__isnull=False).values("households")[:1]),
        counted_on=Subquery(counts.values("as_of")[:1]),
    )


def kind_counts(areas: Collection[UUID], day: date) -> dict[str, int]:
    """Return how many groups of each kind stand on a day."""
    rows = groups_on(areas, day).values_list("kind").annotate(n=Count("id")).order_by()
    found = dict(rows)
    return {code: found.get(code, 0) for code in catalogue().groups}


def total_of(kind: str, areas: Collection[UUID], day: date) -> KindTotal:
    """Return the total of a kind on any day: “15 Hội quán, 886 thành viên”."""
    told = catalogue().groups[kind]
    rows = groups_on(areas, day).filter(kind=kind)
    counts = GroupCount.objects.filter(group=OuterRef("pk"), as_of__lte=day, **{f"{told.measure}__isnull": False})
    last = Subquery(counts.order_by("-as_of", "-position").values(told.measure)[:1])
    sizes = list(rows.order_by().values_list(last, flat=True))  # each group is looked at once; SQL's sums look thrice
    size = sum(one or 0 for one in sizes)
    members, households = (size, 0) if told.measure == "members" else (0, size)
    born = GroupLink.objects.filter(child=OuterRef("pk"), kind=LinkKind.BORN, parent__kind__in=told.born_of)
    from_others = rows.filter(Exists(born)).count() if told.born_of else 0
    return KindTotal(kind, len(sizes), members, households, sizes.count(None), from_others)


def activity_list(areas: Collection[UUID], asked: Mapping[str, Any]) -> "QuerySet[Activity]":
    """Return the activities that fit what was asked (ActivityFilter's cleaned data), newest first."""
    rows = Activity.objects.filter(area_id__in=areas)
    for name, field in (
        ("loai", "kind"),
        ("don_vi", "area_id"),
        ("trang_thai", "state"),
        ("phong_trao", "movement_id"),
    ):
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
    order = ("held_on", "id") if asked.get("xep") == "cu" else ("-held_on", "id")
    return rows.select_related("hamlet", "group").order_by(*order)


def activity_sums(rows: Iterable[Activity]) -> dict[str, dict[str, int]]:
    """Return {kind: {field: sum}} of activities, with how many there are under ""."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in rows:
        found[one.kind][""] += 1
        for code, value in one.counts.items():
            if isinstance(value, int):
                found[one.kind][code] += value
    return found


def hamlets_on(areas: Collection[UUID], day: date) -> "QuerySet[Hamlet]":
    """Return the residential areas that stand on a day, each with its `households` and `people` as of it."""
    counts = HamletCount.objects.filter(hamlet=OuterRef("pk"), as_of__lte=day).order_by("-as_of", "-position")
    return Hamlet.objects.filter(standing(day), area_id__in=areas).annotate(
        households=Subquery(counts.values("households")[:1]),
        people=Subquery(counts.values("people")[:1]),
        counted_on=Subquery(counts.values("as_of")[:1]),
    )


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
    held = set(
        Activity.objects.filter(
            area_id__in=areas, kind=kind, state=ActivityState.CONFIRMED, held_on__range=(first, last)
        ).values_list("hamlet_id", flat=True)
    )
    by_area: dict[UUID, list[Hamlet]] = defaultdict(list)
    for hamlet in Hamlet.objects.filter(standing(last), area_id__in=areas).order_by("words", "id"):
        by_area[hamlet.area_id].append(hamlet)
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
