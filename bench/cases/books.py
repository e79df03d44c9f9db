"""D: whole books. Many vouchers booked in one transaction, and every invariant of a book of 100,000 entries verified."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from bench.cases.money import _Office
from bench.harness import OURS, Goal

PLAIN = "plain sql"


class Books(_Office):
    """Ours is `services.post_book`: rights, accounts, limits and money asked of every voucher, numbers, seals, sums, words
    to be found by, codes of gifts, one audit event. The peer writes rows and two sums with one statement each.
    """

    rounds = 7

    def __init__(self, vouchers: int, lines: int, goals: Sequence[Goal]) -> None:
        self.vouchers, self.lines, self.goals = vouchers, lines, goals
        self.entries = vouchers * lines
        self.name = f"posting-book-{lines}"
        self.title = (
            f"Posting {self.entries:,} entries in {vouchers:,} vouchers of {lines} at once, one durable transaction"
        )

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        from chungtay.funds.rules import Line
        from chungtay.ledger.entries import VoucherKind

        self.contents = [
            self.office.content(
                VoucherKind.RECEIPT,
                *(
                    Line("112", "511", 1_000 + at, ("", "nha-o")[line % 2], f"Người cho {at} {line}")
                    for line in range(self.lines)
                ),
            )
            if at % 3
            else self.office.content(
                VoucherKind.PAYMENT, *(Line("6116", "112", 500) for _ in range(self.lines)), party="Hộ được giúp"
            )
            for at in range(self.vouchers, 0, -1)
        ]
        self.plain = sqlite3.connect(folder / "plain.sqlite3", isolation_level=None)
        self.plain.executescript(
            "PRAGMA synchronous=FULL; CREATE TABLE entry(id INTEGER PRIMARY KEY, voucher INTEGER, debit TEXT, credit TEXT, "
            "amount INTEGER); CREATE TABLE balance(account TEXT PRIMARY KEY, net INTEGER);"
            "INSERT INTO balance VALUES ('112', 0), ('511', 0), ('6116', 0);"
        )
        self.numbers = count(1)

    def check(self) -> str:
        from chungtay.funds import books, checks
        from chungtay.ledger.invariants import INVARIANTS, verify

        self._ours()
        self._plain()
        [(net,)] = self.plain.execute("SELECT net FROM balance WHERE account = '112'").fetchall()
        assert checks.balance_of(self.office.fund, "112") == net
        book = books.whole_book()
        assert len(book.posted) == self.entries
        assert verify(book) == []
        return f"{self.entries:,} entries, the same money as plain SQL has, {len(INVARIANTS)} invariants hold"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {OURS: self._ours, PLAIN: self._plain}

    def _ours(self) -> Any:
        from chungtay.funds import services

        office = self.office
        return services.post_book(
            fund=office.fund, contents=self.contents, author=office.accountant, now=office.now, by=office.controller
        )

    def _plain(self) -> None:
        """Write what `_ours` does as one who asks nothing would."""
        rows = [
            (next(self.numbers), at, line.debit, line.credit, line.amount)
            for at, content in enumerate(self.contents)
            for line in content.lines
        ]
        moved = [(amount, account) for _, _, account, _, amount in rows]
        moved += [(-amount, account) for _, _, _, account, amount in rows]
        self.plain.execute("BEGIN IMMEDIATE")
        self.plain.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", rows)
        self.plain.executemany("UPDATE balance SET net = net + ? WHERE account = ?", moved)
        self.plain.execute("COMMIT")


class LedgerVerify(Books):
    """G8: what `chungtay ledger-verify` does, from the rows to the last invariant."""

    rounds = 5

    def __init__(self) -> None:
        super().__init__(20_000, 5, (Goal(OURS, most_ms=10_000),))
        self.name = "ledger-verify"
        self.title = f"Every named invariant of a book of {self.entries:,} entries in {self.vouchers:,} vouchers"

    def check(self) -> str:
        """Also that a đồng which somebody changed in the kept sums is named, so that the check is one."""
        from chungtay.funds import books
        from chungtay.ledger.invariants import verify

        said = super().check()
        row = self.office.fund.balances.filter(account="112").first()
        assert row is not None
        self.office.fund.balances.filter(pk=row.pk).update(debit=row.debit - 1)
        assert {breach.name for breach in verify(books.whole_book())} == {"stored-balances-equal-sums"}
        self.office.fund.balances.filter(pk=row.pk).update(debit=row.debit)
        return f"{said}; a changed đồng is named"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        from chungtay.funds import books
        from chungtay.ledger.invariants import verify

        return {OURS: lambda: verify(books.whole_book())}


def _ms(entries: int) -> float:
    """60,000 entries a second."""
    return 1e3 * entries / 60_000


CASES = [
    Books(1_000, 10, (Goal(OURS, most_ms=_ms(10_000)),)),
    Books(10_000, 1, ()),
    LedgerVerify(),
]
