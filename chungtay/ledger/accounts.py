"""The chart of accounts as dated data: what an account is, where it rolls up to, and whether a chart is sound.

No chart is written here. Codes, names and legal bases are loaded by whoever keeps them, with their days of validity and a
mark on what has not been checked against the law yet.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from chungtay.kernel.errors import Problem
from chungtay.kernel.text import date_text


class AccountType(StrEnum):
    """What an account holds. OFF_BALANCE stands outside the balance sheet (goods held for others, gifts in kind)."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"
    OFF_BALANCE = "off_balance"


class Side(StrEnum):
    """The side on which an account grows."""

    DEBIT = "debit"
    CREDIT = "credit"


class Mark(StrEnum):
    """What checks have to know of an account beyond its type.

    CASH never falls below zero · GOODS are counted by item · INTERNAL carries movements between levels.
    """

    CASH = "cash"
    GOODS = "goods"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Account:
    """An account during [valid_from, valid_to); a code may return with other days.

    The law books off-balance accounts on one side. Here each has a counterpart (an off-balance account with the other
    normal side), so that one shape of entry serves all; papers leave the counterpart out.
    """

    code: str
    name_vi: str
    type: AccountType
    normal: Side
    valid_from: date
    valid_to: date | None = None
    parent: str = ""
    legal_basis: str = ""
    is_verified: bool = False
    marks: frozenset[Mark] = frozenset()

    def live_on(self, day: date) -> bool:
        """Say whether the account may be used on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def natural(self, net: int) -> int:
        """Return a balance (debits minus credits) as people read it: positive on the account's normal side."""
        return net if self.normal is Side.DEBIT else -net


class Chart:
    """Accounts by code and day."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._versions: dict[str, list[Account]] = defaultdict(list)
        for account in sorted(accounts, key=lambda account: (account.code, account.valid_from)):
            self._versions[account.code].append(account)
        self._children: dict[str, list[Account]] = defaultdict(list)
        for account in self:
            if account.parent:
                self._children[account.parent].append(account)

    def __iter__(self) -> Iterator[Account]:
        return (account for versions in self._versions.values() for account in versions)

    def on(self, code: str, day: date) -> Account | None:
        """Return the account of a code on a day, None when there is none."""
        return next((account for account in self._versions.get(code, ()) if account.live_on(day)), None)

    def latest(self, code: str) -> Account | None:
        """Return the last account that bore a code, None when none ever did."""
        versions = self._versions.get(code)
        return versions[-1] if versions else None

    def has_parts(self, code: str, day: date) -> bool:
        """Say whether an account has parts on a day; then it is a sum, and entries go to the parts."""
        return any(child.live_on(day) for child in self._children.get(code, ()))

    def codes_of(self, *types: AccountType) -> frozenset[str]:
        """Return the codes that ever bore one of the types."""
        return frozenset(account.code for account in self if account.type in types)

    def codes_marked(self, mark: Mark) -> frozenset[str]:
        """Return the codes that ever bore a mark."""
        return frozenset(account.code for account in self if mark in account.marks)

    def path(self, code: str, day: date) -> tuple[str, ...]:
        """Return a code and the codes above it on a day, lowest first; a circle ends where it closes."""
        path = [code]
        while (account := self.on(path[-1], day)) is not None and account.parent and account.parent not in path:
            path.append(account.parent)
        return tuple(path)


def roll_up(amounts: Mapping[str, int], chart: Chart, day: date) -> dict[str, int]:
    """Return the amounts with every account above them: each parent holds its own amount and its parts' amounts."""
    sums: dict[str, int] = defaultdict(int)
    for code, amount in amounts.items():
        for step in chart.path(code, day):
            sums[step] += amount
    return dict(sums)


def check_chart(accounts: Iterable[Account]) -> list[Problem]:
    """Return what is wrong with a chart: days, codes used twice at a time, parents that are missing or go in a circle."""
    accounts = list(accounts)
    chart = Chart(accounts)
    problems = [
        Problem(f"Tài khoản {account.code}: ngày hết hiệu lực phải sau ngày áp dụng.", account.code)
        for account in chart
        if account.valid_to is not None and account.valid_to <= account.valid_from
    ]
    for first, second in pairwise(chart):
        if first.code == second.code and (first.valid_to is None or second.valid_from < first.valid_to):
            day = date_text(second.valid_from)
            problems.append(Problem(f"Mã tài khoản {first.code} được dùng hai lần từ ngày {day}.", first.code))
    for account in chart:
        problems.extend(_above(account, chart))
    return problems


def _above(account: Account, chart: Chart) -> Iterator[Problem]:
    """Look at what is above an account on every day on which that may change."""
    if not account.parent:
        return
    turns = {account.valid_from} | {day for other in chart for day in (other.valid_from, other.valid_to) if day}
    for day in sorted(turn for turn in turns if account.live_on(turn)):
        parent = chart.on(account.parent, day)
        if parent is None:
            sentence = f"tài khoản cấp trên {account.parent} không có vào ngày {date_text(day)}"
        elif chart.on(account.code, day) is account and _in_circle(account.code, chart, day):
            sentence = f"tài khoản cấp trên đi thành vòng vào ngày {date_text(day)}"
        elif (parent.type is AccountType.OFF_BALANCE) != (account.type is AccountType.OFF_BALANCE):
            sentence = f"tài khoản trong bảng và ngoài bảng không gộp chung ({account.parent})"
        else:
            continue
        yield Problem(f"Tài khoản {account.code}: {sentence}.", account.code)
        return


def _in_circle(code: str, chart: Chart, day: date) -> bool:
    top = chart.on(chart.path(code, day)[-1], day)
    return top is not None and bool(top.parent)
