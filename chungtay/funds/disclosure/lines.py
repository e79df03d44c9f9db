"""A bank's line as the public sees it: its id for ever, the money, a memo without numbers of people, the state of its matching."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chungtay.banking.masking import mask_account, scrub
from chungtay.funds.models import BankAccount, LineState, StatementLine

COLUMNS = ("id", "day", "received", "paid", "text", "account", "state", "corrects")


@dataclass(frozen=True)
class PublicLine:
    """What is published of a line. `account` is masked; `corrects` is the id of the line that it corrects, 0 for none."""

    id: int
    day: date
    received: int
    paid: int
    text: str
    account: str
    state: str
    corrects: int

    @property
    def cells(self) -> tuple[int | str, ...]:
        """The line as a row of COLUMNS."""
        return (
            self.id,
            self.day.isoformat(),
            self.received,
            self.paid,
            self.text,
            self.account,
            self.state,
            self.corrects,
        )


def public_line(line: StatementLine, state: str | None) -> PublicLine:
    """Return what the public may see of a line."""
    return PublicLine(
        line.pk,
        line.booked_on,
        line.credit,
        line.debit,
        scrub(line.text),
        mask_account(line.party_account),
        state or LineState.UNMATCHED.value,
        line.corrects_id or 0,
    )


def public_lines(account: BankAccount, day: date) -> Iterator[PublicLine]:
    """Yield the lines of an account on a day, in order of their ids."""
    rows = StatementLine.objects.filter(account=account, booked_on=day).select_related("standing").order_by("id")
    for line in rows.iterator(chunk_size=2_000):
        yield public_line(line, line.standing.state if hasattr(line, "standing") else None)
