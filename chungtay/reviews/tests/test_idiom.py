"""Sentences never say more than the numbers do."""

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.kernel.periods import parse_period
from chungtay.reviews import idiom

amounts = st.integers(min_value=0, max_value=10**14)
positive = st.integers(min_value=1, max_value=10**14)


def number_in(text: str) -> Fraction:
    found = re.search(r"\d[\d.]*(?:,\d+)?", text)
    assert found, text
    return Fraction(found.group().replace(".", "").replace(",", "."))


@given(amounts, positive)
def test_a_share_of_a_target_is_never_overstated(value, target):
    share = number_in(idiom.of_target(value, target))
    assert share <= Fraction(100 * value, target) < share + Fraction(1, 10)


@given(positive, positive)
def test_growth_is_never_shown_better_than_it_is(now, before):
    said, growth = idiom.change(now, before), Fraction(100 * (now - before), before)
    if now == before:
        assert said == "bằng cùng kỳ"
    elif "dưới" in said:
        assert 0 < growth < Fraction(1, 10)
    elif said.startswith("tăng"):
        assert 0 < number_in(said) <= growth
    else:
        assert said.startswith("giảm")
        assert number_in(said) >= -growth > 0


@given(positive, positive)
def test_the_table_and_the_sentence_tell_the_same_growth(now, before):
    said, shown = idiom.change(now, before), idiom.change_cell(now, before)
    if "dưới" in said or said.startswith("bằng"):
        assert shown == "0%"
    else:
        assert shown[0] == ("+" if said.startswith("tăng") else "-")
        assert number_in(shown) == number_in(said)


@given(amounts)
def test_a_cell_in_millions_is_cut_down(vnd):
    shown = number_in(idiom.cell(vnd, divisor=1_000_000, places=2)) * 1_000_000
    assert shown <= vnd < shown + 10_000


@given(amounts)
def test_money_in_a_sentence_says_trên_below_and_gần_above(vnd):
    said = idiom.said(vnd, unit="đồng", is_money=True, places=2)
    scale = 10**9 if "tỷ" in said else 10**6 if "triệu" in said else 1
    shown = number_in(said) * scale
    assert shown < vnd if said.startswith("trên") else shown > vnd if said.startswith("gần") else shown == vnd


def test_growth_needs_something_to_grow_from():
    assert idiom.change(5, 0) is None
    assert idiom.change_cell(5, 0) is None
    assert idiom.of_target(5, 0) is None


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(6, "HTX", "06\u00a0HTX"), (400, "căn", "400\u00a0căn"), (1670, "buổi", "1.670\u00a0buổi")],
)
def test_counts_below_ten_take_a_zero(value, unit, said):
    assert idiom.said(value, unit=unit, is_money=False) == said


def test_the_idiom_of_the_example():
    assert idiom.of_target(19_846_700_000, 18_500_000_000) == "107,2%"
    assert idiom.change(19_846_700_000, 18_153_450_000) == "tăng 9,3% so với cùng kỳ"
    assert idiom.change(978, 1000) == "giảm 2,2% so với cùng kỳ"
    assert idiom.said(18_153_450_000, unit="đồng", is_money=True, places=2) == "trên 18,15\u00a0tỷ đồng"
    assert idiom.said(22_047, unit="suất", is_money=False, step=1000) == "trên 22.000\u00a0suất"
    assert idiom.ratio(Fraction(432, 43_200)) == "1%"
    assert idiom.ratio(Fraction(433, 43_200)) == "1,0%"
    assert idiom.terms(432, 43_200, "hộ") == "432/43.200\u00a0hộ"
    assert idiom.of_target(400, 400) == "100%"


def test_a_ratio_changes_in_percentage_points():
    now, before = Fraction(432, 43_200), Fraction(644, 42_900)
    assert idiom.points(now, before, "cuối năm 2021") == "giảm 0,5\u00a0điểm phần trăm so với cuối năm 2021"
    assert idiom.points(before, before, "cuối năm 2021") == "bằng mức cuối năm 2021"


def test_a_target_is_met_or_not():
    one, two = Fraction(1, 100), Fraction(2, 100)
    assert idiom.met(one, two, at_most=True, target_text="2%") == "đạt chỉ tiêu không quá 2%"
    assert idiom.met(one, two, at_most=False, target_text="2%") == "chưa đạt chỉ tiêu ít nhất 2%"


def test_coverage_names_who_is_missing():
    assert idiom.coverage(15, 15, []) == "15/15\u00a0đơn vị đã báo cáo"
    assert idiom.coverage(14, 15, ["Phường Hòa Thuận"]) == "14/15\u00a0đơn vị đã báo cáo, chưa có Phường Hòa Thuận"
    many = idiom.coverage(8, 15, list("ABCDEFG"))
    assert many.endswith("chưa có A, B, C, D, E và 02\u00a0đơn vị khác")
    assert idiom.short_coverage(0, 0) == ""


@pytest.mark.parametrize(
    ("code", "name", "head"),
    [
        ("2022", "năm 2022", "2022"),
        ("2023-01..2023-05", "5\u00a0tháng đầu năm 2023", "5\u00a0tháng 2023"),
        ("2023Q1", "quý I năm 2023", "3\u00a0tháng 2023"),
        ("2023H1", "6 tháng đầu năm 2023", "6\u00a0tháng 2023"),
        ("2020-01..2023-05", "từ tháng 01/2020 đến tháng 5/2023", "01/2020–05/2023"),
    ],
)
def test_windows_have_names(code, name, head):
    assert idiom.window_name(parse_period(code)) == name
    assert idiom.window_head(parse_period(code)) == head


def test_days_of_stocks_have_names():
    assert idiom.day_of_stock(date(2022, 12, 31)) == "cuối năm 2022"
    assert idiom.day_of_stock(date(2023, 5, 31)) == "cuối tháng 5 năm 2023"
    assert idiom.day_of_stock(date(2023, 6, 14)) == "ngày 14/06/2023"


def test_points_are_lettered_in_the_vietnamese_order():
    assert [idiom.lettered(i) for i in range(5)] == ["a)", "b)", "c)", "d)", "đ)"]
