"""An entry and the voucher it belongs to, and when they may be booked.

One entry is (debit account, credit account, amount > 0), so any set of entries balances by construction. Nothing booked is
ever changed: what was wrong is undone by a reversal, dated on the day on which it is made.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from chungtay.kernel.errors import DomainError
from chungtay.kernel.money import check_vnd
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.ledger.numbering import format_number


class VoucherKind(StrEnum):
    """What a voucher records."""

    RECEIPT = "receipt"
    PAYMENT = "payment"
    TRANSFER = "transfer"
    IN_KIND_RECEIPT = "in_kind_receipt"
    IN_KIND_ISSUE = "in_kind_issue"
    CLOSING = "closing"
    REVERSAL = "reversal"


PAYING = frozenset({VoucherKind.PAYMENT, VoucherKind.TRANSFER})
"""Kinds by which money leaves, so that a second person has to hand it out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: `amount` integer đồng from the credit account to the debit account.

    It happened on `occurred_on` and stands in the books on `booked_on`. Both sides bear one fund and one `purpose` ("" =
    unrestricted): money that changes its purpose takes two entries. `transfer` is shared by both ends of a movement between
    two levels. `quantity` counts goods of `item` in its smallest unit; `reverses` is the id of the entry that it undoes.
    """

    id: int
    debit: str
    credit: str
    amount: int
    occurred_on: date
    booked_on: date
    group: int
    fund: str
    purpose: str = ""
    donor: str = ""
    memo: str = ""
    transfer: str = ""
    item: str = ""
    quantity: int = 0
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class Voucher:
    """Entries that were booked together, in one book (`body`, `fund`), under one number.

    `position` counts the vouchers of a body from 1 in the order of posting, whatever their series; `previous_hash` and
    `hash` seal that order (`chain.py`). Who handed the money out (`paid_by`) is "" where none left.
    """

    id: int
    kind: VoucherKind
    body: str
    fund: str
    prefix: str
    year: int
    number: int
    entries: tuple[Entry, ...]
    drafted_by: str = ""
    posted_by: str = ""
    paid_by: str = ""
    reverses: int | None = None
    position: int = 0
    previous_hash: str = ""
    hash: str = ""

    @property
    def label(self) -> str:
        """The number as printed: "PT-2025-000123"."""
        return format_number(self.prefix, self.year, self.number)


class EntryNotBookable(DomainError):
    """An entry that no book may hold."""


class VoucherNotBookable(DomainError):
    """A voucher whose parts do not belong together."""


class SamePerson(DomainError):
    """Somebody would post what they drafted, or hand out what they posted."""


class NotReversible(DomainError):
    """A voucher that may not be reversed, or not on that day."""


def check_entry(entry: Entry) -> Entry:
    """Return an entry that may be booked. Raises EntryNotBookable and AmountOutOfRange."""
    if type(entry.amount) is not int or entry.amount <= 0:
        raise EntryNotBookable("Số tiền của bút toán phải là số đồng nguyên, lớn hơn 0.")
    check_vnd(entry.amount)
    if not entry.fund:
        raise EntryNotBookable("Bút toán chưa ghi thuộc quỹ nào, hãy chọn quỹ.")
    if not entry.debit or not entry.credit:
        raise EntryNotBookable("Bút toán phải có cả tài khoản ghi nợ và tài khoản ghi có.")
    if entry.debit == entry.credit:
        raise EntryNotBookable(f"Tài khoản ghi nợ và ghi có không được trùng nhau ({entry.debit}).")
    if entry.booked_on < entry.occurred_on:
        days = f"ngày ghi sổ {date_text(entry.booked_on)}, ngày phát sinh {date_text(entry.occurred_on)}"
        raise EntryNotBookable(f"Không ghi sổ trước khi nghiệp vụ phát sinh: {days}.")
    if entry.quantity < 0 or bool(entry.item) != (entry.quantity > 0):
        raise EntryNotBookable("Hiện vật phải ghi đủ tên mặt hàng và số lượng lớn hơn 0.")
    return entry


def check_voucher(voucher: Voucher) -> Voucher:
    """Return a voucher that may be booked: its entries too, one book, one day, different people.

    Raises VoucherNotBookable, SamePerson and what `check_entry` raises.
    """
    label = voucher.label
    if not voucher.entries:
        raise VoucherNotBookable(f"Chứng từ {label} chưa có bút toán nào.")
    for entry in voucher.entries:
        check_entry(entry)
        if entry.group != voucher.id or entry.fund != voucher.fund:
            raise VoucherNotBookable(f"Bút toán {entry.id} không thuộc chứng từ {label} hoặc thuộc quỹ khác.")
    days = {entry.booked_on for entry in voucher.entries}
    if len(days) > 1 or min(days).year != voucher.year:
        raise VoucherNotBookable(
            f"Các bút toán của chứng từ {label} phải ghi sổ cùng một ngày trong năm {voucher.year}."
        )
    if (voucher.kind is VoucherKind.REVERSAL) != (voucher.reverses is not None):
        raise VoucherNotBookable(f"Chứng từ {label} ghi đảo phải nêu chứng từ gốc, chứng từ khác thì không.")
    if voucher.posted_by and voucher.posted_by == voucher.drafted_by:
        raise SamePerson(f"Người lập chứng từ {label} không được tự ghi sổ, hãy để người khác ghi.")
    if voucher.paid_by and voucher.paid_by == voucher.posted_by:
        raise SamePerson(f"Người ghi sổ chứng từ {label} không được tự chi tiền, hãy để người khác chi.")
    return voucher


def mirror(entry: Entry, *, entry_id: int, group: int, booked_on: date) -> Entry:
    """Return the entry that undoes another: debit and credit change places, all else but the days stays."""
    return replace(
        entry,
        id=entry_id,
        group=group,
        debit=entry.credit,
        credit=entry.debit,
        occurred_on=booked_on,
        booked_on=booked_on,
        reverses=entry.id,
    )


def reversal_of(
    voucher: Voucher,
    *,
    voucher_id: int,
    entry_ids: Iterable[int],
    prefix: str,
    number: int,
    booked_on: date,
    reversed_ids: Container[int],
    by: str,
) -> Voucher:
    """Return the voucher that undoes another, drafted by `by`, not yet posted nor sealed.

    `entry_ids` are the ids that its entries get, one for each of the original; `reversed_ids` the ids of the vouchers of
    the book that a reversal exists for. Raises NotReversible for a reversal, for a voucher that was reversed already, and
    for a day before the original was booked.
    """
    if voucher.kind is VoucherKind.REVERSAL:
        raise NotReversible(f"Chứng từ {voucher.label} là bút toán đảo, không đảo lại: hãy lập chứng từ mới.")
    if voucher.id in reversed_ids:
        raise NotReversible(f"Chứng từ {voucher.label} đã được đảo một lần, không đảo thêm.")
    if any(booked_on < entry.booked_on for entry in voucher.entries):
        raise NotReversible(
            f"Chứng từ {voucher.label} ghi sổ sau ngày {date_text(booked_on)}: bút toán đảo ghi vào ngày lập, không sớm hơn."
        )
    pairs = zip(voucher.entries, entry_ids, strict=True)
    return Voucher(
        id=voucher_id,
        kind=VoucherKind.REVERSAL,
        body=voucher.body,
        fund=voucher.fund,
        prefix=prefix,
        year=booked_on.year,
        number=number,
        entries=tuple(mirror(entry, entry_id=new, group=voucher_id, booked_on=booked_on) for entry, new in pairs),
        drafted_by=by,
        reverses=voucher.id,
    )


def entry_text(entry: Entry) -> str:
    """Say in short what an entry books: "Nợ 1121 / Có 511: 50.000 đồng"."""
    return f"Nợ {entry.debit} / Có {entry.credit}: {format_integer(entry.amount)} đồng"
