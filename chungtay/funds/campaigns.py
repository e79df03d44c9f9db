"""Campaigns over time: dates and target may change, what was announced before stays to be read."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds.models import Campaign, CampaignVersion, Fund
from chungtay.kernel.errors import DomainError
from chungtay.places.rules import Actor

SAID = ("name", "starts_on", "ends_on", "distribution_ends_on", "target", "appeal")


class BadCampaign(DomainError):
    """A campaign that cannot be what it says."""


class CampaignMovedOn(DomainError):
    """Somebody else changed the campaign in the meantime."""


@dataclass(frozen=True)
class CampaignTerms:
    """What a campaign is announced as; `target` integer đồng or None."""

    name: str
    starts_on: date
    ends_on: date
    distribution_ends_on: date | None = None
    target: int | None = None
    appeal: str = ""

    def require_sense(self) -> None:
        """Raise BadCampaign unless days and target make sense."""
        if not self.name.strip():
            raise BadCampaign("Chưa ghi tên đợt vận động.")
        if self.ends_on < self.starts_on:
            raise BadCampaign("Ngày nhận cuối cùng đứng trước ngày bắt đầu. Hãy sửa một trong hai ngày.")
        if self.distribution_ends_on is not None and self.distribution_ends_on < self.starts_on:
            raise BadCampaign("Hạn phân bổ đứng trước ngày bắt đầu nhận. Hãy sửa hạn phân bổ.")
        if self.target is not None and self.target <= 0:
            raise BadCampaign("Mục tiêu phải lớn hơn 0 đồng; chưa có mục tiêu thì để trống.")


def terms_of(campaign: Campaign) -> CampaignTerms:
    """Return what a campaign is announced as now."""
    return CampaignTerms(**{name: getattr(campaign, name) for name in SAID})


@transaction.atomic
def announce_campaign(*, fund: Fund, code: str, terms: CampaignTerms, now: datetime, by: User) -> Campaign:
    """Begin a campaign of a fund. Raises BadCampaign and what `access.require` raises."""
    access.require(by, "edit", fund, on=localdate(now))
    terms.require_sense()
    if Campaign.objects.filter(fund=fund, code=code).exists():
        raise BadCampaign(f"Quỹ đã có đợt vận động mang mã “{code}”. Hãy chọn mã khác.")
    campaign = Campaign.objects.create(fund=fund, code=code, **vars(terms))
    keep_version(campaign, number=1, reason="", now=now, by=by)
    data = {"fund": fund.code, "code": code, "from": terms.starts_on, "to": terms.ends_on, "target": terms.target}
    audit.record("funds.campaign.opened", obj=campaign, area_id=fund.access_area_id, data=data, now=now, by=by)
    return campaign


@transaction.atomic
def change_campaign(
    *, campaign: Campaign, terms: CampaignTerms, reason: str, version: int, now: datetime, by: User
) -> CampaignVersion:
    """Announce a campaign anew as its next version; `version` is the one that the person has seen.

    Raises BadCampaign, CampaignMovedOn and what `access.require` raises.
    """
    row = Campaign.objects.select_for_update(of=("self",)).select_related("fund__body").get(pk=campaign.pk)
    access.require(by, "edit", row.fund, on=localdate(now))
    last = row.versions.order_by("-number").first()
    if last is None or last.number != version:
        raise CampaignMovedOn("Đợt vận động vừa được người khác sửa. Hãy tải lại trang để xem bản mới.")
    terms.require_sense()
    if terms == terms_of(row):
        raise BadCampaign("Chưa có gì thay đổi so với bản đang dùng.")
    if not reason.strip():
        raise BadCampaign("Chưa ghi lý do thay đổi. Người xem cần biết vì sao ngày hoặc mục tiêu khác trước.")
    for name in SAID:
        setattr(row, name, getattr(terms, name))
    row.save(update_fields=list(SAID))
    made = keep_version(row, number=version + 1, reason=reason.strip(), now=now, by=by)
    data = {"version": made.number, "from": row.starts_on, "to": row.ends_on, "target": row.target}
    data["reason"] = made.reason
    audit.record("funds.campaign.changed", obj=row, area_id=row.fund.access_area_id, data=data, now=now, by=by)
    return made


def keep_version(campaign: Campaign, *, number: int, reason: str, now: datetime, by: Actor | None) -> CampaignVersion:
    """Keep what a campaign is announced as under a number; whoever changes it calls this in the same transaction."""
    said = {name: getattr(campaign, name) for name in SAID}
    by_id = by.id if by else None
    return CampaignVersion.objects.create(campaign=campaign, number=number, **said, reason=reason, at=now, by_id=by_id)
