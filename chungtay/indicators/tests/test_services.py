"""The dictionary: definitions, breakdowns, and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from chungtay.audit import selectors as audit
from chungtay.indicators import selectors, services
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind, dimension_key
from chungtay.indicators.services import Definition
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def define(*definitions):
    return services.define_indicators(definitions, now=NOW, by=None)


POOR = Definition("poor", "Hộ nghèo", "hộ", "Định nghĩa.", Kind.STOCK)
ALL = Definition("all", "Tổng số hộ", "hộ", "Định nghĩa.", Kind.STOCK)
RATE = Definition("rate", "Tỷ lệ", "%", "Định nghĩa.", Kind.RATIO, numerator="poor", denominator="all")


def test_indicators_stand_in_reading_order_and_a_ratio_knows_its_terms():
    define(POOR, ALL, RATE)
    assert [i.code for i in selectors.catalogue()] == ["poor", "all", "rate"]
    rate = selectors.indicator_by_code("rate")
    assert (rate.numerator.code, rate.denominator.code) == ("poor", "all")


def test_a_ratio_of_an_unknown_term_is_refused_and_nothing_is_half_defined():
    with pytest.raises(selectors.UnknownIndicator) as refused:
        define(POOR, RATE)
    assert "all" in str(refused.value)
    assert not Indicator.objects.exists()


def test_an_unknown_code_is_named():
    define(POOR)
    with pytest.raises(selectors.UnknownIndicator, match="không-có"):
        selectors.indicators_by_code(["poor", "không-có"])


def test_indicators_come_in_the_order_asked():
    define(POOR, ALL)
    assert list(selectors.indicators_by_code(["all", "poor"])) == ["all", "poor"]


def test_the_cells_of_a_breakdown_are_every_combination_in_order():
    services.define_dimension(
        code="work", name="Cách làm", values={"new": "Xây mới", "repair": "Sửa"}, now=NOW, by=None
    )
    services.define_dimension(code="kind", name="Loại", values={"a": "A", "b": "B"}, now=NOW, by=None)
    (houses,) = define(Definition("houses", "Nhà", "căn", "Định nghĩa.", Kind.FLOW, dimensions=("work", "kind")))
    assert selectors.dimension_keys(houses) == [
        ("new/a", "Xây mới, A"),
        ("new/b", "Xây mới, B"),
        ("repair/a", "Sửa, A"),
        ("repair/b", "Sửa, B"),
    ]
    assert dimension_key(("new", "a")) == "new/a"


def test_an_indicator_without_a_breakdown_has_one_cell():
    (poor,) = define(POOR)
    assert selectors.dimension_keys(poor) == [("", "")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "average"},
        {"kind": "ratio"},
        {"is_money": True, "decimals": 2},
        {"round_step": 0},
    ],
)
def test_the_database_refuses_what_no_indicator_may_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.create(**{"code": "x", "name": "X", "unit": "căn", "definition": "", "kind": "flow"} | wrong)


def test_a_flow_with_terms_is_refused():
    (poor,) = define(POOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.create(code="x", name="X", unit="%", definition="", kind="flow", numerator=poor)


def test_defining_is_audited():
    define(POOR)
    assert [e.code for e in audit.latest_events(limit=1)] == ["indicators.indicator.defined"]
