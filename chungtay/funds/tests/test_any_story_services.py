"""Whatever a fund's people do in whatever order, the books hold: every invariant, and a model that only knows addition."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.funds import books, selectors, services
from chungtay.funds.checks import LimitBroken, NotEnough, balance_of
from chungtay.funds.models import Voucher
from chungtay.funds.rules import Line
from chungtay.kernel.errors import DomainError
from chungtay.ledger.entries import VoucherKind
from chungtay.ledger.invariants import verify

AMOUNTS = st.integers(1, 60_000_000)
TILLS = st.sampled_from(["111", "112"])
PURPOSES = st.sampled_from(["", "nha-o", "hoc-bong"])
DAYS_AGO = st.integers(0, 50)
ACTS = st.one_of(
    st.tuples(st.just("receive"), AMOUNTS, TILLS, PURPOSES, DAYS_AGO),
    st.tuples(st.just("spend"), AMOUNTS, TILLS, PURPOSES, DAYS_AGO),
    st.tuples(st.just("rice in"), st.integers(1, 500), DAYS_AGO),
    st.tuples(st.just("rice out"), st.integers(1, 500), DAYS_AGO),
    st.tuples(st.just("reverse"), st.integers(0, 30)),
    st.tuples(st.just("pay"), st.integers(0, 30)),
    st.tuples(st.just("tomorrow")),
)


class Told(Exception):
    """Ends an example, so that its transaction is rolled back."""


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(ACTS, max_size=25))
def test_any_story_keeps_every_invariant(office, acts):
    start = office.now
    with pytest.raises(Told), transaction.atomic():
        expected = {"111": 0, "112": 0}
        for act in acts:
            try:
                with transaction.atomic():
                    done(office, act, expected)
            except (NotEnough, LimitBroken, services.NotReversible, services.NotPayable):
                continue  # refused, and nothing of it is left
        assert verify(books.whole_book()) == []
        assert {till: balance_of(office.fund, till) for till in expected} == expected
        balance = selectors.trial_balance_now(office.fund)
        assert balance.is_balanced
        raise Told
    office.now = start


def done(office, act, expected):
    """Do one act; the model learns of it only when it was done."""
    what, *given_ = act
    vouchers = list(Voucher.objects.order_by("position"))
    match what:
        case "receive":
            amount, till, purpose, ago = given_
            office.receive(amount, account=till, purpose=purpose, on=office.now.date() - timedelta(days=ago))
            expected[till] += amount
        case "spend":
            amount, till, purpose, ago = given_
            office.spend(amount, account=till, purpose=purpose, on=office.now.date() - timedelta(days=ago))
            expected[till] -= amount
        case "rice in" | "rice out":
            quantity, ago = given_
            kind, pair = (
                (VoucherKind.IN_KIND_RECEIPT, ("152", "512"))
                if what == "rice in"
                else (VoucherKind.IN_KIND_ISSUE, ("6120", "152"))
            )
            line = Line(*pair, quantity * 20_000, item="gạo, kg", quantity=quantity)
            office.post(office.draft(kind, line, on=office.now.date() - timedelta(days=ago)))
        case "reverse" if vouchers:
            voucher = vouchers[given_[0] % len(vouchers)]
            services.reverse_voucher(
                voucher=voucher, reason="Thử", drafted_by=office.accountant, now=office.now, by=office.controller
            )
            for entry in voucher.entries.all():
                for till, amount in ((entry.debit, -entry.amount), (entry.credit, entry.amount)):
                    if till in expected:
                        expected[till] += amount
        case "pay" if vouchers:
            services.pay_voucher(voucher=vouchers[given_[0] % len(vouchers)], now=office.now, by=office.treasurer)
        case "tomorrow":
            office.now += timedelta(days=1)


def test_a_planted_fault_of_one_dong_is_found_by_name(office):
    office.receive(1_000_000)
    office.fund.balances.filter(account="112").update(debit=1_000_001)
    assert {breach.name for breach in verify(books.whole_book())} == {"stored-balances-equal-sums"}


def test_every_refusal_is_a_sentence_for_people(office):
    with pytest.raises(DomainError) as refused:
        office.spend(1)
    assert str(refused.value).endswith(".")
