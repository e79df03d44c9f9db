from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.banking.chain import check_chain, check_gap
from chungtay.banking.statement import Statement
from chungtay.banking.tests.making import ACCOUNT, line


def statement(amounts, opening=1_000, *, start=date(2026, 9, 1), end=None, with_balances=True, closing=True):
    balance, lines = opening, []
    for row, amount in enumerate(amounts, start=1):
        balance += amount
        lines.append(
            line(
                row,
                booked_on=start,
                debit=max(-amount, 0),
                credit=max(amount, 0),
                balance=balance if with_balances else None,
            )
        )
    return Statement(ACCOUNT, "VND", opening, balance if closing else None, start, end or start, lines)


AMOUNTS = st.lists(st.integers(-(10**9), 10**9).filter(bool), min_size=1, max_size=20)


@given(AMOUNTS, st.booleans())
def test_a_true_statement_holds(amounts, with_balances):
    chain = check_chain(statement(amounts, with_balances=with_balances))
    assert chain.holds
    assert (chain.opening, chain.closing) == (1_000, 1_000 + sum(amounts))


@given(AMOUNTS, st.data())
def test_one_changed_amount_is_found_in_its_row(amounts, data):
    true = statement(amounts)
    place = data.draw(st.integers(0, len(amounts) - 1))
    lines = list(true.lines)
    lines[place] = replace(lines[place], credit=lines[place].credit + 7)
    (broken,) = check_chain(replace(true, lines=lines)).breaks
    assert (broken.row, broken.difference) == (place + 1, -7)


@given(AMOUNTS, st.data())
def test_one_missing_line_is_found(amounts, data):
    true = statement(amounts)
    place = data.draw(st.integers(0, len(amounts) - 1))
    lines = [x for x in true.lines if x.row != place + 1]
    (broken,) = check_chain(replace(true, lines=lines)).breaks
    assert broken.difference == amounts[place]


def test_without_balances_only_the_end_shows_a_fault():
    true = statement([5, -3, 9], with_balances=False)
    (broken,) = check_chain(replace(true, closing=1_012)).breaks
    assert (broken.row, broken.expected, broken.found, broken.difference) == (0, 1_011, 1_012, 1)
    assert broken.sentence == "Số dư cuối kỳ: số dư phải là 1.011, tệp ghi 1.012, thừa 1 đồng."


def test_the_opening_follows_from_the_first_balance():
    chain = check_chain(replace(statement([5, -3, 9]), opening=None))
    assert chain.holds and chain.opening == 1_000


def test_with_nothing_to_check_it_does_not_hold():
    empty = replace(statement([5], with_balances=False), opening=None, closing=None)
    assert not check_chain(empty).is_checked
    assert not check_chain(empty).holds


@pytest.mark.parametrize(
    ("day", "opening", "difference", "missing"),
    [
        (date(2026, 9, 2), 1_011, None, None),
        (date(2026, 9, 2), 1_000, -11, None),
        (date(2026, 9, 5), 1_011, None, None),
        (date(2026, 9, 5), 1_411, 400, (date(2026, 9, 2), date(2026, 9, 4))),
    ],
)
def test_the_next_statement_begins_where_this_one_ends(day, opening, difference, missing):
    gap = check_gap(statement([5, -3, 9]), statement([1], opening, start=day))
    if difference is None:
        assert gap is None
    else:
        assert gap.difference == difference
        assert (gap.from_on, gap.to_on) == (missing or (None, None))
        assert "chênh" in gap.sentence


def test_overlapping_statements_join_at_the_first_day_of_the_later_one():
    first = statement([5])
    second = statement([-3, 9], 1_005, start=date(2026, 9, 2))
    whole = replace(first, lines=[*first.lines, *second.lines], closing=second.closing, to_on=date(2026, 9, 2))
    later = statement([-3, 9, 4], 1_005, start=date(2026, 9, 2), end=date(2026, 9, 3))
    assert check_gap(whole, later) is None
    assert check_gap(whole, replace(later, opening=1_006, lines=[])).difference == 1


def test_without_balances_no_gap_can_be_seen():
    unknown = replace(statement([5], with_balances=False), opening=None, closing=None)
    assert check_gap(unknown, statement([5])) is None
