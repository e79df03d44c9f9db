"""Several books as one: money that only moved between levels is counted once."""

from collections import Counter
from datetime import date

from hypothesis import given, settings

from chungtay.ledger.balances import Totals
from chungtay.ledger.consolidation import OpenTransfer, consolidate
from chungtay.ledger.entries import Entry
from chungtay.ledger.tests.sample_books import BODIES, INTERNAL, book_of, entries_of, steps

DAY = date(2025, 5, 1)


def entry(debit, credit, amount, transfer=""):
    return Entry(1, debit, credit, amount, DAY, DAY, 1, "VNN", transfer=transfer)


PROVINCE = [entry("1121", "511", 1_000), entry("6118", "1121", 400, "CT1"), entry("6118", "1121", 100, "CT2")]
COMMUNE = [entry("1121", "511", 50), entry("1122", "5118", 250, "CT1"), entry("1121", "5118", 150, "CT1")]


def test_what_both_ends_book_vanishes_and_what_one_has_booked_is_named():
    whole = consolidate([PROVINCE, COMMUNE], internal=INTERNAL)
    assert whole.opened == (OpenTransfer("CT2", 100, 0),)
    assert whole.totals["511"] == (0, 1_050)
    assert whole.totals["5118"] == Totals()
    assert whole.totals["6118"] == (100, 0)
    assert whole.totals["1121"] == (1_050, 350)  # 100 on the way, 250 now in another account
    assert whole.totals["1122"] == (250, 0)
    assert whole.plain["1121"] == (1_200, 500)
    assert whole.eliminated == {"1121": (150, 150), "5118": (0, 400), "6118": (400, 0)}
    assert sum(total.net for total in whole.totals.values()) == 0


def test_a_transfer_received_in_part_stays_open_by_the_rest():
    whole = consolidate([[entry("6118", "1121", 100, "CT")], [entry("1121", "5118", 60, "CT")]], internal=INTERNAL)
    assert whole.opened == (OpenTransfer("CT", 100, 60),)
    assert (whole.totals["6118"], whole.totals["5118"], whole.totals["1121"]) == ((40, 0), (0, 0), (0, 40))


def test_a_transfer_over_several_internal_accounts_loses_what_was_agreed_and_no_more():
    internal = {"6118", "6119", "5118", "5119"}
    sent = [entry("6118", "1121", 60, "CT"), entry("6119", "1121", 60, "CT")]
    received = [entry("1121", "5118", 30, "CT"), entry("1121", "5119", 40, "CT")]
    whole = consolidate([sent, received], internal=internal)
    assert whole.eliminated == {"1121": (70, 70), "5118": (0, 30), "5119": (0, 40), "6118": (60, 0), "6119": (10, 0)}
    back = consolidate([sent[:1], [*received, entry("1121", "5119", 9, "CT")]], internal=internal)
    assert back.opened == (OpenTransfer("CT", 60, 79),)
    assert back.eliminated == {"1121": (60, 60), "5118": (0, 30), "5119": (0, 30), "6118": (60, 0)}


def test_entries_that_name_no_transfer_are_never_taken_out():
    books = [[entry("6118", "1121", 100)], [entry("1121", "5118", 100)]]
    whole = consolidate(books, internal=INTERNAL)
    assert whole.opened == (OpenTransfer("", 100, 100),)
    assert whole.totals == whole.plain
    assert whole.eliminated == {}


@settings(max_examples=80, deadline=None)
@given(steps(60))
def test_the_whole_is_the_plain_sum_without_what_moved_inside(drawn):
    book = book_of(drawn)
    whole = consolidate([entries_of(book, body) for body in BODIES], internal=INTERNAL)
    debits, credits_ = Counter(), Counter()
    for each in entries_of(book):
        debits[each.debit] += each.amount
        credits_[each.credit] += each.amount
    moved = sum(transfer.amount for transfer in book.transfers if transfer.is_received)
    waiting = {transfer.id: transfer.amount for transfer in book.transfers if not transfer.is_received}
    assert whole.plain == {code: (debits[code], credits_[code]) for code in {*debits, *credits_}}
    for code, total in whole.totals.items():
        taken_debit = moved if code in {"1121", "6118"} else 0
        taken_credit = moved if code in {"1121", "5118"} else 0
        assert total == (debits[code] - taken_debit, credits_[code] - taken_credit)
    assert whole.totals.get("5118", Totals()) == Totals()
    assert whole.totals.get("6118", Totals()) == (sum(waiting.values()), 0)
    assert {each.transfer: each.sent for each in whole.opened} == waiting
    assert sum(total.net for total in whole.totals.values()) == 0
