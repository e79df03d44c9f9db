"""Figures on the map of any day, on a real database: units merge and are divided, and their history stays theirs."""

from datetime import date, timedelta

from chungtay.figures import selectors
from chungtay.figures.series_breaks import between, breaks_of
from chungtay.kernel.periods import parse_period
from chungtay.places.plans import Form, NewUnit, Plan, Source
from chungtay.places.rules import ReorganisationKind
from chungtay.places.selectors import area_by_ref
from chungtay.places.services import reorganise

DAY = date(2022, 7, 1)


def reorganised(ground, kind, *changes):
    """Record a plan of DAY."""
    ground.now += timedelta(hours=1)
    reorganise(plan=Plan(kind, DAY, "Nghị quyết thử", changes), now=ground.now, by=None)


def merged(ground):
    """A and B become N, which bears the code that A had; return N."""
    sources = (Source("29866"), Source("29869"))
    reorganised(ground, ReorganisationKind.MERGE, Form(NewUnit("Xã N", "29866", "commune", "866"), sources))
    ground.areas["N"] = area_by_ref(f"29866@{DAY}")
    return ground.areas["N"]


def test_merging_adds_and_the_history_still_shows_what_each_had(ground):
    ground.tell(("HOUSES", "A", "2022-01", 10), ("HOUSES", "B", "2022-01", 11))
    ground.tell(("HOUSES", "A", "2022-02", 12), ("HOUSES", "B", "2022-02", 13))
    merged(ground)
    assert [ground.value("HOUSES", "N", month, on_map=DAY) for month in ("2022-01", "2022-02")] == [21, 25]
    assert [ground.value("HOUSES", "A", month) for month in ("2022-01", "2022-02")] == [10, 12]
    assert [ground.value("HOUSES", "B", month) for month in ("2022-01", "2022-02")] == [11, 13]
    for on_map in (None, DAY):
        assert ground.value("HOUSES", "D1", "2022-01", on_map=on_map) == 21
        assert ground.value("HOUSES", "P", "2022Q1", on_map=on_map) == 46


def test_a_unit_says_what_it_was_formerly(ground):
    ground.tell(("HOUSES", "A", "2022-01", 10), ("HOUSES", "B", "2022-01", 11))
    merged(ground)
    figure = ground.see("HOUSES", "N", "2022-01", on_map=DAY)
    formers = {ground.name(former.area_id): former.value for former in selectors.formerly(figure)}
    assert formers == {"A": 10, "B": 11}
    assert not figure.is_estimated


def test_a_ratio_is_recomputed_from_the_terms_of_what_merged(ground):
    for area, poor, households in (("A", 1, 100), ("B", 3, 300)):
        ground.tell(("POOR", area, "2022-02", poor), ("HOUSEHOLDS", area, "2022-02", households))
    merged(ground)
    rate = ground.see("POOR_RATE", "N", "2022-02", on_map=DAY)
    assert (rate.numerator, rate.denominator) == (4, 400)


def test_the_parts_of_a_divided_unit_are_estimates_and_add_up(ground):
    ground.tell(("HOUSES", "C", "2022-01", 11))
    halves = [("Xã C1", "30001", 600_000), ("Xã C2", "30002", 400_000)]
    changes = [
        Form(NewUnit(name, code, "commune", "867"), (Source("29872", share, basis="số hộ"),))
        for name, code, share in halves
    ]
    reorganised(ground, ReorganisationKind.SPLIT, *changes)
    for name, code, _ in halves:
        ground.areas[name] = area_by_ref(code)
    parts = [ground.see("HOUSES", name, "2022-01", on_map=DAY) for name, _, _ in halves]
    assert [part.value for part in parts] == [6, 5]
    assert all(part.is_estimated for part in parts)
    whole = ground.see("HOUSES", "D2", "2022-01", on_map=DAY)
    assert (whole.value, whole.is_estimated) == (11, False)


def test_a_series_breaks_where_the_units_below_changed_unless_all_stands_on_one_map(ground):
    ground.tell(("HOUSES", "A", "2022-06", 1), ("HOUSES", "B", "2022-06", 1))
    merged(ground)
    [found] = breaks_of(["HOUSES"], ground.id("D1"))["HOUSES"]
    assert (found.day, "còn 1 đơn vị" in found.sentence) == (DAY, True)
    assert breaks_of(["HOUSES"], ground.id("D1"), on_map=DAY) == {"HOUSES": []}
    assert breaks_of(["HOUSES"], ground.id("D2")) == {"HOUSES": []}
    months = [parse_period(code) for code in ("2022-05", "2022-06", "2022-07")]
    figures = selectors.consolidate(indicators=["HOUSES"], area_ids=[ground.id("D1")], periods=months)
    assert between([found], figures) == [(2, found)]


def test_of_a_new_unit_is_expected_what_was_of_those_that_it_comes_from(ground):
    ground.expect("HOUSES", "A", "B", "C")
    ground.expect("POOR", "A", valid_to=date(2022, 6, 30))
    ground.tell(("HOUSES", "C", "2022-08", 3))
    new = merged(ground)
    after = ground.see("HOUSES", "P", "2022-08")
    assert (after.value, after.reported, after.expected, after.missing) == (3, 1, 2, (new.id,))
    assert ground.see("HOUSES", "P", "2022-03").expected == 3
    assert ground.see("POOR", "N", "2022-08").expected == 0, "nobody expected it of A any more"
