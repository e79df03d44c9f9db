"""Targets, periods and headlines of a programme, without pages."""

from datetime import date
from types import SimpleNamespace

import pytest

from chungtay.desk.programme_selectors import default_period, headlines, period_groups, round_under_way
from chungtay.figures.promised import achievement, target_for
from chungtay.figures.rules import Figure
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import parse_period
from chungtay.kernel.text import NBSP
from chungtay.programmes.models import Comparison, Programme, Target

PROGRAMME = Programme(code="500", starts_on=date(2020, 1, 1), ends_on=date(2024, 12, 31))
TO_DATE = parse_period("2020-01..2023-05")


def indicator(kind=Kind.FLOW, unit="căn", **more) -> Indicator:
    return Indicator(code="X", name="Nhà", unit=unit, kind=kind, **more)


def target(of: Indicator, period: str, value: int, comparison=Comparison.AT_LEAST) -> Target:
    return Target(indicator=of, period_code=period, value=value, comparison=comparison, basis="Kế hoạch")


def figure(value=None, numerator=None, denominator=None, kind=Kind.FLOW) -> Figure:
    terms = (value, numerator, denominator)
    return Figure("X", "", PROGRAMME.pk, TO_DATE, *terms, 15, 15, (), None, "approved", None, kind=kind)


def rounds(*given: tuple[str, int, int]):
    """Statuses, newest first, from (period code, sent, approved) of 15 returns."""
    return [
        SimpleNamespace(period=parse_period(c), owed=15, sent=s, approved=a, is_approved=a == 15) for c, s, a in given
    ]


def test_a_flow_answers_to_the_shortest_plan_that_begins_with_it():
    houses = indicator()
    plans = [target(houses, code, 1) for code in ("2020-01..2024-12", "2020", "2021", "2023")]
    found = {
        p: target_for(plans, houses, parse_period(p))
        for p in ("2020-01..2023-05", "2020", "2023-01..2023-05", "2021H2")
    }
    assert [t and t.period_code for t in found.values()] == ["2020-01..2024-12", "2020", "2023", None]


def test_a_stock_answers_to_the_next_level_after_it():
    clubs = indicator(Kind.STOCK)
    plans = [target(clubs, code, 1) for code in ("2024", "2022", "2020-01..2025-12")]
    assert target_for(plans, clubs, TO_DATE).period_code == "2024"
    assert target_for(plans, clubs, parse_period("2026")) is None


@pytest.mark.parametrize(
    ("value", "percent", "is_reached"), [(479, 99, False), (480, 100, True), (481, 100, True), (0, 0, False)]
)
def test_a_percentage_is_cut_down_and_only_the_whole_is_reached(value, percent, is_reached):
    reached = achievement(target(indicator(), "2020-01..2024-12", 480), figure(value), indicator())
    assert (reached.percent, reached.is_reached) == (percent, is_reached)


def test_a_target_in_money_is_said_in_billions_and_never_overstated():
    fund = indicator(unit="đồng", is_money=True)
    reached = achievement(target(fund, "2022", 18_500_000_000), figure(19_846_700_000), fund)
    assert reached.text.replace(NBSP, " ") == "Đạt 107% kế hoạch 18,5 tỷ đồng năm 2022"


@pytest.mark.parametrize(
    ("poor", "text"), [(345, "Đạt mục tiêu không quá 0,8% năm 2024"), (346, "Mục tiêu không quá 0,8% năm 2024")]
)
def test_a_ceiling_is_reached_only_at_or_below_it(poor, text):
    rate = indicator(Kind.RATIO, unit="%")
    reached = achievement(target(rate, "2024", 80, Comparison.AT_MOST), figure(None, poor, 43_200, Kind.RATIO), rate)
    assert (reached.text, reached.percent) == (text, None)
    assert reached.level_text == "mục tiêu 2024: 0,8%"


def test_what_is_not_known_has_reached_nothing():
    reached = achievement(target(indicator(), "2022", 10), figure(None), indicator())
    assert (reached.is_reached, reached.percent) == (False, None)


def test_the_usual_period_ends_with_the_newest_wholly_approved_round():
    statuses = rounds(("2023-06", 11, 8), ("2023-04..2023-05", 15, 15), ("2023Q1", 15, 15))
    assert default_period(PROGRAMME, statuses, date(2023, 7, 18)) == TO_DATE
    assert round_under_way(statuses).period.code == "2023-06"
    assert round_under_way(statuses[1:]) is None


def test_without_an_approved_round_the_usual_period_ends_with_the_newest_one_or_with_this_month():
    assert default_period(PROGRAMME, rounds(("2020Q1", 3, 2)), date(2020, 5, 2)).code == "2020Q1"
    assert default_period(PROGRAMME, [], date(2020, 12, 31)).code == "2020"


def test_the_periods_to_choose_from_are_to_date_years_and_halves():
    statuses = rounds(("2021Q1", 1, 0), ("2020Q4", 15, 15))
    groups = {g.label: dict(g.choices) for g in period_groups(PROGRAMME, statuses, parse_period("2020"))}
    assert groups["Cả chương trình"] == {"2020-01..2021-03": "Từ đầu đến tháng 3/2021 (đang thu)"}
    assert groups["Từng năm"] == {"2021Q1": "Năm 2021, đến tháng 3", "2020": "Năm 2020"}
    assert list(groups["Từng nửa năm"]) == ["2021H1", "2020H2", "2020H1"]


def test_a_period_outside_the_list_is_added_to_it():
    first = period_groups(PROGRAMME, rounds(("2020Q4", 15, 15)), parse_period("2020-05"))[0]
    assert (first.label, first.choices) == ("Đang xem", (("2020-05", "5/2020"),))


def test_headlines_are_what_was_promised_then_the_next_that_are_no_terms():
    poor, all_ = indicator(Kind.STOCK), indicator(Kind.STOCK)
    rate = indicator(Kind.RATIO, unit="%", numerator=poor, denominator=all_)
    others = [indicator() for _ in range(9)]
    listed = [others[0], poor, all_, rate, *others[1:]]
    found = headlines(listed, [target(rate, "2024", 80), target(others[8], "2024", 1)])
    assert found == [others[0], rate, *others[1:6], others[8]]
