"""Breakdowns: parts agree with totals at every level, and old keys are seen under the new ones."""

from datetime import date
from random import Random

import pytest

from chungtay.figures import selectors
from chungtay.figures.breakdowns import consolidate_by
from chungtay.figures.rules import Figure
from chungtay.figures.services import UnknownKey
from chungtay.figures.tests.ground import START, Ground
from chungtay.indicators.rules import Change, Kind
from chungtay.indicators.selectors import NoSuchBreakdown, dimension_keys, indicator_by_code
from chungtay.indicators.services import Definition, define_dimension, define_indicators, revise_definition
from chungtay.kernel.periods import parse_period

AXES = {"work": ("new", "repair"), "sex": ("f", "m"), "age": ("young", "old", "none")}
WHERE = ("P", "D1", "D2", "A", "B", "C")
YEAR = parse_period("2022")


@pytest.fixture
def deep(ground: Ground) -> Ground:
    """Three dimensions on a flow, a stock and a ratio of two flows; random facts with gaps."""
    for code, values in AXES.items():
        define_dimension(code=code, name=code, values={v: v.title() for v in values}, now=START, by=None)
    parts = [
        Definition(c, c, "căn", "Để thử.", k, dimensions=tuple(AXES))
        for c, k in (("BUILT", Kind.FLOW), ("ASKED", Kind.FLOW), ("MEMBERS", Kind.STOCK))
    ]
    share = Definition(
        "SHARE", "SHARE", "%", "Để thử.", Kind.RATIO, numerator="BUILT", denominator="ASKED", dimensions=tuple(AXES)
    )
    define_indicators([*parts, share], now=START, by=None)
    dice = Random(500)
    keys = [key for key, _ in dimension_keys(indicator_by_code("BUILT"))]
    for code in ("BUILT", "ASKED", "MEMBERS"):
        ground.expect(code, "A", "B", "C")
        ground.tell(
            *(
                (code, area, f"2022-{month:02d}", dice.randrange(0, 50), key)
                for area in "ABC"
                for month in (1, 6, 12)
                for key in keys
                if dice.random() < 0.8
            )
        )
    return ground


def ask(ground: Ground, code: str, *dimensions: str) -> dict[tuple[str, str], Figure]:
    ids = {ground.id(name): name for name in WHERE}
    figures = consolidate_by(indicators=[code], area_ids=list(ids), periods=[YEAR], dimension_codes=dimensions)
    return {(ids[f.area_id], f.dimension): f for f in figures}


@pytest.mark.parametrize("code", ["BUILT", "MEMBERS"])
def test_the_parts_of_any_dimension_add_up_to_the_total_at_every_level(deep: Ground, code: str) -> None:
    totals = ask(deep, code)
    assert {key for _, key in totals} == {""}
    for dimensions in (["work"], ["sex"], ["age"], ["work", "age"], ["age", "sex"], list(AXES)):
        parts = ask(deep, code, *dimensions)
        for name in WHERE:
            found = [figure.value or 0 for (area, _), figure in parts.items() if area == name]
            assert len(found) == len(list(parts)) // len(WHERE)
            assert sum(found) == totals[name, ""].value
    # And the parts of a part to the part.
    by_work, by_both = ask(deep, code, "work"), ask(deep, code, "work", "sex")
    for name in WHERE:
        for work in AXES["work"]:
            shared = [by_both[name, f"{work}/{sex}/*"].value or 0 for sex in AXES["sex"]]
            assert sum(shared) == by_work[name, f"{work}/*/*"].value


def test_a_part_of_a_ratio_is_worked_out_from_the_parts_of_its_terms(deep: Ground) -> None:
    built, asked, share = (ask(deep, code, "sex") for code in ("BUILT", "ASKED", "SHARE"))
    for name in ("A", "B", "C"):
        figure = share[name, "*/f/*"]
        assert (figure.numerator, figure.denominator) == (built[name, "*/f/*"].value, asked[name, "*/f/*"].value)


def test_a_part_opens_to_the_facts_of_its_cells(deep: Ground) -> None:
    figure = ask(deep, "BUILT", "work")["D1", "new/*/*"]
    trace = selectors.trace(figure.trace)
    assert trace.figure == figure
    assert sum(fact.value for fact in trace.facts) == figure.value
    assert all(fact.dimension.startswith("new/") for fact in trace.facts)
    assert figure.expected == 2


def test_an_indicator_that_lacks_the_dimension_is_named(deep: Ground) -> None:
    with pytest.raises(NoSuchBreakdown, match="HOUSES"):
        consolidate_by(indicators=["HOUSES"], area_ids=[deep.id("P")], periods=[YEAR], dimension_codes=["sex"])


def test_what_was_stated_under_old_keys_is_seen_under_the_new_ones(ground: Ground) -> None:
    ground.tell(("GIFTS", "A", "2021-01", 5, "food"), ("GIFTS", "B", "2021-01", 7, "study"))
    old = ground.see("GIFTS", "P", "2021", dimension="food")
    revise_definition(
        indicator=indicator_by_code("GIFTS"),
        valid_from=date(2022, 1, 1),
        definition="Mọi quà là một loại.",
        change=Change.MAPPED,
        mapping={"food": "study"},
        now=ground.now,
        by=None,
    )
    asked = {"indicators": ["GIFTS"], "area_ids": [ground.id("P"), ground.id("A")], "periods": [parse_period("2021")]}
    assert [(f.dimension, f.value) for f in selectors.consolidate(**asked, by_dimension=True)] == [
        ("study", 12),
        ("study", 5),
    ]
    assert [f.value for f in selectors.consolidate(**asked)] == [12, 5]
    trace = selectors.trace(old.trace)  # an old address opens as what it is called now
    assert (trace.figure.value, sum(fact.value for fact in trace.facts)) == (12, 12)
    ground.tell(("GIFTS", "A", "2021-01", 6, "food"))  # and a late correction of an old return is taken
    assert ground.value("GIFTS", "P", "2021", dimension="study") == 13
    with pytest.raises(UnknownKey):
        ground.tell(("GIFTS", "A", "2021-01", 6, "*"))
