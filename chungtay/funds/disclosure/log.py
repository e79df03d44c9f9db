"""Where and when something was told: the proof of disclosure, with a picture of the notice and the digest of what it said."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import localdate, localtime

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.evidence.models import Attachment
from chungtay.funds.models import Campaign, Disclosure, DisclosureRule, Medium
from chungtay.kernel.errors import DomainError


class NotADisclosure(DomainError):
    """What is told lacks its place, lies in the future, or is nothing that must be told."""


@transaction.atomic
def tell(
    *,
    campaign: Campaign,
    kind: str,
    medium: Medium,
    where: str,
    posted_on: date,
    hour: time | None = None,
    picture: Attachment | None = None,
    picture_sha256: str = "",
    paper_sha256: str = "",
    note: str = "",
    now: datetime,
    by: User,
) -> Disclosure:
    """Record that something was made public; `picture` is of the notice, kept beforehand.

    Raises NotADisclosure and what `access.require` raises.
    """
    access.require(by, "publish", campaign.fund, on=localdate(now))
    if not DisclosureRule.objects.filter(kind=kind).exists():
        raise NotADisclosure("Việc này không có trong danh mục phải công khai.")
    if not where.strip():
        raise NotADisclosure("Chưa ghi nơi đăng: địa chỉ trang, trụ sở, điểm sinh hoạt cộng đồng.")
    if posted_on > localdate(now):
        raise NotADisclosure("Ngày công khai chưa tới.")
    if hour is not None and posted_on == localdate(now) and hour > localtime(now).time():
        raise NotADisclosure("Giờ công khai chưa tới.")
    if picture is not None and not picture.is_picture:
        raise NotADisclosure("Tệp kèm theo phải là ảnh chụp nơi niêm yết (JPEG, PNG).")
    told = Disclosure.objects.create(
        campaign=campaign,
        kind=kind,
        medium=medium,
        where=where.strip(),
        posted_on=posted_on,
        hour=hour,
        picture=picture,
        picture_sha256=picture.sha256 if picture is not None else picture_sha256,
        paper_sha256=paper_sha256,
        note=note.strip(),
        at=now,
        by=by,
    )
    facts = {
        "campaign": campaign.code,
        "kind": kind,
        "medium": medium.value,
        "where": told.where,
        "on": posted_on,
        "picture": told.picture_sha256,
        "said": paper_sha256,
    }
    audit.record("funds.disclosure.told", obj=told, area_id=campaign.fund.access_area_id, data=facts, now=now, by=by)
    return told
