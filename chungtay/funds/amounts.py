"""Four amounts that are never one sum: pledged, received in money, received in kind, raised outside the fund.

A slice is a span of days, or a campaign; the two are cut independently of each other. Days are those of the event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from chungtay.funds.accounts_offered import GIFT, GIFT_IN_KIND, not_carried
from chungtay.funds.models import Campaign, Entry, Fund, OutsideGift, Pledge


@dataclass(frozen=True)
class Slice:
    """Which part of a fund's life: the days [start, end), or a campaign whatever its days. `label` says it in words."""

    label: str
    start: date | None = None
    end: date | None = None
    campaign: Campaign | None = None

    def of(self, day: str, campaign: str = "campaign") -> Q:
        """Return the condition on a table with these columns."""
        if self.campaign is not None:
            return Q(**{campaign: self.campaign})
        found = Q(**{f"{day}__gte": self.start}) if self.start else Q()
        return found & Q(**{f"{day}__lt": self.end}) if self.end else found


@dataclass(frozen=True)
class FourAmounts:
    """Integer đồng each; nowhere added up."""

    pledged: int
    in_money: int
    in_kind: int
    outside: int
    spent: int
    given: int


def four_amounts(fund: Fund, cut: Slice, *, spending: Sequence[str], given: str) -> FourAmounts:
    """Return the amounts of a slice, and what was paid and given out in it (five queries)."""
    entries = Entry.objects.filter(not_carried(), cut.of("occurred_on", "voucher__campaign"), fund=fund)
    sides = _sides(entries)
    return FourAmounts(
        pledged=_sum(Pledge.objects.filter(cut.of("pledged_on"), fund=fund)),
        in_money=sides[1].get(GIFT, 0) - sides[0].get(GIFT, 0),
        in_kind=sides[1].get(GIFT_IN_KIND, 0) - sides[0].get(GIFT_IN_KIND, 0),
        outside=_sum(OutsideGift.objects.filter(cut.of("given_on"), fund=fund)),
        spent=sum(sides[0].get(code, 0) - sides[1].get(code, 0) for code in spending if code != given),
        given=sides[0].get(given, 0) - sides[1].get(given, 0),
    )


def _sides(entries: "QuerySet[Entry]") -> tuple[dict[str, int], dict[str, int]]:
    debits = entries.order_by().values_list("debit").annotate(total=Sum("amount"))
    credits_ = entries.order_by().values_list("credit").annotate(total=Sum("amount"))
    return dict(debits), dict(credits_)


def _sum(rows: "QuerySet[Pledge] | QuerySet[OutsideGift]") -> int:
    return rows.aggregate(total=Sum("amount"))["total"] or 0
