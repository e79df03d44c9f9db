"""What every bank file becomes, whatever its form: a statement of lines in integer đồng, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.kernel.errors import DomainError


class UnreadableStatement(DomainError):
    """The file as a whole cannot be taken in; the sentence says why and what to do."""


class NoHeader(UnreadableStatement):
    """A table without a row that names a day and an amount, as far as names are known: people can point at the columns."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement. `row` is its number in the file (from 1); `debit` is money out, `credit` money in, one of them 0."""

    row: int
    booked_on: date
    value_on: date | None
    ref: str
    debit: int
    credit: int
    balance: int | None
    text: str
    counterparty_name: str = ""
    counterparty_account: str = ""
    counterparty_bank: str = ""

    @property
    def amount(self) -> int:
        """The movement with its sign, integer đồng: in is positive."""
        return self.credit - self.debit


@dataclass(frozen=True, slots=True)
class LineProblem:
    """One finding: the row of the file (0 = the file as a whole), the column as its header names it, a sentence."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Statement:
    """A bank file read. `lines` stand in the order of time; None is what the file does not say."""

    account: str | None
    currency: str
    opening: int | None
    closing: int | None
    from_on: date | None
    to_on: date | None
    lines: Sequence[StatementLine]
    problems: tuple[LineProblem, ...] = ()

    @property
    def total_in(self) -> int:
        """The sum of all credits, integer đồng."""
        return sum(line.credit for line in self.lines)

    @property
    def total_out(self) -> int:
        """The sum of all debits, integer đồng."""
        return sum(line.debit for line in self.lines)
