"""How the records of a fund become facts, a month at a time, and how such a fact opens to its vouchers.

The source of a fact is a month of a fund as its records stood after a voucher, a gift, a pledge: these are only ever added
to, so that the same source says the same for ever, and telling again what has not changed adds nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Max, Sum

from chungtay.accounts.models import User
from chungtay.figures import services as figures
from chungtay.figures.models import Fact
from chungtay.figures.rules import Statement, Status
from chungtay.funds.accounts_offered import not_carried
from chungtay.funds.measuring import Records, cell_name, cells_of, spending_accounts
from chungtay.funds.models import Entry, Fund, FundMeasure, OutsideGift, Pledge, SpendingKind, Voucher
from chungtay.funds.rules import OUT_OF_CAMPAIGN
from chungtay.indicators import selectors as dictionary
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Keeper
from chungtay.kernel.periods import Period, month_of

SOURCE = "fund-month"
Cell = tuple[str, str]
"""(indicator code, dimension key)."""


@dataclass(frozen=True)
class MonthMark:
    """A month of a fund as its records stood: after this voucher of the book, with so many gifts and pledges."""

    fund_id: UUID
    month: Period
    position: int
    gifts: int
    pledges: int

    def __str__(self) -> str:
        return f"{self.fund_id}:{self.month.code}:{self.position}.{self.gifts}.{self.pledges}"

    @classmethod
    def read(cls, source_id: str) -> "MonthMark":
        """Return the mark that a source id names."""
        fund_id, month, counts = source_id.split(":")
        position, gifts, pledges = (int(count) for count in counts.split("."))
        return cls(UUID(fund_id), month_of(date.fromisoformat(f"{month}-01")), position, gifts, pledges)


def months_of(fund: Fund) -> list[Period]:
    """Return the months in which a fund has records, in order."""
    days = [
        *Voucher.objects.filter(fund=fund).dates("occurred_on", "month"),
        *OutsideGift.objects.filter(fund=fund).dates("given_on", "month"),
        *Pledge.objects.filter(fund=fund).dates("pledged_on", "month"),
    ]
    return [month_of(day) for day in sorted(set(days))]


def tell(fund: Fund, months: Iterable[Period], *, now: datetime, by: User | None) -> int:
    """Tell the account what the fund's records say of these months; return how many facts are new.

    Only indicators whose source of record the funds are, the whole month long. A month is told whole: what it has nothing of
    is 0. Raises what `figures.record_facts` raises.
    """
    measures = list(FundMeasure.objects.filter(fund=fund).select_related("indicator").order_by("id"))
    return sum(_tell_month(fund, measures, month, now, by) for month in months) if measures else 0


def _tell_month(fund: Fund, measures: Sequence[FundMeasure], month: Period, now: datetime, by: User | None) -> int:
    kept = dictionary.sources_during((m.indicator_id for m in measures), month.start, month.last_day)
    mine = [m for m in measures if kept[m.indicator_id] == {Keeper.FUNDS}]
    if not mine:
        return 0
    said = _Month(fund, month)
    values = said.values(mine)
    told = _told(fund, month, {m.indicator_id for m in mine})
    statements = [
        Statement(code, key, fund.body.area_id, month, value, cell=cell_name(code, key), body_id=fund.body_id)
        for (code, key), value in values.items()
        if told.get((code, key)) != value
    ]
    if not statements:
        return 0
    try:
        _record(statements, said.mark, now, by)
    except figures.UnknownKey:
        _teach(fund, mine, values, now, by)
        _record(statements, said.mark, now, by)
    return len(statements)


def _record(statements: Sequence[Statement], mark: MonthMark, now: datetime, by: User | None) -> None:
    figures.record_facts(statements, status=Status.APPROVED, source_kind=SOURCE, source_id=str(mark), now=now, by=by)


def _told(fund: Fund, month: Period, indicator_ids: Iterable[UUID]) -> dict[Cell, int | None]:
    """Return what the account was told last of the month's cells; what another source said last is not told yet."""
    rows = Fact.objects.filter(
        area_id=fund.body.area_id, period_start=month.start, period_end=month.end, indicator_id__in=list(indicator_ids)
    ).order_by("batch_id", "id")
    last = {
        (code, key): (kind, value)
        for code, key, kind, value in rows.values_list("indicator__code", "dimension", "source_kind", "value")
    }
    return {cell: value for cell, (kind, value) in last.items() if kind == SOURCE}


def _teach(fund: Fund, measures: Sequence[FundMeasure], cells: Iterable[Cell], now: datetime, by: User | None) -> None:
    """Add to the dictionary the campaigns and spending kinds that a breakdown does not know yet."""
    names = {OUT_OF_CAMPAIGN: "Ngoài các đợt vận động"}
    names |= dict(fund.campaigns.values_list("code", "name")) | dict(SpendingKind.objects.values_list("code", "name"))
    told = list(cells)
    for one in measures:
        axes = dictionary.dimensions_of(one.indicator)
        known = {key for key, _ in dictionary.dimension_keys(one.indicator)}
        missing = [key for code, key in told if code == one.indicator.code and key not in known and key in names]
        if one.dimension == "" and len(axes) == 1 and missing:
            new = {key: names[key] for key in missing}
            indicators.add_dimension_values(dimension=axes[0][0], values=new, now=now, by=by)


class _Month:
    """What the records of a fund hold of a month."""

    def __init__(self, fund: Fund, month: Period) -> None:
        self.fund, self.month = fund, month
        days = (month.start, month.last_day)
        self._vouchers = Voucher.objects.filter(fund=fund, occurred_on__range=days)
        moved = Entry.objects.filter(not_carried(), fund=fund, occurred_on__range=days)
        given = OutsideGift.objects.filter(fund=fund, given_on__range=days)
        pledges = Pledge.objects.filter(fund=fund, pledged_on__range=days)
        self._gifts = list(given.values_list("campaign__code").annotate(n=Count("id"), total=Sum("amount")).order_by())
        self._pledged = pledges.aggregate(n=Count("id"), total=Sum("amount"))
        by_campaign = moved.values_list("voucher__campaign__code", "debit", "credit")
        self.records = Records(
            tuple(by_campaign.annotate(total=Sum("amount")).order_by()),
            tuple((campaign, total) for campaign, _, total in self._gifts),
            self._pledged["total"] or 0,
        )

    @cached_property
    def mark(self) -> MonthMark:
        """The records as they stand, under a name."""
        position = self._vouchers.aggregate(last=Max("position"))["last"] or 0
        return MonthMark(self.fund.pk, self.month, position, sum(n for _, n, _ in self._gifts), self._pledged["n"])

    def values(self, measures: Sequence[FundMeasure]) -> dict[Cell, int]:
        """Return what every cell of the measures comes to."""
        kinds = spending_accounts()
        return {
            (one.indicator.code, key): value
            for one in measures
            for key, value in cells_of(one, self.records, kinds).items()
        }
