"""Where and when something was told: the proof of disclosure, with the hash of a picture of the notice."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds.models import Campaign, Disclosure, Medium
from chungtay.kernel.errors import DomainError


class NotADisclosure(DomainError):
    """What is told lacks its place, or lies in the future."""


@transaction.atomic
def tell(
    *,
    campaign: Campaign,
    kind: str,
    medium: Medium,
    where: str,
    posted_on: date,
    picture_sha256: str = "",
    note: str = "",
    now: datetime,
    by: User,
) -> Disclosure:
    """Record that something was made public. Raises NotADisclosure and what `access.require` raises."""
    access.require(by, "publish", campaign.fund, on=localdate(now))
    if not where.strip():
        raise NotADisclosure("Chưa ghi nơi đăng: địa chỉ trang, trụ sở, điểm sinh hoạt cộng đồng.")
    if posted_on > localdate(now):
        raise NotADisclosure("Ngày công khai chưa tới.")
    told = Disclosure.objects.create(
        campaign=campaign,
        kind=kind,
        medium=medium,
        where=where.strip(),
        posted_on=posted_on,
        picture_sha256=picture_sha256,
        note=note.strip(),
        at=now,
        by=by,
    )
    facts = {"campaign": campaign.code, "kind": kind, "medium": medium.value, "where": told.where, "on": posted_on}
    audit.record("funds.disclosure.told", obj=told, area_id=campaign.fund.access_area_id, data=facts, now=now, by=by)
    return told
