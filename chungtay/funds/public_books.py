"""What everybody may see of a fund's books: months that two persons closed, where the money came from, what it became.

Sums only: no giver, no receiver, no voucher. A month that is still open shows nothing, for it may still change.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max, Min
from django.utils.safestring import SafeString

from chungtay.banking.banks import bank_name
from chungtay.funds import books
from chungtay.funds.accounts_offered import CARRIED, GIVEN, name_of
from chungtay.funds.amounts import FourAmounts, Slice, four_amounts
from chungtay.funds.bank import codes
from chungtay.funds.bookshelf.asking import Asked
from chungtay.funds.bookshelf.reports import collection_and_spending
from chungtay.funds.models import (
    BankAccount,
    Campaign,
    CampaignVersion,
    Entry,
    FrozenDay,
    Fund,
    PeriodAct,
    PeriodVerb,
    Purpose,
    Voucher,
)
from chungtay.funds.overview import UNRESTRICTED_NAME
from chungtay.funds.rules import UNRESTRICTED
from chungtay.kernel.periods import month_after
from chungtay.ledger.accounts import AccountType, Mark
from chungtay.ledger.trail import trails
from chungtay.papers.sheets import Sheet

LEFT = "Còn lại trong quỹ"
BEFORE = "Số dư chuyển sang"
CLOSED = (PeriodVerb.CLOSE, PeriodVerb.ASK_REOPEN)


class Flow(NamedTuple):
    """So many đồng that came from `source`, were given for `purpose` and became `use`; all three in words."""

    source: str
    purpose: str
    use: str
    amount: int


@dataclass(frozen=True)
class OpenBook:
    """A fund whose books are told: closed without a gap from `start` to the day before `until`; equal, nothing is closed yet."""

    fund: Fund
    start: date
    until: date

    @property
    def is_closed(self) -> bool:
        """Whether any month is told."""
        return self.until > self.start

    @property
    def years(self) -> list[int]:
        """The years that are closed whole, newest first."""
        return [year for year in range(self.until.year, self.start.year - 1, -1) if date(year + 1, 1, 1) <= self.until]


def open_book(fund_id: UUID) -> OpenBook | None:
    """Return the books of a fund as they are told; None when it has published no day."""
    told = FrozenDay.objects.filter(account__fund_id=fund_id).aggregate(first=Min("day"))["first"]
    if told is None:
        return None
    fund = Fund.objects.select_related("body__area").get(pk=fund_id)
    first = Voucher.objects.filter(fund=fund).aggregate(first=Min("booked_on"))["first"] or told
    last = {act.start: act.verb for act in PeriodAct.objects.filter(body=fund.body).order_by("id")}
    until = start = first.replace(day=1)
    while last.get(until) in CLOSED:
        until = month_after(until)
    return OpenBook(fund, start, until)


@dataclass(frozen=True)
class Chest:
    """What a fund held at the end of the told months, integer đồng."""

    cash: int
    bank: int
    goods: int


def chest_of(book: OpenBook) -> Chest:
    """Return what lies in cash, at banks, and in goods at their value."""
    chart = books.chart()
    nets = defaultdict[str, int](int)
    for debit, credit, amount in Entry.objects.filter(fund=book.fund, booked_on__lt=book.until).values_list(
        "debit", "credit", "amount"
    ):
        nets[debit] += amount
        nets[credit] -= amount
    tills = chart.codes_marked(Mark.CASH)
    return Chest(
        cash=sum(net for code, net in nets.items() if code in tills and code.startswith("111")),
        bank=sum(net for code, net in nets.items() if code in tills and not code.startswith("111")),
        goods=sum(net for code, net in nets.items() if code in chart.codes_marked(Mark.GOODS)),
    )


def flows_of(book: OpenBook, year: int | None = None) -> list[Flow]:
    """Return what the money that came in (in one year, or in all told months) became, largest first.

    Money has no marks: within a purpose what came first leaves first, which anybody can recompute (`ledger.trail`).
    """
    newest = Entry.objects.filter(fund=book.fund).aggregate(newest=Max("id"))["newest"] or 0
    found = _flows(book.fund.pk, book.until, newest)
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    for came_in, flow in found:
        if year is None or came_in == year:
            sums[flow[:3]] += flow.amount
    return sorted((Flow(*names, amount) for names, amount in sums.items()), key=lambda one: (-one.amount, one))


@lru_cache(maxsize=64)
def _flows(fund_id: UUID, until: date, newest: int) -> tuple[tuple[int, Flow], ...]:
    """Return each (year of coming in, flow). `newest` is the last entry: what is kept stands while nothing is booked."""
    fund = Fund.objects.get(pk=fund_id)
    chart = books.chart()
    entries = {one.id: one for one in books.entries_of(fund, before=until)}
    drives = dict(Voucher.objects.filter(fund=fund, campaign__isnull=False).values_list("id", "campaign__name"))
    purposes = dict(Purpose.objects.filter(fund=fund).values_list("code", "name")) | {UNRESTRICTED: UNRESTRICTED_NAME}
    found = trails(entries.values(), chart)
    shares = [(share.source, share.use, share.amount) for share in found.shares]
    shares += [(source, 0, amount) for source, amount in found.unspent.items() if amount]
    shares += [(0, use, amount) for use, amount in found.uncovered.items()]
    flows = []
    for source, use, amount in shares:
        came, went = entries.get(source), entries.get(use)
        one = came or went
        assert one is not None  # noqa: S101 - a share has at least one side
        origin = BEFORE if came is None or came.credit == CARRIED else _plain(name_of(chart, came.credit))
        if came is not None and (drive := drives.get(came.group)):
            origin = drive
        became = LEFT if went is None else _plain(name_of(chart, went.debit))
        flows.append((one.occurred_on.year, Flow(origin, purposes.get(one.purpose, one.purpose), became, amount)))
    return tuple(flows)


def _plain(name: str) -> str:
    """Return an account's name without the bookkeeper's word before it: "Chi học bổng" -> "Học bổng"."""
    for word in ("Thu ", "Chi "):
        if name.startswith(word):
            rest = name.removeprefix(word)
            return rest[0].upper() + rest[1:]
    return name


def year_sheet(book: OpenBook, year: int, *, made_on: date) -> Sheet | None:
    """Return what was collected and spent in a closed year, as the fund's own book draws it; None for another year."""
    if year not in book.years:
        return None
    asked = Asked(book.fund, books.chart(), date(year, 1, 1), date(year + 1, 1, 1), made_on)
    return collection_and_spending(asked)


@dataclass(frozen=True)
class Drive:
    """A campaign as everybody sees it; amounts integer đồng, nowhere added up; `versions` newest first."""

    campaign: Campaign
    amounts: FourAmounts
    versions: tuple[CampaignVersion, ...] = ()

    @property
    def received(self) -> int:
        """Money and goods that came in: what a target is held against."""
        return self.amounts.in_money + self.amounts.in_kind

    @property
    def percent(self) -> int | None:
        """How much of the target that is, rounded down; None without a target."""
        return self.received * 100 // self.campaign.target if self.campaign.target else None


def campaigns_told() -> list[Campaign]:
    """Return every campaign of the funds that tell, newest first."""
    told = FrozenDay.objects.values("account__fund")
    return list(
        Campaign.objects.filter(fund__in=told).select_related("fund__body").order_by("-starts_on", "fund__name")
    )


def drives() -> list[Drive]:
    """Return them with what each brought."""
    return [_drive(row) for row in campaigns_told()]


def drive_of(fund_id: UUID, code: str) -> Drive | None:
    """Return one campaign with what was announced of it before."""
    row = Campaign.objects.filter(fund_id=fund_id, code=code).select_related("fund__body").first()
    if row is None or not FrozenDay.objects.filter(account__fund_id=fund_id).exists():
        return None
    return _drive(row, tuple(row.versions.order_by("-number")))


def _drive(row: Campaign, versions: tuple[CampaignVersion, ...] = ()) -> Drive:
    chart = books.chart()
    spending = chart.codes_of(AccountType.EXPENSE) - chart.codes_marked(Mark.INTERNAL)
    cut = Slice(row.name, campaign=row)
    return Drive(row, four_amounts(row.fund, cut, spending=sorted(spending), given=GIVEN), versions)


@dataclass(frozen=True)
class Receiving:
    """How money is sent to a fund: its account, the words to write, and the code that a phone reads."""

    account: BankAccount
    bank: str
    purpose: str
    picture: SafeString


def receiving(fund: Fund, campaign: Campaign | None = None) -> list[Receiving]:
    """Return how to send money to each account of a fund, for a campaign when one is named; the sender writes the amount."""
    reference = codes.reference_of_campaign(campaign) if campaign else ""
    found = []
    for account in BankAccount.objects.filter(fund=fund).order_by("code"):
        payload = codes.payload_for(account, reference=reference, purpose="" if campaign else "UNG HO")
        bank = bank_name(account.bank) or f"Ngân hàng {account.bank}"
        found.append(Receiving(account, bank, payload.purpose or "", codes.picture_of(payload)))
    return found
