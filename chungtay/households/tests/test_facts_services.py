"""The register makes figures: poor and near-poor at the end of each month that is over, each open to where it comes from."""

from datetime import date

import pytest

from chungtay.figures import selectors as figures
from chungtay.figures.models import Fact
from chungtay.figures.registry import describe_sources
from chungtay.households.facts import SOURCE
from chungtay.households.rules import Kind
from chungtay.households.services import classify, end_class, measure, merge, tell_months, withdraw_class
from chungtay.households.tests.people import NOW, decision, household
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Keeper
from chungtay.indicators.rules import Kind as Measured
from chungtay.indicators.selectors import indicator_by_code
from chungtay.indicators.services import Definition
from chungtay.kernel.periods import parse_period
from tests.cast import Cast

pytestmark = pytest.mark.django_db
CODES = {"poverty.poor": Kind.POOR, "poverty.near_poor": Kind.NEAR_POOR}


@pytest.fixture
def measured(cast: Cast) -> Cast:
    """Two stocks that the register keeps since 2023."""
    definitions = [Definition(code, code, "hộ", "Định nghĩa.", Measured.STOCK) for code in CODES]
    indicators.define_indicators(definitions, now=NOW, by=None)
    for code, kind in CODES.items():
        one = indicator_by_code(code)
        measure(indicator=one, kind=kind)
        indicators.set_record_source(
            indicator=one, keeper=Keeper.REGISTERS, valid_from=date(2023, 1, 1), now=NOW, by=None
        )
    return cast


def told(cast: Cast, code: str) -> dict[str, int | None]:
    """Return the last word on each month of the first commune."""
    rows = Fact.objects.filter(area_id=cast.communes[0].pk, indicator__code=code).order_by("batch_id", "id")
    return {start.strftime("%m"): value for start, value in rows.values_list("period_start", "value")}


def test_months_that_are_over_are_told_and_open_to_the_register(measured: Cast) -> None:
    """From the class's first month to May: June is not over. Its source counts the same for ever."""
    cast = measured
    first = household(cast)
    classify(household=first, decision=decision(start=date(2023, 2, 10)), now=NOW, by=cast.clerk)
    assert told(cast, "poverty.poor") == {"02": 1, "03": 1, "04": 1, "05": 1}
    assert told(cast, "poverty.near_poor") == {"02": 0, "03": 0, "04": 0, "05": 0}
    old = Fact.objects.filter(indicator__code="poverty.poor").latest("id").source_id
    another = classify(household=household(cast), decision=decision(start=date(2023, 4, 30)), now=NOW, by=cast.clerk)
    assert told(cast, "poverty.poor") == {"02": 1, "03": 1, "04": 2, "05": 2}
    new = Fact.objects.filter(indicator__code="poverty.poor").latest("id").source_id
    views = describe_sources([(SOURCE, old), (SOURCE, new)])
    assert views[SOURCE, old].detail == ("hộ nghèo: 1",)
    assert views[SOURCE, new].detail == ("hộ nghèo: 2",)
    assert "ngay=2023-05-31" in views[SOURCE, new].url
    end_class(classification=another, day=date(2023, 5, 31), decision_number="9/QĐ", now=NOW, by=cast.clerk)
    assert told(cast, "poverty.poor")["05"] == 1
    assert describe_sources([(SOURCE, new)])[SOURCE, new].detail == ("hộ nghèo: 2",)


def test_what_is_withdrawn_or_merged_is_told_again_and_nothing_twice(measured: Cast) -> None:
    """Two records of one household are one; telling again adds nothing."""
    cast = measured
    one, other = household(cast), household(cast)
    kept = classify(household=one, decision=decision(), now=NOW, by=cast.clerk)
    classify(household=other, decision=decision(start=date(2023, 3, 1)), now=NOW, by=cast.clerk)
    merge(kept=one, absorbed=other, reason="cùng hộ", now=NOW, by=cast.clerk)
    assert told(cast, "poverty.poor") == {"01": 1, "02": 1, "03": 1, "04": 1, "05": 1}
    withdraw_class(classification=kept, why="nhầm", now=NOW, by=cast.clerk)
    assert told(cast, "poverty.poor") == {"01": 0, "02": 0, "03": 1, "04": 1, "05": 1}
    area = cast.communes[0].pk
    assert tell_months(area=area, now=NOW, by=None) == 0
    later = NOW.replace(month=8)
    assert tell_months(area=area, now=later, by=None) == 4
    assert told(cast, "poverty.poor")["07"] == 1
    answer = figures.figure("poverty.poor", area, parse_period("2023Q2"))
    assert answer.value == 1


def test_an_indicator_of_another_source_is_not_told(cast: Cast) -> None:
    """What units report stays theirs."""
    indicators.define_indicators([Definition("p", "p", "hộ", "Định nghĩa.", Measured.STOCK)], now=NOW, by=None)
    measure(indicator=indicator_by_code("p"), kind=Kind.POOR)
    classify(household=household(cast), decision=decision(), now=NOW, by=cast.clerk)
    assert not Fact.objects.exists()
