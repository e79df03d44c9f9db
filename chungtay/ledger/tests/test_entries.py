"""What may be booked, and how it is undone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from chungtay.kernel.errors import DomainError
from chungtay.kernel.money import MAX_VND
from chungtay.ledger.balances import Balances
from chungtay.ledger.entries import (
    Entry,
    EntryNotBookable,
    NotReversible,
    SamePerson,
    Voucher,
    VoucherKind,
    VoucherNotBookable,
    check_entry,
    check_voucher,
    entry_text,
    reversal_of,
)
from chungtay.ledger.tests.sample_books import book_of, entries_of, steps

DAY = date(2025, 10, 17)
ENTRY = Entry(1, "1121", "511", 50_000, DAY, DAY, 1, "VNN")
VOUCHER = Voucher(1, VoucherKind.RECEIPT, "X301", "VNN", "PT", 2025, 123, (ENTRY,), "An", "Bình")


def undone(voucher, **changes):
    told = {
        "voucher_id": 9,
        "entry_ids": range(90, 90 + len(voucher.entries)),
        "prefix": "GD",
        "number": 1,
        "booked_on": DAY + timedelta(days=5),
        "reversed_ids": (),
        "by": "An",
    }
    return reversal_of(voucher, **{**told, **changes})


def test_what_is_right_is_booked_and_read_aloud():
    assert check_entry(ENTRY) is ENTRY
    assert check_entry(replace(ENTRY, amount=MAX_VND, item="gạo", quantity=1))
    assert check_voucher(VOUCHER).label == "PT-2025-000123"
    assert entry_text(ENTRY) == "Nợ 1121 / Có 511: 50.000 đồng"


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"amount": 0}, "lớn hơn 0"),
        ({"amount": -5}, "lớn hơn 0"),
        ({"amount": 2.5}, "nguyên"),
        ({"amount": True}, "nguyên"),
        ({"amount": MAX_VND + 1}, "không hợp lệ"),
        ({"fund": ""}, "quỹ nào"),
        ({"debit": ""}, "ghi nợ"),
        ({"credit": "1121"}, "trùng nhau (1121)"),
        ({"booked_on": DAY - timedelta(days=1)}, "16/10/2025"),
        ({"item": "gạo"}, "số lượng"),
        ({"quantity": 5}, "mặt hàng"),
        ({"item": "gạo", "quantity": -1}, "số lượng"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(changes, word):
    with pytest.raises(DomainError, match=word.replace("(", r"\(").replace(")", r"\)")):
        check_entry(replace(ENTRY, **changes))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"entries": ()}, VoucherNotBookable),
        ({"entries": (replace(ENTRY, amount=0),)}, EntryNotBookable),
        ({"entries": (replace(ENTRY, group=2),)}, VoucherNotBookable),
        ({"entries": (replace(ENTRY, fund="CT"),)}, VoucherNotBookable),
        ({"entries": (ENTRY, replace(ENTRY, id=2, booked_on=DAY + timedelta(days=1)))}, VoucherNotBookable),
        ({"year": 2026}, VoucherNotBookable),
        ({"reverses": 5}, VoucherNotBookable),
        ({"kind": VoucherKind.REVERSAL}, VoucherNotBookable),
        ({"posted_by": "An"}, SamePerson),
        ({"paid_by": "Bình"}, SamePerson),
    ],
)
def test_a_voucher_whose_parts_do_not_belong_together_is_refused(changes, error):
    with pytest.raises(error):
        check_voucher(replace(VOUCHER, **changes))


def test_a_draft_has_no_poster_yet():
    assert check_voucher(replace(VOUCHER, posted_by=""))


def test_a_reversal_swaps_the_sides_and_is_dated_on_its_day():
    reversal = check_voucher(undone(VOUCHER))
    (entry,) = reversal.entries
    assert (entry.debit, entry.credit, entry.amount, entry.reverses) == ("511", "1121", 50_000, 1)
    assert entry.occurred_on == entry.booked_on == date(2025, 10, 22)
    assert (reversal.kind, reversal.reverses, reversal.label) == (VoucherKind.REVERSAL, 1, "GD-2025-000001")
    assert (reversal.drafted_by, reversal.posted_by, reversal.hash) == ("An", "", "")


def test_a_reversal_in_a_later_year_is_numbered_there():
    assert undone(VOUCHER, booked_on=date(2026, 1, 5)).label == "GD-2026-000001"


@pytest.mark.parametrize(
    ("voucher", "changes", "word"),
    [
        (undone(VOUCHER), {}, "là bút toán đảo"),
        (VOUCHER, {"reversed_ids": {1}}, "đã được đảo"),
        (VOUCHER, {"booked_on": DAY - timedelta(days=1)}, "không sớm hơn"),
    ],
)
def test_what_may_not_be_undone_is_refused(voucher, changes, word):
    with pytest.raises(NotReversible, match=word):
        undone(voucher, **changes)


@settings(max_examples=60, deadline=None)
@given(steps(25))
def test_undoing_everything_brings_every_balance_back_to_its_opening(drawn):
    book = book_of(drawn)
    openings = {opening.key: opening.net for opening in book.openings if opening.body == "T87"}
    balances = Balances(openings, entries_of(book, "T87"))
    day = max((entry.booked_on for entry in entries_of(book)), default=DAY)
    kept = [voucher for voucher in book.vouchers if voucher.body == "T87" and voucher.kind is not VoucherKind.REVERSAL]
    for voucher in kept:
        if voucher.id not in {each.reverses for each in book.vouchers}:
            for entry in undone(voucher, booked_on=day).entries:
                balances.apply(entry)
    assert {key: balances.net(key) for key in balances if balances.net(key)} == openings
