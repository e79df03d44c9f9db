"""How a fund stands now and what waits: balances by account and by purpose, drafts, payments, requests, months."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from chungtay.funds.models import (
    Balance,
    Draft,
    Entry,
    Fund,
    PeriodAct,
    PeriodVerb,
    Purpose,
    ReversalAct,
    ReversalVerb,
    Voucher,
)
from chungtay.funds.rules import UNRESTRICTED, VoucherState
from chungtay.ledger.accounts import Chart, Mark
from chungtay.ledger.entries import PAYING
from chungtay.ledger.sum_invariants import RESULTS
from chungtay.places.models import Body

UNRESTRICTED_NAME = "Chung, không nêu mục đích"


@dataclass(frozen=True)
class Held:
    """What a fund holds, integer đồng: in cash, at banks, in goods at their value, and by account and purpose."""

    cash: int
    bank: int
    goods: int
    by_account: tuple[tuple[str, int], ...]
    by_purpose: tuple[tuple[str, str, int], ...]


def held_by(funds: Iterable[Fund], chart: Chart) -> dict[Fund, Held]:
    """Return what each fund holds, from the kept sums (two queries for all of them)."""
    funds = list(funds)
    results = chart.codes_of(*RESULTS) | chart.codes_marked(Mark.INTERNAL)
    tills, goods = chart.codes_marked(Mark.CASH), chart.codes_marked(Mark.GOODS)
    names = defaultdict[object, dict[str, str]](dict)
    for purpose in Purpose.objects.filter(fund__in=funds).order_by("name"):
        names[purpose.fund_id][purpose.code] = purpose.name
    nets = defaultdict[object, dict[str, int]](lambda: defaultdict(int))
    purposes = defaultdict[object, dict[str, int]](lambda: defaultdict(int))
    rows = Balance.objects.filter(fund__in=funds).values_list("fund_id", "purpose", "account", "debit", "credit")
    for fund_id, purpose_code, account, debit, credit in rows:
        nets[fund_id][account] += debit - credit
        if account in results:
            purposes[fund_id][purpose_code] += credit - debit
    found = {}
    for fund in funds:
        own, by_code = nets[fund.pk], purposes[fund.pk]
        listed = {UNRESTRICTED: UNRESTRICTED_NAME, **names[fund.pk]}
        listed |= {code: code for code in by_code if code not in listed}
        found[fund] = Held(
            cash=sum(net for code, net in own.items() if code in tills and code.startswith("111")),
            bank=sum(net for code, net in own.items() if code in tills and not code.startswith("111")),
            goods=sum(net for code, net in own.items() if code in goods),
            by_account=tuple(sorted(own.items())),
            by_purpose=tuple((code, name, by_code.get(code, 0)) for code, name in listed.items()),
        )
    return found


def unpaid(fund: Fund, chart: Chart) -> "QuerySet[Voucher]":
    """Return the posted vouchers whose money has not left yet and is still to leave, oldest first."""
    leaves = Entry.objects.filter(voucher=OuterRef("pk"), credit__in=chart.codes_marked(Mark.CASH))
    return (
        Voucher.objects.filter(fund=fund, kind__in=PAYING, handout=None, reversal=None)
        .filter(Exists(leaves))
        .select_related("posted_by", "drafted_by")
        .order_by("position")
    )


def asked_reversals(fund: Fund) -> "QuerySet[ReversalAct]":
    """Return the standing requests that a voucher be undone, oldest first."""
    later = ReversalAct.objects.filter(voucher=OuterRef("voucher"), id__gt=OuterRef("id"))
    return (
        ReversalAct.objects.filter(voucher__fund=fund, verb=ReversalVerb.ASK, voucher__reversal=None)
        .exclude(Exists(later))
        .select_related("voucher", "by")
        .order_by("id")
    )


def drafts(fund: Fund) -> "QuerySet[Draft]":
    """Return what is still being written, oldest first."""
    return Draft.objects.filter(fund=fund, state=VoucherState.DRAFT).select_related("drafted_by").order_by("drafted_at")


@dataclass(frozen=True)
class MonthState:
    """A month of a body's books as two persons left it; `act` is their last step, None while nobody has asked."""

    start: date
    end: date
    is_over: bool
    act: PeriodAct | None
    vouchers: int

    @property
    def is_closed(self) -> bool:
        """Whether nothing may be booked into the month."""
        return self.act is not None and self.act.verb in (PeriodVerb.CLOSE, PeriodVerb.ASK_REOPEN)

    @property
    def is_asked(self) -> bool:
        """Whether a second person is awaited."""
        return self.act is not None and self.act.verb in (PeriodVerb.ASK_CLOSE, PeriodVerb.ASK_REOPEN)


def months_of(body: Body, *, today: date) -> list[MonthState]:
    """Return the months of a body's books from its first voucher on, newest first (three queries)."""
    vouchers = Voucher.objects.filter(fund__body=body)
    first = vouchers.order_by("booked_on").values_list("booked_on", flat=True).first()
    acts = {}
    for act in PeriodAct.objects.filter(body=body).select_related("by").order_by("id"):
        acts[act.start] = act
    if first is None and not acts:
        return []
    counts = defaultdict[tuple[int, int], int](int)
    for day, count in vouchers.order_by().values_list("booked_on").annotate(count=Count("pk")):
        counts[day.year, day.month] += count
    found = []
    begin = min([first or today, *acts])
    year, month = begin.year, begin.month
    while (year, month) <= (today.year, today.month):
        start = date(year, month, 1)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        end = date(year, month, 1)
        found.append(MonthState(start, end, end <= today, acts.get(start), counts[start.year, start.month]))
    return found[::-1]


def with_purpose(purpose: str) -> Q:
    """Return the condition that a voucher has a line of a purpose ("" = of none)."""
    return Q(Exists(Entry.objects.filter(voucher=OuterRef("pk"), purpose=purpose)))
