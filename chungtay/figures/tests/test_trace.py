from datetime import UTC, datetime, timedelta

import pytest

from chungtay.figures import registry, selectors, tracing
from chungtay.figures.registry import SourceView
from chungtay.figures.rules import Figure
from chungtay.figures.selectors import Trace, UnknownTrace
from chungtay.figures.tests.ground import Ground
from chungtay.figures.trace_ids import TraceKey, encode_trace

DAY = timedelta(days=1)


def opened(figure: Figure) -> Trace:
    """Open a figure and check that every part adds up to it."""
    trace = selectors.trace(figure.trace)
    assert trace.figure == figure
    parts = [trace.own, *trace.by_child]
    for field in ("value", "numerator", "denominator"):
        whole = getattr(figure, field)
        assert sum(getattr(part, field) or 0 for part in parts) == (whole or 0)
    if figure.kind != "ratio":
        assert sum(part.reported for part in parts) == figure.reported or figure.as_of
        assert sum(fact.value for fact in trace.facts) == (figure.value or 0)
    elif trace.numerator and trace.denominator:
        for term, whole in ((trace.numerator, figure.numerator), (trace.denominator, figure.denominator)):
            assert sum(f.value for f in trace.facts if f.indicator_code == term.indicator_code) == (whole or 0)
    if trace.history:
        last = trace.history[-1]
        assert (last.value, last.numerator, last.denominator) == (figure.value, figure.numerator, figure.denominator)
    return trace


@pytest.fixture
def full(ground: Ground) -> Ground:
    ground.expect("HOUSES", "A", "B", "C")
    ground.tell(("HOUSES", "A", "2022-01", 1), ("HOUSES", "A", "2022-02", 2), ("HOUSES", "D1", "2022-01", 50))
    ground.tell(("HOUSES", "B", "2022Q1", 7), ("HOUSES", "C", "2022-02", 20), after=DAY)
    ground.tell(("HOUSES", "A", "2022-01", 9), ("HOUSES", "C", "2022-02", None), after=DAY)
    ground.tell(("POOR", "A", "2022-03", 3), ("POOR", "A", "2022-06", 4), ("POOR", "B", "2022-03", 5), after=DAY)
    ground.tell(("HOUSEHOLDS", "A", "2022-06", 40), ("HOUSEHOLDS", "C", "2022-06", 60), after=DAY)
    ground.tell(("GIFTS", "A", "2022-01", 5, "food"), ("GIFTS", "B", "2022-01", 7, "study"), after=DAY)
    ground.tell(("HOUSES", "B", "2022-04", 1000), status="provisional", after=DAY)
    return ground


@pytest.mark.parametrize("code", ["HOUSES", "POOR", "HOUSEHOLDS", "POOR_RATE", "GIFTS", "DONE"])
@pytest.mark.parametrize("status", ["approved", "all"])
def test_the_parts_of_every_figure_add_up_to_it(full: Ground, code: str, status: str) -> None:
    for area in full.areas:
        for period in ("2022", "2022Q1", "2022-01", "2022-03", "2022-02..2022-06", "2021"):
            opened(full.see(code, area, period, status=status))


def test_a_flow_opens_into_own_children_and_facts(full: Ground) -> None:
    trace = opened(full.see("HOUSES", "D1", "2022Q1"))
    assert (trace.own.value, [(full.name(f.area_id), f.value) for f in trace.by_child]) == (50, [("A", 11), ("B", 7)])
    assert [(full.name(f.area_id), f.period.code, f.value, f.cell) for f in trace.facts] == [
        ("D1", "2022-01", 50, "D3"),
        ("A", "2022-01", 9, "D1"),
        ("A", "2022-02", 2, "D2"),
        ("B", "2022Q1", 7, "D1"),
    ]


def test_a_window_that_a_quarter_crosses_does_not_list_it(full: Ground) -> None:
    trace = opened(full.see("HOUSES", "D1", "2022-02..2022-06"))
    assert [(full.name(f.area_id), f.period.code) for f in trace.facts] == [("A", "2022-02")]


def test_a_stock_lists_only_each_units_last_value(full: Ground) -> None:
    trace = opened(full.see("POOR", "P", "2022"))
    assert [(full.name(f.area_id), f.period.code, f.value) for f in trace.facts] == [
        ("A", "2022-06", 4),
        ("B", "2022-03", 5),
    ]


def test_a_ratio_opens_into_its_terms_and_says_whom_it_leaves_out(full: Ground) -> None:
    trace = opened(full.see("POOR_RATE", "P", "2022"))
    assert (trace.figure.numerator, trace.figure.denominator) == (4, 40)
    assert (trace.numerator.value, trace.denominator.value) == (9, 100)
    assert [full.name(area) for area in trace.left_out] == ["B", "C"]


def test_one_key_of_a_breakdown_opens_alone(full: Ground) -> None:
    trace = opened(full.see("GIFTS", "P", "2022", dimension="study"))
    assert [(f.dimension, f.value) for f in trace.facts] == [("study", 7)]


def test_the_history_tells_each_day_on_which_the_figure_changed(full: Ground) -> None:
    trace = opened(full.see("HOUSES", "P", "2022Q1"))
    assert [(row.value, row.reported, row.expected) for row in trace.history] == [(53, 0, 3), (80, 1, 3), (68, 1, 3)]
    assert [row.recorded_at.date() for row in trace.history] == sorted(
        {row.recorded_at.date() for row in trace.history}
    )


def test_of_a_long_history_the_last_days_are_told_and_the_whole_can_be_asked(full: Ground, monkeypatch) -> None:
    monkeypatch.setattr(tracing, "RECENT_DAYS", 1)
    figure = full.see("HOUSES", "P", "2022Q1")
    trace = opened(figure)
    assert [row.value for row in trace.history] == [80, 68]
    assert not trace.has_all_history
    assert [row.value for row in selectors.trace_history(figure.trace)] == [53, 80, 68]


def test_a_figure_as_known_earlier_opens_as_it_was(full: Ground) -> None:
    moment = datetime(2022, 1, 2, 12, tzinfo=UTC)
    figure = full.see("HOUSES", "P", "2022Q1", known_at=moment)
    trace = opened(figure)
    assert (figure.value, len(trace.history)) == (80, 2)
    assert trace.history[-1].value == 80


def test_sources_show_themselves_as_their_room_registered(full: Ground, monkeypatch) -> None:
    monkeypatch.setattr(registry, "_describers", {})
    bare = selectors.trace(full.see("HOUSES", "A", "2022Q1").trace)
    assert [fact.source for fact in bare.facts] == [None, None]
    asked = []

    def describe(ids):
        asked.append(list(ids))
        return {i: SourceView(title=f"Báo cáo {i}", url=f"/bao-cao/{i}") for i in ids}

    registry.register_source("test", describe)
    trace = selectors.trace(full.see("HOUSES", "A", "2022Q1").trace)
    assert [fact.source.title for fact in trace.facts] == ["Báo cáo 3", "Báo cáo 1"]
    assert len(asked) == 1  # one call for all


def test_ids_that_name_no_figure_are_unknown(full: Ground) -> None:
    key = TraceKey("HOUSES", "", full.id("P"), "2022", "approved", None, None)
    selectors.trace(encode_trace(key))
    fields = {name: getattr(key, name) for name in TraceKey.__slots__}
    for change in (
        {"indicator_code": "NOTHING"},
        {"dimension": "food"},
        {"area_id": full.areas["P"].id.__class__(int=5)},
        {"period_code": "2022Q9"},
        {"status": "provisional"},
    ):
        with pytest.raises(UnknownTrace):
            selectors.trace(encode_trace(TraceKey(**(fields | change))))
