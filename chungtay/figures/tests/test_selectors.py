from datetime import date
from fractions import Fraction
from uuid import uuid4

import pytest

from chungtay.figures import selectors
from chungtay.figures.rules import UnknownView, by_key
from chungtay.figures.tests.ground import START, Ground
from chungtay.indicators.selectors import UnknownIndicator
from chungtay.kernel.periods import parse_period
from chungtay.places.rules import Level
from chungtay.places.services import add_area, close_area


def test_provisional_facts_are_never_in_an_approved_figure(ground: Ground) -> None:
    ground.tell(("HOUSES", "A", "2022-01", 5), status="provisional")
    assert ground.see("HOUSES", "P", "2022").is_known is False
    assert ground.value("HOUSES", "P", "2022", status="all") == 5
    ground.tell(("HOUSES", "A", "2022-01", 4))
    ground.tell(("HOUSES", "A", "2022-01", 9), status="provisional")
    assert ground.value("HOUSES", "P", "2022") == 4
    assert ground.value("HOUSES", "P", "2022", status="all") == 9


def test_a_correction_replaces_and_a_withdrawal_removes(ground: Ground) -> None:
    ground.tell(("HOUSES", "A", "2022-01", 5), ("HOUSES", "B", "2022-01", 1))
    ground.tell(("HOUSES", "A", "2022-01", 6))
    assert ground.value("HOUSES", "D1", "2022-01") == 7
    ground.tell(("HOUSES", "A", "2022-01", None))
    assert ground.value("HOUSES", "D1", "2022-01") == 1
    assert ground.value("HOUSES", "A", "2022-01") is None


def test_missing_units_are_named_in_the_order_of_the_map(ground: Ground) -> None:
    ground.expect("HOUSES", "C", "B", "A")
    ground.tell(("HOUSES", "B", "2022-01", 5))
    figure = ground.see("HOUSES", "P", "2022-01")
    assert (figure.reported, figure.expected) == (1, 3)
    assert [ground.name(area) for area in figure.missing] == ["A", "C"]
    assert ground.see("HOUSES", "D2", "2022-01").value is None


def test_what_was_known_earlier_can_be_asked_again_and_is_the_same_in_every_field(ground: Ground) -> None:
    codes, periods = ["HOUSES", "POOR", "POOR_RATE", "GIFTS"], [parse_period(p) for p in ("2022-01", "2022Q1", "2022")]
    asked = {"indicators": codes, "area_ids": [a.id for a in ground.areas.values()], "periods": periods}
    ground.expect("HOUSES", "A", "B", "C")
    ground.expect("POOR", "A", "B")
    ground.tell(("HOUSES", "A", "2022-01", 5), ("POOR", "A", "2022-01", 3), ("HOUSEHOLDS", "A", "2022-01", 30))
    ground.tell(("GIFTS", "A", "2022-01", 5, "food"), ("GIFTS", "B", "2022-01", 7, "study"))
    moment = ground.now
    before = selectors.consolidate(**asked)
    ground.tell(("HOUSES", "A", "2022-01", 50), ("HOUSES", "B", "2022-01", 1), ("POOR", "A", "2022-01", None))
    ground.tell(("GIFTS", "B", "2022-01", 7, "food"))
    ground.expect("HOUSES", "D1", "D2")
    then = selectors.consolidate(**asked, known_at=moment)
    plain = [(f.value, f.numerator, f.denominator, f.reported, f.expected, f.missing, f.as_of) for f in before]
    assert [(f.value, f.numerator, f.denominator, f.reported, f.expected, f.missing, f.as_of) for f in then] == plain
    assert selectors.consolidate(**asked) != before
    assert all(f.known_at == moment for f in then)


def test_a_ratio_has_no_value_but_its_two_terms(ground: Ground) -> None:
    ground.tell(("POOR", "A", "2022-12", 1), ("HOUSEHOLDS", "A", "2022-12", 10))
    ground.tell(("POOR", "B", "2022-12", 9), ("HOUSEHOLDS", "B", "2022-12", 10), ("POOR", "C", "2022-12", 99))
    figure = ground.see("POOR_RATE", "P", "2022")
    assert (figure.value, figure.numerator, figure.denominator, figure.ratio) == (None, 10, 20, Fraction(1, 2))
    assert figure.as_of == date(2022, 12, 31)


def test_the_decimals_of_the_terms_are_taken_into_account(ground: Ground) -> None:
    ground.tell(("HOUSES", "A", "2022", 5), ("PLAN", "A", "2022", 100))  # a plan of 10,0
    assert ground.see("DONE", "A", "2022").ratio == Fraction(1, 2)


def test_a_breakdown_adds_up_to_its_total(ground: Ground) -> None:
    ground.tell(("GIFTS", "A", "2022-01", 5, "food"), ("GIFTS", "B", "2022-01", 7, "study"))
    asked = {"indicators": ["GIFTS"], "area_ids": [ground.id("P")], "periods": [parse_period("2022")]}
    keys = selectors.consolidate(**asked, by_dimension=True)
    assert [(f.dimension, f.value) for f in keys] == [("food", 5), ("study", 7)]
    assert [(f.dimension, f.value) for f in selectors.consolidate(**asked)] == [("", 12)]
    assert selectors.consolidate(**(asked | {"indicators": ["HOUSES"]}), by_dimension=True)[0].dimension == ""


def test_figures_come_in_the_order_they_were_asked(ground: Ground) -> None:
    periods = [parse_period("2022"), parse_period("2021")]
    areas = [ground.id("C"), ground.id("A")]
    figures = selectors.consolidate(indicators=["PLAN", "HOUSES"], area_ids=areas, periods=periods)
    keys = [(f.indicator_code, f.area_id, f.period) for f in figures]
    assert keys == [(i, a, p) for i in ("PLAN", "HOUSES") for a in areas for p in periods]
    assert len(by_key(figures)) == 8


def test_an_account_without_any_fact_answers_unknown(ground: Ground) -> None:
    figure = ground.see("HOUSES", "P", "2022")
    assert (figure.value, figure.reported, figure.expected, figure.missing) == (None, 0, 0, ())


def test_each_period_stands_on_the_map_of_its_last_day_unless_a_map_is_named(ground: Ground) -> None:
    ground.tell(("HOUSES", "C", "2021", 1), ("HOUSES", "C", "2023", 10), ("HOUSES", "A", "2021", 100))
    day = date(2023, 6, 1)
    new = add_area(
        name="Xã Mới",
        code="29999",
        level=Level.COMMUNE,
        parent=ground.areas["D1"],
        valid_from=day,
        legal_basis="NQ",
        now=START,
        by=None,
    )
    close_area(ground.areas["C"], valid_to=day, legal_basis="NQ", now=START, by=None)
    ground.areas["N"] = new
    ground.tell(("HOUSES", "N", "2024", 1000))
    assert ground.value("HOUSES", "P", "2021") == 101
    assert ground.value("HOUSES", "P", "2023") == 10  # C is on no map of the year's last day, and counts where it stood
    assert ground.value("HOUSES", "N", "2023") is None
    assert ground.value("HOUSES", "P", "2023", on_map=date(2023, 1, 1)) == 10
    assert ground.value("HOUSES", "P", "2024") == 1000
    years = [parse_period(y) for y in ("2021", "2023", "2024")]
    both = selectors.consolidate(indicators=["HOUSES"], area_ids=[new.id, ground.id("P")], periods=years)
    assert [f.value for f in both] == [None, None, 1000, 101, 10, 1000]


def test_an_area_on_no_map_an_unknown_indicator_and_an_unknown_view_are_refused(ground: Ground) -> None:
    year = parse_period("2022")
    with pytest.raises(selectors.AreaNotOnMap):
        selectors.figure("HOUSES", uuid4(), year)
    with pytest.raises(UnknownIndicator):
        selectors.figure("NOTHING", ground.id("P"), year)
    with pytest.raises(UnknownView):
        selectors.figure("HOUSES", ground.id("P"), year, status="provisional")


def test_the_number_of_queries_does_not_grow_with_the_table(ground: Ground, django_assert_max_num_queries) -> None:
    ground.tell(
        *((code, area, f"2022-{m:02d}", 1) for code in ("HOUSES", "PLAN") for area in "ABC" for m in range(1, 13))
    )
    months = [parse_period(f"2022-{m:02d}") for m in range(1, 13)]
    with django_assert_max_num_queries(8):
        selectors.consolidate(
            indicators=["HOUSES", "PLAN", "DONE"], area_ids=[a.id for a in ground.areas.values()], periods=months
        )
