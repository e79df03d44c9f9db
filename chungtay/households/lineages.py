"""Records that were found to be one household, and what a household is called where nobody asked for its name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.households.models import Household, Look
from chungtay.households.naming import masked_name
from chungtay.households.register import personal_of, seal_of
from chungtay.households.rules import Personal, Purpose


@dataclass(frozen=True)
class Masked:
    """A household in a list: family name and initials, its khóm or ấp. `root_id` stands for it now."""

    id: UUID
    root_id: UUID
    name: str
    hamlet: str
    is_erased: bool = False

    def __str__(self) -> str:
        return f"{self.name}, {self.hamlet}" if self.hamlet else self.name


def masked(ids: Iterable[UUID]) -> dict[UUID, Masked]:
    """Return {id: masked household}; nothing is logged, since nobody can be recognised by it (one query)."""
    rows = Household.objects.filter(pk__in=set(ids)).values_list("id", "root", "head_name", "hamlet", "erased_at")
    return {
        key: Masked(key, root, "đã xóa dữ liệu" if erased else masked_name(name), hamlet, erased is not None)
        for key, root, name, hamlet, erased in rows
    }


def roots(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return {id: id of the household that stands for it now}: distinct households are counted by it."""
    return dict(Household.objects.filter(pk__in=set(ids)).values_list("id", "root"))


def lineages(ids: Iterable[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Return {id: ids of all records of the same household, itself included} (two queries)."""
    stands = roots(ids)
    members: dict[UUID, set[UUID]] = defaultdict(set)
    for key, root in Household.objects.filter(root__in=set(stands.values())).values_list("id", "root"):
        members[root].add(key)
    return {key: frozenset(members[root]) for key, root in stands.items()}


@transaction.atomic
def named(actor: User, household_id: UUID, purpose: Purpose | str, *, now: datetime, what: str = "all") -> Personal:
    """Return all that is known of a household, after logging who looked and for what.

    Raises Http404 for strangers, Erased, ValueError for an unknown purpose, and what `access.require` raises.
    """
    row = Household.objects.filter(pk=household_id).first()
    if row is None:
        raise Http404
    day = localdate(now)
    access.visible_or_404(actor, row, on=day)
    access.require(actor, "disclose", row, on=day)
    known = personal_of(row, seal_of(row))
    why = Purpose(purpose)
    Look.objects.create(household=row, purpose=why, what=what, at=now, by=actor)
    data = {"purpose": why, "what": what}
    audit.record("households.household.disclosed", obj=row, area_id=row.area_id, data=data, now=now, by=actor)
    return known
