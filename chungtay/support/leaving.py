"""Who has been left out: households that were eligible on a day and that no case has helped in the year up to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case as When_
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When

from chungtay.households.models import Classification, Household, Need
from chungtay.households.rules import NEED_LABELS, NeedKind
from chungtay.households.rules import Kind as Class
from chungtay.households.selectors import placed
from chungtay.support.models import Case, Handover
from chungtay.support.rules import State
from chungtay.web.forms import DateField, Form

ELIGIBLE = (Class.POOR, Class.NEAR_POOR, Class.HARDSHIP, Class.POLICY)
YEAR = timedelta(days=365)
AGES = ((182, "dưới 6 tháng"), (365, "6 đến 12 tháng"), (730, "1 đến 2 năm"))
OLDER = "trên 2 năm"
MOST_NAMED = 20


class Asked(Form):
    """The day of which it is asked."""

    ngay = DateField(label="Tính đến ngày", required=False)


@dataclass(frozen=True)
class Unit:
    """A place: eligible households, those without support in the year, and what the year's support came to (đồng)."""

    area_id: UUID
    eligible: int
    left: int
    amount: int
    average: int  # đồng for each eligible household, over all places asked about

    @property
    def helped(self) -> int:
        """Eligible households that were helped."""
        return self.eligible - self.left

    @property
    def each(self) -> int:
        """Đồng for each eligible household."""
        return self.amount // self.eligible if self.eligible else 0

    @property
    def share(self) -> int:
        """Helped of a hundred eligible, rounded down."""
        return self.helped * 100 // self.eligible if self.eligible else 0

    @property
    def is_behind(self) -> bool:
        """Whether support for each eligible household is less than half of what it is over all places."""
        return self.eligible > 0 and self.each * 2 < self.average


@dataclass(frozen=True)
class LeftOut:
    """The answer: units, open needs of those left by kind and age, and the needs that wait longest."""

    units: tuple[Unit, ...]
    needs: tuple[tuple[str, str, int], ...]  # kind in words, age in words, households
    oldest: tuple[tuple[str, str, UUID, date, str], ...]  # name, hamlet, area, since, kind in words

    @property
    def eligible(self) -> int:
        """All eligible households."""
        return sum(unit.eligible for unit in self.units)

    @property
    def left(self) -> int:
        """All of them without support."""
        return sum(unit.left for unit in self.units)


def look(areas: Iterable[UUID], day: date) -> LeftOut:
    """Return who was left out at some places as of a day (nine queries, however many households)."""
    within = list(areas)
    eligible, left = eligible_on(within, day), left_on(within, day)
    counts, without = _by_place(eligible), _by_place(left)
    amounts = _amounts(within, day)
    whole = sum(counts.values())
    average = sum(amounts.values()) // whole if whole else 0
    units = [Unit(one, counts[one], without.get(one, 0), amounts.get(one, 0), average) for one in counts]
    units.sort(key=lambda unit: (-unit.left, -unit.eligible))
    return LeftOut(tuple(units), _needs(left, day), _oldest(left, day))


def eligible_on(areas: Iterable[UUID], day: date) -> "QuerySet[Household]":
    """Return the households of places whose class on a day gives a claim to support."""
    live = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    classes = Classification.objects.filter(
        live, root=OuterRef("pk"), withdrawn_at=None, kind__in=[one.value for one in ELIGIBLE]
    )
    rows = placed(Household.objects.filter(merged_into=None, erased_at=None), list(areas), day)
    return rows.filter(Exists(classes))


def left_on(areas: Iterable[UUID], day: date) -> "QuerySet[Household]":
    """Return those of them that nothing was given to in the year up to the day, under whichever record they were kept."""
    # What undoes another has less than none. Asked by `undoes`, SQLite would look through everything that undoes nothing.
    given = Handover.objects.filter(
        household__root=OuterRef("pk"), quantity__gt=0, undone_by=None, day__gt=day - YEAR, day__lte=day
    )
    built = Case.objects.filter(
        household__root=OuterRef("pk"), state=State.ACCEPTED, accepted_on__gt=day - YEAR, accepted_on__lte=day
    )
    return eligible_on(areas, day).exclude(Exists(given)).exclude(Exists(built))


def _by_place(rows: "QuerySet[Household]") -> dict[UUID, int]:
    """Return how many there are by the area where they were (`placed`)."""
    of_place: QuerySet[Any] = rows.order_by()
    return dict(of_place.values_list("there").annotate(n=Count("id")))


def _amounts(areas: list[UUID], day: date) -> dict[UUID, int]:
    """Return what each place's households were given in the year: packages, and what was built for one household."""
    given = Handover.objects.filter(area_id__in=areas, day__gt=day - YEAR, day__lte=day)
    built = Case.objects.filter(
        area_id__in=areas,
        household__isnull=False,
        state=State.ACCEPTED,
        accepted_on__gt=day - YEAR,
        accepted_on__lte=day,
    ).exclude(lines__isnull=False)
    sums: dict[UUID, int] = {}
    for rows, column in ((given, "amount"), (built, "total")):
        for area, total in rows.order_by().values_list("area_id").annotate(total=Sum(column)):
            sums[area] = sums.get(area, 0) + total
    return sums


def _open(left: "QuerySet[Household]", day: date) -> "QuerySet[Need]":
    live = Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))
    return Need.objects.filter(live, root__in=left.order_by().values("pk"))


def _needs(left: "QuerySet[Household]", day: date) -> tuple[tuple[str, str, int], ...]:
    ages = [When(since__gt=day - timedelta(days=days), then=Value(words)) for days, words in AGES]
    rows = _open(left, day).annotate(age=When_(*ages, default=Value(OLDER))).order_by().values_list("kind", "age")
    order = [words for _, words in AGES] + [OLDER]
    counted = sorted(rows.annotate(n=Count("root", distinct=True)), key=lambda row: (row[0], order.index(row[1])))
    return tuple((NEED_LABELS[NeedKind(kind)], age, count) for kind, age, count in counted)


def _oldest(left: "QuerySet[Household]", day: date) -> tuple[tuple[str, str, UUID, date, str], ...]:
    rows = _open(left, day).order_by("since", "id").annotate(name=F("root__head_name"))
    said = rows.values_list("name", "root__hamlet", "root__area_id", "since", "kind")[:MOST_NAMED]
    return tuple((name, hamlet, area, since, NEED_LABELS[NeedKind(kind)]) for name, hamlet, area, since, kind in said)
