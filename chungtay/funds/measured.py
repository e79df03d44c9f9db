"""Saying which figures of the account a fund's records make."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.figures import services as figures
from chungtay.funds.models import Fund, FundMeasure
from chungtay.funds.rules import Measure
from chungtay.indicators.selectors import indicators_by_code
from chungtay.kernel.errors import DomainError


class CellTaken(DomainError):
    """A fund of the same place, or another measure of this one, makes the same figure already."""


@dataclass(frozen=True)
class MeasureDraft:
    """One measure to be set: what is counted, on which accounts, for which cell of which indicator."""

    measure: Measure
    indicator: str
    dimension: str = ""
    accounts: tuple[str, ...] = ()


@transaction.atomic
def set_measures(*, fund: Fund, measures: Sequence[MeasureDraft], now: datetime, by: User | None) -> list[FundMeasure]:
    """Replace which figures a fund makes; its place is expected to state them from the opening on.

    What was told before stays told. Raises UnknownIndicator, CellTaken.
    """
    known = indicators_by_code(dict.fromkeys(one.indicator for one in measures))
    others = FundMeasure.objects.filter(fund__body__area_id=fund.body.area_id).exclude(fund=fund)
    taken = set(others.values_list("indicator__code", flat=True))
    for one in measures:
        if one.indicator in taken:
            raise CellTaken(
                f"Một quỹ khác ở cùng nơi đã ghi chỉ tiêu “{known[one.indicator].name}”: một chỉ tiêu chỉ có một nguồn."
            )
    if len({(one.indicator, one.dimension) for one in measures}) < len(measures):
        raise CellTaken("Hai số của quỹ cùng ghi vào một ô của một chỉ tiêu: hãy bỏ một số hoặc chọn phân tổ khác.")
    FundMeasure.objects.filter(fund=fund).delete()
    made = FundMeasure.objects.bulk_create(
        FundMeasure(
            fund=fund,
            measure=one.measure,
            accounts=" ".join(one.accounts),
            indicator=known[one.indicator],
            dimension=one.dimension,
        )
        for one in measures
    )
    for code in dict.fromkeys(one.indicator for one in measures if one.measure is not Measure.CAMPAIGN):
        figures.expect(
            indicator_code=code, area_ids=[fund.body.area_id], valid_from=fund.opened_on, valid_to=None, now=now, by=by
        )
    data = {"fund": fund.code, "measures": [f"{one.indicator}:{one.dimension}" for one in measures]}
    audit.record("funds.measures.set", obj=fund, area_id=fund.access_area_id, data=data, now=now, by=by)
    return made
