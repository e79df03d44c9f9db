"""From rows to the pure ledger and back: entries, vouchers, the chart, and a whole book to be verified."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Count, Max, Q

from chungtay.funds import given_out
from chungtay.funds.models import (
    Balance,
    Entry,
    Fund,
    LedgerAccount,
    LineLink,
    LineState,
    PeriodAct,
    PeriodVerb,
    Standing,
    TransferOrder,
    Voucher,
)
from chungtay.funds.rules import Line
from chungtay.ledger import book as pure
from chungtay.ledger.accounts import Account, AccountType, Chart, Mark, Side
from chungtay.ledger.balances import Key
from chungtay.ledger.entries import Entry as PureEntry
from chungtay.ledger.entries import Voucher as PureVoucher
from chungtay.ledger.entries import VoucherKind

ENTRY_FIELDS = (
    "id", "debit", "credit", "amount", "occurred_on", "booked_on", "voucher_id", "fund__code", "purpose", "donor", "memo",
    "voucher__transfer", "item", "quantity", "reverses_id",
)  # fmt: skip


def chart() -> Chart:
    """Return the chart of accounts as it stands."""
    state = LedgerAccount.objects.aggregate(newest=Max("id"), verified=Count("id", filter=Q(is_verified=True)))
    return _chart(state["newest"], state["verified"])


@lru_cache(maxsize=4)
def _chart(newest: int | None, verified: int) -> Chart:
    return Chart(accounts())


def accounts() -> list[Account]:
    """Return every account that ever was, by code and first day."""
    return [
        Account(
            row.code,
            row.name,
            AccountType(row.type),
            Side(row.normal),
            row.valid_from,
            row.valid_to,
            row.parent,
            row.legal_basis,
            row.is_verified,
            frozenset(Mark(mark) for mark in row.marks.split()),
        )
        for row in LedgerAccount.objects.order_by("code", "valid_from")
    ]


def entries_of(fund: Fund, *, before: date | None = None) -> Iterator[PureEntry]:
    """Yield the entries of a fund in order of booking day; `before`: only those booked earlier."""
    rows = Entry.objects.filter(fund=fund).order_by("booked_on", "id")
    if before is not None:
        rows = rows.filter(booked_on__lt=before)
    for row in rows.values_list(*ENTRY_FIELDS).iterator(chunk_size=5_000):
        yield PureEntry(*row)


def pure_voucher(row: Voucher, entries: Iterable[PureEntry], *, body: str, paid_by: str = "") -> PureVoucher:
    """Return a voucher as the ledger knows it."""
    return PureVoucher(
        id=row.id,
        kind=VoucherKind(row.kind),
        body=body,
        fund=row.fund.code,
        prefix=row.prefix,
        year=row.year,
        number=row.number,
        entries=tuple(entries),
        drafted_by=str(row.drafted_by_id or ""),
        posted_by=str(row.posted_by_id or ""),
        paid_by=paid_by,
        reverses=row.reverses_id,
        position=row.position,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def whole_book(asked: Sequence[str] = ()) -> pure.Book:
    """Return the books of all bodies, to be verified; `asked` are seals that somebody kept outside."""
    by_voucher: dict[int, list[PureEntry]] = {}
    for values in Entry.objects.order_by("id").values_list(*ENTRY_FIELDS).iterator(chunk_size=20_000):
        by_voucher.setdefault(values[6], []).append(PureEntry(*values))
    vouchers, sent, came, days = [], dict[str, int](), set[str](), dict[str, date]()
    internal = chart().codes_marked(Mark.INTERNAL)
    rows = Voucher.objects.select_related("fund", "handout").order_by("fund__body_id", "position")
    for row in rows.iterator(chunk_size=5_000):
        paid_by = str(row.handout.by_id) if hasattr(row, "handout") else ""
        entries = by_voucher.pop(row.id, [])
        vouchers.append(pure_voucher(row, entries, body=str(row.fund.body_id), paid_by=paid_by))
        if row.transfer:
            _count_transfer(entries, internal, sent, came)
            days.setdefault(row.transfer, row.occurred_on)
    return pure.Book(
        vouchers=vouchers,
        accounts=accounts(),
        strays=[entry for entries in by_voucher.values() for entry in entries],
        stored=[
            pure.StoredBalance(str(row[0]), Key(row[1], row[2], row[3]), row[4], row[5])
            for row in Balance.objects.values_list(
                "fund__body_id", "fund__code", "purpose", "account", "debit", "credit"
            )
        ],
        periods=list(_periods()),
        transfers=list(_transfers(sent, came, days)),
        bank_lines=list(_bank_lines()),
        bank_links=list(_bank_links({voucher.id: voucher.entries for voucher in vouchers})),
        published=list(given_out.seals()),
        told=list(given_out.told_days()),
        asked=asked,
    )


def _bank_lines() -> Iterator[pure.BankLine]:
    """Yield the lines that somebody has spoken of; the others claim nothing."""
    rows = Standing.objects.select_related("line__account").order_by("line_id")
    for row in rows.iterator(chunk_size=5_000):
        line, is_settled = row.line, row.state in (LineState.MATCHED, LineState.SPLIT)
        account = line.account.ledger_account
        yield pure.BankLine(str(line.pk), account, line.booked_on, line.credit - line.debit, is_settled)


def _bank_links(entries: Mapping[int, Sequence[PureEntry]]) -> Iterator[pure.BankLink]:
    """Yield how many đồng of each line the entries of its vouchers explain, as the last word on the line says.

    A voucher explains with its entries on the line's side of the account, one after the other.
    """
    left: dict[int, int] = {}
    live = LineLink.objects.filter(mark__in=Standing.objects.values("mark")).order_by("id")
    for link in live.select_related("mark__line__account"):
        line, wanted = link.mark.line, link.amount
        account, came_in = line.account.ledger_account, line.credit > 0
        mine = [one for one in entries.get(link.voucher_id, ()) if account == (one.debit if came_in else one.credit)]
        for number, entry in enumerate(mine, start=1):
            there = left.get(entry.id, entry.amount)
            # What is too much stays on the last entry, so that the invariant names it.
            taken = wanted if number == len(mine) else min(wanted, there)
            left[entry.id], wanted = there - taken, wanted - taken
            if taken:
                yield pure.BankLink(str(line.pk), entry.id, taken)


def _transfers(sent: Mapping[str, int], came: Set[str], days: Mapping[str, date]) -> Iterator[pure.Transfer]:
    """Yield what was moved, against its order where there is one; what was never ordered is measured by what was sent."""
    orders = {
        order.code: order
        for order in TransferOrder.objects.filter(code__in=list(sent)).select_related("sender", "receiver")
    }
    for code, amount in sorted(sent.items()):
        if (order := orders.get(code)) is None:
            due_on = days[code] + timedelta(days=pure.DAYS_UNDER_WAY)
            yield pure.Transfer(code, amount, code in came, due_on)
            continue
        ends = ((str(fund.body_id), fund.code) for fund in (order.sender, order.receiver))
        yield pure.Transfer(code, order.amount if amount else 0, code in came, order.due_on, *ends)


def _count_transfer(
    entries: Iterable[PureEntry], internal: frozenset[str], sent: dict[str, int], came: set[str]
) -> None:
    for entry in entries:
        if (entry.debit in internal) == (entry.credit in internal):
            continue
        is_sending = (entry.debit in internal) == (entry.reverses is None)
        change = entry.amount if entry.reverses is None else -entry.amount
        sent[entry.transfer] = sent.get(entry.transfer, 0) + (change if is_sending else 0)
        if not is_sending:
            (came.add if entry.reverses is None else came.discard)(entry.transfer)


def _periods() -> Iterator[pure.BookPeriod]:
    last: dict[tuple[object, date], PeriodAct] = {}
    for act in PeriodAct.objects.order_by("id"):
        if act.verb in (PeriodVerb.CLOSE, PeriodVerb.REOPEN):
            last[act.body_id, act.start] = act
    for act in last.values():
        state = pure.PeriodState.CLOSED if act.verb == PeriodVerb.CLOSE else pure.PeriodState.OPEN
        yield pure.BookPeriod(str(act.body_id), act.start, act.end, state, act.last_position)


def entries_of_voucher(row: Voucher) -> Iterator[PureEntry]:
    """Yield the entries of a voucher in their order."""
    for values in Entry.objects.filter(voucher=row).order_by("id").values_list(*ENTRY_FIELDS):
        yield PureEntry(*values)


def line_of(entry: PureEntry) -> Line:
    """Return the line of a voucher that an entry came from."""
    return Line(
        entry.debit,
        entry.credit,
        entry.amount,
        entry.purpose,
        entry.donor,
        entry.memo,
        entry.item,
        entry.quantity,
    )
