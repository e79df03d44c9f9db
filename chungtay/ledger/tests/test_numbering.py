"""Numbers of vouchers: written, read, and counted through without gaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.ledger.numbering import BadVoucherNumber, Gap, format_number, gaps, parse_number, repeats


def test_a_number_is_written_with_its_prefix_and_year():
    assert format_number("PT", 2025, 123) == "PT-2025-000123"
    assert format_number("NĐ2", 2025, 1_234_567) == "NĐ2-2025-1234567"


@given(st.from_regex("[A-ZĐ][A-ZĐ0-9]{0,9}", fullmatch=True), st.integers(1000, 9999), st.integers(1, 10**9))
def test_what_is_written_is_read_back(prefix, year, number):
    assert parse_number(format_number(prefix, year, number)) == (prefix, year, number)


@pytest.mark.parametrize(("prefix", "year", "number"), [("", 2025, 1), ("p", 2025, 1), ("PT", 25, 1), ("PT", 2025, 0)])
def test_parts_that_make_no_number_are_refused(prefix, year, number):
    with pytest.raises(BadVoucherNumber):
        format_number(prefix, year, number)


@pytest.mark.parametrize(
    "label", ["", "PT-2025-1", "PT-2025-000000", "PT-2025-0000123", "PT 2025-000123", "PT-0025-000001"]
)
def test_what_is_no_number_is_refused(label):
    with pytest.raises(BadVoucherNumber):
        parse_number(label)


def test_gaps_are_spans_even_when_they_are_wide():
    assert gaps([]) == gaps([2, 1, 3, 3]) == []
    assert gaps([3, 10**12]) == [Gap(1, 2), Gap(4, 10**12 - 1)]


@given(st.sets(st.integers(1, 60)))
def test_gaps_are_what_is_missing(numbers):
    missing = {number for gap in gaps(numbers) for number in range(gap.first, gap.last + 1)}
    assert missing == set(range(1, max(numbers, default=0) + 1)) - numbers


def test_numbers_given_twice_are_found():
    assert repeats([3, 1, 3, 2, 1]) == [1, 3]
