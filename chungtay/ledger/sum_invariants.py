"""What must hold of sums: both sides equal, kept sums true, and nothing spent that was not there.

What was there is asked by the day of the event (`occurred_on`): a gift booked late was in the till all the same.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.ledger.accounts import AccountType, Mark
from chungtay.ledger.balances import Key, Totals
from chungtay.ledger.book import Book
from chungtay.ledger.findings import Finding, Shortfall, place, shortfalls

RESULTS = (AccountType.EQUITY, AccountType.INCOME, AccountType.EXPENSE)
"""Types whose accounts together say what a purpose has received and not yet spent."""


def trial_balance_is_zero(book: Book) -> Iterator[Finding]:
    """In every book the balances add up to zero, openings included."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for opening in book.openings:
        sums[opening.body, opening.key.fund] += opening.net
    for body, balances in book.balances.items():
        for key in balances:
            sums[body, key.fund] += balances.totals(key).net
    for (body, fund), difference in sorted(sums.items()):
        if difference:
            amount = format_integer(difference)
            yield Finding(f"{body}, quỹ {fund}", f"Bảng cân đối phát sinh lệch {amount} đồng giữa bên nợ và bên có.")


def stored_balances_are_true(book: Book) -> Iterator[Finding]:
    """Every kept sum equals the sum of the entries, and none is missing or kept twice."""
    if book.stored is None:
        return
    summed = {(body, key): balances.totals(key) for body, balances in book.balances.items() for key in balances}
    kept: dict[tuple[str, Key], Totals] = {}
    for row in book.stored:
        if (row.body, row.key) in kept:
            yield Finding(_of_key(row.body, row.key), "Số phát sinh lũy kế được lưu hai lần.")
        kept[row.body, row.key] = Totals(row.debit, row.credit)
    for body, key in sorted({*summed, *kept}):
        true, stored = summed.get((body, key), Totals()), kept.get((body, key), Totals())
        if true != stored:
            sides = f"lưu nợ {format_integer(stored.debit)}, có {format_integer(stored.credit)}"
            added = f"cộng bút toán nợ {format_integer(true.debit)}, có {format_integer(true.credit)}"
            yield Finding(_of_key(body, key), f"Số phát sinh lũy kế không khớp: {sides}; {added}.")


def cash_is_never_negative(book: Book) -> Iterator[Finding]:
    """No till and no bank account of a fund is below zero at the end of any day."""
    cash = book.chart.codes_marked(Mark.CASH)

    def changes() -> Iterator[tuple[tuple[str, str, str], date, int]]:
        for voucher, entry in book.posted:
            if entry.debit in cash:
                yield (voucher.body, entry.fund, entry.debit), entry.occurred_on, entry.amount
            if entry.credit in cash:
                yield (voucher.body, entry.fund, entry.credit), entry.occurred_on, -entry.amount

    openings: dict[tuple[str, str, str], int] = defaultdict(int)
    for opening in book.openings:
        if opening.key.account in cash:
            openings[opening.body, opening.key.fund, opening.key.account] += opening.net
    for (body, fund, account), short in shortfalls(changes(), openings):
        yield Finding(f"{body}, quỹ {fund}, tài khoản {account}", f"Quỹ tiền âm {_amount(short)}.")


def purposes_are_never_overspent(book: Book) -> Iterator[Finding]:
    """On no day more has been spent on a restricted purpose than was received for it."""
    results = book.chart.codes_of(*RESULTS) | book.chart.codes_marked(Mark.INTERNAL)

    def changes() -> Iterator[tuple[tuple[str, str, str], date, int]]:
        for voucher, entry in book.posted:
            if entry.purpose:
                change = entry.amount * ((entry.credit in results) - (entry.debit in results))
                if change:
                    yield (voucher.body, entry.fund, entry.purpose), entry.occurred_on, change

    openings: dict[tuple[str, str, str], int] = defaultdict(int)
    for opening in book.openings:
        if opening.key.purpose and opening.key.account in results:
            openings[opening.body, opening.key.fund, opening.key.purpose] -= opening.net
    for (body, fund, purpose), short in shortfalls(changes(), openings):
        yield Finding(f"{body}, quỹ {fund}, mục đích {purpose}", f"Chi vượt số tiền có mục đích {_amount(short)}.")


def goods_are_never_negative(book: Book) -> Iterator[Finding]:
    """On no day more of an item was given out than had come in."""
    goods = book.chart.codes_marked(Mark.GOODS)

    def changes() -> Iterator[tuple[tuple[str, str, str], date, int]]:
        for voucher, entry in book.posted:
            change = entry.quantity * ((entry.debit in goods) - (entry.credit in goods))
            if change:
                yield (voucher.body, entry.fund, entry.item), entry.occurred_on, change

    for (body, fund, item), short in shortfalls(changes()):
        quantity = format_integer(-short.quantity)
        sentence = f"Xuất quá số hiện vật đã nhận: thiếu {quantity} vào ngày {date_text(short.day)}."
        yield Finding(f"{body}, quỹ {fund}, mặt hàng {item}", sentence)


def transfers_pair_up(book: Book) -> Iterator[Finding]:
    """Both ends of a movement between levels book its amount, the receiving end in time, and each end is who it should be."""
    internal = book.chart.codes_marked(Mark.INTERNAL)
    sent: dict[str, int] = defaultdict(int)
    received: dict[str, int] = defaultdict(int)
    known = {transfer.id: transfer for transfer in book.transfers}
    for voucher, entry in book.posted:
        if (entry.debit in internal) != (entry.credit in internal):
            if entry.transfer not in known:
                yield Finding(place(voucher, entry), "Bút toán chuyển tiền giữa các cấp không thuộc lệnh chuyển nào.")
            # A reversal takes back what its own end had booked.
            is_sending = (entry.debit in internal) == (entry.reverses is None)
            change = entry.amount if entry.reverses is None else -entry.amount
            order = known.get(entry.transfer)
            end = None if order is None else order.sender if is_sending else order.receiver
            if end not in (None, (voucher.body, entry.fund)):
                yield Finding(place(voucher, entry), f"Bút toán không thuộc đầu của lệnh chuyển {entry.transfer}.")
            (sent if is_sending else received)[entry.transfer] += change
    for transfer in book.transfers:
        out, came = sent.get(transfer.id, 0), received.get(transfer.id, 0)
        if out != transfer.amount or came != (transfer.amount if transfer.is_received else 0):
            sides = f"chuyển {format_integer(out)}, nhận {format_integer(came)}"
            yield Finding(
                f"lệnh chuyển {transfer.id}",
                f"Hai đầu chuyển tiền không khớp {format_integer(transfer.amount)}: {sides}.",
            )
        elif out and not came and transfer.due_on is not None and transfer.due_on < book.last_day:
            late = f"{format_integer(out)} đồng, hạn {date_text(transfer.due_on)}"
            yield Finding(f"lệnh chuyển {transfer.id}", f"Đã chuyển mà nơi nhận không ghi sổ: {late}.")


def _of_key(body: str, key: Key) -> str:
    purpose = f", mục đích {key.purpose}" if key.purpose else ""
    return f"{body}, quỹ {key.fund}{purpose}, tài khoản {key.account}"


def _amount(short: Shortfall) -> str:
    return f"{format_integer(-short.quantity)} đồng vào cuối ngày {date_text(short.day)}"
