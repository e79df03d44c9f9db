from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.kernel.numerals import (
    NoDenominator,
    NumberProblem,
    format_decimal,
    format_integer,
    format_percent,
    pad_count,
    read_decimal,
    read_integer,
    scaled_text,
    to_roman,
)

INTEGERS = st.integers(-(10**18) + 1, 10**18 - 1)
PLACES = st.integers(0, 6)


def value_of(shown):
    return Fraction(shown.replace(".", "").replace(",", "."))


def test_whole_numbers_take_dots_for_thousands():
    assert [format_integer(n) for n in (0, 999, 22047, 101_127_589_000, -7000)] == [
        "0",
        "999",
        "22.047",
        "101.127.589.000",
        "-7.000",
    ]


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Decimal("58.1"), 1, "58,1"),
        (Fraction(1175249, 1000), 3, "1.175,249"),
        (Fraction(1, 20), 1, "0,1"),
        (Fraction(-1, 20), 1, "-0,1"),
        (Fraction(-1, 30), 1, "0,0"),
        (Decimal("2.5"), 0, "3"),
        (400, 1, "400,0"),
    ],
)
def test_decimals_take_a_comma_and_halves_round_away_from_zero(number, places, text):
    assert format_decimal(number, places) == text


@given(st.fractions(-(10**12), 10**12), PLACES)
def test_a_rounded_decimal_is_within_half_a_step(number, places):
    assert abs(value_of(format_decimal(number, places)) - number) * 10**places <= Fraction(1, 2)


def test_percentages_are_shown_with_fixed_places():
    assert format_percent(1073, 1000) == "107,3%"
    assert format_percent(10, 17) == "58,8%"
    assert format_percent(17, 17) == "100,0%"
    assert format_percent(17, 17, places=0) == "100%"
    assert format_percent(981, 1000, places=2) == "98,10%"


def test_a_plan_that_is_almost_met_never_shows_as_met_when_cut_down():
    assert format_percent(9997, 10000) == "100,0%"
    assert format_percent(9997, 10000, rounding="down") == "99,9%"
    assert format_percent(-1, 3, rounding="down") == "-33,4%"


def test_a_percentage_of_nothing_is_refused():
    with pytest.raises(NoDenominator, match="mẫu số bằng 0"):
        format_percent(1, 0)


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**15), PLACES)
def test_a_percentage_cut_down_never_overstates_and_is_within_one_step(numerator, denominator, places):
    shown = value_of(format_percent(numerator, denominator, places, rounding="down").removesuffix("%"))
    true = Fraction(numerator * 100, denominator)
    assert shown <= true < shown + Fraction(1, 10**places)


def test_counts_under_ten_take_a_leading_zero():
    assert [pad_count(n) for n in (0, 6, 9, 10, 400, 22047)] == ["00", "06", "09", "10", "400", "22.047"]


def test_roman_numerals_name_annexes_and_quarters():
    assert [to_roman(n) for n in (1, 3, 4, 9, 14, 40, 90, 2024)] == [
        "I",
        "III",
        "IV",
        "IX",
        "XIV",
        "XL",
        "XC",
        "MMXXIV",
    ]
    for number in (0, -1, 4000):
        with pytest.raises(ValueError, match="Roman"):
            to_roman(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("25.000.000", 25_000_000),
        ("25 000 000", 25_000_000),
        ("25\u00a0000\u202f000", 25_000_000),
        (" 25000000 ", 25_000_000),
        ("06", 6),
        ("0", 0),
        ("-7", -7),
        ("−1.250", -1250),
    ],
)
def test_whole_numbers_are_read_plainly_or_in_groups_of_three(text, number):
    assert read_integer(text) == number


@pytest.mark.parametrize(
    ("text", "suggestion", "part"),
    [
        ("25.000.000.00", 25_000_000, "thừa “.00” ở cuối, có phải 25.000.000?"),
        ("25.000.000,00", 25_000_000, "thừa “,00” ở cuối, có phải 25.000.000?"),
        ("-25000000.0", -25_000_000, "thừa “.0” ở cuối, có phải -25.000.000?"),
        ("25,000,000", 25_000_000, "dùng dấu phẩy ngăn hàng nghìn, có phải 25.000.000?"),
        ("2.5000.000", 25_000_000, "đúng 3 chữ số, có phải 25.000.000?"),
        ("25 triệu", 25_000_000, "chỉ ghi số, có phải 25.000.000?"),
        ("58,1 tỷ đồng", 58_100_000_000, "có phải 58.100.000.000?"),
        ("1.250.000.000đ", 1_250_000_000, "có phải 1.250.000.000?"),
        ("", None, "Chưa có số"),
        ("  ", None, "Chưa có số"),
        ("1,5", None, "phần thập phân"),
        ("1.5", None, "phần thập phân"),
        ("1.500.5", None, "đúng 3 chữ số"),
        ("0.500.12", None, "đúng 3 chữ số"),
        ("1..000", None, "đúng 3 chữ số"),
        ("khoảng 7.000", None, "không phải là số"),
        ("5 ha", None, "không phải là số"),
        ("--5", None, "không phải là số"),
        ("٣", None, "không phải là số"),
        ("1" * 19, None, "quá lớn"),
        ("1" * 20 + " triệu", None, "hãy ghi lại"),
    ],
)
def test_an_unclear_number_is_refused_with_a_sentence_and_perhaps_a_question(text, suggestion, part):
    with pytest.raises(NumberProblem) as caught:
        read_integer(text)
    assert caught.value.suggestion == suggestion
    assert part in str(caught.value)


@pytest.mark.parametrize(
    ("text", "places", "value"),
    [
        ("58,1", 2, 5810),
        ("1.175,249", 3, 1_175_249),
        ("58,100", 1, 581),
        ("40", 2, 4000),
        ("-0,5", 1, -5),
        ("7,0", 0, 7),
    ],
)
def test_decimals_are_read_scaled(text, places, value):
    assert read_decimal(text, places) == value


@pytest.mark.parametrize(
    ("text", "places", "suggestion", "part"),
    [
        ("58.1", 2, 5810, "có phải 58,1?"),
        ("1,175.25", 2, 117_525, "có phải 1.175,25?"),
        ("25.000.00", 2, 2_500_000, "thừa “.00”"),
        ("25 triệu", 1, 250_000_000, "chỉ ghi số"),
        ("58,125", 2, None, "tối đa 2 chữ số sau dấu phẩy"),
        ("1,5", 0, None, "chỉ nhận số nguyên"),
        ("58,", 2, None, "hãy ghi lại"),
        ("", 2, None, "Chưa có số"),
        ("9" * 18, 2, None, "quá lớn"),
    ],
)
def test_an_unclear_decimal_is_refused_and_nothing_is_rounded_in_silence(text, places, suggestion, part):
    with pytest.raises(NumberProblem) as caught:
        read_decimal(text, places)
    assert caught.value.suggestion == suggestion
    assert part in str(caught.value)


def test_a_stored_value_keeps_all_its_decimals():
    assert [scaled_text(5810, 2), scaled_text(-5, 1), scaled_text(22047, 0), scaled_text(0, 2)] == [
        "58,10",
        "-0,5",
        "22.047",
        "0,00",
    ]


@given(INTEGERS)
def test_a_formatted_whole_number_reads_back(number):
    assert read_integer(format_integer(number)) == number
    assert read_integer(str(number)) == number


@given(INTEGERS, PLACES)
def test_a_stored_value_reads_back(value, places):
    assert read_decimal(scaled_text(value, places), places) == value


@given(st.text(alphabet="0123456789.,- đtỷriệu\u00a0", max_size=24), PLACES)
def test_reading_gives_a_number_or_a_sentence_and_nothing_else(text, places):
    for read in (read_integer, lambda t: read_decimal(t, places)):
        try:
            value = read(text)
        except NumberProblem as problem:
            assert str(problem).endswith((".", "?"))
        else:
            assert abs(value) < 10**18


@given(st.text(alphabet="0123456789.,- ", max_size=24))
def test_a_suggestion_of_a_whole_number_is_made_of_the_typed_digits_in_their_order(text):
    try:
        read_integer(text)
    except NumberProblem as problem:
        if problem.suggestion is not None:
            typed = "".join(c for c in text if c.isdigit()).lstrip("0")
            assert typed.startswith(str(abs(problem.suggestion)).lstrip("0"))
