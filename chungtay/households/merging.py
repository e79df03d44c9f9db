"""Finding records that may be one household, joining two of them, and taking that back: nothing is lost either way."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.households import telling
from chungtay.households.likeness import Likeness, Trait, likeness
from chungtay.households.models import Classification, Household, Merge, Need
from chungtay.households.naming import name_key
from chungtay.households.register import Erased
from chungtay.households.rules import SETTLES_DUPLICATES
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import nfc

_CANDIDATES = 200
_GROUPS, _COMMON = 1_000, 12
"""So many groups are looked at; a name that more households than that share is too common to say anything."""


class CannotMerge(DomainError):
    """The two cannot be joined, or the joining cannot be taken back now."""


@dataclass(frozen=True)
class Suspect:
    """A household that may be the same, and why."""

    household: Household
    likeness: Likeness


def trait_of(row: Household) -> Trait:
    """Return what a household is compared by."""
    return Trait(row.head_name, row.hamlet, row.address, row.birth_year, row.cccd_index, row.phone_index)


def alike(trait: Trait, areas: Iterable[UUID], *, apart_from: UUID | None = None) -> list[Suspect]:
    """Return the households of areas that may be the same as one, the likest first (one query)."""
    return alike_to_all([trait], areas, apart_from=apart_from)[0]


def alike_to_all(
    traits: Sequence[Trait], areas: Iterable[UUID], *, apart_from: UUID | None = None
) -> list[list[Suspect]]:
    """Return for each trait the households that may be the same.

    Looked at are those with an equal number, telephone or name key: a name that differs by a letter is seen only beside one
    of these, or it would have to be compared with every household.
    """
    names = {name_key(trait.name) for trait in traits}
    same = Q(name_key__in=names)
    same |= Q(cccd_index__in={trait.cccd for trait in traits if trait.cccd})
    same |= Q(phone_index__in={trait.phone for trait in traits if trait.phone})
    rows = Household.objects.filter(same, area__in=list(areas), merged_into=None, erased_at=None)
    if apart_from is not None:
        rows = rows.exclude(pk=apart_from)
    by_mark: dict[tuple[str, str], list[Household]] = defaultdict(list)
    for row in rows.order_by("recorded_at", "id")[: _CANDIDATES * len(traits)]:
        for mark in marks_of(trait_of(row)):
            by_mark[mark].append(row)
    found = []
    for trait in traits:
        near = {row.pk: row for mark in marks_of(trait) for row in by_mark[mark]}
        suspects = [Suspect(row, likeness(trait, trait_of(row))) for row in near.values()]
        likely = [one for one in suspects if one.likeness.score >= SETTLES_DUPLICATES]
        found.append(sorted(likely, key=lambda one: -one.likeness.score))
    return found


def marks_of(trait: Trait) -> list[tuple[str, str]]:
    """Return by what a household is found when another may be the same: (use, value)."""
    marks = [("name", name_key(trait.name)), ("cccd", trait.cccd), ("phone", trait.phone)]
    return [(use, value) for use, value in marks if value]


@transaction.atomic
def merge(*, kept: Household, absorbed: Household, reason: str, now: datetime, by: User) -> Merge:
    """Let one household stand for another from now on. Both records stay as they are; what refers to either is found by both.

    Raises CannotMerge, Erased and what `access.require` raises.
    """
    one, other = _locked(kept, absorbed)
    for row in (one, other):
        access.require(by, "edit", row, on=localdate(now))
    if one.pk == other.pk or one.merged_into_id or other.merged_into_id:
        raise CannotMerge("Một trong hai hộ đã được gộp vào hộ khác. Hãy mở hộ đại diện rồi gộp tiếp.")
    if not reason.strip():
        raise CannotMerge("Chưa ghi căn cứ để gộp. Ví dụ: đã hỏi trưởng ấp, cùng một hộ.")
    score = likeness(trait_of(one), trait_of(other)).score
    made = Merge.objects.create(kept=one, absorbed=other, score=score, reason=nfc(reason.strip())[:300], at=now, by=by)
    other.merged_into, other.root, other.changed_at = one, one, now
    other.save(update_fields=["merged_into", "root", "changed_at"])
    _stand_for(_below(other) | {other.pk}, one)
    telling.settle([one, other], now=now, by=by)
    data = {"absorbed": other.pk, "score": score}
    audit.record("households.household.merged", obj=one, area_id=one.area_id, data=data, now=now, by=by)
    return made


@transaction.atomic
def unmerge(*, absorbed: Household, reason: str, now: datetime, by: User) -> Merge:
    """Take the last merge of a household back: it stands for itself again, with what had been merged into it before.

    Raises CannotMerge and what `access.require` raises.
    """
    (row,) = _locked(absorbed)
    access.require(by, "edit", row, on=localdate(now))
    last = Merge.objects.filter(absorbed=row, undoes=None, undone_by=None).order_by("-id").first()
    if row.merged_into_id is None or last is None:
        raise CannotMerge("Hộ này hiện không gộp vào hộ nào.")
    if not reason.strip():
        raise CannotMerge("Chưa ghi vì sao tách lại. Ví dụ: là hai anh em ở chung nhà.")
    former = Household.objects.get(pk=row.root_id)
    made = Merge.objects.create(
        kept=last.kept, absorbed=row, undoes=last, score=last.score, reason=nfc(reason.strip())[:300], at=now, by=by
    )
    row.merged_into, row.root, row.changed_at = None, row, now
    row.save(update_fields=["merged_into", "root", "changed_at"])
    _stand_for(_below(row) | {row.pk}, row)
    telling.settle([former, row], now=now, by=by)
    data = {"kept": last.kept_id}
    audit.record("households.household.unmerged", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return made


def _locked(*households: Household) -> list[Household]:
    """Return households as they are now, under the locks of all records that are one with them.

    All of them in one order: who joins two and who separates a third from one of them wait for each other instead of for ever.
    """
    asked = [row.pk for row in households]
    roots = list(Household.objects.filter(pk__in=asked).values_list("root", flat=True))
    rows = Household.objects.select_for_update(of=("self",)).filter(root__in=roots).order_by("pk")
    found = {row.pk: row for row in rows}
    if any(key not in found for key in asked):
        raise CannotMerge("Người khác vừa gộp hoặc tách một trong các hộ này. Hãy tải lại trang rồi xem lại.")
    if any(found[key].erased_at for key in asked):
        raise Erased
    return [found[key] for key in asked]


def _stand_for(members: set[UUID], root: Household) -> None:
    """Let a household stand for these from now on, and for what is said of them."""
    Household.objects.filter(pk__in=members).update(root=root)
    Classification.objects.filter(household__in=members).update(root=root)
    Need.objects.filter(household__in=members).update(root=root)


def _below(row: Household) -> set[UUID]:
    """Return the households that were merged into one, directly or by steps."""
    found: set[UUID] = set()
    layer = {row.pk}
    while layer:
        layer = set(Household.objects.filter(merged_into__in=layer).values_list("id", flat=True)) - found
        found |= layer
    return found


@dataclass(frozen=True)
class Pair:
    """Two records that may be one household."""

    first: Household
    second: Household
    likeness: Likeness


def pairs_in(areas: Iterable[UUID], most: int = 50) -> list[Pair]:
    """Return the pairs of records of areas that may be one household, the likest first, at most so many.

    Only records that share a number, telephone or name key are compared (four queries).
    """
    live = Household.objects.filter(area__in=list(areas), merged_into=None, erased_at=None)
    found: dict[tuple[UUID, UUID], Pair] = {}
    for field in ("cccd_index", "phone_index", "name_key"):
        values = live.exclude(**{field: ""}).values_list(field)
        shared = (
            values.annotate(n=Count("pk")).filter(n__gt=1, n__lte=_COMMON).values_list(field, flat=True).order_by(field)
        )
        groups: dict[str, list[Household]] = defaultdict(list)
        for row in live.filter(**{f"{field}__in": list(shared[:_GROUPS])}).order_by("recorded_at", "id"):
            groups[getattr(row, field)].append(row)
        for group in groups.values():
            for first, second in combinations(group, 2):
                alike_ = likeness(trait_of(first), trait_of(second))
                if alike_.score >= SETTLES_DUPLICATES:
                    found[first.pk, second.pk] = Pair(first, second, alike_)
    return sorted(found.values(), key=lambda pair: -pair.likeness.score)[:most]
