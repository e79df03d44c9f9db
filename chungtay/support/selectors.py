"""Reads of the cases, actor first: the board with its filters, one case, the vouchers that may have paid it, and what the public sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.funds.models import Voucher
from chungtay.kernel.folding import fold
from chungtay.places import selectors as places
from chungtay.support.checking import used_of_voucher
from chungtay.support.funding import PAYING
from chungtay.support.masking import public_label
from chungtay.support.models import Case
from chungtay.support.rules import State

ORDERS: Mapping[str, tuple[str, ...]] = {
    "moi": ("-changed_at", "id"),
    "cu": ("changed_at", "id"),
    "gia-tri": ("-total", "id"),
    "so": ("year", "number", "id"),
}
COUNTED_UP_TO = 10_000
"""Cases of a list are counted up to here: beyond it nobody pages, one narrows."""
MOST_OFFERED = 30


@dataclass(frozen=True)
class PublicCase:
    """A finished case as anybody may see it: no name, no household, no document."""

    label: str
    kind: str
    who: str
    title: str
    fund_share: int
    total: int
    accepted_on: date


def cases_seen_by(actor: User, *, on: date) -> "QuerySet[Case]":
    """Return the cases that a person may look into."""
    return Case.objects.filter(area_id__in=access.areas_for(actor, "view", "case", on=on))


def cases_like(rows: "QuerySet[Case]", asked: Mapping[str, Any]) -> "QuerySet[Case]":
    """Return those of the cases that fit what was asked (Filter's cleaned data), in its order."""
    for name, column in (("buoc", "state"), ("loai", "kind"), ("don_vi", "area_id"), ("nam", "year")):
        if asked.get(name):
            rows = rows.filter(**{column: asked[name]})
    for word in fold(asked.get("q") or "").split():
        rows = rows.filter(words__contains=word)
    return rows.order_by(*ORDERS.get(asked.get("xep") or "moi", ORDERS["moi"]))


def counts_by_state(rows: "QuerySet[Case]") -> dict[State, int]:
    """Return how many cases stand in each state."""
    found = dict(rows.order_by().values_list("state").annotate(n=Count("id")))
    return {state: found.get(state.value, 0) for state in State}


def case_seen_by(actor: User, case_id: UUID, *, on: date) -> Case | None:
    """Return a case, None when there is none or not for this person."""
    found = Case.objects.filter(pk=case_id).select_related("household", "area").first()
    return found if found is not None and access.can(actor, "view", found, on=on) else None


def vouchers_for(row: Case, actor: User, *, on: date) -> list[tuple[Voucher, int]]:
    """Return booked payments that may have paid a case, newest first, with what of each no case has named yet (đồng)."""
    way = places.ways_on(on).own.get(row.area_id, ())
    seen = access.areas_for(actor, "view", "voucher", on=on)
    vouchers = Voucher.objects.filter(
        fund__body__area_id__in=set(way) & seen,
        kind__in=[kind.value for kind in PAYING],
        occurred_on__gte=row.approved_on or on,
        reversal=None,
        reverses=None,
    )
    rows = vouchers.select_related("fund").order_by("-occurred_on", "-id")[:MOST_OFFERED]
    offered = [(one, one.amount - used_of_voucher(one.pk)) for one in rows]
    return [(one, left) for one, left in offered if left > 0]


def public_cases(area_ids: Sequence[UUID], *, since: date, until: date, most: int = 500) -> list[PublicCase]:
    """Return finished cases of places as anybody may see them: initials and hamlet, kind and amount; newest first."""
    rows = Case.objects.filter(
        Q(area_id__in=list(area_ids)), state=State.ACCEPTED, accepted_on__range=(since, until)
    ).select_related("household")
    return [
        PublicCase(
            label=str(row),
            kind=row.of_kind.name,
            who=public_label(row.household.head_name if row.household else "", row.hamlet),
            # What was typed about a household may name its people; what is built for all may not hide.
            title="" if row.household_id or row.of_kind.has_lines else row.title,
            fund_share=row.fund_share,
            total=row.total,
            accepted_on=row.accepted_on,
        )
        for row in rows.order_by("-accepted_on", "id")[:most]
        if row.accepted_on
    ]
