"""Accounts through time: which one lives on a day, what stands above it, and which charts are refused."""

from dataclasses import replace
from datetime import date

import pytest

from chungtay.ledger.accounts import Account, AccountType, Chart, Mark, Side, check_chart, roll_up
from chungtay.ledger.tests.sample_books import ACCOUNTS, account

OLD, NEW = date(2020, 1, 1), date(2025, 1, 1)
ASSET = AccountType.ASSET


def test_an_account_lives_from_its_first_day_to_the_day_before_its_end():
    ended = account("112", ASSET, valid_to=NEW)
    assert ended.live_on(OLD)
    assert ended.live_on(date(2024, 12, 31))
    assert not ended.live_on(NEW)
    assert not ended.live_on(date(2019, 12, 31))


def test_a_balance_is_read_on_the_side_on_which_the_account_grows():
    assert account("111", ASSET).natural(5) == 5
    assert account("511", AccountType.INCOME, Side.CREDIT).natural(-5) == 5


def test_a_code_may_return_with_another_meaning():
    chart = Chart([account("1", ASSET, valid_to=NEW), replace(account("1", AccountType.EXPENSE), valid_from=NEW)])
    assert chart.on("1", date(2024, 6, 1)).type is ASSET
    assert chart.on("1", NEW).type is AccountType.EXPENSE
    assert chart.latest("1").type is AccountType.EXPENSE
    assert chart.on("2", NEW) is chart.latest("2") is None
    assert check_chart(chart) == []
    assert chart.codes_of(ASSET) == {"1"}


def test_a_summing_account_has_parts_while_they_live():
    chart = Chart(ACCOUNTS)
    assert chart.has_parts("112", NEW)
    assert not chart.has_parts("1121", NEW)
    assert not chart.has_parts("112", date(2019, 1, 1))
    assert chart.path("1121", NEW) == ("1121", "112")
    assert chart.codes_marked(Mark.GOODS) == {"152"}


def test_amounts_roll_up_to_every_account_above():
    rolled = roll_up({"1121": 5, "1122": 7, "111": 1}, Chart(ACCOUNTS), NEW)
    assert rolled == {"1121": 5, "1122": 7, "112": 12, "111": 1}


def test_the_sample_chart_is_sound():
    assert check_chart(ACCOUNTS) == []


@pytest.mark.parametrize(
    ("accounts", "word"),
    [
        ([account("1", ASSET, valid_to=OLD)], "hết hiệu lực"),
        ([account("1", ASSET), account("1", ASSET)], "dùng hai lần"),
        ([account("1", ASSET, parent="9")], "cấp trên 9 không có"),
        ([account("1", ASSET), account("11", ASSET, parent="1"), account("1", ASSET, valid_to=NEW)][1:], "01/01/2025"),
        ([account("1", ASSET, parent="2"), account("2", ASSET, parent="1")], "thành vòng"),
        ([account("1", ASSET, parent="1")], "thành vòng"),
        ([account("0", AccountType.OFF_BALANCE), account("01", ASSET, parent="0")], "không gộp chung"),
    ],
)
def test_a_chart_that_is_not_sound_is_named(accounts, word):
    problems = check_chart(accounts)
    assert problems
    assert all(word in problem.sentence and problem.where for problem in problems)


def test_a_circle_that_only_one_day_closes_is_found():
    first = account("1", ASSET, valid_to=NEW)
    later = Account("1", "Sau", ASSET, Side.DEBIT, NEW, parent="2")
    problems = check_chart([first, later, account("2", ASSET, parent="1")])
    assert [problem.where for problem in problems] == ["1", "2"]
    assert "01/01/2025" in problems[0].sentence


def test_what_hangs_below_a_circle_ends_where_it_closes():
    chart = Chart([account("1", ASSET, parent="2"), account("2", ASSET, parent="1"), account("3", ASSET, parent="1")])
    assert chart.path("3", NEW) == ("3", "1", "2")
