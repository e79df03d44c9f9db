"""A sound book has no breach; every invariant has a planted fault that it and no other reports."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from chungtay.ledger.balances import Key
from chungtay.ledger.book import BankLine, BankLink, BookPeriod, Opening, PeriodState, PublishedSeal, ToldDay
from chungtay.ledger.entries import VoucherKind
from chungtay.ledger.invariants import INVARIANTS, verify
from chungtay.ledger.tests.later_faults import from_elsewhere, overdue, reversal_reversed, still_explained
from chungtay.ledger.tests.sample_books import (
    BANK,
    FUND,
    GOODS,
    HELD,
    HELD_BACK,
    PROVINCE,
    PURPOSES,
    RESULT,
    SPENT,
    START,
    TILL,
    Clerk,
    account,
    book_of,
    large_book,
    random_steps,
    sealed,
    steps,
)


def good_clerk():
    """One of everything, and enough of it, and the last day is in the open period."""
    clerk = Clerk()
    for step in random_steps(7, 150, days=3):
        clerk.step(*step)
    for what in (0, 3, 6, 0, 1, 5, 6):
        clerk.step(what, 0, 0, 2_000, 5)
    return clerk


GOOD = good_clerk().book()


def last(kind, book=GOOD, body=PROVINCE):
    """The last voucher of a kind, which is also the last of its series."""
    return next(voucher for voucher in reversed(book.vouchers) if (voucher.kind, voucher.body) == (kind, body))


def last_held(book=GOOD):
    """The last voucher off the balance sheet: no other record refers to it."""
    return next(
        voucher
        for voucher in reversed(book.vouchers)
        if voucher.entries[0].debit == HELD and voucher.number == last(voucher.kind, body=voucher.body).number
    )


def changed(old, **changes):
    """The good book with one voucher changed, as if it had been booked so."""
    return sealed(replace(GOOD, vouchers=[replace(old, **changes) if each is old else each for each in GOOD.vouchers]))


def first_entry(old, **changes):
    """The good book with the first entry of a voucher changed."""
    first, *rest = old.entries
    return changed(old, entries=(replace(first, **changes), *rest))


def with_more(act):
    """A good book to which the clerk adds what no clerk may."""
    clerk = good_clerk()
    act(clerk)
    return sealed(replace(clerk.book(), periods=GOOD.periods))


def twice_reversed(clerk):
    undone = next(voucher for voucher in reversed(clerk.vouchers) if voucher.id in clerk.reversed)
    clerk.reversed.discard(undone.id)
    clerk.undo_voucher(undone)


def overspent(clerk):
    purpose = PURPOSES[1]
    clerk.post(PROVINCE, VoucherKind.PAYMENT, clerk.entry(SPENT, BANK, 450_000, purpose=purpose))


def late_in_closed_period(book):
    period = next(each for each in book.periods if each.state is PeriodState.CLOSED and each.last_position)
    early = period._replace(last_position=period.last_position - 1)
    return replace(book, periods=[early if each is period else each for each in book.periods])


def first_of(rows, **changes):
    """The rows with the first one changed."""
    return [rows[0]._replace(**changes), *rows[1:]]


HELD_VOUCHER = last_held()
RECEIPT, PAYMENT = last(VoucherKind.RECEIPT), last(VoucherKind.PAYMENT)
LINE, LINK = GOOD.bank_lines[0], GOOD.bank_links[0]
SEALED = GOOD.vouchers[0]
SEAL = PublishedSeal(SEALED.body, SEALED.position, SEALED.hash, "vnn ngày 2025-03-03")
TOLD = ToldDay("vnn", LINE.day, 500_000, 200_000, 500_000, 200_000)
RUNNING_DOWN = 10_000_000_000

FAULTS = {
    "chart-sound": lambda: replace(GOOD, accounts=[*GOOD.accounts, account("999", GOOD.accounts[0].type, parent="99")]),
    "ids-unique": lambda: first_entry(HELD_VOUCHER, id=HELD_VOUCHER.entries[1].id),
    "positive-amount": lambda: first_entry(HELD_VOUCHER, amount=0),
    "two-different-accounts": lambda: first_entry(HELD_VOUCHER, credit=HELD),
    "accounts-exist-on-day": lambda: first_entry(HELD_VOUCHER, debit="008"),
    "posted-to-leaf-accounts": lambda: first_entry(HELD_VOUCHER, debit="007"),
    "off-balance-apart": lambda: first_entry(HELD_VOUCHER, debit=TILL),
    "booked-not-before-event": lambda: first_entry(
        HELD_VOUCHER, occurred_on=HELD_VOUCHER.entries[0].booked_on + timedelta(days=1)
    ),
    "voucher-has-entries": lambda: changed(HELD_VOUCHER, entries=()),
    "entry-in-its-voucher": lambda: first_entry(HELD_VOUCHER, group=1),
    "voucher-on-one-day": lambda: first_entry(
        HELD_VOUCHER, booked_on=HELD_VOUCHER.entries[0].booked_on + timedelta(days=1)
    ),
    "number-of-its-year": lambda: changed(HELD_VOUCHER, year=2031, number=1),
    "numbers-unique": lambda: changed(RECEIPT, number=RECEIPT.number - 1),
    "numbers-gap-free": lambda: changed(RECEIPT, number=RECEIPT.number + 1),
    "reversal-mirrors-original": lambda: first_entry(last(VoucherKind.REVERSAL), amount=1_000_000),
    "reversed-once": lambda: with_more(twice_reversed),
    "reversal-not-reversed": lambda: with_more(reversal_reversed),
    "no-posting-in-closed-period": lambda: late_in_closed_period(GOOD),
    "drafter-is-not-poster": lambda: changed(RECEIPT, drafted_by=RECEIPT.posted_by),
    "poster-is-not-payer": lambda: changed(PAYMENT, paid_by=PAYMENT.posted_by),
    "hash-chain-unbroken": lambda: replace(
        GOOD, vouchers=[replace(each, drafted_by="Dũng") if each is RECEIPT else each for each in GOOD.vouchers]
    ),
    "trial-balance-zero": lambda: replace(GOOD, openings=first_of(GOOD.openings, net=GOOD.openings[0].net + 1)),
    "stored-balances-equal-sums": lambda: replace(GOOD, stored=first_of(GOOD.stored, debit=GOOD.stored[0].debit + 1)),
    "cash-never-negative": lambda: with_more(
        lambda clerk: clerk.post(PROVINCE, VoucherKind.PAYMENT, clerk.entry(SPENT, TILL, RUNNING_DOWN))
    ),
    "restricted-purpose-never-overspent": lambda: with_more(overspent),
    "in-kind-quantity-never-negative": lambda: first_entry(last(VoucherKind.IN_KIND_ISSUE), quantity=RUNNING_DOWN),
    "transfers-pair-up": lambda: replace(GOOD, transfers=first_of(GOOD.transfers, amount=GOOD.transfers[0].amount + 1)),
    "bank-line-explained": lambda: replace(GOOD, bank_links=first_of(GOOD.bank_links, amount=LINK.amount - 1)),
    "entry-explains-once": lambda: replace(
        GOOD,
        bank_lines=[*GOOD.bank_lines, BankLine("SK0", BANK, LINE.day, LINE.amount, True)],
        bank_links=[*GOOD.bank_links, BankLink("SK0", LINK.entry, LINK.amount)],
    ),
    "bank-link-on-its-side": lambda: replace(GOOD, bank_lines=first_of(GOOD.bank_lines, amount=-LINE.amount)),
    "bank-link-not-reversed": lambda: still_explained(GOOD),
    "published-seal-in-chain": lambda: replace(GOOD, published=[SEAL._replace(position=SEAL.position + 1)]),
    "kept-seal-known": lambda: replace(GOOD, asked=["0" * 64]),
    "published-day-equals-bank": lambda: replace(GOOD, told=[TOLD._replace(told_in=TOLD.bank_in + 1)]),
}


def test_what_was_published_and_is_still_so_is_no_breach():
    assert verify(replace(GOOD, published=[SEAL], asked=[SEAL.hash], told=[TOLD])) == []


def names(book):
    return {breach.name for breach in verify(book)}


def test_the_good_book_has_one_of_everything_and_no_breach():
    assert {voucher.kind for voucher in GOOD.vouchers} == set(VoucherKind)
    assert any(transfer.is_received for transfer in GOOD.transfers)
    assert any(not transfer.is_received for transfer in GOOD.transfers)
    assert any(entry.occurred_on < entry.booked_on for _, entry in GOOD.posted)
    assert verify(GOOD) == []


@settings(max_examples=60, deadline=None)
@given(steps())
def test_whatever_a_clerk_may_do_breaks_nothing(drawn):
    assert verify(book_of(drawn)) == []


def test_there_are_at_least_fifteen_and_each_has_its_fault():
    assert len(INVARIANTS) >= 15
    assert FAULTS.keys() == INVARIANTS.keys()


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_reported_by_its_invariant_and_no_other(name):
    found = verify(FAULTS[name]())
    assert {breach.name for breach in found} == {name}
    assert all(breach.where and breach.sentence.endswith(".") for breach in found)


def dropped(count):
    return sealed_cut(GOOD.vouchers[: len(GOOD.vouchers) - count])


def sealed_cut(vouchers):
    """A chain that was written anew throughout, checked against the head that was given out before."""
    return replace(sealed(replace(GOOD, vouchers=vouchers)), heads=GOOD.heads)


MORE_FAULTS = {
    "an amount that is no integer": (lambda: first_entry(HELD_VOUCHER, amount=2.5), "positive-amount"),
    "a voucher without a poster": (lambda: changed(RECEIPT, posted_by=""), "drafter-is-not-poster"),
    "a prefix that is none": (lambda: changed(HELD_VOUCHER, prefix="p t", number=1), "number-of-its-year"),
    "an entry that nobody claims": (
        lambda: replace(GOOD, strays=[replace(HELD_VOUCHER.entries[0], id=10**6)]),
        "entry-in-its-voucher",
    ),
    "two vouchers that changed places": (
        lambda: replace(
            GOOD,
            vouchers=[
                replace(each, position=3 - each.position) if each.position < 3 else each for each in GOOD.vouchers
            ],
        ),
        "hash-chain-unbroken",
    ),
    "a whole chain written anew": (
        lambda: replace(changed(RECEIPT, drafted_by="Dũng"), heads=GOOD.heads),
        "hash-chain-unbroken",
    ),
    "a body that has vanished": (lambda: replace(GOOD, heads={**GOOD.heads, "X9": (1, "f")}), "hash-chain-unbroken"),
    "a reversal that names no original": (
        lambda: changed(last(VoucherKind.REVERSAL), reverses=None),
        "reversal-mirrors-original",
    ),
    "an entry that undoes another in a voucher that does not": (
        lambda: first_entry(HELD_VOUCHER, reverses=1),
        "reversal-mirrors-original",
    ),
    "a reversal of nothing": (lambda: changed(last(VoucherKind.REVERSAL), reverses=10**6), "reversal-mirrors-original"),
    "a sum that is missing": (lambda: replace(GOOD, stored=GOOD.stored[1:]), "stored-balances-equal-sums"),
    "a sum kept twice": (lambda: replace(GOOD, stored=[*GOOD.stored, GOOD.stored[0]]), "stored-balances-equal-sums"),
    "a sum of nothing": (
        lambda: replace(GOOD, stored=[*GOOD.stored, GOOD.stored[0]._replace(body="X9")]),
        "stored-balances-equal-sums",
    ),
    "a till that opens below zero": (
        lambda: replace(
            GOOD,
            openings=[
                *GOOD.openings,
                GOOD.openings[0]._replace(body="X9", net=-5),
                GOOD.openings[0]._replace(body="X9", key=Key("VNN", "", GOODS), net=5),
            ],
        ),
        "cash-never-negative",
    ),
    "a transfer nobody knows": (lambda: replace(GOOD, transfers=GOOD.transfers[1:]), "transfers-pair-up"),
    "a transfer that its receiver did not book in time": (lambda: overdue(GOOD), "transfers-pair-up"),
    "a transfer booked by another body": (lambda: from_elsewhere(GOOD), "transfers-pair-up"),
    "a transfer that was never received": (
        lambda: replace(GOOD, transfers=[each._replace(is_received=True) for each in GOOD.transfers]),
        "transfers-pair-up",
    ),
    "a link of no money": (
        lambda: replace(GOOD, bank_links=[*GOOD.bank_links, LINK._replace(amount=0)]),
        "bank-link-on-its-side",
    ),
    "a link to a line that is none": (
        lambda: replace(GOOD, bank_lines=GOOD.bank_lines[1:]),
        "bank-line-explained",
    ),
    "a link to an entry that is none": (
        lambda: replace(GOOD, bank_links=first_of(GOOD.bank_links, entry=10**6)),
        "bank-link-on-its-side",
    ),
    "money from another account": (
        lambda: replace(GOOD, bank_lines=first_of(GOOD.bank_lines, account="1122")),
        "bank-link-on-its-side",
    ),
    "an account off the balance sheet as the other side": (
        lambda: first_entry(HELD_VOUCHER, credit=TILL, debit=HELD_BACK, amount=1),
        "off-balance-apart",
    ),
}


@pytest.mark.parametrize("fault", MORE_FAULTS)
def test_other_faults_are_reported_under_the_name_they_belong_to(fault):
    make, name = MORE_FAULTS[fault]
    assert names(make()) == {name}


def test_a_cut_tail_is_found_against_the_published_head():
    assert "hash-chain-unbroken" in names(dropped(1))


def test_cash_is_asked_by_the_day_of_the_event_and_at_its_end():
    """Spent in the morning what came in at noon is one day; spent the day before is not."""
    early, late = (
        with_more(lambda clerk: spend_and_receive(clerk, 0)),
        with_more(lambda clerk: spend_and_receive(clerk, 1)),
    )
    assert names(early) == set()
    assert names(late) == {"cash-never-negative"}


def spend_and_receive(clerk, days):
    clerk.post(PROVINCE, VoucherKind.PAYMENT, clerk.entry(SPENT, TILL, RUNNING_DOWN))
    clerk.day += timedelta(days=days)
    clerk.post(PROVINCE, VoucherKind.RECEIPT, clerk.entry(TILL, "511", RUNNING_DOWN))


def test_the_last_dong_may_be_spent_and_no_more():
    assert names(spending_of_an_opening(700)) == set()
    assert names(spending_of_an_opening(701)) == {"restricted-purpose-never-overspent"}


def spending_of_an_opening(amount):
    """A purpose that starts with 700 đồng, of which so much is spent from a till that holds more."""
    clerk = Clerk()
    clerk.openings += [Opening(PROVINCE, Key(FUND, "tet", code), net) for code, net in ((BANK, 700), (RESULT, -700))]
    clerk.post(PROVINCE, VoucherKind.PAYMENT, clerk.entry(SPENT, BANK, amount, purpose="tet"))
    return clerk.book()


@pytest.mark.parametrize(("day", "is_closed"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_closed_period_has_its_first_day_and_not_its_end(day, is_closed):
    clerk = Clerk()
    clerk.day += timedelta(days=60 + day)
    clerk.hold(PROVINCE, "", 5)
    start = START + timedelta(days=60)
    period = BookPeriod(PROVINCE, start, start + timedelta(days=31), PeriodState.CLOSED)
    assert names(replace(clerk.book(), periods=[period])) == ({"no-posting-in-closed-period"} if is_closed else set())


def test_a_transfer_that_is_undone_counts_for_nothing():
    def undo(clerk):
        clerk.receive(PROVINCE, "", 10)
        clerk.send(PROVINCE, "", 10)
        clerk.undo_voucher(clerk.vouchers[-1])
        clerk.transfers[-1] = clerk.transfers[-1]._replace(amount=0)

    assert names(with_more(undo)) == set()


def test_a_hundred_thousand_entries_take_seconds():
    """Measured on fewer and scaled: 2 s on a quiet machine of two cores, with room for a busy one."""
    book = large_book(11, 6_000)
    begun = time.process_time()
    assert verify(book) == []
    assert (time.process_time() - begun) * 100_000 / len(book.posted) < 10
