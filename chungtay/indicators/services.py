"""Writes of the dictionary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.indicators.models import Dimension, DimensionValue, Indicator, IndicatorDimension
from chungtay.indicators.rules import Kind
from chungtay.indicators.selectors import indicator_by_code


@dataclass(frozen=True)
class Definition:
    """What defines an indicator. `numerator` and `denominator` are codes of indicators, for a ratio only."""

    code: str
    name: str
    unit: str
    definition: str
    kind: Kind
    name_en: str = ""
    method: str = ""
    legal_basis: str = ""
    decimals: int = 0
    is_money: bool = False
    round_step: int = 1
    numerator: str = ""
    denominator: str = ""
    dimensions: tuple[str, ...] = ()


@transaction.atomic
def define_dimension(*, code: str, name: str, values: Mapping[str, str], now: datetime, by: User | None) -> Dimension:
    """Create a dimension with its values ({code: name}, in order)."""
    dimension = Dimension.objects.create(code=code, name=name)
    DimensionValue.objects.bulk_create(
        DimensionValue(dimension=dimension, code=c, name=n, position=i) for i, (c, n) in enumerate(values.items(), 1)
    )
    audit.record(
        "indicators.dimension.defined", obj=dimension, data={"code": code, "values": dict(values)}, now=now, by=by
    )
    return dimension


@transaction.atomic
def define_indicators(definitions: Sequence[Definition], *, now: datetime, by: User | None) -> list[Indicator]:
    """Create indicators in reading order; a ratio comes after its terms. Raises UnknownIndicator for an unknown term."""
    return [_define(d, Indicator.objects.count() + 1, now, by) for d in definitions]


def _define(definition: Definition, position: int, now: datetime, by: User | None) -> Indicator:
    indicator = Indicator.objects.create(
        code=definition.code,
        name=definition.name,
        name_en=definition.name_en,
        unit=definition.unit,
        definition=definition.definition,
        method=definition.method,
        legal_basis=definition.legal_basis,
        kind=definition.kind,
        decimals=definition.decimals,
        is_money=definition.is_money,
        round_step=definition.round_step,
        numerator=indicator_by_code(definition.numerator) if definition.numerator else None,
        denominator=indicator_by_code(definition.denominator) if definition.denominator else None,
        position=position,
    )
    for place, code in enumerate(definition.dimensions, 1):
        IndicatorDimension.objects.create(
            indicator=indicator, dimension=Dimension.objects.get(code=code), position=place
        )
    audit.record("indicators.indicator.defined", obj=indicator, data={"code": definition.code}, now=now, by=by)
    return indicator
