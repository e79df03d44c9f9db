"""Gifts and what they bought: nothing of a gift is lost or used twice, and purposes do not mix."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chungtay.ledger.accounts import Account, AccountType, Chart, Mark, Side
from chungtay.ledger.entries import Entry
from chungtay.ledger.trail import Share, trails

START = date(2025, 1, 1)
CHART = Chart(
    [
        Account("112", "Tiền gửi", AccountType.ASSET, Side.DEBIT, START, marks=frozenset({Mark.CASH})),
        Account("152", "Hiện vật", AccountType.ASSET, Side.DEBIT, START, marks=frozenset({Mark.GOODS})),
        Account("511", "Thu", AccountType.INCOME, Side.CREDIT, START),
        Account("512", "Thu hiện vật", AccountType.INCOME, Side.CREDIT, START),
        Account("611", "Chi", AccountType.EXPENSE, Side.DEBIT, START),
        Account("612", "Trao hiện vật", AccountType.EXPENSE, Side.DEBIT, START),
    ]
)


def entry(number, debit, credit, amount, day=0, **more):
    on = START + timedelta(days=day)
    return Entry(number, debit, credit, amount, on, on, number, "vnn", **more)


def test_the_oldest_gift_is_spent_first_and_the_rest_is_named():
    found = trails(
        [
            entry(1, "112", "511", 100),
            entry(2, "112", "511", 50, day=1),
            entry(3, "611", "112", 120, day=2),
        ],
        CHART,
    )
    assert found.shares == (Share(1, 3, 100), Share(2, 3, 20))
    assert (found.unspent, found.uncovered) == ({2: 30}, {})


def test_restricted_money_pays_for_its_purpose_only():
    found = trails(
        [entry(1, "112", "511", 100, purpose="nha"), entry(2, "112", "511", 70), entry(3, "611", "112", 40, day=1)],
        CHART,
    )
    assert found.shares == (Share(2, 3, 40),)
    assert found.unspent == {1: 100, 2: 30}


def test_what_was_undone_takes_no_part():
    found = trails(
        [
            entry(1, "112", "511", 100),
            entry(2, "511", "112", 100, day=1, reverses=1),
            entry(3, "112", "511", 80),
            entry(4, "611", "112", 80, day=2),
        ],
        CHART,
    )
    assert found.shares == (Share(3, 4, 80),)


def test_goods_are_given_out_as_themselves():
    found = trails(
        [
            entry(1, "112", "511", 100),
            entry(2, "152", "512", 60, item="gạo", quantity=3),
            entry(3, "612", "152", 40, day=1, item="gạo", quantity=2),
        ],
        CHART,
    )
    assert found.shares == (Share(2, 3, 40),)


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(1, 1000), st.integers(0, 9), st.sampled_from(["", "nha"])), max_size=40
    )
)
def test_nothing_of_a_gift_is_lost_or_used_twice(told):
    entries = [
        entry(number, *(("112", "511") if is_gift else ("611", "112")), amount, day, purpose=purpose)
        for number, (is_gift, amount, day, purpose) in enumerate(told, start=1)
    ]
    found = trails(entries, CHART)
    by_source, by_use = Counter(), Counter()
    for share in found.shares:
        by_source[share.source] += share.amount
        by_use[share.use] += share.amount
    for one in entries:
        is_gift = one.credit == "511"
        used, left = (by_source, found.unspent) if is_gift else (by_use, found.uncovered)
        assert used[one.id] + left.get(one.id, 0) == one.amount
