"""Writes of the dictionary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product

from django.db import transaction
from django.db.models import Max

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.indicators.models import Dimension, DimensionValue, Indicator, IndicatorDimension, IndicatorVersion
from chungtay.indicators.records import NoSourceOfItsOwn as NoSourceOfItsOwn
from chungtay.indicators.records import NotAMonthsFirst as NotAMonthsFirst
from chungtay.indicators.records import set_record_source as set_record_source
from chungtay.indicators.rules import Change, Kind, composed, dimension_key, mapping_problems
from chungtay.indicators.selectors import (
    dimension_keys,
    dimensions_of,
    indicator_by_code,
    one_dictionary,
    versions_of,
)
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text


class UnknownDimension(DomainError):
    """No dimension has this code."""


class ValueExists(DomainError):
    """The dimension has a value of this code already."""


class RevisionRefused(DomainError):
    """A revision of a definition makes no sense; the sentence says why."""


@dataclass(frozen=True)
class Definition:
    """What defines an indicator. `numerator` and `denominator` are codes of indicators, for a ratio only.

    per: of how many of the denominator a ratio tells, 100 for "per 100 households"; 1 for a plain ratio or percent.
    """

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
    per: int = 1
    dimensions: tuple[str, ...] = ()


@transaction.atomic
def define_dimension(*, code: str, name: str, values: Mapping[str, str], now: datetime, by: User | None) -> Dimension:
    """Create a dimension with its values ({code: name}, in order)."""
    one_dictionary.loosen()
    dimension = Dimension.objects.create(code=code, name=name)
    DimensionValue.objects.bulk_create(
        DimensionValue(dimension=dimension, code=c, name=n, position=i) for i, (c, n) in enumerate(values.items(), 1)
    )
    audit.record(
        "indicators.dimension.defined", obj=dimension, data={"code": code, "values": dict(values)}, now=now, by=by
    )
    return dimension


@transaction.atomic
def add_dimension_values(*, dimension: str, values: Mapping[str, str], now: datetime, by: User | None) -> None:
    """Add values ({code: name}) behind those that a dimension has. Raises UnknownDimension, ValueExists."""
    held = _dimension(dimension)
    known = set(held.values.values_list("code", flat=True))
    for code in values:
        if code in known:
            raise ValueExists(f"Phân tổ “{held.name}” đã có giá trị mang mã “{code}”: hãy dùng mã khác.")
    one_dictionary.loosen()
    last = held.values.aggregate(last=Max("position"))["last"] or 0
    DimensionValue.objects.bulk_create(
        DimensionValue(dimension=held, code=c, name=n, position=i) for i, (c, n) in enumerate(values.items(), last + 1)
    )
    data = {"code": dimension, "values": dict(values)}
    audit.record("indicators.dimension.extended", obj=held, data=data, now=now, by=by)


@transaction.atomic
def define_indicators(definitions: Sequence[Definition], *, now: datetime, by: User | None) -> list[Indicator]:
    """Create indicators in reading order; a ratio comes after its terms. Raises UnknownIndicator for an unknown term."""
    return [_define(d, Indicator.objects.count() + 1, now, by) for d in definitions]


def _define(definition: Definition, position: int, now: datetime, by: User | None) -> Indicator:
    one_dictionary.loosen()
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
        per=definition.per,
        position=position,
    )
    _break_down(indicator, definition.dimensions)
    audit.record("indicators.indicator.defined", obj=indicator, data={"code": definition.code}, now=now, by=by)
    return indicator


@transaction.atomic
def revise_definition(
    *,
    indicator: Indicator,
    valid_from: date,
    definition: str,
    change: Change,
    method: str = "",
    legal_basis: str = "",
    name: str = "",
    note: str = "",
    mapping: Mapping[str, str] | None = None,
    dimensions: Sequence[str] | None = None,
    now: datetime,
    by: User | None,
) -> IndicatorVersion:
    """Record a new version of a definition, in force from a day; earlier versions stay.

    mapping: key of the breakdown so far -> key of the new one, for MAPPED. dimensions: codes of the new breakdown, None
    to keep it. Unit and kind never change: that is another indicator. Raises RevisionRefused, UnknownDimension.
    """
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    last = versions_of(indicator)[-1]
    if last.valid_from is not None and valid_from <= last.valid_from:
        raise RevisionRefused(
            f"Định nghĩa đang dùng áp dụng từ {date_text(last.valid_from)}: phiên bản mới phải áp dụng sau ngày đó."
        )
    if not definition.strip():
        raise RevisionRefused("Phiên bản mới chưa có định nghĩa: hãy ghi đủ lời của định nghĩa mới.")
    if change is Change.BREAK and not note.strip():
        raise RevisionRefused("Đổi cách tính thì phải ghi vì sao số liệu không so sánh được với trước đó.")
    words = (definition, method, legal_basis, name or last.name)
    if (
        change is not Change.MAPPED
        and dimensions is None
        and words
        == (
            last.definition,
            last.method,
            last.legal_basis,
            last.name,
        )
    ):
        raise RevisionRefused("Phiên bản mới giống hệt phiên bản đang dùng: không có gì để ghi.")
    one_dictionary.loosen()
    mapping = dict(mapping or {})
    before = [code for code, _ in dimensions_of(indicator)]
    _check_keys(indicator, change, mapping, before, dimensions)
    if dimensions is not None and list(dimensions) != before:
        IndicatorDimension.objects.filter(indicator=indicator).delete()
        _break_down(indicator, dimensions)
    version = IndicatorVersion.objects.create(
        indicator=indicator,
        number=last.number + 1,
        valid_from=valid_from,
        name=name,
        definition=definition,
        method=method,
        legal_basis=legal_basis,
        change=change.value,
        note=note,
        mapping=mapping,
        dimensions=before if dimensions is None else list(dimensions),
        recorded_at=now,
    )
    data = {
        "code": indicator.code,
        "number": version.number,
        "from": valid_from,
        "change": change.value,
        "mapping": mapping,
        "dimensions": {"before": before, "after": version.dimensions},
    }
    audit.record("indicators.definition.revised", obj=indicator, data=data, now=now, by=by)
    return version


def _check_keys(
    indicator: Indicator, change: Change, mapping: Mapping[str, str], before: Sequence[str], new: Sequence[str] | None
) -> None:
    """Check what a revision does to the cells of the breakdown. Raises RevisionRefused, UnknownDimension."""
    is_new = new is not None and list(new) != list(before)
    if indicator.kind == Kind.RATIO:
        if mapping:
            raise RevisionRefused(
                "Tỷ lệ được tính từ tử số và mẫu số: hãy đổi phân tổ của hai chỉ tiêu đó, không đổi ở tỷ lệ."
            )
        return
    if change is Change.MAPPED and not mapping:
        raise RevisionRefused("Chưa ghi phân tổ cũ nào được xếp vào phân tổ mới nào.")
    if change is Change.SAME and (mapping or is_new):
        raise RevisionRefused("Đổi phân tổ thì phải ghi cách xếp số cũ vào phân tổ mới, hoặc ghi là đổi cách tính.")
    if not mapping:
        return
    retired = composed([*indicator.versions.order_by("number").values_list("mapping", flat=True), mapping])
    axes = [_codes_of(code) for code in (before if new is None else new)]
    cells = [dimension_key(cell) for cell in product(*axes)]
    problems = mapping_problems(
        mapping,
        before=[key for key, _ in dimension_keys(indicator)],
        after=[key for key in cells if key not in retired],
        is_new_breakdown=is_new,
    )
    if problems:
        raise RevisionRefused(" ".join(problems))


def _break_down(indicator: Indicator, codes: Sequence[str]) -> None:
    IndicatorDimension.objects.bulk_create(
        IndicatorDimension(indicator=indicator, dimension=_dimension(code), position=place)
        for place, code in enumerate(codes, 1)
    )


def _codes_of(dimension: str) -> list[str]:
    return list(_dimension(dimension).values.order_by("position").values_list("code", flat=True))


def _dimension(code: str) -> Dimension:
    try:
        return Dimension.objects.get(code=code)
    except Dimension.DoesNotExist:
        raise UnknownDimension(f"Không có phân tổ nào mang mã “{code}”.") from None
