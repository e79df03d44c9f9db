"""The next version of a target: the one way in which one is written, whoever sets it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from chungtay.indicators.models import Indicator
from chungtay.kernel.errors import DomainError
from chungtay.programmes.models import Allocation, Comparison, Programme, Target

MAX_TARGET = 10**15
"""As large as a fact may be."""


class TargetValueWrong(DomainError):
    """A target below zero or beyond everything that is counted."""


def check_value(value: int | None) -> None:
    """Return if a target may have the value. Raises TargetValueWrong."""
    if value is not None and not 0 <= value <= MAX_TARGET:
        raise TargetValueWrong("Chỉ tiêu phải từ 0 trở lên và không quá 15 chữ số: hãy kiểm tra lại số đã nhập.")


def last_version(programme: Programme, indicator: Indicator, area_id: UUID, period_code: str) -> Target | None:
    """Return the version of a target that counts, None before the first."""
    found = Target.objects.filter(programme=programme, indicator=indicator, area_id=area_id, period_code=period_code)
    return found.order_by("-number").first()


def next_version(
    programme: Programme,
    indicator: Indicator,
    area_id: UUID,
    period_code: str,
    *,
    value: int | None,
    comparison: Comparison,
    basis: str,
    allocation: Allocation | None = None,
    now: datetime,
) -> Target:
    """Write the next version of a target. The programme's row must be locked; the caller records the audit event."""
    what: dict[str, Any] = {
        "programme": programme,
        "indicator": indicator,
        "area_id": area_id,
        "period_code": period_code,
    }
    last = Target.objects.filter(**what).aggregate(last=Max("number"))["last"] or 0
    return Target.objects.create(
        **what,
        number=last + 1,
        value=value,
        comparison=comparison.value,
        basis=basis,
        allocation=allocation,
        recorded_at=now,
    )
