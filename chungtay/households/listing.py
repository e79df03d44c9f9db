"""The list of households: narrowed by place, khóm, class on a day, need and words; masked; quick at a hundred thousand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from chungtay.households.classifying import in_force
from chungtay.households.models import Classification, Household, Need
from chungtay.households.naming import masked_name, masked_number
from chungtay.households.placing import placed
from chungtay.households.register import indexes_of, seals_of
from chungtay.households.rules import KIND_LABELS, NEED_LABELS, Kind, NeedKind, Personal, plain_cccd, plain_phone
from chungtay.kernel.folding import fold
from chungtay.web.paging import at_places

ON_A_PAGE = 50
FEW = 2_000
"""So many are put in order here at most; of more the database orders those that a page shows."""

SORTS = {"ten": ("sort_key", "id"), "ap": ("hamlet_key", "sort_key", "id"), "moi": ("-changed_at", "id")}


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to. areas: where the person may look. hamlet: folded. sort: one of SORTS.

    is_past: the day is over, so that households are looked for where they were then.
    """

    areas: frozenset[UUID]
    day: date
    words: str = ""
    hamlet: str = ""
    kind: Kind | None = None
    need: NeedKind | None = None
    sort: str = "ten"
    is_past: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether less is meant than everybody of the places."""
        return bool(self.words or self.hamlet or self.kind or self.need)


@dataclass(frozen=True)
class Row:
    """A household as lists show it: nobody can be recognised who is not known already."""

    id: UUID
    area_id: UUID
    name: str
    hamlet: str
    members: int
    phone: str
    cccd: str
    kinds: tuple[str, ...]
    needs: tuple[str, ...]


def matching(asked: Asked) -> QuerySet[Household]:
    """Return the households that are meant, in their order."""
    there = placed(_live(), asked.areas, asked.day) if asked.is_past else at_places(_live(), asked.areas)
    return _narrowed(there, asked).order_by(*SORTS[asked.sort])


def _live() -> QuerySet[Household]:
    return Household.objects.filter(merged_into=None, erased_at=None)


def _narrowed(rows: QuerySet[Household], asked: Asked) -> QuerySet[Household]:
    if asked.hamlet:
        rows = rows.filter(hamlet_key=fold(asked.hamlet))
    for word in fold(asked.words).split():
        rows = rows.filter(words__contains=word)
    if asked.kind is not None:
        held = Classification.objects.filter(in_force(asked.day), kind=asked.kind)
        rows = rows.filter(pk__in=held.values("root"))
    if asked.need is not None:
        rows = rows.filter(pk__in=Need.objects.filter(kind=asked.need, until=None).values("root"))
    return rows


@dataclass(frozen=True)
class Found:
    """What was found. ids: of all in their order, when there are no more than FEW; else None and the database pages."""

    asked: Asked
    count: int
    ids: tuple[UUID, ...] | None

    def page(self, start: int, length: int = ON_A_PAGE) -> list[Row]:
        """Return some masked rows (six queries). The page is found by ids alone, so that an index answers, and only then read."""
        if self.ids is None:
            ids = list(matching(self.asked).values_list("pk", flat=True)[start : start + length])
        else:
            ids = list(self.ids[start : start + length])
        rows = Household.objects.in_bulk(ids)
        return shown([rows[key] for key in ids], self.asked.day)


def find(asked: Asked) -> Found:
    """Look for households once: few are ordered here, since ordering first would read every row from where it lies."""
    there = placed(_live(), asked.areas, asked.day) if asked.is_past else _live().filter(area__in=asked.areas)
    meant = _narrowed(there, asked)
    if asked.is_narrowed:
        first, *fields = (name.lstrip("-") for name in SORTS[asked.sort] if name != "id")
        rows = list(meant.values_list("pk", first, *fields)[: FEW + 1])
        if len(rows) <= FEW:
            rows.sort(key=lambda row: (*row[1:], row[0]))
            if SORTS[asked.sort][0].startswith("-"):
                rows.sort(key=lambda row: row[1], reverse=True)
            return Found(asked, len(rows), tuple(row[0] for row in rows))
    return Found(asked, meant.count(), None)


def shown(households: Sequence[Household], day: date) -> list[Row]:
    """Return masked rows of households, with their classes on a day and their open needs."""
    ids = [row.pk for row in households]
    kinds: dict[UUID, set[Kind]] = defaultdict(set)
    held = Classification.objects.filter(in_force(day), root__in=ids)
    for key, kind in held.values_list("root", "kind"):
        kinds[key].add(Kind(kind))
    needs: dict[UUID, set[NeedKind]] = defaultdict(set)
    for key, need in Need.objects.filter(until=None, root__in=ids).values_list("root", "kind"):
        needs[key].add(NeedKind(need))
    seals = seals_of(households)
    rows = []
    for one in households:
        seal = seals.get(one.pk)
        rows.append(
            Row(
                one.pk,
                one.area_id,
                masked_name(one.head_name),
                one.hamlet,
                one.members,
                masked_number(seal.open("phone", one.phone_sealed)) if seal else "",
                masked_number(seal.open("cccd", one.cccd_sealed)) if seal else "",
                tuple(label for kind, label in KIND_LABELS.items() if kind in kinds[one.pk]),
                tuple(label for need, label in NEED_LABELS.items() if need in needs[one.pk]),
            )
        )
    return rows


def hamlets_of(areas: frozenset[UUID]) -> list[str]:
    """Return the names of khóm and ấp that households of few areas have, by name; of many areas none."""
    if len(areas) != 1:
        return []
    rows = _live().filter(area__in=areas)
    names = dict(rows.order_by("hamlet_key").values_list("hamlet_key", "hamlet").distinct())
    return list(names.values())


def with_number(number: str, areas: frozenset[UUID]) -> list[Household]:
    """Return the households of a citizen's number or a telephone. Raises NotAHousehold for what is neither."""
    digits = "".join(letter for letter in number if letter.isdigit())
    of = Personal("", "", cccd=plain_cccd(digits)) if len(digits) == 12 else Personal("", "", phone=plain_phone(number))
    cccd, phone = indexes_of(of)
    rows = Household.objects.filter(area__in=areas, erased_at=None)
    rows = rows.filter(cccd_index=cccd) if cccd else rows.filter(phone_index=phone).exclude(phone_index="")
    return list(rows.order_by("sort_key", "id")[:ON_A_PAGE])
