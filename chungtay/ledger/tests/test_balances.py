"""Sums of entries: always zero in all, the same by every way of adding."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.ledger.balances import Balances, Key, Totals, statement_of, trial_balance
from chungtay.ledger.entries import Entry
from chungtay.ledger.tests.sample_books import ACCOUNTS, BODIES, START, book_of, entries_of, steps

D = [date(2025, 1, day) for day in range(1, 11)]


def entry(id_, debit, credit, amount, day, purpose=""):
    return Entry(id_, debit, credit, amount, day, day, 1, "VNN", purpose)


ENTRIES = [
    entry(1, "1121", "511", 100, D[0], "nha"),
    entry(4, "111", "1121", 30, D[4]),
    entry(3, "1121", "511", 50, D[4]),
    entry(5, "611", "111", 10, D[6]),
    entry(6, "611", "1121", 999, D[9]),
]


def test_balances_grow_entry_by_entry():
    balances = Balances({Key("VNN", "nha", "1121"): 7})
    assert balances.net(Key("VNN", "nha", "1121")) == 7
    for each in ENTRIES:
        balances.apply(each)
    assert balances.net(Key("VNN", "nha", "1121")) == 107
    assert balances.totals(Key("VNN", "", "1121")) == Totals(50, 1029)
    assert balances.totals(Key("VNN", "", "331")) == Totals() == (0, 0)
    assert balances.by_account() == {"111": 20, "1121": -872, "511": -150, "611": 1009}


def test_a_trial_balance_has_opening_turnover_and_closing():
    trial = trial_balance(ENTRIES, start=D[4], end=D[9])
    rows = {line.account: tuple(vars(line).values())[1:] for line in trial.lines}
    assert rows == {
        "111": (0, 0, 30, 10, 20, 0),
        "1121": (100, 0, 50, 30, 120, 0),
        "511": (0, 100, 0, 50, 0, 150),
        "611": (0, 0, 10, 0, 10, 0),
    }
    assert trial.is_balanced
    assert [line.account for line in trial.only({"111"}).lines] == ["111"]
    assert not trial.only({"111"}).is_balanced
    assert not trial_balance(ENTRIES, start=D[4], end=D[9], openings={Key("VNN", "", "111"): 1}).is_balanced


def test_a_statement_runs_from_day_to_day():
    statement = statement_of("1121", ENTRIES, start=D[4], end=D[9], opening=5)
    assert (statement.opening, statement.closing, statement.turnover) == (105, 125, Totals(50, 30))
    assert [(line.entry.id, line.counter, line.debit, line.credit, line.balance) for line in statement.lines] == [
        (3, "511", 50, 0, 155),
        (4, "111", 0, 30, 125),
    ]


def test_a_statement_of_a_sum_shows_both_ends_of_a_move_inside():
    inside = [*ENTRIES[:1], entry(2, "1122", "1121", 40, D[1])]
    statement = statement_of("112", inside, start=D[1], end=D[9], parts={"1121", "1122"})
    assert [(line.debit, line.credit, line.balance) for line in statement.lines] == [(40, 0, 140), (0, 40, 100)]
    assert statement.closing == 100


def test_nothing_booked_gives_an_empty_and_balanced_table():
    assert trial_balance([], start=D[0], end=D[9]).is_balanced
    assert statement_of("1121", [], start=D[0], end=D[9]).lines == ()


@settings(max_examples=60, deadline=None)
@given(steps(), st.integers(0, 400), st.integers(0, 400))
def test_every_trial_balance_of_every_book_is_zero(drawn, first, length):
    book = book_of(drawn)
    start = START + timedelta(days=first)
    for body in BODIES:
        openings = {opening.key: opening.net for opening in book.openings if opening.body == body}
        entries = entries_of(book, body)
        trial = trial_balance(entries, start=start, end=start + timedelta(days=length), openings=openings)
        assert trial.is_balanced
        shown = {line.account: line.closing_debit - line.closing_credit for line in trial.lines}
        until = [each for each in entries if each.booked_on < start + timedelta(days=length)]
        assert shown == {code: net for code, net in Balances(openings, until).by_account().items() if code in shown}
        assert sum(Balances(openings, entries).by_account().values()) == 0


@settings(max_examples=40, deadline=None)
@given(steps(), st.integers(0, 400))
def test_a_statement_ends_where_the_trial_balance_does(drawn, first):
    entries = entries_of(book_of(drawn))
    start = START + timedelta(days=first)
    window = {"start": start, "end": start + timedelta(days=60)}
    lines = {line.account: line for line in trial_balance(entries, **window).lines}
    for code in {each.code for each in ACCOUNTS}:
        statement = statement_of(code, entries, **window)
        line = lines.get(code)
        if line is None:
            assert statement.closing == statement.opening == 0
        else:
            assert statement.opening == line.opening_debit - line.opening_credit
            assert statement.closing == line.closing_debit - line.closing_credit
            assert statement.turnover == (line.debit, line.credit)


@pytest.mark.parametrize("day", [D[0], D[4], D[9]])
def test_the_end_of_one_period_is_the_opening_of_the_next(day):
    before = trial_balance(ENTRIES, start=D[0], end=day)
    after = trial_balance(ENTRIES, start=day, end=D[9] + timedelta(days=1))
    closed = {line.account: (line.closing_debit, line.closing_credit) for line in before.lines}
    opened = {line.account: (line.opening_debit, line.opening_credit) for line in after.lines}
    assert closed == {code: sides for code, sides in opened.items() if code in closed}
