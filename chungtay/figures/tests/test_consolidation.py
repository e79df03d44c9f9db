from datetime import date

import numpy as np
import pytest

from chungtay.figures.consolidation import Line, SumTooLarge, consolidate
from chungtay.figures.grouping import groups_of
from chungtay.figures.tests.pure import Small, area
from chungtay.kernel.periods import parse_period

MAX = 10**15


def test_a_figure_is_the_areas_own_facts_and_those_of_all_below_it() -> None:
    small = Small().tell(("gifts", "A", "2022-05", 5), ("gifts", "B", "2022-05", 7), ("gifts", "D1", "2022-05", 100))
    assert small.value("gifts", "D1", "2022-05") == 112
    assert small.value("gifts", "A", "2022-05") == 5
    assert small.value("gifts", "P", "2022") == 112


def test_no_data_is_none_and_a_stated_zero_is_zero() -> None:
    small = Small().tell(("gifts", "A", "2022-05", 0))
    assert small.value("gifts", "A", "2022-05") == 0
    assert small.value("gifts", "B", "2022-05") is None
    assert small.value("gifts", "A", "2022-06") is None
    assert small.value("houses", "P", "2022") is None


def test_positive_and_negative_facts_that_cancel_out_are_zero_and_not_missing() -> None:
    small = Small().tell(("gifts", "A", "2022-05", 5), ("gifts", "B", "2022-05", -5))
    assert small.value("gifts", "D1", "2022-05") == 0


def test_a_quarters_value_is_never_shown_as_a_month_but_counts_in_the_year() -> None:
    small = Small().tell(("gifts", "A", "2022Q1", 30)).expect("gifts", "A")
    assert small.value("gifts", "A", "2022-03") is None
    assert small.value("gifts", "A", "2022-01") is None
    assert small.value("gifts", "A", "2022Q1") == 30
    assert small.value("gifts", "A", "2022") == 30
    assert small.ask("gifts", "A", "2022-03").reported == 0


def test_a_quarter_that_crosses_the_start_of_a_window_is_left_out_of_value_and_coverage() -> None:
    small = Small().expect("gifts", "A")
    small.tell(("gifts", "A", "2022Q1", 30), ("gifts", "A", "2022-04", 4), ("gifts", "A", "2022-05", 5))
    seen = small.ask("gifts", "A", "2022-02..2022-05")
    assert (seen.total, seen.reported, seen.missing) == (9, 0, ["A"])
    assert small.value("gifts", "A", "2022-02..2022-03") is None


def test_a_unit_is_complete_only_when_its_periods_fill_the_window_without_a_gap() -> None:
    small = Small().expect("gifts", "A", "B", "C")
    small.tell(("gifts", "A", "2022-01", 1), ("gifts", "A", "2022-02", 1), ("gifts", "A", "2022-03", 1))
    small.tell(("gifts", "B", "2022-01", 1), ("gifts", "B", "2022-03", 1), ("gifts", "C", "2022Q1", 3))
    seen = small.ask("gifts", "P", "2022Q1")
    assert (seen.total, seen.reported, seen.expected, seen.missing) == (8, 2, 3, ["B"])


def test_calendar_months_and_windows_from_the_15th_never_stand_for_each_other() -> None:
    small = Small().expect("gifts", "A").tell(("gifts", "A", "2022Q3@15", 9))
    assert small.value("gifts", "A", "2022Q3@15") == 9
    assert small.value("gifts", "A", "2022Q3") is None
    assert small.value("gifts", "A", "2022@15") == 9
    assert small.value("gifts", "A", "2022") == 9  # wholly inside the calendar year too
    assert small.ask("gifts", "A", "2022Q3@15").reported == 1


def test_a_stock_is_the_last_known_value_of_each_unit_and_says_as_of_when() -> None:
    small = Small().expect("members", "A", "B", "C")
    small.tell(("members", "A", "2022-03", 10), ("members", "A", "2022-06", 12), ("members", "B", "2022-03", 20))
    seen = small.ask("members", "P", "2022")
    assert (seen.total, seen.as_of) == (32, date(2022, 6, 30))
    assert (seen.reported, seen.missing) == (1, ["B", "C"])
    march = small.ask("members", "P", "2022Q1")
    assert (march.total, march.as_of, march.reported) == (30, date(2022, 3, 31), 2)


def test_a_stock_from_before_the_window_is_not_shown_in_it() -> None:
    small = Small().tell(("members", "A", "2021-12", 10))
    assert small.value("members", "A", "2022") is None


def test_a_ratio_is_recomputed_from_the_sums_of_the_units_that_have_both_terms() -> None:
    small = Small().expect("gifts", "A", "B", "C").expect("houses", "A", "B", "C")
    small.tell(("gifts", "A", "2022-05", 1), ("houses", "A", "2022-05", 10))
    small.tell(("gifts", "B", "2022-05", 9), ("houses", "B", "2022-05", 10), ("gifts", "C", "2022-05", 1000))
    seen = small.ask(("gifts", "houses"), "P", "2022-05")
    assert (seen.total, seen.below) == (10, 20)  # 50%, not the mean of 10% and 90%; C has no denominator
    assert (seen.reported, seen.expected, seen.missing, seen.as_of) == (2, 3, ["C"], None)


def test_a_ratio_of_stocks_is_as_of_the_day_up_to_which_both_terms_are_known() -> None:
    small = Small().expect("members", "A", "B").expect("households", "A", "B")
    small.tell(("members", "A", "2022-12", 2), ("members", "B", "2022-12", 3))
    small.tell(("households", "A", "2022-06", 100), ("households", "B", "2022-06", 100))
    seen = small.ask(("members", "households"), "P", "2022")
    assert (seen.total, seen.below, seen.as_of, seen.reported) == (5, 200, date(2022, 6, 30), 2)


def test_a_total_over_keys_is_complete_only_with_every_key_that_anybody_stated_in_the_window() -> None:
    small = Small().expect("gifts", "A", "B")
    small.tell(("gifts", "A", "2022-05", 1, "poor"), ("gifts", "A", "2022-05", 2, "sick"))
    small.tell(("gifts", "B", "2022-05", 4, "poor"))
    seen = small.ask("gifts", "P", "2022-05")
    assert (seen.total, seen.reported, seen.missing) == (7, 1, ["B"])
    small.tell(("gifts", "B", "2022-06", 4, "poor"), ("gifts", "A", "2022-06", 4, "poor"))
    assert small.ask("gifts", "P", "2022-06").reported == 2  # nobody stated "sick" in June


def test_stocks_over_keys_add_each_keys_last_value_and_are_complete_when_all_are_equally_new() -> None:
    small = Small().expect("members", "A", "B")
    small.tell(("members", "A", "2022-05", 1, "men"), ("members", "A", "2022-04", 2, "women"))
    small.tell(("members", "B", "2022-05", 3, "men"), ("members", "B", "2022-05", 4, "women"))
    seen = small.ask("members", "P", "2022")
    assert (seen.total, seen.as_of, seen.reported, seen.missing) == (10, date(2022, 5, 31), 1, ["A"])


def test_expected_units_follow_the_dates_of_their_expectation() -> None:
    small = Small().tell(("gifts", "A", "2022-05", 1)).expect("gifts", "A")
    small.expect("gifts", "B", valid_from="2022-06-01").expect("gifts", "C", valid_to="2022-05-01")
    assert small.ask("gifts", "P", "2022-04").missing == ["A", "C"]
    assert (small.ask("gifts", "P", "2022-05").reported, small.ask("gifts", "P", "2022-05").expected) == (1, 1)
    assert small.ask("gifts", "P", "2022-06").missing == ["A", "B"]


def test_an_expectation_taken_back_or_prolonged_counts_as_last_said() -> None:
    small = Small().tell(("gifts", "A", "2022-05", 1)).expect("gifts", "A", "B", valid_to="2022-03-01")
    small.expect("gifts", "A").expect("gifts", "B", valid_to="2020-01-01")
    assert small.ask("gifts", "P", "2022-05").expected == 1


def test_an_area_that_reports_unasked_adds_to_the_value_and_not_to_the_coverage() -> None:
    small = Small().tell(("gifts", "A", "2022-05", 1), ("gifts", "B", "2022-05", 2)).expect("gifts", "A")
    seen = small.ask("gifts", "P", "2022-05")
    assert (seen.total, seen.reported, seen.expected) == (3, 1, 1)


def test_lines_that_use_the_same_series_twice_do_not_get_their_neighbours() -> None:
    small = Small()
    values = {"gifts": 1, "houses": 20, "bridges": 300}
    for name, value in values.items():
        small.tell((name, "A", "2022-05", value))
    pairs = [("gifts", "gifts"), ("houses", "gifts"), ("bridges", "bridges")]
    lines = [Line((small.term(above), small.term(below))) for above, below in pairs]
    groups = groups_of(small.cube.place_at, [area("A")], [(0, 1)])
    first, end = (np.array([b], np.int32) for b in parse_period("2022-05").bins())
    answer = consolidate(small.cube, lines, groups, first, end, [np.ones((1, 1), np.bool_)])
    assert answer.total[:, 0, 0].tolist() == [values[above] for above, _ in pairs]
    assert answer.below[:, 0, 0].tolist() == [values[below] for _, below in pairs]


def test_sums_of_the_largest_values_are_exact() -> None:
    small = Small().tell(*(("gifts", a, f"2022-{m:02d}", MAX - m) for a in "ABC" for m in range(1, 13)))
    assert small.value("gifts", "P", "2022") == 3 * sum(MAX - m for m in range(1, 13))


def test_a_sum_that_would_leave_64_bits_is_refused() -> None:
    facts = [("gifts", a, f"{y}-{m:02d}", MAX) for a in ORDER_OF_ALL for y in range(1950, 2150) for m in range(1, 13)]
    small = Small().tell(*facts)
    with pytest.raises(SumTooLarge):
        small.value("gifts", "P", "1950-01..2149-12")


ORDER_OF_ALL = ["P", "D1", "A", "B", "C"]
