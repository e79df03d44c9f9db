import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.kernel.words import NotReadAloud, amount_in_words, number_in_words, words_to_number

NUMBERS = st.integers(0, 10**18 - 1) | st.integers(0, 18).flatmap(lambda e: st.integers(0, 10**e - 1))
SPOKEN = [
    "không",
    "một",
    "hai",
    "năm",
    "mốt",
    "tư",
    "lăm",
    "lẻ",
    "mười",
    "mươi",
    "trăm",
    "nghìn",
    "triệu",
    "tỷ",
    "đồng",
]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (100, "một trăm"),
        (104, "một trăm lẻ bốn"),
        (115, "một trăm mười lăm"),
        (555, "năm trăm năm mươi lăm"),
        (1_005, "một nghìn không trăm lẻ năm"),
        (22_046, "hai mươi hai nghìn không trăm bốn mươi sáu"),
        (1_000_005, "một triệu không trăm lẻ năm"),
        (1_557_000_000, "một tỷ năm trăm năm mươi bảy triệu"),
        (2_000_050_000, "hai tỷ không trăm năm mươi nghìn"),
        (10**12, "một nghìn tỷ"),
        (10**15 + 1, "một triệu tỷ không trăm lẻ một"),
    ],
)
def test_numbers_are_read_as_people_read_them(number, words):
    assert number_in_words(number) == words
    assert words_to_number(words) == number


def test_an_amount_for_a_voucher_starts_with_a_capital_and_ends_in_dong():
    assert amount_in_words(58_100_000_000) == "Năm mươi tám tỷ một trăm triệu đồng"
    assert amount_in_words(0) == "Không đồng"
    assert amount_in_words(100_000_005, "linh") == "Một trăm triệu không trăm linh năm đồng"


def test_both_spellings_are_read_back():
    assert words_to_number("Năm mươi tám tỉ một trăm linh bốn triệu hai ngàn đồng") == 58_104_002_000
    assert words_to_number("hai mươi bốn") == words_to_number("hai mươi tư") == 24


@pytest.mark.parametrize("number", [-1, 10**18])
def test_numbers_outside_the_range_are_refused(number):
    with pytest.raises(NotReadAloud, match="từ 0 đến"):
        number_in_words(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "đồng",
        "trăm",
        "một hai",
        "một trăm năm",
        "mười mốt",
        "tỷ",
        "một tỷ tỷ",
        "lẻ năm",
        "năm nghìn triệu",
        "hai mươi lẻ",
        "một trăm lẻ",
        "sáu bò",
    ],
)
def test_words_that_are_not_a_number_are_refused(text):
    with pytest.raises(NotReadAloud, match="không phải là số viết bằng chữ"):
        words_to_number(text)


@given(NUMBERS, st.sampled_from(["lẻ", "linh"]))
def test_every_number_reads_back(number, zero_tens):
    assert words_to_number(number_in_words(number, zero_tens)) == number
    assert words_to_number(amount_in_words(number, zero_tens)) == number


@given(st.lists(st.sampled_from(SPOKEN), max_size=9))
def test_reading_words_gives_a_number_or_a_refusal_and_nothing_else(words):
    with contextlib.suppress(NotReadAloud):
        assert words_to_number(" ".join(words)) >= 0
