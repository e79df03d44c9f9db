"""A place's own limits: what it has decided from a day on, with the number of the decision."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.places.models import Area
from chungtay.support.kinds import kind_of, works_of
from chungtay.support.models import SupportLimit

MOST_DAYS, MOST_YEARS = 90, 50


class BadLimit(DomainError):
    """The limit cannot be what it says."""


@transaction.atomic
def set_limit(
    *,
    area: Area,
    kind: str,
    work: str = "",
    most: int | None = None,
    least: int | None = None,
    days: int = 0,
    again_years: int = 0,
    valid_from: date,
    valid_to: date | None = None,
    legal_basis: str,
    is_verified: bool = False,
    now: datetime,
    by: User | None,
) -> SupportLimit:
    """Add a dated row for a place and those below it; what held before stays readable. One of the same first day corrects it.

    Raises BadLimit, UnknownKind and what `access.require` raises.
    """
    if by is not None:
        access.require(by, "edit", Matter("limit", area.pk), on=localdate(now))
    if work not in ("", *works_of(kind_of(kind))):
        raise BadLimit("Loại này không có cách làm đó. Hãy chọn lại trong danh sách.")
    if not legal_basis.strip():
        raise BadLimit("Mỗi định mức phải có căn cứ: số, ngày quyết định của đơn vị.")
    if days > MOST_DAYS or again_years > MOST_YEARS:
        raise BadLimit(
            f"Niêm yết nhiều nhất {MOST_DAYS} ngày, không hỗ trợ lại nhiều nhất {MOST_YEARS} năm. Hãy sửa số."
        )
    if most is not None and least is not None and most < least:
        raise BadLimit("Mức tối đa nhỏ hơn mức tối thiểu. Hãy sửa một trong hai.")
    if valid_to is not None and valid_to <= valid_from:
        raise BadLimit("Định mức hết hiệu lực trước khi có hiệu lực. Hãy sửa ngày.")
    made = SupportLimit.objects.create(
        area=area,
        kind=kind,
        work=work,
        most=most,
        least=least,
        days=days,
        again_years=again_years,
        valid_from=valid_from,
        valid_to=valid_to,
        legal_basis=legal_basis.strip(),
        is_verified=is_verified,
        at=now,
        by=by,
    )
    data = {"kind": kind, "work": work, "most": most, "days": days, "basis": made.legal_basis, "from": valid_from}
    audit.record("support.limit.set", obj=made, area_id=area.pk, data=data, now=now, by=by)
    return made
