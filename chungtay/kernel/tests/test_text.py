from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.kernel.text import LOCAL_TIME, date_text, datetime_text, day_text, join_and


def test_lists_are_joined_with_va():
    assert [join_and(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a và b", "a, b và c"]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2024, 1, 5), "ngày\u00a005 tháng\u00a001 năm 2024"),
        (date(2024, 2, 10), "ngày\u00a010 tháng\u00a002 năm 2024"),
        (date(2023, 3, 9), "ngày\u00a009 tháng\u00a03 năm 2023"),
        (date(2019, 12, 13), "ngày\u00a013 tháng\u00a012 năm 2019"),
    ],
)
def test_a_paper_pads_days_under_ten_and_the_first_two_months(day, text):
    assert day_text(day) == text


def test_a_screen_pads_days_and_months():
    assert date_text(date(2023, 5, 30)) == "30/05/2023"
    assert date_text(date(2024, 1, 5)) == "05/01/2024"


def test_a_moment_is_shown_in_vietnamese_time_whatever_zone_it_came_in():
    assert datetime_text(datetime(2023, 5, 30, 15, 40, tzinfo=LOCAL_TIME)) == "30/05/2023, 15:40"
    assert datetime_text(datetime(2023, 5, 30, 17, 5, tzinfo=UTC)) == "31/05/2023, 00:05"


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        datetime_text(datetime(2023, 5, 30, 15, 40))


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_shown_date_reads_back(day):
    assert datetime.strptime(date_text(day), "%d/%m/%Y").date() == day
