"""The funds' bank in the story: statements come in, lines meet vouchers, months are closed, days are published.

The files are written to a folder and read through the same door as any user's. The accountant takes them in, the controller
says what explains each line; the accountant asks to close a month, the controller closes it.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from chungtay.demo.acts import Acts, StoryBroken
from chungtay.demo.bank_files import BANK, code_of, file_of, number_of, spans, told
from chungtay.demo.days import at, working_day
from chungtay.demo.story import Unit, lives_on, story, units
from chungtay.demo.tales import Moment
from chungtay.demo.treasury import fund_months
from chungtay.funds import selectors as funds_seen
from chungtay.funds import services as funds
from chungtay.funds.models import BankAccount, StatementLine, Voucher
from chungtay.kernel.folding import fold
from chungtay.ledger.entries import VoucherKind


def moments(on: Acts) -> Iterator[Moment]:
    """Every fund's account with its statements, year by year; its months closed up to the one before the last told."""
    for unit in units():
        yield from _Counter(on, unit).moments()


class _Counter:
    """The account of a unit's fund, with who keeps it."""

    def __init__(self, on: Acts, unit: Unit) -> None:
        self.on, self.unit = on, unit
        self.accountant, self.controller = on.ground.cast.accountants[unit.ref], on.ground.cast.controllers[unit.ref]
        self.account: BankAccount | None = None

    def moments(self) -> Iterator[Moment]:
        """What happens at the counter, in order of time."""
        since = self.unit.since
        opened = since + timedelta(days=1) if since else date.fromisoformat(story()["fund"]["opened_on"])
        yield at(opened, 8, 30), self._open
        for first, last in spans(self.unit):
            taken = self._after(last)
            yield taken, partial(self._take_in, first, last)
            yield taken + timedelta(minutes=30), partial(self._match, first, last)
            yield taken + timedelta(minutes=50), partial(self._publish, last)
        yield from self._closings()

    def _after(self, last: date) -> datetime:
        """Return when the file of some days is taken in: the week after; a unit that ends does it on its last day."""
        if self.unit.until is not None and last >= self.unit.until - timedelta(days=1):
            return at(last, 14)
        return min(at(working_day(last + timedelta(days=7)), 8), lives_on() - timedelta(hours=1, minutes=20))

    def _open(self, now: datetime) -> None:
        bank, number = number_of(self.unit)
        holder = f"QUY VI NGUOI NGHEO {fold(self.unit.name).upper()} (MINH HOA)"
        fund = self.on.ground.funds[self.unit.ref]
        self.account = funds.open_account(
            fund=fund, code=code_of(self.unit), bank=bank, number=number, holder=holder, now=now, by=self.accountant
        )

    @property
    def opened(self) -> BankAccount:
        if self.account is None:
            raise StoryBroken(f"{self.unit.name}: the account is not open yet")
        return self.account

    def _take_in(self, first: date, last: date, now: datetime) -> None:
        name, data = file_of(self.unit, first, last)
        folder = self.on.folder.parent / "statements"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        of_days = [one for one in told(self.unit) if first <= one.movement.day <= last]
        if not of_days:
            return
        file, findings = funds.import_statement(
            account=self.opened, data=(folder / name).read_bytes(), name=name, now=now, by=self.accountant
        )
        if file.added != len(of_days) or findings.breaks:
            raise StoryBroken(f"{name}: {file.added} of {len(of_days)} lines came in")

    def _match(self, first: date, last: date, now: datetime) -> None:
        """The controller agrees to what is beyond doubt, puts two vouchers on the line of two, and leaves mistakes out."""
        lines = list(
            StatementLine.objects.filter(account=self.opened, booked_on__range=(first, last)).select_related("standing")
        )
        pairs = funds_seen.sure_pairs(self.opened, lines)
        if pairs:
            funds.settle_all(account=self.opened, pairs=pairs, now=now, by=self.controller)
        done = {line.pk for line, _ in pairs}
        for line in lines:
            if line.pk in done:
                continue
            if "CHUYEN NHAM" in line.text:
                reason = "Công ty chuyển nhầm tài khoản, ngân hàng đã hoàn trả trong ngày"
                funds.leave_out(line=line, reason=reason, now=now, by=self.controller)
            elif vouchers := self._handed_on(line):
                funds.settle(line=line, vouchers=vouchers, now=now, by=self.controller)

    def _handed_on(self, line: StatementLine) -> dict[Voucher, int]:
        """Return the vouchers of transfers on a line's day that add up to it together, each with its part."""
        rows = Voucher.objects.filter(
            fund=self.opened.fund, kind=VoucherKind.TRANSFER, occurred_on=line.booked_on, entries__debit=BANK
        )
        parts = {
            voucher: sum(e.amount for e in voucher.entries.all() if e.debit == BANK)
            for voucher in rows.distinct().prefetch_related("entries")
        }
        return parts if parts and sum(parts.values()) == line.credit else {}

    def _publish(self, last: date, now: datetime) -> None:
        funds.freeze_days(account=self.opened, last=last, now=now, by=self.controller)

    # -- months ---------------------------------------------------------------------------------------------------

    def _closings(self) -> Iterator[Moment]:
        """Months are closed one after the other; the last two that the story tells stay open."""
        months = sorted({one.day.replace(day=1) for one in fund_months() if one.unit == self.unit})
        kept_open = () if self.unit.until else months[-2:]
        for month in months:
            if month in kept_open:
                continue
            following = (month + timedelta(days=31)).replace(day=1)
            asked = at(working_day(following + timedelta(days=7)), 9)
            if self.unit.until is not None and following >= self.unit.until:
                continue  # it ends before anybody could close its last month
            yield asked, partial(self._ask, month)
            yield asked + timedelta(hours=2), partial(self._close, month)

    def _ask(self, month: date, now: datetime) -> None:
        body = self.on.ground.funds[self.unit.ref].body
        funds.ask_period(body=body, day=month, to_close=True, now=now, by=self.accountant)

    def _close(self, month: date, now: datetime) -> None:
        body = self.on.ground.funds[self.unit.ref].body
        funds.confirm_period(body=body, day=month, now=now, by=self.controller)
