"""Booking vouchers: what must hold is asked under the lock of the body's book, then they are written in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds import books, checks, telling, words
from chungtay.funds.bank.settling import forget_reversed
from chungtay.funds.booking import Item, book
from chungtay.funds.booking import locked_head as locked_head
from chungtay.funds.models import BookHead, Campaign, Draft, Fund, Voucher
from chungtay.funds.rules import BadDraft, Content, VoucherState, lines_from_json, problems_of
from chungtay.funds.tills import Tills
from chungtay.funds.transfers import transfer_problems
from chungtay.kernel.errors import DomainError, Problem
from chungtay.kernel.text import date_text
from chungtay.ledger.accounts import Chart
from chungtay.ledger.entries import VoucherKind, mirror
from chungtay.places.registry import Entry as Event


class DraftMovedOn(DomainError):
    """Somebody else changed or posted the draft in the meantime."""


class NotBooked(DomainError):
    """A voucher of a whole book may not be booked, so none of it is."""


class NotReversible(DomainError):
    """A voucher that may not be reversed."""


def content_of(draft: Draft) -> Content:
    """Return what a draft says."""
    return Content(
        kind=VoucherKind(draft.kind),
        occurred_on=draft.occurred_on,
        lines=tuple(lines_from_json(draft.lines)),
        memo=draft.memo,
        party=draft.party,
        address=draft.address,
        attachments=draft.attachments,
        transfer=draft.transfer,
    )


def problems_on(fund: Fund, content: Content, *, booked_on: datetime, chart: Chart) -> list[Problem]:
    """Return everything that is wrong with a voucher before money is looked at."""
    return _Gate(fund, chart, booked_on).problems(content)


@transaction.atomic
def post_draft(*, draft: Draft, revision: int | None = None, override: str = "", now: datetime, by: User) -> Voucher:
    """Book a draft; it gets the next number of its series.

    `override`: why a limit of spending may be passed. Raises DraftMovedOn, BadDraft, MonthClosed, NotEnough, LimitBroken
    and what `access.require` raises.
    """
    [voucher] = _post(locked_head(draft.fund.body), [draft], revision, override.strip(), now, by)
    return voucher


@transaction.atomic
def post_drafts(*, drafts: Sequence[Draft], now: datetime, by: User) -> list[Voucher]:
    """Book several drafts of one body, all or none; the account is told once of each month. Raises what `post_draft` raises."""
    if not drafts:
        return []
    head = locked_head(drafts[0].fund.body)
    if {draft.fund.body_id for draft in drafts} != {head.body_id}:
        raise ValueError("the drafts are of one body: its book is locked")
    return _post(head, drafts, None, "", now, by)


@transaction.atomic
def post_book(
    *, fund: Fund, contents: Sequence[Content], campaign: Campaign | None = None, author: User, now: datetime, by: User
) -> list[Voucher]:
    """Book the vouchers of a whole book that came from elsewhere, all or none: an opening, a list, another program's journal.

    `author` answers for what they say and is not who books them; one audit event tells of them all. Raises NotBooked, which
    names the voucher, and what `access.require` raises.
    """
    if not contents:
        return []
    head, day = locked_head(fund.body), localdate(now)
    draft = Draft(fund=fund, state=VoucherState.DRAFT, drafted_by=author)
    access.require(author, "draft", draft, on=day)
    access.require(by, "post", draft, on=day)
    gate = _Gate(fund, books.chart(), now, is_many=True)
    for number, content in enumerate(contents, start=1):
        try:
            gate.pass_through(content)
        except DomainError as refused:
            raise NotBooked(f"Chứng từ thứ {number}: {refused} Chưa ghi chứng từ nào của tập này.") from refused
    vouchers = book(head, [Item(fund, one, author, campaign) for one in contents], now=now, by=by)
    telling.tell_booked(vouchers, now=now, by=by)
    words.tell_posted(vouchers, now, by)
    data = {
        "vouchers": len(vouchers),
        "amount": sum(one.amount for one in vouchers),
        "first": vouchers[0].position,
        "last": vouchers[-1].position,
        "hash": head.hash,
        "author": str(author.pk),
    }
    audit.record("funds.book.posted", obj=fund, area_id=fund.access_area_id, data=data, now=now, by=by)
    return vouchers


def _post(
    head: BookHead, drafts: Sequence[Draft], revision: int | None, override: str, now: datetime, by: User
) -> list[Voucher]:
    day, chart = localdate(now), books.chart()
    keys = access.keys_of(by, on=day)
    gates: dict[object, _Gate] = {}
    found = _locked_drafts(drafts)
    items = []
    for row in found:
        if (revision is not None and row.revision != revision) or row.state != VoucherState.DRAFT:
            raise DraftMovedOn("Chứng từ vừa được người khác sửa hoặc ghi sổ. Hãy tải lại trang để xem bản mới.")
        if not keys.can("post", row):
            access.require(by, "post", row, on=day)
        content = content_of(row)
        if row.fund_id not in gates:
            gates[row.fund_id] = _Gate(row.fund, chart, now, is_many=len(found) > 1)
        passed = gates[row.fund_id].pass_through(content, override)
        items.append(Item(row.fund, content, row.drafted_by, row.campaign, row, override=passed))
    vouchers = book(head, items, now=now, by=by)
    _close(found)
    telling.tell_booked(vouchers, now=now, by=by)
    words.tell_posted(vouchers, now, by)
    audit.record_all([_event("posted", one) for one in vouchers], now=now, by=by)
    return vouchers


@transaction.atomic
def reverse_voucher(*, voucher: Voucher, reason: str, drafted_by: User, now: datetime, by: User) -> Voucher:
    """Undo a voucher by its mirror, dated today: one person asks for it (`drafted_by`), another books it.

    Raises NotReversible, MonthClosed, NotEnough and what `access.require` raises.
    """
    head = locked_head(voucher.fund.body)
    row = Voucher.objects.select_related("fund__body", "campaign").get(pk=voucher.pk)
    access.require(by, "reverse", row, on=localdate(now))
    if drafted_by.pk == by.pk:
        raise NotReversible("Người đề nghị đảo bút toán không được tự ghi sổ, hãy để người khác ghi.")
    if row.kind == VoucherKind.REVERSAL:
        raise NotReversible(f"{row} là bút toán đảo, không đảo lại: hãy lập chứng từ mới.")
    if Voucher.objects.filter(reverses=row).exists():
        raise NotReversible(f"{row} đã được đảo một lần, không đảo thêm.")
    if not reason.strip():
        raise NotReversible("Chưa ghi lý do đảo bút toán.")
    day = localdate(now)
    checks.require_open(row.fund.body_id, day)
    originals = list(books.entries_of_voucher(row))
    lines = [books.line_of(mirror(one, entry_id=0, group=0, booked_on=day)) for one in originals]
    Tills(row.fund, books.chart()).take(lines, day)
    memo = f"Đảo {row}: {reason.strip()}"
    content = Content(VoucherKind.REVERSAL, day, lines, memo, row.party, row.address, 0, row.transfer)
    item = Item(row.fund, content, drafted_by, row.campaign, of=row, originals=originals)
    [made] = book(head, [item], now=now, by=by)
    forget_reversed(row, made, now=now, by=by)
    telling.tell_booked([made], now=now, by=by)
    audit.record_all([_event("reversed", made)], now=now, by=by)
    return made


class _Gate:
    """What a fund asks of vouchers before they are booked, one after the other; with `is_many` all is read at once."""

    def __init__(self, fund: Fund, chart: Chart, now: datetime, *, is_many: bool = False) -> None:
        self._fund, self._chart, self._day, self._is_many = fund, chart, localdate(now), is_many
        self._tills = Tills(fund, chart)
        self._purposes = frozenset(fund.purposes.values_list("code", flat=True)) if is_many else None
        self._limits = checks.limits_of(fund) if is_many else None
        self._is_open = False

    def problems(self, content: Content) -> list[Problem]:
        """Return what is wrong with a voucher before money is looked at."""
        found = problems_of(content, booked_on=self._day)
        found += checks.account_problems(content.lines, self._chart, self._day)
        found += transfer_problems(self._fund, content, self._chart)
        return found + checks.purpose_problems(self._fund, content.lines, self._purposes)

    def pass_through(self, content: Content, override: str = "") -> str:
        """Return the reason why a limit was passed, as given. Raises BadDraft, MonthClosed, LimitBroken, NotEnough."""
        if problems := self.problems(content):
            raise BadDraft(problems)
        if not self._is_open:
            checks.require_open(self._fund.body_id, self._day)
            self._is_open = True
        limits = self._limits
        if limits is None:
            limits = checks.limits_of(self._fund, {line.debit for line in content.lines})
        try:
            checks.require_within_limits(content.lines, content.occurred_on, limits)
        except checks.LimitBroken:
            if not override:
                raise
        self._tills.take(content.lines, content.occurred_on)
        return override


def _locked_drafts(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts as they stand now, in the order given, each once."""
    rows = Draft.objects.select_for_update(of=("self",)).select_related("fund__body", "campaign", "drafted_by")
    keys = list(dict.fromkeys(draft.pk for draft in drafts))
    found: dict[UUID, Draft] = {}
    for start in range(0, len(keys), 1_000):
        found |= rows.in_bulk(keys[start : start + 1_000])
    return [found[key] for key in keys]


def _close(drafts: Sequence[Draft]) -> None:
    for start in range(0, len(drafts), 1_000):
        keys = [draft.pk for draft in drafts[start : start + 1_000]]
        Draft.objects.filter(pk__in=keys).update(state=VoucherState.POSTED, revision=F("revision") + 1)


def _event(verb: str, voucher: Voucher) -> Event:
    data = {
        "number": str(voucher),
        "amount": voucher.amount,
        "day": date_text(voucher.booked_on),
        "hash": voucher.hash,
        "override": voucher.override,
    }
    said = {key: value for key, value in data.items() if value}
    return Event(f"funds.voucher.{verb}", voucher, voucher.fund.body.area_id, said)
