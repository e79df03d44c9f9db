"""Faults that come after the booking: a line that rests on what was undone, a transfer that is late or not its end's."""

from dataclasses import replace

from chungtay.ledger.book import BankLine, BankLink
from chungtay.ledger.entries import VoucherKind
from chungtay.ledger.tests.sample_books import BANK, START


def still_explained(book):
    """The book with a bank line that rests on an entry that was undone."""
    undone = (book.entry_by_id[entry.reverses] for _, entry in book.posted if entry.reverses and entry.debit == BANK)
    entry = next(undone)
    line = BankLine("SK0", BANK, entry.booked_on, -entry.amount, True)
    link = BankLink("SK0", entry.id, entry.amount)
    return replace(book, bank_lines=[*book.bank_lines, line], bank_links=[*book.bank_links, link])


def overdue(book):
    """The book with the day passed on which what is under way should have been received."""
    return replace(
        book, transfers=[each if each.is_received else each._replace(due_on=START) for each in book.transfers]
    )


def from_elsewhere(book):
    """The book with a transfer that another fund was to send."""
    first, *others = book.transfers
    return replace(book, transfers=[first._replace(sender=("T87", "another fund")), *others])


def reversal_reversed(clerk):
    """A reversal is undone as if it were a payment."""
    reversal = next(voucher for voucher in reversed(clerk.vouchers) if voucher.kind is VoucherKind.REVERSAL)
    clerk.undo_voucher(replace(reversal, kind=VoucherKind.PAYMENT))
