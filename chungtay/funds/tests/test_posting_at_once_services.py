"""Sixteen clients book at once: no money is stale, lost, invented or spent twice, and no number is missing."""

from collections import Counter
from random import Random

from chungtay.funds import books, services
from chungtay.funds.checks import NotEnough, balance_of
from chungtay.funds.models import Draft, Voucher
from chungtay.funds.rules import Line, VoucherState
from chungtay.funds.tests.making import NOW, TODAY
from chungtay.ledger.entries import VoucherKind
from chungtay.ledger.invariants import verify
from tests.databases.at_once import at_once

CLIENTS = 16
EACH = 125
TOGETHER = 25
"""Every second client books so many at once."""
SEED = 1354


def test_every_posting_at_once_is_in_the_books_exactly_once(live_office):
    """Amounts are powers of two, so that the bits of the balance say which postings it holds."""
    drafts = Draft.objects.bulk_create(
        Draft(
            fund=live_office.fund,
            kind=VoucherKind.RECEIPT,
            occurred_on=TODAY,
            memo="Ủng hộ Quỹ",
            party="Nguyễn Văn A",
            lines=[Line("112", "511", 1 << (number % 40)).as_json()],
            state=VoucherState.DRAFT,
            drafted_by=live_office.accountant,
            drafted_at=NOW,
        )
        for number in range(CLIENTS * EACH)
    )

    def work(client: int) -> int:
        mine, size = drafts[client::CLIENTS], TOGETHER if client % 2 else 1
        parts = [mine[start : start + size] for start in range(0, EACH, size)]
        return sum(voucher.amount for part in parts for voucher in live_office.post_many(part))

    sums = at_once(work, CLIENTS)
    assert [type(one) for one in sums] == [int] * CLIENTS
    wanted = Counter(1 << (number % 40) for number in range(CLIENTS * EACH))
    assert Counter(Voucher.objects.values_list("amount", flat=True)) == wanted
    assert balance_of(live_office.fund, "112") == sum(amount * times for amount, times in wanted.items()) == sum(sums)
    assert verify(books.whole_book()) == []


def test_the_same_draft_posted_by_many_at_once_is_booked_once(live_office):
    draft = live_office.draft(VoucherKind.RECEIPT, Line("112", "511", 1_000_000))
    outcomes = at_once(lambda _: live_office.post(draft), 8)
    assert sum(isinstance(one, Voucher) for one in outcomes) == 1
    assert sum(isinstance(one, services.DraftMovedOn) for one in outcomes) == 7
    assert Draft.objects.get().state == "posted"
    assert verify(books.whole_book()) == []


def test_the_last_money_is_spent_once(live_office):
    live_office.receive(1_000_000)
    source = Random(SEED)
    drafts = [
        live_office.draft(VoucherKind.PAYMENT, Line("6116", "112", source.choice([300_000, 400_000, 700_000])))
        for _ in range(10)
    ]
    outcomes = at_once(lambda number: live_office.post(drafts[number]), 10)
    spent = sum(one.amount for one in outcomes if isinstance(one, Voucher))
    assert all(isinstance(one, Voucher | NotEnough) for one in outcomes), SEED
    assert 0 < spent <= 1_000_000
    assert balance_of(live_office.fund, "112") == 1_000_000 - spent
    assert verify(books.whole_book()) == []
