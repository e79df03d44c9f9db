"""The seal: whatever is changed in one voucher or in the order of all is found at its place."""

import random
from dataclasses import fields, replace
from datetime import date

from chungtay.ledger.chain import GENESIS, chain_hash, find_break
from chungtay.ledger.entries import Entry, Voucher, VoucherKind
from chungtay.ledger.tests.sample_books import book_of, random_steps

CHAIN = max(book_of(random_steps(5, 200)).chains.values(), key=len)


def other(value):
    """Another value of the same type."""
    if isinstance(value, VoucherKind):
        return VoucherKind.TRANSFER if value is not VoucherKind.TRANSFER else VoucherKind.RECEIPT
    if isinstance(value, date):
        return value.replace(day=value.day % 28 + 1)
    if isinstance(value, str):
        return value + "x"
    return (value or 0) + 1


def test_a_whole_chain_has_no_break():
    assert find_break(CHAIN) is None
    assert find_break(CHAIN, (3, CHAIN[2].hash)) is None
    assert find_break([], (0, GENESIS)) is None


def test_a_hash_is_sixty_four_digits_and_stays_what_it_is():
    """Books that were sealed once must verify with every later version."""
    day = date(2025, 10, 17)
    entry = Entry(1, "1121", "511", 50_000, day, day, 1, "VNN", donor="Nguyễn Văn A")
    voucher = Voucher(1, VoucherKind.RECEIPT, "X301", "VNN", "PT", 2025, 1, (entry,), "An", "Bình", position=1)
    assert chain_hash(GENESIS, voucher) == "c8c8cce25630ad8a98a6ca7ba8dae8389bc5982c63932cac3c3e907290a64725"


def test_every_change_of_every_field_is_found_at_its_place():
    source = random.Random(3)
    for field in fields(Voucher):
        if field.name not in ("entries", "paid_by"):  # who hands the money out is recorded later
            at = source.randrange(len(CHAIN))
            changed = replace(CHAIN[at], **{field.name: other(getattr(CHAIN[at], field.name))})
            assert find_break([*CHAIN[:at], changed, *CHAIN[at + 1 :]])[0] == at + 1, field.name
    for field in fields(Entry):
        at = source.randrange(len(CHAIN))
        first, *rest = CHAIN[at].entries
        entry = replace(first, **{field.name: other(getattr(first, field.name))})
        changed = replace(CHAIN[at], entries=(entry, *rest))
        assert find_break([*CHAIN[:at], changed, *CHAIN[at + 1 :]])[0] == at + 1, field.name


def test_a_voucher_dropped_slipped_in_or_moved_is_found():
    assert find_break(CHAIN[1:])[0] == 1
    assert find_break([*CHAIN[:4], *CHAIN[5:]])[0] == 5
    assert find_break([*CHAIN[:4], CHAIN[3], *CHAIN[4:]])[0] == 5
    forged = replace(CHAIN[4], position=5, previous_hash=CHAIN[2].hash)
    assert find_break([*CHAIN[:4], forged, *CHAIN[5:]])[0] == 5


def test_a_cut_tail_needs_the_published_head():
    assert find_break(CHAIN[:-1]) is None
    assert find_break(CHAIN[:-1], (len(CHAIN), CHAIN[-1].hash))[0] == len(CHAIN)
