"""What a fund holds from day to day while vouchers are booked: money on each account, in each purpose, goods of each kind.

A sum is read from the books when a voucher first takes from it; what is booked afterwards is added in memory. So a voucher
of many is held against the books as the ones before it leave them, and against the same sums as one that comes alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum

import numpy as np
from django.db.models import Q, Sum

from chungtay.funds.models import Entry, Fund
from chungtay.funds.rules import Line
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.ledger.accounts import Chart, Mark
from chungtay.ledger.sum_invariants import RESULTS

Change = tuple[date, int]


class NotEnough(DomainError):
    """The money, the restricted money or the goods are not there."""


class _Kind(Enum):
    TILL, PURPOSE, ITEM = range(3)


Key = tuple[_Kind, str]


class Tills:
    """The sums of one fund; whoever books holds the lock of its book."""

    def __init__(self, fund: Fund, chart: Chart) -> None:
        self._fund, self._chart = fund, chart
        self._cash, self._goods = chart.codes_marked(Mark.CASH), chart.codes_marked(Mark.GOODS)
        self._results = chart.codes_of(*RESULTS) | chart.codes_marked(Mark.INTERNAL)
        self._booked: dict[Key, list[Change]] = defaultdict(list)
        self._read: dict[Key, _Days] = {}

    def take(self, lines: Sequence[Line], day: date) -> None:
        """Book lines of that day. Raises NotEnough when a sum would be below zero at its end or that of a later day."""
        changes = self._changes(lines)
        for key in sorted(
            (key for key, change in changes.items() if change < 0), key=lambda key: (key[0].value, key[1])
        ):
            least = self._days(key).least_from(day) + changes[key]
            if least < 0:
                raise NotEnough(self._refusal(key, -least, day))
        for key, change in changes.items():
            if change and (days := self._read.get(key)) is not None:
                days.add(day, change)
            elif change:
                self._booked[key].append((day, change))

    def _changes(self, lines: Sequence[Line]) -> dict[Key, int]:
        cash, goods, results = self._cash, self._goods, self._results
        found: dict[Key, int] = defaultdict(int)
        for line in lines:
            debit, credit, amount = line.debit, line.credit, line.amount
            if debit in cash:
                found[_Kind.TILL, debit] += amount
            if credit in cash:
                found[_Kind.TILL, credit] -= amount
            if line.purpose:
                found[_Kind.PURPOSE, line.purpose] += amount * ((credit in results) - (debit in results))
            if line.item:
                found[_Kind.ITEM, line.item] += line.quantity * ((debit in goods) - (credit in goods))
        return found

    def _days(self, key: Key) -> "_Days":
        if key not in self._read:
            self._read[key] = _Days([*self._in_books(key), *self._booked.pop(key, ())])
        return self._read[key]

    def _in_books(self, key: Key) -> list[Change]:
        kind, code = key
        match kind:
            case _Kind.TILL:
                return self._by_day(Q(debit=code), "amount", 1) + self._by_day(Q(credit=code), "amount", -1)
            case _Kind.PURPOSE:
                mine, column, into = Q(purpose=code), "amount", self._results
                plus, minus = mine & Q(credit__in=into), mine & Q(debit__in=into)
            case _Kind.ITEM:
                mine, column, into = Q(item=code), "quantity", self._goods
                plus, minus = mine & Q(debit__in=into), mine & Q(credit__in=into)
        return self._by_day(plus, column, 1) + self._by_day(minus, column, -1)

    def _by_day(self, which: Q, column: str, sign: int) -> list[Change]:
        rows = Entry.objects.filter(which, fund=self._fund).values_list("occurred_on").annotate(total=Sum(column))
        return [(day, sign * total) for day, total in rows.order_by("occurred_on")]

    def _refusal(self, key: Key, missing: int, day: date) -> str:
        kind, code = key
        amount = format_integer(missing)
        if kind is _Kind.TILL:
            account = self._chart.on(code, day)
            name = account.name_vi if account is not None else f"Tài khoản {code}"
            return f"{name} không đủ tiền: còn thiếu {amount} đồng kể từ ngày {date_text(day)}."
        if kind is _Kind.PURPOSE:
            return (
                f"Tiền dành riêng cho mục đích “{code}” không đủ: còn thiếu {amount} đồng. "
                "Tiền có mục đích chỉ chi đúng mục đích; hãy chi phần thiếu bằng tiền không có mục đích."
            )
        return f"Hiện vật “{code}” không đủ: còn thiếu {amount}."


class _Days:
    """A running sum at the end of each day from the first to the last that changed it."""

    def __init__(self, changes: Iterable[Change]) -> None:
        by_day: dict[int, int] = defaultdict(int)
        for day, change in changes:
            by_day[day.toordinal()] += change
        self._first = min(by_day, default=0)
        sums = np.zeros(max(by_day, default=-1) - self._first + 1 if by_day else 0, dtype=np.int64)
        for at, change in by_day.items():
            sums[at - self._first] = change
        self._sums = np.cumsum(sums)

    def least_from(self, day: date) -> int:
        """Return the lowest that the sum is at the end of `day` or of any later day."""
        at = day.toordinal() - self._first
        if not len(self._sums):
            return 0
        if at >= len(self._sums):
            return int(self._sums[-1])
        return int(self._sums[at:].min()) if at >= 0 else min(0, int(self._sums.min()))

    def add(self, day: date, change: int) -> None:
        """Change the sum from a day on."""
        at = day.toordinal()
        if not len(self._sums):
            self._first, self._sums = at, np.zeros(1, dtype=np.int64)
        if at < self._first:
            self._sums = np.concatenate([np.zeros(self._first - at, dtype=np.int64), self._sums])
            self._first = at
        elif (missing := at - self._first - len(self._sums) + 1) > 0:
            self._sums = np.concatenate([self._sums, np.full(missing, self._sums[-1])])
        self._sums[at - self._first :] += change
