"""Calendar periods and the windows from a 15th to a 14th: what was reported for one is never shown in the other."""

from chungtay.figures import selectors
from chungtay.figures.tests.ground import Ground
from chungtay.kernel.periods import parse_period


def test_quarters_of_the_calendar_are_not_shown_in_a_year_of_windows(ground: Ground) -> None:
    ground.tell(*(("HOUSES", "A", f"2022Q{quarter}", quarter) for quarter in (1, 2, 3, 4)))
    assert ground.value("HOUSES", "P", "2022") == 10
    assert ground.see("HOUSES", "P", "2022@15").is_known is False


def test_windows_are_not_shown_in_a_year_of_the_calendar(ground: Ground) -> None:
    ground.tell(*(("HOUSES", "A", f"2022Q{quarter}@15", quarter) for quarter in (1, 2, 3, 4)))
    assert ground.value("HOUSES", "P", "2022@15") == 10
    assert ground.see("HOUSES", "P", "2022").is_known is False


def test_a_half_month_serves_both(ground: Ground) -> None:
    ground.tell(("HOUSES", "A", "2022-06-01..2022-06-14", 3), ("HOUSES", "A", "2022-06-15..2022-06-30", 4))
    assert ground.value("HOUSES", "P", "2022-06") == 7
    assert ground.value("HOUSES", "P", "2022H1@15") == 3


def test_both_kinds_asked_at_once_come_in_the_order_asked(ground: Ground) -> None:
    ground.tell(("HOUSES", "A", "2022Q1", 5), ("HOUSES", "B", "2022Q1@15", 7))
    periods = [parse_period(code) for code in ("2022Q1@15", "2022Q1", "2022@15", "2022")]
    found = selectors.consolidate(indicators=["HOUSES"], area_ids=[ground.areas["P"].id], periods=periods)
    assert [(figure.period.code, figure.value) for figure in found] == [
        ("2022Q1@15", 7),
        ("2022Q1", 5),
        ("2022@15", 7),
        ("2022", 5),
    ]


def test_the_facts_of_a_trace_add_up_in_either_kind(ground: Ground) -> None:
    ground.tell(("HOUSES", "A", "2022Q1", 5), ("HOUSES", "B", "2022Q1@15", 7))
    for code, value in (("2022", 5), ("2022@15", 7)):
        trace = selectors.trace(ground.see("HOUSES", "P", code).trace)
        assert trace.figure.value == value
        assert sum(fact.value or 0 for fact in trace.facts) == value


def test_a_stock_is_shown_in_either_kind_with_its_day(ground: Ground) -> None:
    ground.tell(("POOR", "A", "2022Q3", 12))
    figure = ground.see("POOR", "P", "2022@15")
    assert (figure.value, str(figure.as_of)) == (12, "2022-09-30")
