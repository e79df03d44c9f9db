"""A figure turned into English says exactly what was printed."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.kernel import english, numerals
from chungtay.kernel.hedging import spoken_money
from chungtay.kernel.periods import parse_period


@pytest.mark.parametrize(
    ("vietnamese", "said"),
    [
        ("trên 58,1\u00a0tỷ\u00a0đồng", "over 58.1\u00a0billion đồng"),
        ("gần 43,5 triệu đồng", "nearly 43.5 million đồng"),
        ("58.100.000.000\u00a0đồng", "58,100,000,000\u00a0đồng"),
        ("400\u00a0căn", "400\u00a0căn"),
        ("1,0%", "1.0%"),
        ("432\u00a0hộ nghèo / 43.200\u00a0hộ dân cư", "432\u00a0hộ nghèo / 43,200\u00a0hộ dân cư"),
        ("chưa có số", "no figure yet"),
        ("hơn bốn trăm căn", "hơn bốn trăm căn"),
    ],
)
def test_a_figure_of_a_sentence_is_turned(vietnamese, said):
    assert english.said(vietnamese) == said


@pytest.mark.parametrize(
    ("vietnamese", "said"),
    [
        ("15/15 đơn vị", "15 of 15 units"),
        ("14/15 đơn vị, chưa có Phường 6", "14 of 15 units, none yet from Phường 6"),
        ("13/15 đơn vị, chưa có Phường 4 và Phường 6", "13 of 15 units, none yet from Phường 4 and Phường 6"),
        ("9/15 đơn vị, chưa có 6 đơn vị", "9 of 15 units, none yet from 6 units"),
        ("Chưa giao đơn vị nào", "No unit has been asked yet"),
    ],
)
def test_a_line_of_coverage_is_turned(vietnamese, said):
    assert english.coverage(vietnamese) == said


@pytest.mark.parametrize(
    ("vietnamese", "said"),
    [
        ("400\u00a0căn năm 2022", "400\u00a0căn in 2022"),
        ("không quá 0,8% giai đoạn 2020\u2060–\u20602024", "at most 0.8% in 2020–2024"),
        ("15\u00a0Hội quán quý III năm 2022", "15\u00a0Hội quán quý III in 2022"),
        ("Đạt mục tiêu", "Target reached"),
        ("Đạt 1.107%", "1,107% reached"),
    ],
)
def test_a_promise_is_turned(vietnamese, said):
    assert english.promise(vietnamese) == said


@given(st.fractions(min_value=-(10**12), max_value=10**12), st.integers(0, 3))
def test_a_number_reads_the_same_in_both(value, places):
    vietnamese = numerals.format_decimal(value, places)
    turned = english.number(vietnamese)
    assert english.number(vietnamese).replace(",", "") == vietnamese.replace(".", "").replace(",", ".")
    assert Fraction(turned.replace(",", "")) == Fraction(vietnamese.replace(".", "").replace(",", "."))


@given(st.integers(10**6, 10**14))
def test_money_keeps_its_hedge(vnd):
    spoken = spoken_money(vnd)
    said = english.said(spoken.text)
    assert said.startswith("over ") == (spoken.hedge == "trên")
    assert said.startswith("nearly ") == (spoken.hedge == "gần")
    assert said.endswith(("billion đồng", "million đồng"))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2022", "2022"),
        ("2020..2022", "2020 to 2022"),
        ("2022-05", "May 2022"),
        ("2020-01..2023-05", "January 2020 to May 2023"),
        ("2022Q3@15", "15 June 2022 to 14 September 2022"),
    ],
)
def test_a_period_is_named(code, said):
    assert english.period(parse_period(code)) == said


def test_a_day_is_written_with_its_month_in_letters():
    assert english.day(date(2023, 4, 3)) == "3 April 2023"
