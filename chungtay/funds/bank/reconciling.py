"""Bank = book, to the đồng, day by day, with what explains each difference."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from chungtay.funds.models import BankAccount, Entry, LineState, StatementLine


@dataclass(frozen=True)
class DayCompared:
    """One day of an account, integer đồng: what the bank moved, what the books moved, and where lines wait.

    `excluded` is what people have left out with a reason; `unmatched` what nobody has explained yet.
    """

    day: date
    bank_in: int
    bank_out: int
    book_in: int
    book_out: int
    excluded: int
    unmatched: int

    @property
    def difference(self) -> int:
        """Bank less book of the day; booking on another day shows on both."""
        return (self.bank_in - self.bank_out) - (self.book_in - self.book_out)


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
    return [
        DayCompared(
            day,
            bank[day][0],
            bank[day][1],
            book[day][0],
            book[day][1],
            states[day][LineState.EXCLUDED.value],
            states[day][LineState.UNMATCHED.value],
        )
        for day in sorted({*bank, *book})
    ]
