"""What was published must still be so: seals of books in their chains, and sums of days equal to the bank's lines."""

from collections.abc import Iterator

from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.ledger.book import Book
from chungtay.ledger.findings import Finding


def published_seals_are_in_their_chains(book: Book) -> Iterator[Finding]:
    """Every seal that was given out is that of the same voucher still: a cut or rewritten book has another, or none."""
    sealed = {(voucher.body, voucher.position): voucher.hash for voucher in book.vouchers}
    for seal in book.published:
        if sealed.get((seal.body, seal.position)) != seal.hash:
            where = f"{seal.body}, chứng từ thứ {seal.position}, công bố cùng {seal.where}"
            yield Finding(where, "Dấu niêm phong đã công bố không còn trong sổ: sổ bị cắt hoặc ghi lại.")


def seals_asked_for_are_known(book: Book) -> Iterator[Finding]:
    """Every seal that somebody kept outside is that of some voucher."""
    known = {voucher.hash for voucher in book.vouchers}
    for seal in book.asked:
        if seal not in known:
            yield Finding(f"dấu {seal}", "Không chứng từ nào mang dấu niêm phong này: sổ bị cắt hoặc ghi lại.")


def told_days_equal_the_bank(book: Book) -> Iterator[Finding]:
    """What was published of a day adds up to the bank's lines that were known then, to the đồng, in and out."""
    for day in book.told:
        if (day.told_in, day.told_out) != (day.bank_in, day.bank_out):
            told = f"vào {format_integer(day.told_in)}, ra {format_integer(day.told_out)}"
            bank = f"vào {format_integer(day.bank_in)}, ra {format_integer(day.bank_out)}"
            yield Finding(f"{day.account}, ngày {date_text(day.day)}", f"Đã công bố {told}; ngân hàng ghi {bank} đồng.")
