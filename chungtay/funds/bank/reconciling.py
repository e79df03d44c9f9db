"""Bank = book = told to the public, to the đồng, day by day, with what explains each difference."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from chungtay.funds.models import BankAccount, Entry, FrozenDay, LineState, StatementLine

EVER = (date(1990, 1, 1), date(2199, 12, 31))


@dataclass(frozen=True)
class DayCompared:
    """One day of an account, integer đồng: what the bank moved, what the books moved, and where lines wait.

    `excluded` is what people have left out with a reason; `unmatched` what nobody has explained yet. `told_in` and
    `told_out` are those of the newest published edition, None where the day was not published.
    """

    day: date
    bank_in: int
    bank_out: int
    book_in: int
    book_out: int
    excluded: int
    unmatched: int
    told_in: int | None = None
    told_out: int | None = None

    @property
    def difference(self) -> int:
        """Bank less book of the day; booking on another day shows on both."""
        return (self.bank_in - self.bank_out) - (self.book_in - self.book_out)

    @property
    def is_told(self) -> bool:
        """Whether what was published is what the bank says."""
        return (self.told_in, self.told_out) == (self.bank_in, self.bank_out)


@dataclass(frozen=True)
class Days:
    """How many days moved on any account, on how many of them bank and book are equal, and how many were told as they are."""

    moved: int
    equal: int
    told: int

    @property
    def differing(self) -> int:
        """On how many days bank and book differ."""
        return self.moved - self.equal


def compared(account: BankAccount, first: date, last: date) -> list[DayCompared]:
    """Return every day in [first, last] on which either side moved, in order."""
    bank: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    states: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    lines = StatementLine.objects.filter(account=account, booked_on__gte=first, booked_on__lte=last)
    sums = lines.values_list("booked_on", "standing__state").annotate(came=Sum("credit"), went=Sum("debit"))
    for day, state, came, went in sums.order_by("booked_on"):
        bank[day][0] += came
        bank[day][1] += went
        states[day][state or LineState.UNMATCHED.value] += came - went
    book: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    entries = Entry.objects.filter(fund=account.fund, occurred_on__gte=first, occurred_on__lte=last)
    for side, column in enumerate(("debit", "credit")):
        mine = entries.filter(**{column: account.ledger_account}).values_list("occurred_on")
        for day, total in mine.annotate(total=Sum("amount")).order_by("occurred_on"):
            book[day][side] += total
    editions = FrozenDay.objects.filter(account=account, day__gte=first, day__lte=last).order_by("day", "edition")
    told = {day: (came, went) for day, came, went in editions.values_list("day", "received", "paid")}
    return [
        DayCompared(
            day,
            bank[day][0],
            bank[day][1],
            book[day][0],
            book[day][1],
            states[day][LineState.EXCLUDED.value],
            states[day][LineState.UNMATCHED.value],
            *(told.get(day) or (None, None)),
        )
        for day in sorted({*bank, *book})
    ]


def all_days(accounts: Iterable[BankAccount] | None = None) -> Days:
    """Return how all days of all accounts stand (or of these); an account of the books with two at banks is left out."""
    rows = BankAccount.objects.select_related("fund").order_by("code") if accounts is None else accounts
    shared: dict[tuple[object, str], list[BankAccount]] = defaultdict(list)
    for row in rows:
        shared[row.fund_id, row.ledger_account].append(row)
    alone = [rows[0] for rows in shared.values() if len(rows) == 1]
    days = [day for account in alone for day in compared(account, *EVER)]
    return Days(len(days), sum(not day.difference for day in days), sum(day.is_told for day in days))
