from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from chungtay.web import charts


@dataclass(frozen=True)
class Year:
    label: str
    value: float | None
    text: str = ""
    partial: bool = False


def bars(*values: float | None) -> charts.Spark:
    return charts.spark([Year(str(2020 + index), value) for index, value in enumerate(values)])


@given(st.lists(st.floats(min_value=0, max_value=1e15), min_size=1, max_size=8))
def test_bars_start_at_zero_and_their_heights_are_in_proportion(values: list[float]):
    marks = bars(*values).marks
    tallest = max(mark.height for mark in marks)
    largest = max(values)
    for mark, value in zip(marks, values, strict=True):
        assert mark.y + mark.height == charts._BASE
        if largest > 0:
            assert abs(mark.height - tallest * (value / largest)) <= 0.11


@given(
    st.lists(st.one_of(st.none(), st.floats(min_value=0, max_value=1e15)), max_size=8), st.sampled_from(["bar", "line"])
)
def test_every_mark_stands_inside_the_drawing(values: list[float | None], kind: str):
    chart = charts.spark([Year(str(index), value) for index, value in enumerate(values)], kind=kind, target=5)
    for mark in chart.marks:
        assert 0 <= mark.x <= mark.x + mark.width <= chart.width + 0.1
        assert 0 <= mark.y <= chart.base
        assert mark.value_y > 8


def test_a_missing_value_is_marked_and_never_a_bar_of_zero():
    missing, zero = bars(None, 0).marks
    assert missing.is_missing
    assert not zero.is_missing
    assert zero.height == 0


def test_all_zero_is_drawn_without_dividing_by_it():
    assert [mark.height for mark in bars(0, 0).marks] == [0, 0]


def test_a_line_breaks_where_a_value_is_missing():
    points = [Year(str(index), value) for index, value in enumerate([3, 2, None, 1, 1])]
    assert len(charts.spark(points, kind="line").lines) == 2


def test_a_lone_value_between_gaps_has_a_dot_and_no_line():
    points = [Year("a", None), Year("b", 2), Year("c", None)]
    assert charts.spark(points, kind="line").lines == ()


def test_a_target_takes_part_in_the_span_and_adds_its_row():
    with_target = charts.spark([Year("2022", 1.0)], kind="line", target=0.8, target_text="mục tiêu 0,8%")
    assert with_target.target_y == charts._BASE
    assert with_target.height > charts.HEIGHT
    assert bars(1).target_y is None


def test_mappings_and_objects_are_read_alike():
    assert charts.spark([{"label": "2020", "value": 3}]) == charts.spark([Year("2020", 3.0, "3")])


@given(st.integers(0, 200), st.integers(0, 200))
def test_grains_are_as_many_as_the_units_while_they_can_be_told_apart(reported: int, expected: int):
    row, width = charts.grains(reported, expected)
    assert sum(grain.x + grain.width for grain in row[-1:]) == width
    if 0 < expected <= charts.MOST_GRAINS:
        assert len(row) == expected
        assert sum(grain.is_filled for grain in row) == min(reported, expected)


def test_many_units_share_one_bar_that_is_full_only_when_all_have_reported():
    assert [grain.is_filled for grain in charts.grains(143, 143)[0]] == [True]
    assert [grain.is_filled for grain in charts.grains(142, 143)[0]] == [True, False]
    assert [grain.is_filled for grain in charts.grains(0, 143)[0]] == [False]


def test_nobody_expected_draws_nothing():
    assert charts.grains(0, 0) == ([], 0)


def test_a_line_breaks_where_the_series_does_and_the_place_is_marked():
    points = [{"label": str(year), "value": year} for year in range(2020, 2024)]
    chart = charts.spark(points, kind="line", breaks=[2])
    assert len(chart.lines) == 2
    assert chart.breaks == (charts.WIDTH / 2,)
    assert charts.spark(points, kind="line", breaks=[0, 9]).breaks == ()
