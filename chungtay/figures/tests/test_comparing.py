"""Growth, achievement and so much per N: exact, with both parts, and never across a break of the definition."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.figures.comparing import growths, mixed_definitions
from chungtay.figures.formulas import Reason, achievement, break_between, break_within, growth, per_value
from chungtay.figures.rules import Figure
from chungtay.figures.tests.ground import Ground
from chungtay.figures.tests.pure import area
from chungtay.indicators.rules import Break, Change, Kind
from chungtay.indicators.selectors import indicator_by_code
from chungtay.indicators.services import revise_definition
from chungtay.kernel.periods import parse_period

DAY = date(2022, 1, 1)


def figure(
    value: int | None, period: str = "2022", *, kind: Kind = Kind.FLOW, as_of: date | None = None, **more
) -> Figure:
    given = {"numerator": None, "denominator": None, "reported": 1, "expected": 1, "missing": ()} | more
    return Figure(
        "x",
        "",
        area("A"),
        parse_period(period),
        value,
        as_of=as_of,
        status="approved",
        known_at=None,
        kind=kind,
        **given,
    )


def ratio(above: int, below: int, period: str = "2022") -> Figure:
    return figure(None, period, kind=Kind.RATIO, numerator=above, denominator=below)


@given(st.integers(1, 10**12), st.integers(0, 10**12))
def test_growth_is_exact_and_turns_back_into_the_figure(before: int, now: int) -> None:
    grown = growth(figure(now), figure(before, "2021"))
    assert grown.value is not None and grown.reason is None
    assert before * (1 + grown.value) == now


def test_what_cannot_be_compared_says_why() -> None:
    now = figure(5)
    cases = [
        (growth(figure(None), figure(4, "2021")), Reason.NO_VALUE),
        (growth(now, None), Reason.NO_BASE),
        (growth(now, figure(None, "2021")), Reason.NO_BASE),
        (growth(now, figure(0, "2021")), Reason.BASE_NOT_POSITIVE),
        (growth(now, figure(4, "2021"), [Break(DAY, "Chuẩn mới")]), Reason.BREAK),
    ]
    for grown, reason in cases:
        assert (grown.value, grown.reason) == (None, reason)
        assert grown.sentence.endswith(".")
    assert "01/01/2022" in cases[-1][0].sentence and "Chuẩn mới" in cases[-1][0].sentence


def test_a_ratio_grows_by_points() -> None:
    grown = growth(ratio(1, 10), ratio(2, 10, "2021"))
    assert (grown.value, grown.is_points) == (Fraction(-1, 10), True)
    assert growth(ratio(1, 10), ratio(1, 0, "2021")).reason is Reason.NO_BASE


def test_growth_is_like_for_like_only_when_both_sides_are_complete() -> None:
    partial = figure(5, "2021", reported=1, expected=2, missing=(area("B"),))
    assert growth(figure(5), figure(4, "2021")).is_like_for_like
    assert not growth(figure(5), partial).is_like_for_like
    assert growth(figure(5), partial).value == 0  # the number is there, whoever shows it decides


def test_so_much_per_hundred() -> None:
    assert per_value(ratio(3, 200), 100) == Fraction(3, 2)
    assert per_value(figure(3), 100) is None


def test_achievement_has_both_parts_or_a_reason() -> None:
    done = achievement(figure(6), Fraction(4))
    assert (done.amount, done.target, done.value, done.is_reached, done.reason) == (6, 4, Fraction(3, 2), True, None)
    assert achievement(figure(6), None).reason is Reason.NO_TARGET
    assert achievement(figure(None), Fraction(4)).reason is Reason.NO_VALUE
    nothing = achievement(figure(0), Fraction(0))
    assert (nothing.value, nothing.reason, nothing.is_reached) == (None, Reason.TARGET_NOT_POSITIVE, True)
    assert achievement(figure(6), Fraction(4), is_at_most=True).is_reached is False
    assert achievement(ratio(1, 100), Fraction(1, 50), is_at_most=True).is_reached is True
    assert achievement(figure(60, decimals=1), Fraction(6)).is_reached is True


def test_a_sum_over_both_sides_of_a_break_is_mixed() -> None:
    breaks = [Break(DAY, "Chuẩn mới")]
    assert break_within(figure(5, "2021H1"), breaks) is None
    assert break_within(figure(5, "2022"), breaks) is None  # from its first day on
    assert break_within(figure(5, "2021..2022"), breaks) == breaks[0]
    stock = {"kind": Kind.STOCK, "period": "2021..2022"}
    assert break_within(figure(5, as_of=date(2022, 12, 31), **stock), breaks) is None
    assert break_within(figure(5, as_of=date(2021, 12, 31), **stock), breaks) is None
    late = figure(5, as_of=date(2022, 12, 31), reported=1, expected=2, missing=(area("B"),), **stock)
    assert break_within(late, breaks) == breaks[0]  # somebody's last count may be of the old kind


def test_a_break_lies_between_the_days_of_two_stocks() -> None:
    breaks = [Break(DAY, "Chuẩn mới")]
    old = figure(5, "2021", kind=Kind.STOCK, as_of=date(2021, 12, 31))
    new = figure(5, "2022", kind=Kind.STOCK, as_of=date(2022, 12, 31))
    assert break_between(old, new, breaks) == breaks[0]
    assert break_between(old, figure(5, "2022", kind=Kind.STOCK, as_of=date(2021, 12, 31)), breaks) is None
    assert break_between(figure(5, "2022"), figure(5, "2023"), breaks) is None


def test_both_windows_stand_on_the_map_of_the_later_one(ground: Ground) -> None:
    ground.tell(
        ("HOUSES", "A", "2021", 4), ("HOUSES", "B", "2021", 6), ("HOUSES", "A", "2022", 8), ("HOUSES", "B", "2022", 3)
    )
    ground.tell(("POOR", "A", "2021-12", 9))
    asked = [parse_period("2022"), parse_period("2023")]
    found = growths(indicators=["HOUSES", "POOR"], area_ids=[ground.id("D1"), ground.id("A")], periods=asked)
    assert [g.now.indicator_code for g in found] == ["HOUSES"] * 4 + ["POOR"] * 4
    assert [g.now.period for g in found[:2]] == asked
    first = found[0]
    assert (first.value, first.now.value, first.before.value) == (Fraction(1, 10), 11, 10)
    assert first.now.on_map == first.before.on_map == date(2022, 12, 31)
    assert found[1].reason is Reason.NO_VALUE and found[2].value == 1


def test_no_growth_is_shown_across_a_new_definition(ground: Ground) -> None:
    ground.tell(("POOR", "A", "2021-12", 9), ("POOR", "A", "2022-12", 30), ("HOUSEHOLDS", "A", "2021-12", 90))
    ground.tell(("HOUSEHOLDS", "A", "2022-12", 90))
    revise_definition(
        indicator=indicator_by_code("POOR"),
        valid_from=DAY,
        definition="Chuẩn nghèo đa chiều.",
        change=Change.BREAK,
        note="NĐ 07/2021/NĐ-CP",
        now=ground.now,
        by=None,
    )
    asked = {"area_ids": [ground.id("P")], "periods": [parse_period("2022")]}
    for grown in growths(indicators=["POOR", "POOR_RATE"], **asked):
        assert grown.reason is Reason.BREAK
        assert "NĐ 07/2021" in grown.sentence
    assert growths(indicators=["HOUSEHOLDS"], **asked)[0].value == 0


@pytest.mark.parametrize("period", ["2021-06..2022-06"])
def test_a_figure_that_mixes_two_definitions_is_flagged(ground: Ground, period: str) -> None:
    ground.tell(("HOUSES", "A", "2021-12", 9), ("HOUSES", "A", "2022-01", 30))
    assert mixed_definitions([ground.see("HOUSES", "P", period)]) == {}
    revise_definition(
        indicator=indicator_by_code("HOUSES"),
        valid_from=DAY,
        definition="Chỉ tính nhà xây mới.",
        change=Change.BREAK,
        note="bỏ nhà sửa chữa",
        now=ground.now,
        by=None,
    )
    flagged = mixed_definitions([ground.see("HOUSES", "P", period), ground.see("PLAN", "P", period)])
    assert list(flagged) == ["HOUSES"] and "gộp hai cách tính" in flagged["HOUSES"]
