"""Writing a voucher before it is booked: anybody who keeps the fund's books may, and may change or drop it again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds import words
from chungtay.funds.models import Campaign, Draft, Fund
from chungtay.funds.posting import DraftMovedOn, content_of
from chungtay.funds.rules import Content, VoucherState
from chungtay.places.registry import Entry


@transaction.atomic
def write_draft(*, fund: Fund, content: Content, campaign: Campaign | None = None, now: datetime, by: User) -> Draft:
    """Keep a new voucher as a draft, also one that is not complete yet. Raises what `access.require` raises."""
    [draft] = write_drafts(fund=fund, contents=[(content, campaign)], now=now, by=by)
    return draft


@transaction.atomic
def write_drafts(
    *, fund: Fund, contents: Iterable[tuple[Content, Campaign | None]], now: datetime, by: User
) -> list[Draft]:
    """Keep new vouchers of a fund as drafts, in their order. Raises what `access.require` raises."""
    blank = Draft(fund=fund, state=VoucherState.DRAFT, drafted_by=by)
    access.require(by, "draft", blank, on=localdate(now))
    drafts = []
    for content, campaign in contents:
        draft = Draft(fund=fund, state=VoucherState.DRAFT, drafted_by=by, drafted_at=now)
        _fill(draft, content, campaign)
        drafts.append(draft)
    Draft.objects.bulk_create(drafts)
    words.tell_drafted(fund, drafts, now, by)
    audit.record_all([_event("drafted", draft) for draft in drafts], now=now, by=by)
    return drafts


@transaction.atomic
def change_draft(
    *, draft: Draft, content: Content, campaign: Campaign | None = None, revision: int, now: datetime, by: User
) -> Draft:
    """Replace what a draft says; whoever changes it becomes its author. Raises DraftMovedOn."""
    row = _locked(draft, "draft", revision, now, by)
    if (content_of(row), row.campaign_id) == (replace(content, lines=tuple(content.lines)), campaign and campaign.pk):
        return row
    _fill(row, content, campaign)
    row.drafted_by, row.drafted_at = by, now
    row.revision += 1
    row.save()
    _tell("changed", row, now, by)
    return row


@transaction.atomic
def drop_draft(*, draft: Draft, revision: int, now: datetime, by: User) -> Draft:
    """Take a draft out of the work; it stays readable. Raises DraftMovedOn."""
    row = _locked(draft, "draft", revision, now, by)
    row.state = VoucherState.DROPPED
    row.revision += 1
    row.save(update_fields=["state", "revision"])
    _tell("dropped", row, now, by)
    return row


def _locked(draft: Draft, verb: str, revision: int, now: datetime, by: User) -> Draft:
    row = Draft.objects.select_for_update(of=("self",)).select_related("fund__body", "campaign").get(pk=draft.pk)
    if row.revision != revision or row.state != VoucherState.DRAFT:
        raise DraftMovedOn("Chứng từ vừa được người khác sửa hoặc ghi sổ. Hãy tải lại trang để xem bản mới.")
    access.require(by, verb, row, on=localdate(now))
    return row


def _fill(draft: Draft, content: Content, campaign: Campaign | None) -> None:
    draft.kind, draft.occurred_on, draft.campaign = content.kind, content.occurred_on, campaign
    draft.party, draft.address, draft.memo = content.party.strip(), content.address.strip(), content.memo.strip()
    draft.attachments, draft.transfer = content.attachments, content.transfer
    draft.lines = [line.as_json() for line in content.lines]


def _tell(verb: str, draft: Draft, now: datetime, by: User) -> None:
    audit.record_all([_event(verb, draft)], now=now, by=by)


def _event(verb: str, draft: Draft) -> Entry:
    data = {"kind": draft.kind, "amount": content_of(draft).amount, "revision": draft.revision}
    return Entry(f"funds.draft.{verb}", draft, draft.access_area_id, data)
