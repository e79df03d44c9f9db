"""What must hold of vouchers: their parts, their numbers, their reversals, their periods, their people and their seal."""

from collections import defaultdict
from collections.abc import Iterator

from chungtay.kernel.text import date_text
from chungtay.ledger.book import Book, BookPeriod, PeriodState
from chungtay.ledger.chain import find_break
from chungtay.ledger.entries import Entry, Voucher, VoucherKind, mirror
from chungtay.ledger.findings import Finding, place
from chungtay.ledger.numbering import BadVoucherNumber, Series, gaps


def vouchers_have_entries(book: Book) -> Iterator[Finding]:
    """No voucher is empty."""
    for voucher in book.vouchers:
        if not voucher.entries:
            yield Finding(place(voucher), "Chứng từ không có bút toán nào.")


def entries_have_their_voucher(book: Book) -> Iterator[Finding]:
    """Every entry stands in the voucher that it names and in its book."""
    for entry in book.strays:
        yield Finding(f"bút toán {entry.id}", f"Bút toán thuộc chứng từ mã {entry.group}, không tìm thấy chứng từ đó.")
    for voucher, entry in book.posted:
        if entry.group != voucher.id or entry.fund != voucher.fund:
            yield Finding(place(voucher, entry), "Bút toán ghi thuộc chứng từ khác hoặc quỹ khác.")


def vouchers_have_one_day(book: Book) -> Iterator[Finding]:
    """The entries of a voucher are booked on one day."""
    for voucher in book.vouchers:
        if len({entry.booked_on for entry in voucher.entries}) > 1:
            yield Finding(place(voucher), "Các bút toán của chứng từ ghi sổ vào những ngày khác nhau.")


def numbers_are_of_their_year(book: Book) -> Iterator[Finding]:
    """The number is well formed, and its year is that of booking."""
    for voucher in book.vouchers:
        try:
            is_wrong = bool(voucher.label) and any(
                entry.booked_on.year != voucher.year for entry in voucher.entries[:1]
            )
        except BadVoucherNumber:
            is_wrong = True
        if is_wrong:
            yield Finding(place(voucher), "Số chứng từ không hợp lệ hoặc không thuộc năm ghi sổ.")


def numbers_are_unique(book: Book) -> Iterator[Finding]:
    """No number is given twice in a series."""
    seen: set[tuple[Series, int]] = set()
    for voucher in book.vouchers:
        numbered = (_series(voucher), voucher.number)
        if numbered in seen:
            yield Finding(place(voucher), "Số chứng từ bị dùng hai lần.")
        seen.add(numbered)


def numbers_have_no_gaps(book: Book) -> Iterator[Finding]:
    """Every series runs from 1 to its last number."""
    numbers: dict[Series, list[int]] = defaultdict(list)
    for voucher in book.vouchers:
        numbers[_series(voucher)].append(voucher.number)
    for series, found in numbers.items():
        for gap in gaps(found):
            where = f"{series.body}, quỹ {series.fund}, {series.prefix}-{series.year}"
            yield Finding(where, f"Thiếu số chứng từ từ {gap.first} đến {gap.last}.")


def reversals_mirror_their_original(book: Book) -> Iterator[Finding]:
    """A reversal undoes a voucher of its own book, entry by entry, on its day or later."""
    for voucher in book.vouchers:
        if voucher.reverses is None:
            if voucher.kind is VoucherKind.REVERSAL or any(entry.reverses is not None for entry in voucher.entries):
                yield Finding(place(voucher), "Bút toán đảo không nêu chứng từ gốc.")
            continue
        original = book.voucher_by_id.get(voucher.reverses)
        if original is None:
            yield Finding(place(voucher), f"Không tìm thấy chứng từ gốc mã {voucher.reverses}.")
        elif voucher.kind is not VoucherKind.REVERSAL or not _mirrors(voucher, original):
            yield Finding(place(voucher), f"Bút toán đảo không khớp chứng từ gốc mã {original.id}.")


def nothing_is_reversed_twice(book: Book) -> Iterator[Finding]:
    """At most one reversal undoes a voucher."""
    seen: set[int] = set()
    for voucher in book.vouchers:
        if voucher.reverses is not None:
            if voucher.reverses in seen:
                yield Finding(place(voucher), f"Chứng từ gốc mã {voucher.reverses} bị đảo hai lần.")
            seen.add(voucher.reverses)


def reversals_are_not_reversed(book: Book) -> Iterator[Finding]:
    """What a reversal undid is booked anew, not by undoing the reversal."""
    for voucher in book.vouchers:
        original = book.voucher_by_id.get(voucher.reverses) if voucher.reverses is not None else None
        if original is not None and original.kind is VoucherKind.REVERSAL:
            yield Finding(place(voucher), "Đảo một bút toán đảo: phải lập chứng từ mới thay vào đó.")


def closed_periods_stay_closed(book: Book) -> Iterator[Finding]:
    """Nothing that was posted after the closing of a period is booked in it."""
    periods: dict[str, list[BookPeriod]] = defaultdict(list)
    for period in book.periods:
        if period.state is PeriodState.CLOSED:
            periods[period.body].append(period)
    for voucher, entry in book.posted:
        for period in periods.get(voucher.body, ()):
            if period.start <= entry.booked_on < period.end and voucher.position > period.last_position:
                yield Finding(place(voucher, entry), f"Ghi vào kỳ đã khóa sổ, ngày {date_text(entry.booked_on)}.")


def drafter_is_not_poster(book: Book) -> Iterator[Finding]:
    """Nobody posts what they drafted, and somebody posted it."""
    for voucher in book.vouchers:
        if not voucher.posted_by or voucher.posted_by == voucher.drafted_by:
            yield Finding(
                place(voucher), "Người lập chứng từ cũng là người ghi sổ, hoặc chứng từ không có người ghi sổ."
            )


def poster_is_not_payer(book: Book) -> Iterator[Finding]:
    """Nobody hands out what they posted."""
    for voucher in book.vouchers:
        if voucher.paid_by and voucher.paid_by == voucher.posted_by:
            yield Finding(place(voucher), "Người ghi sổ cũng là người chi tiền.")


def chain_is_unbroken(book: Book) -> Iterator[Finding]:
    """Every voucher carries the hash of the one before, and what was published is still there."""
    for body in sorted({*book.chains, *book.heads}):
        broken = find_break(book.chains.get(body, ()), book.heads.get(body))
        if broken is not None:
            yield Finding(f"{body}, vị trí {broken[0]} trong chuỗi", broken[1])


def _series(voucher: Voucher) -> Series:
    return Series(voucher.body, voucher.fund, voucher.prefix, voucher.year)


def _mirrors(voucher: Voucher, original: Voucher) -> bool:
    if (voucher.body, voucher.fund, len(voucher.entries)) != (original.body, original.fund, len(original.entries)):
        return False
    return all(_is_mirror(own, undone) for own, undone in zip(voucher.entries, original.entries, strict=True))


def _is_mirror(own: Entry, undone: Entry) -> bool:
    if own.booked_on < undone.booked_on:
        return False
    # The memo may say why it was undone; the rest is what `mirror` makes.
    expected = mirror(undone, entry_id=own.id, group=own.group, booked_on=own.booked_on)
    return _booked(own) == _booked(expected)


def _booked(entry: Entry) -> tuple[object, ...]:
    return (
        *(entry.debit, entry.credit, entry.amount, entry.occurred_on, entry.fund, entry.purpose, entry.donor),
        *(entry.transfer, entry.item, entry.quantity, entry.reverses),
    )
