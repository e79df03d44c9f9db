"""What an office sets for itself: dated rules with their basis, and the artwork that stands where the emblem goes."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.emulation.dated import RuleKind
from chungtay.emulation.models import Artwork, DatedRow
from chungtay.emulation.rules import Form, Recipient
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.places.models import Area, Body

KEYS: dict[RuleKind, frozenset[str]] = {
    RuleKind.RATE: frozenset(f"{form}/{recipient}" for form in Form for recipient in Recipient),
    RuleKind.BASE: frozenset({""}),
    RuleKind.ROUNDING: frozenset({""}),
    RuleKind.QUORUM: frozenset({"present", "majority"}),
}


class BadRule(DomainError):
    """The dated row cannot be what it says."""


@transaction.atomic
def set_rule(
    *,
    area: Area,
    kind: RuleKind,
    key: str = "",
    value: int,
    valid_from: date,
    valid_to: date | None = None,
    legal_basis: str,
    is_verified: bool = False,
    now: datetime,
    by: User | None,
) -> DatedRow:
    """Add a dated value of a place; what held before stays readable. Raises BadRule, NotAllowed.

    value: thousandths of the base salary, đồng or percent, as the kind says.
    """
    if by is not None:
        access.require(by, "manage", Matter("award", area.pk), on=localdate(now))
    if key not in KEYS[kind]:
        raise BadRule("Loại quy định này không có mục đó. Hãy chọn lại trong danh sách.")
    if not legal_basis.strip():
        raise BadRule("Mỗi quy định phải có căn cứ: số, ngày văn bản.")
    if value <= 0 or (kind is RuleKind.QUORUM and value > 100):
        raise BadRule("Giá trị phải lớn hơn 0; tỷ lệ không quá 100.")
    if valid_to is not None and valid_to <= valid_from:
        raise BadRule("Quy định hết hiệu lực trước khi có hiệu lực. Hãy sửa ngày.")
    made = DatedRow.objects.create(
        area=area,
        kind=kind,
        key=key,
        value=value,
        valid_from=valid_from,
        valid_to=valid_to,
        legal_basis=legal_basis.strip(),
        is_verified=is_verified,
        at=now,
        by=by,
    )
    data = {"kind": kind, "key": key, "value": value, "from": valid_from, "basis": made.legal_basis}
    audit.record("emulation.rule.set", obj=made, area_id=area.pk, data=data, now=now, by=by)
    return made


@transaction.atomic
def set_artwork(*, body: Body, picture: Attachment, now: datetime, by: User) -> Artwork:
    """Print an office's own picture where the emblem stands on its certificates from now on. Raises BadRule, NotAllowed."""
    access.require(by, "manage", Matter("award", body.area_id), on=localdate(now))
    if not picture.is_picture:
        raise BadRule("Hình in trên giấy khen phải là ảnh (JPG, PNG). Hãy chọn tệp khác.")
    made = Artwork.objects.create(body=body, picture=picture, at=now, by=by)
    audit.record("emulation.artwork.set", obj=made, area_id=body.area_id, data={"picture": picture.pk}, now=now, by=by)
    return made
