"""What explains the difference of a day: lines and vouchers that do not meet on it, adding up to it to the đồng."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from chungtay.funds.bank.settling import live_links
from chungtay.funds.models import BankAccount, Entry, StatementLine, Voucher


@dataclass(frozen=True)
class LinePart:
    """A line of the day, and how many đồng of it (in positive) no voucher of the same day explains."""

    line: StatementLine
    rest: int
    vouchers: tuple[Voucher, ...]


@dataclass(frozen=True)
class VoucherPart:
    """A voucher of the day, and how many đồng of it (in positive) no line of the same day explains."""

    voucher: Voucher
    rest: int
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True)
class DayExplained:
    """Both sides of a day. Bank less book is what the lines leave over, less what the vouchers leave over."""

    lines: tuple[LinePart, ...]
    vouchers: tuple[VoucherPart, ...]

    @property
    def difference(self) -> int:
        """Bank less book, integer đồng."""
        return sum(part.rest for part in self.lines) - sum(part.rest for part in self.vouchers)


def explain_day(account: BankAccount, day: date) -> DayExplained:
    """Return the lines and vouchers of a day that do not meet on it, each with what it met on another day."""
    lines = list(StatementLine.objects.filter(account=account, booked_on=day).select_related("standing").order_by("id"))
    moved = _moved(account, day)
    vouchers = Voucher.objects.filter(fund=account.fund, pk__in=moved).order_by("position")
    of_lines = live_links().filter(mark__line__account=account, mark__line__booked_on=day)
    of_vouchers = live_links().filter(mark__line__account=account, voucher__in=moved)
    met: dict[int, list[Voucher]] = defaultdict(list)
    same_of_line: dict[int, int] = defaultdict(int)
    for link in of_lines.select_related("voucher", "mark"):
        met[link.mark.line_id].append(link.voucher)
        if link.voucher_id in moved:
            same_of_line[link.mark.line_id] += link.amount
    found: dict[int, list[StatementLine]] = defaultdict(list)
    same_of_voucher: dict[int, int] = defaultdict(int)
    for link in of_vouchers.select_related("mark__line"):
        line = link.mark.line
        found[link.voucher_id].append(line)
        if line.booked_on == day:
            same_of_voucher[link.voucher_id] += link.amount if line.credit else -link.amount
    line_parts = (
        LinePart(one, one.credit - one.debit - _signed(one, same_of_line[one.pk]), tuple(met[one.pk])) for one in lines
    )
    voucher_parts = (
        VoucherPart(one, moved[one.pk] - same_of_voucher[one.pk], tuple(found[one.pk])) for one in vouchers
    )
    return DayExplained(
        tuple(part for part in line_parts if part.rest), tuple(part for part in voucher_parts if part.rest)
    )


def _signed(line: StatementLine, amount: int) -> int:
    return amount if line.credit else -amount


def _moved(account: BankAccount, day: date) -> dict[int, int]:
    """Return {voucher id: đồng it moved on the account}, in positive, for a day."""
    moved: dict[int, int] = defaultdict(int)
    entries = Entry.objects.filter(fund=account.fund, occurred_on=day)
    for column, sign in (("debit", 1), ("credit", -1)):
        mine = entries.filter(**{column: account.ledger_account}).values_list("voucher_id")
        for voucher_id, total in mine.annotate(total=Sum("amount")).order_by():
            moved[voucher_id] += sign * total
    return moved
