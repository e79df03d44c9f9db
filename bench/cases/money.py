"""D: the books. One durable voucher through the service beside what the disk allows, and a trial balance beside adding up."""

import os
import sqlite3
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bench import workspace
from bench.harness import LIMIT, OURS, Goal

DAY = date(2025, 3, 10)
ENTRIES = 100_000


class _Office:
    """A fund with two people, in a workspace on the disk."""

    def prepare(self, folder: Path) -> None:
        workspace.open_workspace(folder)
        from chungtay.funds.tests.making import make_office
        from tests.cast import make_cast

        self.office = make_office(make_cast(2))


class Posting(_Office):
    """Ours checks rights, accounts, limits and money, numbers, seals, keeps sums and the audit trail; the peers do not."""

    name = "posting"
    title = "Posting: one durable voucher with its number, seal, sums and audit event"
    rounds = 200
    goals = (Goal(OURS, times_limit=2),)

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        from chungtay.funds.rules import Line
        from chungtay.ledger.entries import VoucherKind

        line = Line("112", "511", 1_000)
        self.drafts = iter([self.office.draft(VoucherKind.RECEIPT, line) for _ in range(self.rounds + 20)])
        self.file = os.open(folder / "probe", os.O_CREAT | os.O_WRONLY)
        self.plain = sqlite3.connect(folder / "plain.sqlite3", isolation_level=None)
        self.plain.executescript(
            "PRAGMA synchronous=FULL; CREATE TABLE entry(id INTEGER PRIMARY KEY, debit TEXT, credit TEXT, amount INTEGER);"
            "CREATE TABLE balance(account TEXT PRIMARY KEY, net INTEGER); INSERT INTO balance VALUES ('112', 0), ('511', 0);"
        )
        self.numbers = count(1)

    def check(self) -> str:
        from chungtay.funds.checks import balance_of

        before = balance_of(self.office.fund, "112")
        self._ours()
        self._plain()
        [(net,)] = self.plain.execute("SELECT net FROM balance WHERE account = '112'").fetchall()
        assert balance_of(self.office.fund, "112") - before == net == 1_000
        return "a posting adds the same to the balance as plain SQL does"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {LIMIT: self._sync, OURS: self._ours, "plain sql": self._plain}

    def _sync(self) -> None:
        os.write(self.file, b"x" * 512)
        os.fdatasync(self.file)

    def _ours(self) -> Any:
        return self.office.post(next(self.drafts))

    def _plain(self) -> None:
        run = self.plain.execute
        run("BEGIN IMMEDIATE")
        run("INSERT INTO entry VALUES (?, '112', '511', 1000)", [next(self.numbers)])
        run("UPDATE balance SET net = net + 1000 WHERE account = '112'")
        run("UPDATE balance SET net = net - 1000 WHERE account = '511'")
        run("COMMIT")


class TrialBalanceNow(_Office):
    """Ours reads the kept sums; the peer adds the entries up."""

    name = "trial-balance"
    title = f"Trial balance of a book of {ENTRIES:,} entries"
    rounds = 60
    goals = (Goal(OURS, most_ms=1), Goal(OURS, faster_than="sqlite, adding up", times=50))

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        from django.db import connection

        voucher = self.office.receive(1_000)
        fund = self.office.fund.pk.hex
        spending = ("6111", "6114", "6116", "6117")
        rows = [
            (voucher.pk + 10 + at, *(("112", "511") if at % 3 else (spending[at % 4], "112")), 1 + at % 997, fund)
            for at in range(ENTRIES)
        ]
        days = (DAY - timedelta(days=1)).isoformat(), DAY.isoformat()
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO funds_entry (id, debit, credit, amount, fund_id, voucher_id, occurred_on, booked_on, purpose, "
                f"donor, memo, item, quantity) VALUES (%s, %s, %s, %s, %s, {voucher.pk}, '{days[0]}', '{days[1]}', '', '', "
                "'', '', 0)",
                rows,
            )
            cursor.execute("DELETE FROM funds_balance")
            cursor.execute(
                "INSERT INTO funds_balance (fund_id, purpose, account, debit, credit) SELECT fund_id, '', account, sum(d), "
                "sum(c) FROM (SELECT fund_id, debit AS account, amount AS d, 0 AS c FROM funds_entry UNION ALL "
                "SELECT fund_id, credit, 0, amount FROM funds_entry) GROUP BY fund_id, account"
            )

    def check(self) -> str:
        from chungtay.funds import selectors

        ours = {line.account: (line.debit, line.credit) for line in selectors.trial_balance_now(self.office.fund).lines}
        assert ours == {account: (debit, credit) for account, debit, credit in self._adding_up()}
        return f"{len(ours)} accounts equal to sums over {ENTRIES:,} entries"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        from chungtay.funds import selectors

        fund = self.office.fund
        return {OURS: lambda: selectors.trial_balance_now(fund), "sqlite, adding up": self._adding_up}

    def _adding_up(self) -> list[Any]:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT account, sum(d), sum(c) FROM (SELECT debit AS account, amount AS d, 0 AS c FROM funds_entry "
                "UNION ALL SELECT credit, 0, amount FROM funds_entry) GROUP BY account ORDER BY account"
            )
            return list(cursor.fetchall())


class StatementIntake(_Office):
    """C: a bank's file of 50,000 lines from bytes to durable lines, with keys and the chain of balances."""

    name = "statement-intake"
    title = "C intake: 50,000 lines of a bank statement, read, keyed, compared and written"
    rounds = 5
    lines = 50_000
    goals = (Goal(OURS, most_ms=1e3 * 50_000 / 60_000), Goal(OURS, most_peak_mb=150))

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        from chungtay.banking.reading import read_statement

        self.read, self.numbers = read_statement, count(1)
        heads = "Ngày giao dịch;Số tham chiếu;Số tiền ghi nợ;Số tiền ghi có;Số dư;Nội dung\n"
        rows = [
            f"{DAY - timedelta(days=9 - at // 5_000):%d/%m/%Y};FT{at:08d};;50.000;{(at + 1) * 50_000};ung ho quy {at}\n"
            for at in range(self.lines)
        ]
        self.data = (heads + "".join(rows)).encode()

    def check(self) -> str:
        file = self._ours()
        assert (file.lines, file.added) == (self.lines, self.lines)
        assert sum(line.credit for line in self._parse_only().lines) == self.lines * 50_000
        return f"{self.lines:,} lines written, their sum equal to the file's"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {LIMIT: self._parse_only, OURS: self._ours}

    def _parse_only(self) -> Any:
        return self.read(self.data, "sao-ke.csv")

    def _ours(self) -> Any:
        """Every time into an account of its own."""
        from chungtay.banking.guards import COMMAND_LINE
        from chungtay.funds import services

        number, now = next(self.numbers), datetime.fromisoformat("2025-03-11T09:00:00+07:00")
        account = services.open_account(
            fund=self.office.fund,
            code=f"a{number}",
            bank="970436",
            number=f"{10**9 + number}",
            holder="Q",
            now=now,
            by=None,
        )
        file, _ = services.import_statement(
            account=account, data=self.data, name="sao-ke.csv", limits=COMMAND_LINE, now=now, by=None
        )
        return file


CASES = [Posting(), TrialBalanceNow(), StatementIntake()]
