from datetime import UTC, date, datetime
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.figures.rules import (
    DuplicateStatement,
    Figure,
    OverlappingPeriod,
    Statement,
    UnknownView,
    by_key,
    check_overlaps,
    view_of,
)
from chungtay.figures.trace_ids import TraceKey, UnknownTrace, decode_trace, encode_trace
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import parse_period

AREA = UUID(int=1)


def say(period: str, value: int | None = 1, key: str = "") -> Statement:
    return Statement("GIFTS", key, AREA, parse_period(period), value)


def standing(**periods: bool) -> dict:
    return {("GIFTS", "", AREA): {parse_period(code.strip("_").replace("_", "-")): on for code, on in periods.items()}}


def figure(**changes) -> Figure:
    fields = {
        "indicator_code": "GIFTS",
        "dimension": "",
        "area_id": AREA,
        "period": parse_period("2022"),
        "value": 5,
        "numerator": None,
        "denominator": None,
        "reported": 2,
        "expected": 3,
        "missing": (UUID(int=9),),
        "as_of": None,
        "status": "approved",
        "known_at": None,
    }
    return Figure(**(fields | changes))


def test_a_month_inside_a_known_quarter_is_refused_with_both_names() -> None:
    with pytest.raises(OverlappingPeriod, match=r"quý I năm 2022.*tháng 3 năm 2022"):
        check_overlaps([say("2022-03")], standing(_2022Q1=True))


def test_the_same_period_again_and_neighbours_are_fine() -> None:
    check_overlaps([say("2022Q1", 2), say("2022Q2"), say("2021Q4")], standing(_2022Q1=True))


def test_a_withdrawn_period_no_longer_stands_in_the_way() -> None:
    check_overlaps([say("2022-03")], standing(_2022Q1=False))
    check_overlaps([say("2022Q1", None), say("2022-03")], standing(_2022Q1=True))


def test_two_overlapping_statements_of_one_call_are_refused() -> None:
    with pytest.raises(OverlappingPeriod):
        check_overlaps([say("2022Q1"), say("2022-02")], {})
    with pytest.raises(OverlappingPeriod):
        check_overlaps([say("2022Q1"), say("2022Q1@15")], {})


def test_another_key_of_the_breakdown_is_another_series() -> None:
    check_overlaps([say("2022Q1", key="a"), say("2022-02", key="b")], {})


def test_one_cell_stated_twice_in_a_call_is_refused() -> None:
    with pytest.raises(DuplicateStatement):
        check_overlaps([say("2022-02", 1), say("2022-02", 2)], {})


def test_a_ratio_takes_the_decimals_of_its_terms_into_account() -> None:
    rate = figure(
        value=None, numerator=125, denominator=50, kind=Kind.RATIO, numerator_decimals=1, denominator_decimals=0
    )
    assert rate.ratio == Fraction(1, 4)
    assert figure(value=None, numerator=1, denominator=0, kind=Kind.RATIO).ratio is None
    assert figure().ratio is None


def test_a_figure_knows_whether_it_is_known_and_complete() -> None:
    assert figure().is_known and not figure().is_complete
    assert not figure(value=None).is_known
    assert figure(value=0).is_known
    assert figure(reported=3, missing=()).is_complete
    assert not figure(reported=0, expected=0, missing=()).is_complete
    assert figure(value=1234, decimals=2).amount == Fraction(617, 50)


def test_figures_are_found_by_what_they_are() -> None:
    assert by_key([figure()])["GIFTS", "", AREA, "2022"].value == 5


def test_an_unknown_view_is_refused() -> None:
    with pytest.raises(UnknownView):
        view_of("draft")


KEYS = st.builds(
    TraceKey,
    indicator_code=st.from_regex(r"[A-Z0-9_.-]{1,40}", fullmatch=True),
    dimension=st.from_regex(r"([a-z-]{1,9}(/[a-z-]{1,9}){0,2})?", fullmatch=True),
    area_id=st.uuids(),
    period_code=st.sampled_from(["2022", "2022Q3@15", "2020-01..2023-05"]),
    status=st.sampled_from(["approved", "all"]),
    known_at=st.none() | st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC)),
    on_map=st.none() | st.dates(date(1950, 1, 1), date(2150, 1, 1)),
)


@given(key=KEYS)
def test_a_trace_id_reads_back_and_is_url_safe(key: TraceKey) -> None:
    text = encode_trace(key)
    assert decode_trace(text) == key
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(key=KEYS, data=st.data())
def test_a_trace_id_that_was_changed_anywhere_is_unknown(key: TraceKey, data: st.DataObject) -> None:
    text = encode_trace(key)
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("ABYZaz09-_").filter(lambda c: c != text[at]))
    with pytest.raises(UnknownTrace):
        decode_trace(text[:at] + letter + text[at + 1 :])


@pytest.mark.parametrize("text", ["", "x", "AAAA", "đường", "a" * 500, "=", "AQ=="])
def test_a_trace_id_that_never_was_one_is_unknown(text: str) -> None:
    with pytest.raises(UnknownTrace):
        decode_trace(text)


def test_the_trace_of_a_figure_names_the_figure() -> None:
    assert decode_trace(figure().trace) == TraceKey("GIFTS", "", AREA, "2022", "approved", None, None)
