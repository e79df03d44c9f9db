from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.banking.cells import CellProblem, DateStyle, NumberStyle, amount, day, plain


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1.234.567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("1,234.00", 1234),
        ("1.234,00", 1234),
        ("1234567", 1_234_567),
        ("+50.000", 50_000),
        ("-50,000", -50_000),
        ("−50.000", -50_000),
        ("(50.000)", -50_000),
        ("50.000-", -50_000),
        ("50.000 VND", 50_000),
        ("50.000đ", 50_000),
        ("1 234 567", 1_234_567),
        ("1\u00a0234\u00a0567", 1_234_567),
        ("'12.000", 12_000),
        ("12.00", 12),
        ("0", 0),
        ("0,00", 0),
        ("0.000", 0),
        (50_000.0, 50_000),
        (-7, -7),
        ("", None),
        ("  ", None),
        ("-", None),
        (None, None),
        (False, None),
    ],
)
def test_amounts_in_every_usual_writing(cell, expected):
    assert amount(cell) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "1.23",
        "1,5",
        "12.345.67.89",
        "1.2345",
        "abc",
        "1.234,567.8",
        "5e3",
        float("nan"),
        float("inf"),
        0.5,
        "9" * 17,
        "+",
        "()",
        "١٢",
    ],
)
def test_what_is_no_whole_number_of_dong_is_refused(cell):
    with pytest.raises(CellProblem):
        amount(cell)


def test_a_style_that_is_known_leaves_no_doubt():
    assert amount("1.234", NumberStyle.DOT) == 1234
    with pytest.raises(CellProblem):
        amount("1.234", NumberStyle.COMMA)
    with pytest.raises(CellProblem):
        amount("1,234,567", NumberStyle.DOT)


@given(st.integers(-(10**14), 10**14), st.sampled_from([",", "."]), st.booleans())
def test_a_number_is_read_back_in_both_styles(number, mark, cents):
    text = f"{number:,}".replace(",", mark) + ((("." if mark == "," else ",") + "00") if cents else "")
    assert amount(text) == number


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("05/09/2026", (date(2026, 9, 5), "")),
        ("5/9/2026", (date(2026, 9, 5), "")),
        ("05-09-2026 10:20:30", (date(2026, 9, 5), "")),
        ("10:20:30 05/09/2026", (date(2026, 9, 5), "")),
        ("2026-09-05T10:20:30", (date(2026, 9, 5), "")),
        ("2026/09/05", (date(2026, 9, 5), "")),
        ("05.09.2026", (date(2026, 9, 5), "")),
        ("05/09/26", (date(2026, 9, 5), "")),
        ("20260905", (date(2026, 9, 5), "")),
        ("20260905 101010", (date(2026, 9, 5), "101010")),
        ("05-Sep-2026", (date(2026, 9, 5), "")),
        ("05/09/2026\n5213.45946", (date(2026, 9, 5), "5213.45946")),
        ("05/09/2026 10:20:30\n5213.45946", (date(2026, 9, 5), "5213.45946")),
        (datetime(2026, 9, 5, 23, 59), (date(2026, 9, 5), "")),
        (date(2026, 9, 5), (date(2026, 9, 5), "")),
        (46270.0, (date(2026, 9, 5), "")),
        (20260905.0, (date(2026, 9, 5), "")),
        ("", None),
        ("31/02/2026", None),
        ("05/13/2026", None),
        ("5213.45946", None),
        ("Tổng cộng", None),
        ("05/09/1026", None),
        ("05/09/202", None),
        (7.0, None),
        (None, None),
        (True, None),
    ],
)
def test_days_in_every_usual_writing(cell, expected):
    assert day(cell) == expected


def test_month_first_only_when_told():
    assert day("09/25/2026", DateStyle.MONTH_FIRST) == (date(2026, 9, 25), "")
    assert day("2026-09-05", DateStyle.MONTH_FIRST) == (date(2026, 9, 5), "")


def test_numbers_of_accounts_and_documents_lose_the_point_that_a_spreadsheet_adds():
    assert plain(999000111222.0) == "999000111222"
    assert plain(5213.45946) == "5213.45946"
    assert plain(" Nguyễn \n Văn  Thử ") == "Nguyễn Văn Thử"
