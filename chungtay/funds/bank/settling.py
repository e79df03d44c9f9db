"""What people say of a bank's line: explained by one voucher or several, not explained, or left out with a reason.

Nothing is booked here, and nothing is decided by the machine: proposals come with their reasons.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.banking.matching import Candidate, LineProposals, propose
from chungtay.banking.statement import StatementLine as Line
from chungtay.funds.models import (
    BankAccount,
    Entry,
    LineLink,
    LineMark,
    LineState,
    Pledge,
    Standing,
    StatementLine,
    Voucher,
)
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer


class NotExplained(DomainError):
    """Vouchers that do not explain a line: another sum, another side, another fund, or explained already."""


@transaction.atomic
def settle(*, line: StatementLine, vouchers: Mapping[Voucher, int], now: datetime, by: User) -> LineMark:
    """Say that vouchers explain a line, each so many đồng: one voucher matches it, several split it.

    Raises NotExplained and what `access.require` raises.
    """
    row = _locked(line, now, by)
    total = sum(vouchers.values())
    if not vouchers or total != row.debit + row.credit:
        raise NotExplained(
            f"Các chứng từ giải thích {format_integer(total)} đồng, dòng sao kê là "
            f"{format_integer(row.debit + row.credit)} đồng. Hai số phải bằng nhau."
        )
    for voucher, amount in vouchers.items():
        _check(row, voucher, amount)
    state = LineState.MATCHED if len(vouchers) == 1 else LineState.SPLIT
    mark = _mark(row, state, "", now, by)
    LineLink.objects.bulk_create(LineLink(mark=mark, voucher=v, amount=amount) for v, amount in vouchers.items())
    _tell(mark, now, by)
    return mark


@transaction.atomic
def leave_out(*, line: StatementLine, reason: str, now: datetime, by: User) -> LineMark:
    """Say that a line is none of the fund's business (a fee that was given back, a test); it stays visible as such."""
    return _without_links(line, LineState.EXCLUDED, reason, now, by)


@transaction.atomic
def take_back(*, line: StatementLine, reason: str, now: datetime, by: User) -> LineMark:
    """Take back what was said of a line; it waits for an explanation again."""
    return _without_links(line, LineState.UNMATCHED, reason, now, by)


def forget_reversed(voucher: Voucher, reversal: Voucher, *, now: datetime, by: User) -> list[LineMark]:
    """Say of the lines that a voucher explained that they wait again: it was just undone, in this transaction."""
    lines = StatementLine.objects.filter(standing__mark__links__voucher=voucher).order_by("id")
    marks = []
    for line in lines.select_for_update(of=("self",)).select_related("account__fund__body"):
        reason = f"Chứng từ {voucher} đã bị đảo bằng {reversal}."
        marks.append(_mark(line, LineState.UNMATCHED, reason, now, by))
        _tell(marks[-1], now, by)
    return marks


def proposals_for(account: BankAccount, lines: Iterable[StatementLine]) -> dict[int, LineProposals]:
    """Return {line id: proposals} of vouchers not yet used and pledges, best first, each with its reasons."""
    rows = {line.row_key: line for line in map(_Row, lines)}
    found = propose([one.pure for one in rows.values()], candidates_of(account))
    return {rows[one.line.row].line.pk: one for one in found}


def candidates_of(account: BankAccount) -> list[Candidate]:
    """Return what may explain lines: vouchers that moved money on the account and are not used up, and open pledges."""
    used = used_up(account)
    entries = Entry.objects.filter(fund=account.fund, voucher__reverses=None, voucher__reversal=None)
    moved: dict[int, int] = {}
    for side, sign in (("debit", 1), ("credit", -1)):
        sums = entries.filter(**{side: account.ledger_account}).values_list("voucher").annotate(total=Sum("amount"))
        for voucher_id, total in sums.order_by():
            moved[voucher_id] = moved.get(voucher_id, 0) + sign * total
    found = []
    rows = Voucher.objects.filter(pk__in=[key for key in moved if key not in used]).only(
        "id", "prefix", "year", "number", "occurred_on", "party", "memo"
    )
    for voucher in rows:
        name = f"{voucher.party} {voucher.memo}"
        found.append(Candidate(f"v{voucher.pk}", moved[voucher.pk], voucher.occurred_on, str(voucher), name))
    return found + [
        Candidate(f"p{pledge.pk}", pledge.amount, pledge.pledged_on, pledge.reference, pledge.donor)
        for pledge in Pledge.objects.filter(fund=account.fund)
    ]


def used_up(account: BankAccount) -> set[int]:
    """Return the ids of vouchers that explain lines of an account wholly."""
    live = live_links().filter(mark__line__account=account)
    return set(live.values_list("voucher_id", flat=True))


def live_links() -> "QuerySet[LineLink]":
    """Return the links of the last word on each line."""
    return LineLink.objects.filter(mark__in=Standing.objects.values("mark"))


class _Row:
    """A line as the matcher takes it: numbered by its id."""

    def __init__(self, line: StatementLine) -> None:
        self.line, self.row_key = line, line.pk
        self.pure = Line(
            line.pk,
            line.booked_on,
            line.value_on,
            line.ref,
            line.debit,
            line.credit,
            line.balance,
            line.text,
            line.party_name,
            line.party_account,
            line.party_bank,
        )


def _locked(line: StatementLine, now: datetime, by: User) -> StatementLine:
    row = StatementLine.objects.select_for_update(of=("self",)).select_related("account__fund__body").get(pk=line.pk)
    access.require(by, "match", row.account, on=localdate(now))
    return row


def _check(line: StatementLine, voucher: Voucher, amount: int) -> None:
    account = line.account
    if voucher.fund_id != account.fund_id:
        raise NotExplained(f"{voucher} thuộc quỹ khác.")
    side = "debit" if line.credit else "credit"
    moved = voucher.entries.filter(**{side: account.ledger_account}).aggregate(total=Sum("amount"))["total"] or 0
    others = live_links().filter(voucher=voucher).exclude(mark__line=line).aggregate(total=Sum("amount"))["total"] or 0
    if amount < 1 or amount > moved - others:
        raise NotExplained(
            f"{voucher} chỉ còn giải thích được {format_integer(max(0, moved - others))} đồng của tài khoản {account.code}."
        )


def _without_links(line: StatementLine, state: LineState, reason: str, now: datetime, by: User) -> LineMark:
    row = _locked(line, now, by)
    if not reason.strip():
        raise NotExplained("Chưa ghi lý do.")
    mark = _mark(row, state, reason.strip(), now, by)
    _tell(mark, now, by)
    return mark


def _mark(line: StatementLine, state: LineState, reason: str, now: datetime, by: User) -> LineMark:
    mark = LineMark.objects.create(line=line, state=state, reason=reason, at=now, by=by)
    Standing.objects.update_or_create(line=line, defaults={"mark": mark, "state": state})
    return mark


def _tell(mark: LineMark, now: datetime, by: User) -> None:
    links = {str(link.voucher): link.amount for link in mark.links.select_related("voucher")}
    data = {"state": mark.state, "reason": mark.reason, "vouchers": links}
    area = mark.line.account.access_area_id
    audit.record("funds.line.marked", obj=mark.line, area_id=area, data=data, now=now, by=by)
