from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.kernel.periods import BadPeriod, Period, bin_of, bin_start, parse_period, period_of

YEARS = st.integers(1902, 2197)
BINS = st.integers(1920 * 24, 2180 * 24)
PERIODS = st.tuples(BINS, st.integers(1, 24 * 8)).map(lambda pair: period_of(bin_start(pair[0]), bin_start(sum(pair))))


def spans(*codes):
    return [(p.start, p.end) for p in map(parse_period, codes)]


def tiles(parts, whole):
    return (
        parts[0].start == whole.start
        and parts[-1].end == whole.end
        and all(a.end == b.start for a, b in pairwise(parts))
    )


@pytest.mark.parametrize(
    ("code", "first", "last", "label", "short"),
    [
        ("2022", "2022-01-01", "2022-12-31", "năm 2022", "2022"),
        ("2022H1", "2022-01-01", "2022-06-30", "6 tháng đầu năm 2022", "6 tháng đầu 2022"),
        ("2022H2", "2022-07-01", "2022-12-31", "6 tháng cuối năm 2022", "6 tháng cuối 2022"),
        ("2022Q3", "2022-07-01", "2022-09-30", "quý III năm 2022", "Quý III/2022"),
        ("2022-05", "2022-05-01", "2022-05-31", "tháng 5 năm 2022", "5/2022"),
        ("2024-02", "2024-02-01", "2024-02-29", "tháng 02 năm 2024", "02/2024"),
        ("2020-01..2023-05", "2020-01-01", "2023-05-31", "từ tháng 01/2020 đến tháng 5/2023", "01/2020–05/2023"),
        ("2022@15", "2021-12-15", "2022-12-14", "năm 2022 (15/12/2021 - 14/12/2022)", "2022"),
        ("2022H1@15", "2021-12-15", "2022-06-14", "6 tháng đầu năm 2022 (15/12/2021 - 14/6/2022)", "6 tháng đầu 2022"),
        (
            "2022H2@15",
            "2022-06-15",
            "2022-12-14",
            "6 tháng cuối năm 2022 (15/6/2022 - 14/12/2022)",
            "6 tháng cuối 2022",
        ),
        ("2022Q1@15", "2021-12-15", "2022-03-14", "quý I năm 2022 (15/12/2021 - 14/3/2022)", "Quý I/2022"),
        ("2022-02@15", "2022-01-15", "2022-02-14", "tháng 02 năm 2022 (15/01/2022 - 14/02/2022)", "02/2022"),
        (
            "2020-01..2023-05@15",
            "2019-12-15",
            "2023-05-14",
            "từ tháng 01/2020 đến tháng 5/2023 (15/12/2019 - 14/5/2023)",
            "01/2020–05/2023",
        ),
        (
            "2022-06-01..2022-06-14",
            "2022-06-01",
            "2022-06-14",
            "từ ngày 01/6/2022 đến ngày 14/6/2022",
            "01/6/2022–14/6/2022",
        ),
    ],
)
def test_a_code_names_its_days_and_reads_well(code, first, last, label, short):
    period = parse_period(code)
    assert (str(period.start), str(period.last_day)) == (first, last)
    assert (period.code, period.label(), period.short()) == (code, label, short)
    assert period.end == period.last_day + timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2022Q1..2022Q3", "2022-01..2022-09"),
        ("2022Q1..2022Q2", "2022H1"),
        ("2022-01..2022-12", "2022"),
        ("2020..2023-05", "2020-01..2023-05"),
        ("2022-07-01..2022-09-30", "2022Q3"),
        ("2021-12-15..2022-03-14", "2022Q1@15"),
        (" 2022q3 ", "2022Q3"),
        ("2022-02..2022-04", "2022-02..2022-04"),
        ("2022-07..2023-06", "2022-07..2023-06"),
        ("2022H2..2023H1@15", "2022-07..2023-06@15"),
        ("2022-05..2022-05", "2022-05"),
    ],
)
def test_equal_periods_have_one_canonical_code(typed, code):
    assert parse_period(typed) == parse_period(code)
    assert parse_period(typed).code == code


@pytest.mark.parametrize(
    "code",
    [
        "",
        "22",
        "2022Q5",
        "2022Q0",
        "2022H3",
        "2022-13",
        "2022-5",
        "2022-00",
        "2022@14",
        "@15",
        "2022..",
        "..2022",
        "2022..2021",
        "2020..2021..2022",
        "2022-02-01..2022-02-30",
        "2022-02-02..2022-02-28",
        "2022-02-01..2022-02-27",
        "9999-01-01..9999-12-31",
        "1899",
        "2200",
        "0000",
        "２０２２",
        "quý III",
    ],
)
def test_a_code_that_names_no_period_is_refused_with_a_sentence(code):
    with pytest.raises(BadPeriod) as caught:
        parse_period(code)
    assert str(caught.value).endswith(".")


def test_a_period_starts_on_a_1st_or_a_15th_and_has_days():
    with pytest.raises(BadPeriod, match="ngày 1 hoặc ngày 15"):
        period_of(date(2022, 1, 2), date(2022, 2, 1))
    with pytest.raises(BadPeriod, match="sau ngày đầu"):
        period_of(date(2022, 2, 1), date(2022, 2, 1))


def test_a_period_cannot_carry_the_code_of_another():
    with pytest.raises(BadPeriod, match="không khớp"):
        Period(date(2022, 1, 1), date(2023, 1, 1), "2021")


def test_previous_is_the_same_kind_just_before():
    pairs = {
        "2022": "2021",
        "2022H1": "2021H2",
        "2022Q1": "2021Q4",
        "2022-01": "2021-12",
        "2022Q1@15": "2021Q4@15",
        "2022-03@15": "2022-02@15",
        "2023-01..2023-05": "2022-08..2022-12",
    }
    assert {code: parse_period(code).previous().code for code in pairs} == pairs


def test_the_same_period_last_year_is_the_same_window():
    pairs = {"2023-01..2023-05": "2022-01..2022-05", "2022Q3@15": "2021Q3@15", "2024-02": "2023-02"}
    assert {code: parse_period(code).same_period_last_year().code for code in pairs} == pairs


def test_a_programme_to_date_is_cut_into_its_years():
    assert [y.code for y in parse_period("2020-01..2023-05").years()] == ["2020", "2021", "2022", "2023-01..2023-05"]
    assert [y.code for y in parse_period("2019-12..2020-01").years()] == ["2019-12", "2020-01"]
    assert [y.code for y in parse_period("2021..2022@15").years()] == ["2021@15", "2022@15"]
    assert [y.code for y in parse_period("2022Q3").years()] == ["2022Q3"]


def test_a_calendar_quarter_and_its_window_differ_and_do_not_contain_each_other():
    calendar, window = parse_period("2022Q1"), parse_period("2022Q1@15")
    assert calendar != window
    assert not calendar.contains(window)
    assert not window.contains(calendar)
    assert parse_period("2022").contains(calendar)


def test_periods_are_ordered_by_start_and_then_end():
    codes = ["2022Q2", "2022", "2022-01", "2022@15"]
    assert [p.code for p in sorted(map(parse_period, codes))] == ["2022@15", "2022-01", "2022", "2022Q2"]


@given(YEARS, st.sampled_from(["", "@15"]))
def test_halves_quarters_and_months_tile_their_year(year, suffix):
    whole = parse_period(f"{year}{suffix}")
    for codes in (
        [f"{year}H{n}{suffix}" for n in (1, 2)],
        [f"{year}Q{n}{suffix}" for n in (1, 2, 3, 4)],
        [f"{year}-{n:02d}{suffix}" for n in range(1, 13)],
    ):
        assert tiles([parse_period(code) for code in codes], whole)
    assert whole.end == parse_period(f"{year + 1}{suffix}").start


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_lies_in_its_bin_and_bins_invert(day):
    number = bin_of(day)
    assert bin_start(number) <= day < bin_start(number + 1)
    assert bin_of(bin_start(number)) == number


@given(BINS)
def test_every_bin_has_one_first_day(number):
    assert bin_of(bin_start(number)) == number
    assert bin_start(number).day in (1, 15)


@pytest.mark.parametrize("number", [0, 24 * 1898, 24 * 2202, 10**9, -1])
def test_bins_far_outside_the_calendar_are_refused(number):
    with pytest.raises(BadPeriod):
        bin_start(number)


@given(PERIODS)
def test_every_period_reads_back_from_its_code_and_from_its_bins(period):
    assert parse_period(period.code) == period
    first, end = period.bins()
    assert period_of(bin_start(first), bin_start(end)) == period
    assert len(period.code) <= 22


@given(PERIODS)
def test_the_previous_period_touches_and_covers_as_many_bins(period):
    before = period.previous()
    assert before.end == period.start
    assert before.bins()[1] - before.bins()[0] == period.bins()[1] - period.bins()[0]


@given(PERIODS)
def test_the_same_period_last_year_keeps_days_and_months(period):
    earlier = period.same_period_last_year()
    assert (earlier.start.month, earlier.start.day) == (period.start.month, period.start.day)
    assert (earlier.end.month, earlier.end.day) == (period.end.month, period.end.day)
    assert earlier.start.year == period.start.year - 1


@given(PERIODS)
def test_the_years_of_a_period_tile_it(period):
    years = period.years()
    assert tiles(years, period)
    assert all(period.contains(year) for year in years)
    assert all(year.bins()[1] - year.bins()[0] <= 24 for year in years)
