"""The balance chain of a statement: opening + in − out = closing, line by line, and on from one statement to the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chungtay.banking.packing import moves_of
from chungtay.banking.statement import Statement, StatementLine
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text


@dataclass(frozen=True)
class Break:
    """Where the chain breaks: the row (0 = at the end), the balance that should stand there and the one that does."""

    row: int
    expected: int
    found: int

    @property
    def difference(self) -> int:
        """How much is too much (positive) or missing, integer đồng."""
        return self.found - self.expected

    @property
    def sentence(self) -> str:
        """The break for people."""
        where = f"Dòng {self.row}" if self.row else "Số dư cuối kỳ"
        more = "thừa" if self.difference > 0 else "thiếu"
        return (
            f"{where}: số dư phải là {format_integer(self.expected)}, tệp ghi {format_integer(self.found)}, "
            f"{more} {format_integer(abs(self.difference))} đồng."
        )


@dataclass(frozen=True)
class Chain:
    """What the balances say. `opening` and `closing` are as stated, else as derived from the lines; None = not knowable."""

    opening: int | None
    closing: int | None
    breaks: tuple[Break, ...]
    is_checked: bool

    @property
    def holds(self) -> bool:
        """Whether there was something to check, and nothing breaks."""
        return self.is_checked and not self.breaks


def check_chain(statement: Statement) -> Chain:
    """Follow the balances from the opening to the closing. After a break it goes on from the balance the file gives."""
    opening = balance = statement.opening
    breaks, is_checked, total = [], False, 0
    for row, amount, found in moves_of(statement.lines):
        total += amount
        expected = None if balance is None else balance + amount
        if found is None:
            balance = expected
            continue
        if opening is None:
            opening = found - total
        if expected is not None:
            is_checked = True
            if expected != found:
                breaks.append(Break(row, expected, found))
        balance = found
    closing = balance if statement.closing is None else statement.closing
    if balance is not None and statement.closing is not None:
        is_checked = True
        if balance != statement.closing:
            breaks.append(Break(0, balance, statement.closing))
    return Chain(opening, closing, tuple(breaks), is_checked)


@dataclass(frozen=True)
class Gap:
    """Something is missing between two statements of one account: the days, if whole days are, and the balances."""

    from_on: date | None
    to_on: date | None
    expected: int
    found: int

    @property
    def difference(self) -> int:
        """What the missing movements add up to, integer đồng."""
        return self.found - self.expected

    @property
    def sentence(self) -> str:
        """The gap for people."""
        days = ""
        if self.from_on and self.to_on:
            days = f" Thiếu sao kê từ {date_text(self.from_on)} đến {date_text(self.to_on)}."
        return (
            f"Số dư đầu kỳ là {format_integer(self.found)}, sao kê trước dẫn tới {format_integer(self.expected)}, "
            f"chênh {format_integer(self.difference)} đồng.{days}"
        )


def check_gap(previous: Statement, following: Statement) -> Gap | None:
    """Compare where the earlier statement leads with where the later one begins; they may overlap. None = no gap seen.

    Days without a statement are a gap only when the balance changed meanwhile: an account may rest.
    """
    before, after = check_chain(previous), check_chain(following)
    if before.closing is None or after.opening is None:
        return None
    expected, missing = before.closing, None
    if previous.to_on and following.from_on:
        if following.from_on <= previous.to_on:
            if before.opening is None:
                return None
            expected = before.opening + _moved(previous.lines, following.from_on)
        elif following.from_on > previous.to_on + timedelta(days=1):
            missing = previous.to_on + timedelta(days=1), following.from_on - timedelta(days=1)
    if expected == after.opening:
        return None
    return Gap(missing[0] if missing else None, missing[1] if missing else None, expected, after.opening)


def _moved(lines: Iterable[StatementLine], before: date) -> int:
    return sum(line.amount for line in lines if line.booked_on < before)
