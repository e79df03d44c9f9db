import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chungtay.banking.masking import mask_account, scrub
from chungtay.banking.references import CAPACITY, LETTERS, find, make


@pytest.mark.parametrize(
    ("account", "shown"),
    [
        ("999000111222", "***1222"),
        ("999 000 111 222", "***1222"),
        ("12345678", "***678"),
        ("123456", "***"),
        ("", ""),
        ("QUYXA2026001", "***6001"),
    ],
)
def test_of_an_account_only_the_end_is_shown(account, shown):
    assert mask_account(account) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("LH 0912345678 gap Thu", "LH *** gap Thu"),
        ("sdt 0912 345 678", "sdt ***"),
        ("sdt 0912.345.678", "sdt ***"),
        ("sdt 091-234-5678", "sdt ***"),
        ("sdt +84 912 345 678", "sdt ***"),
        ("sdt (+84) 912345678", "sdt ***"),
        ("sdt 84912345678.", "sdt ***."),
        ("CCCD 087099000123", "CCCD ***"),
        ("CCCD 087 099 000 123", "CCCD ***"),
        ("CMND 341000123", "CMND ***"),
        ("tu 999000111222 NGUYEN VAN THU", "tu *** NGUYEN VAN THU"),
        ("tk 9990.0011.1222", "tk ***"),
        ("FT26248276428461", "FT***"),
        ("292976.010926.013647.xin cam on", "***.xin cam on"),
        ("thu@vidu.example.vn gui", "*** gui"),
        ("0912\u200b345678", "***"),
        ("٠٩١٢٣٤٥٦٧٨", "***"),
        ("０９１２３４５６７８", "***"),
        ("20260905", "***"),
        ("5 trieu ngay 05/09/2026", "5 trieu ngay 05/09/2026"),
        ("ngay 05-09-2026, 2026-09-05, 5.9.26", "ngay 05-09-2026, 2026-09-05, 5.9.26"),
        ("1.234.567 dong", "1.234.567 dong"),
        ("1,234,567,000.00", "1,234,567,000.00"),
        ("12 345 678 dong", "12 345 678 dong"),
        ("1.234.567.890.123 dong", "*** dong"),
        ("dot 3 nam 2026 lop 12A1", "dot 3 nam 2026 lop 12A1"),
        ("ung ho\n bao  so 3", "ung ho bao so 3"),
    ],
)
def test_what_goes_and_what_stays(text, shown):
    assert scrub(text) == shown


PIECES = st.lists(
    st.sampled_from(
        [
            "0912345678",
            "0912 345 678",
            "05/09/2026",
            "1.234.567",
            " ",
            ".",
            "-",
            "a",
            "@b.vn",
            "84",
            "+",
            "345",
            "678",
            "12",
            ",",
            "(",
        ]
    )
    | st.text("0123456789 .,-/+@ab", max_size=8)
    | st.text(max_size=4),
    max_size=10,
).map("".join)


@given(PIECES)
@example("05/09/2026 0912 345 678")
@example("1.234.567 0912.345.678")
def test_no_long_number_survives_and_twice_is_as_once(text):
    shown = scrub(text)
    assert not re.search(r"\d{8,}", shown)
    assert not re.search(r"(?<!\d)0\d{3}([ .\-])\d{3}\1\d{3}(?!\d)", shown)
    assert scrub(shown) == shown


@given(PIECES, st.sampled_from(LETTERS), st.integers(0, CAPACITY - 1), PIECES)
def test_our_reference_stays_readable(before, kind, number, after):
    shown = scrub(f"{before} | {make(kind, number)} | {after}")
    assert make(kind, number) in {reference.code for reference in find(shown)}
    assert not re.search(r"\d{8,}", shown)


@given(st.integers(1, 10**12 - 1), st.sampled_from(".,"), st.dates())
def test_amounts_and_days_stay(amount, mark, day):
    written = f"{amount:,}".replace(",", mark)
    text = f"so tien {written} ngay {day.day:02d}/{day.month:02d}/{day.year:04d} xong"
    if mark in written:
        assert scrub(text) == text
