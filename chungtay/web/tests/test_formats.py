from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from chungtay.web import formats

NBSP = "\u00a0"


def test_numbers_are_written_as_here():
    assert formats.integer(22047) == "22.047"
    assert formats.decimal(Fraction(581, 10)) == "58,1"
    assert formats.scaled(2250, 2) == "22,50"
    assert formats.percent(Fraction(432, 43186)) == "1,0%"
    assert formats.money(25_000_000) == f"25.000.000{NBSP}đồng"
    assert formats.spoken_money(58_100_000_000) == f"58,1{NBSP}tỷ{NBSP}đồng".replace(f"tỷ{NBSP}", "tỷ ")


@pytest.mark.parametrize(
    "write",
    [formats.integer, formats.decimal, formats.scaled, formats.percent, formats.money, formats.spoken_money],
)
def test_a_missing_number_is_marked_and_named(write):
    assert "…" in write(None)
    assert "Chưa có số" in write(None)
    assert "0" not in write(None)


def test_zero_is_a_number():
    assert formats.integer(0) == "0"
    assert formats.money(0) == f"0{NBSP}đồng"


def test_a_moment_is_written_in_the_time_of_the_site():
    moment = datetime(2023, 5, 29, 18, 30, tzinfo=UTC)
    assert formats.datetime_vn(moment) == "30/05/2023, 01:30"
    assert formats.date_vn(moment) == "30/05/2023"


def test_a_missing_day_is_an_empty_place():
    assert (formats.date_vn(None), formats.datetime_vn(None), formats.day_vn(None)) == ("", "", "")
    assert formats.due(None, date(2023, 5, 22)) == ""


def test_how_far_a_day_is():
    today = date(2023, 5, 22)
    assert formats.due(today, today) == "hôm nay"
    assert formats.due(date(2023, 5, 24), today).replace(NBSP, " ") == "còn 2 ngày"
    assert formats.due(date(2023, 5, 17), today).replace(NBSP, " ") == "trễ 5 ngày"


def test_names_are_joined_as_in_a_sentence():
    assert formats.in_words(["Phường 4", "Phường 6", "Xã Hòa An"]) == "Phường 4, Phường 6 và Xã Hòa An"
