from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.kernel.hedging import Hedge, Spoken, spoken_count, spoken_money
from chungtay.kernel.numerals import read_decimal, read_integer
from chungtay.kernel.text import NBSP

SCALES = {"tỷ đồng": 10**9, "triệu đồng": 10**6}


def shown_vnd(spoken):
    if spoken.unit_text == "đồng":
        return read_integer(spoken.number_text)
    return Fraction(read_decimal(spoken.number_text, 9), 10**9) * SCALES[spoken.unit_text]


def agrees(value, spoken, shown):
    match spoken.hedge:
        case Hedge.OVER:
            return value > shown
        case Hedge.NEAR:
            return value < shown
        case Hedge.EXACT:
            return value == shown


@pytest.mark.parametrize(
    ("vnd", "places", "text"),
    [
        (58_100_000_000, 1, "58,1 tỷ đồng"),
        (43_504_000_000, 1, "trên 43,5 tỷ đồng"),
        (14_596_000_000, 1, "gần 14,6 tỷ đồng"),
        (18_153_450_000, 2, "trên 18,15 tỷ đồng"),
        (8_712_600_000, 1, "trên 8,7 tỷ đồng"),
        (50_000_000_000, 1, "50 tỷ đồng"),
        (100_000_000_000, 2, "100 tỷ đồng"),
        (1_175_249_000_000, 3, "1.175,249 tỷ đồng"),
        (465_900_000, 0, "gần 466 triệu đồng"),
        (1_250_000_000, 1, "trên 1,2 tỷ đồng"),
        (999_990_000, 1, "gần 1 tỷ đồng"),
        (1_234_567, 9, "1,234567 triệu đồng"),
        (999_999, 1, "999.999 đồng"),
        (0, 1, "0 đồng"),
        (-43_504_000_000, 1, "-43.504.000.000 đồng"),
    ],
)
def test_money_is_said_as_the_papers_say_it(vnd, places, text):
    assert spoken_money(vnd, places).text.replace(NBSP, " ") == text


@pytest.mark.parametrize(
    ("count", "noun", "step", "text"),
    [
        (22_046, "suất", 1000, "trên 22.000 suất"),
        (22_000, "suất", 1000, "22.000 suất"),
        (21_900, "suất", 1000, "gần 22.000 suất"),
        (22_046, "suất", 1, "22.046 suất"),
        (400, "căn", 1000, "400 căn"),
        (900, "căn", 1000, "900 căn"),
        (6, "HTX", 1, "06 HTX"),
        (0, "căn", 10, "00 căn"),
        (11, "lớp", 5, "trên 10 lớp"),
        (9, "lớp", 2, "trên 8 lớp"),
    ],
)
def test_counts_are_said_in_steps(count, noun, step, text):
    assert spoken_count(count, noun, step).text.replace(NBSP, " ") == text


def test_only_the_number_and_its_unit_are_tied():
    assert spoken_money(43_504_000_000).text == "trên 43,5\u00a0tỷ đồng"
    assert str(Spoken(Hedge.EXACT, "400", "căn")) == "400\u00a0căn"


def test_a_step_must_be_positive():
    with pytest.raises(ValueError, match="step"):
        spoken_count(5, "căn", 0)


@given(st.integers(-(10**12), 10**16), st.integers(0, 9))
def test_money_is_never_overstated_and_exact_means_equal(vnd, places):
    spoken = spoken_money(vnd, places)
    shown = shown_vnd(spoken)
    assert agrees(vnd, spoken, shown)
    assert not spoken.number_text.endswith(",0")


@given(st.integers(10**6, 10**16), st.integers(0, 6))
def test_the_nearer_hedge_wins(vnd, places):
    step = (10**9 if vnd >= 10**9 else 10**6) // 10**places
    assert 2 * abs(shown_vnd(spoken_money(vnd, places)) - vnd) <= step


@given(st.integers(10**6, 10**16))
def test_an_amount_that_can_be_shown_exactly_takes_no_hedge(vnd):
    assert spoken_money(vnd, 9).hedge is Hedge.EXACT


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_counts_are_never_overstated_and_exact_means_equal(count, step):
    spoken = spoken_count(count, "suất", step)
    shown = int(spoken.number_text.replace(".", ""))
    assert agrees(count, spoken, shown)
    assert 2 * abs(shown - count) <= step
    assert shown or not count
