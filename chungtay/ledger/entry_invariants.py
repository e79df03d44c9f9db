"""What must hold of every single entry, its accounts and its days."""

from collections.abc import Iterator
from datetime import date

from chungtay.kernel.money import MAX_VND
from chungtay.kernel.text import date_text
from chungtay.ledger.accounts import AccountType, check_chart
from chungtay.ledger.book import Book
from chungtay.ledger.entries import entry_text
from chungtay.ledger.findings import Finding, place


def chart_is_sound(book: Book) -> Iterator[Finding]:
    """Codes are unique on every day, parents exist and go in no circle."""
    for problem in check_chart(book.accounts):
        yield Finding(f"tài khoản {problem.where}", problem.sentence)


def entry_ids_are_unique(book: Book) -> Iterator[Finding]:
    """No two entries and no two vouchers share an id."""
    entries: set[int] = set()
    vouchers: set[int] = set()
    for voucher in book.vouchers:
        if voucher.id in vouchers:
            yield Finding(place(voucher), f"Mã chứng từ {voucher.id} bị dùng hai lần.")
        vouchers.add(voucher.id)
        for entry in voucher.entries:
            if entry.id in entries:
                yield Finding(place(voucher, entry), f"Mã bút toán {entry.id} bị dùng hai lần.")
            entries.add(entry.id)


def amounts_are_positive(book: Book) -> Iterator[Finding]:
    """Amounts are whole đồng in 1..MAX_VND."""
    for voucher, entry in book.posted:
        if type(entry.amount) is not int or not 0 < entry.amount <= MAX_VND:
            yield Finding(
                place(voucher, entry), f"Số tiền {entry.amount} không phải số đồng nguyên lớn hơn 0 trong giới hạn."
            )


def accounts_are_two(book: Book) -> Iterator[Finding]:
    """Debit and credit differ."""
    for voucher, entry in book.posted:
        if entry.debit == entry.credit:
            yield Finding(place(voucher, entry), f"Ghi nợ và ghi có cùng một tài khoản {entry.debit}.")


def accounts_exist(book: Book) -> Iterator[Finding]:
    """Both accounts are in the chart of the day on which the entry was booked."""
    known = {(code, day): book.chart.on(code, day) is not None for code, day in _code_days(book)}
    for voucher, entry in book.posted:
        for code in (entry.debit, entry.credit):
            if not known[code, entry.booked_on]:
                day = date_text(entry.booked_on)
                yield Finding(place(voucher, entry), f"Tài khoản {code} không có trong hệ thống tài khoản ngày {day}.")


def accounts_are_leaves(book: Book) -> Iterator[Finding]:
    """An account that has parts on the day is a sum; entries go to its parts."""
    summing = {(code, day): book.chart.has_parts(code, day) for code, day in _code_days(book)}
    for voucher, entry in book.posted:
        for code in (entry.debit, entry.credit):
            if summing[code, entry.booked_on]:
                yield Finding(
                    place(voucher, entry), f"Tài khoản {code} là tài khoản tổng hợp, phải ghi vào tài khoản chi tiết."
                )


def off_balance_stands_apart(book: Book) -> Iterator[Finding]:
    """An entry moves between two accounts on the balance sheet or two off it, else each part alone would not balance."""
    outside = book.chart.codes_of(AccountType.OFF_BALANCE)
    inside = book.chart.codes_of(*set(AccountType) - {AccountType.OFF_BALANCE})
    for voucher, entry in book.posted:
        sides = {entry.debit, entry.credit}
        if sides & (outside - inside) and sides & (inside - outside):
            yield Finding(
                place(voucher, entry), f"Một bút toán nối tài khoản trong bảng với ngoài bảng: {entry_text(entry)}."
            )


def nothing_is_booked_early(book: Book) -> Iterator[Finding]:
    """The day of booking is never before the day of the event."""
    for voucher, entry in book.posted:
        if entry.booked_on < entry.occurred_on:
            days = f"ghi sổ {date_text(entry.booked_on)}, phát sinh {date_text(entry.occurred_on)}"
            yield Finding(place(voucher, entry), f"Ghi sổ trước khi nghiệp vụ phát sinh: {days}.")


def _code_days(book: Book) -> set[tuple[str, date]]:
    """Every code with every day on which it was booked."""
    return {(code, entry.booked_on) for _, entry in book.posted for code in (entry.debit, entry.credit)}
