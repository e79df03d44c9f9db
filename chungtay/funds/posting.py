"""Booking a voucher: number, seal and sums in one transaction, under the lock of the body's book."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds import books, checks, telling
from chungtay.funds.models import Balance, BookHead, Campaign, Counter, Draft, Entry, Fund, Voucher
from chungtay.funds.rules import PREFIXES, BadDraft, Content, VoucherState, lines_from_json, problems_of
from chungtay.kernel.errors import DomainError, Problem
from chungtay.kernel.text import date_text
from chungtay.ledger.accounts import Chart
from chungtay.ledger.chain import GENESIS, chain_hash
from chungtay.ledger.entries import Entry as PureEntry
from chungtay.ledger.entries import Voucher as PureVoucher
from chungtay.ledger.entries import VoucherKind, check_voucher, mirror
from chungtay.places.models import Body

MOST_ROWS = 10**12
"""Vouchers, and entries, that the ids of one book have room for."""


class DraftMovedOn(DomainError):
    """Somebody else changed or posted the draft in the meantime."""


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


def locked_head(body: Body) -> BookHead:
    """Return the end of a body's book, locked until commit; made with the first voucher."""
    head = BookHead.objects.select_for_update().filter(body=body).first()
    if head is None:
        BookHead.objects.bulk_create([BookHead(body=body)], ignore_conflicts=True)
        head = BookHead.objects.select_for_update().get(body=body)
    return head


def problems_on(fund: Fund, content: Content, *, booked_on: datetime, chart: Chart) -> list[Problem]:
    """Return everything that is wrong with a voucher before money is looked at."""
    day = localdate(booked_on)
    found = problems_of(content, booked_on=day)
    return found + checks.account_problems(content.lines, chart, day) + checks.purpose_problems(fund, content.lines)


@transaction.atomic
def post_draft(*, draft: Draft, revision: int | None = None, override: str = "", now: datetime, by: User) -> Voucher:
    """Book a draft; it gets the next number of its series.

    `override`: why a limit of spending may be passed. Raises DraftMovedOn, BadDraft, MonthClosed, NotEnough, LimitBroken
    and what `access.require` raises.
    """
    voucher = _post(locked_head(draft.fund.body), draft, revision, override, now, by)
    telling.tell_booked([voucher], now=now, by=by)
    _tell("posted", voucher, now, by)
    return voucher


@transaction.atomic
def post_drafts(*, drafts: Sequence[Draft], now: datetime, by: User) -> list[Voucher]:
    """Book several drafts of one body, all or none; the account is told once of each month. Raises what `post_draft` raises."""
    if not drafts:
        return []
    head = locked_head(drafts[0].fund.body)
    if {draft.fund.body_id for draft in drafts} != {head.body_id}:
        raise ValueError("the drafts are of one body: its book is locked")
    vouchers = [_post(head, draft, None, "", now, by) for draft in drafts]
    telling.tell_booked(vouchers, now=now, by=by)
    for voucher in vouchers:
        _tell("posted", voucher, now, by)
    return vouchers


def _post(head: BookHead, draft: Draft, revision: int | None, override: str, now: datetime, by: User) -> Voucher:
    row = Draft.objects.select_for_update(of=("self",)).select_related("fund__body", "campaign").get(pk=draft.pk)
    if (revision is not None and row.revision != revision) or row.state != VoucherState.DRAFT:
        raise DraftMovedOn("Chứng từ vừa được người khác sửa hoặc ghi sổ. Hãy tải lại trang để xem bản mới.")
    access.require(by, "post", row, on=localdate(now))
    content, chart = content_of(row), books.chart()
    if problems := problems_on(row.fund, content, booked_on=now, chart=chart):
        raise BadDraft(problems)
    day = localdate(now)
    checks.require_open(row.fund.body_id, day)
    try:
        checks.require_within_limits(row.fund, content.lines, chart, content.occurred_on)
    except checks.LimitBroken:
        if not override.strip():
            raise
    checks.require_money(row.fund, content.lines, chart, content.occurred_on)
    voucher = _book(
        head, row.fund, content, campaign=row.campaign, draft=row, override=override.strip(), now=now, by=by
    )
    row.state = VoucherState.POSTED
    row.revision += 1
    row.save(update_fields=["state", "revision"])
    return voucher


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
    checks.require_money(row.fund, lines, books.chart(), day)
    content = Content(
        VoucherKind.REVERSAL, day, lines, f"Đảo {row}: {reason.strip()}", row.party, row.address, 0, row.transfer
    )
    made = _book(
        head,
        row.fund,
        content,
        campaign=row.campaign,
        of=row,
        originals=originals,
        drafter=drafted_by,
        now=now,
        by=by,
    )
    telling.tell_booked([made], now=now, by=by)
    _tell("reversed", made, now, by)
    return made


def _book(
    head: BookHead,
    fund: Fund,
    content: Content,
    *,
    campaign: Campaign | None = None,
    draft: Draft | None = None,
    of: Voucher | None = None,
    originals: Sequence[PureEntry] = (),
    drafter: User | None = None,
    override: str = "",
    now: datetime,
    by: User | None,
) -> Voucher:
    day = localdate(now)
    prefix = PREFIXES[content.kind]
    number = _next_number(fund, prefix, day.year)
    first = head.id * MOST_ROWS
    voucher_id = first + head.position + 1
    entries = [
        PureEntry(
            id=first + head.entries + at,
            debit=line.debit,
            credit=line.credit,
            amount=line.amount,
            occurred_on=content.occurred_on,
            booked_on=day,
            group=voucher_id,
            fund=fund.code,
            purpose=line.purpose,
            donor=line.donor,
            memo=line.memo,
            transfer=content.transfer,
            item=line.item,
            quantity=line.quantity,
            reverses=originals[at - 1].id if originals else None,
        )
        for at, line in enumerate(content.lines, start=1)
    ]
    author = draft.drafted_by if draft is not None else drafter
    pure = check_voucher(
        PureVoucher(
            id=voucher_id,
            kind=content.kind,
            body=str(fund.body_id),
            fund=fund.code,
            prefix=prefix,
            year=day.year,
            number=number,
            entries=tuple(entries),
            drafted_by=str(author.pk) if author else "",
            posted_by=str(by.pk) if by else "",
            reverses=of.pk if of is not None else None,
            position=head.position + 1,
        )
    )
    previous = head.hash or GENESIS
    voucher = Voucher.objects.create(
        id=voucher_id,
        fund=fund,
        kind=content.kind,
        prefix=prefix,
        year=day.year,
        number=number,
        position=pure.position,
        previous_hash=previous,
        hash=chain_hash(previous, pure),
        draft=draft,
        occurred_on=content.occurred_on,
        booked_on=day,
        campaign=campaign,
        party=content.party,
        address=content.address,
        memo=content.memo,
        attachments=content.attachments,
        transfer=content.transfer,
        amount=content.amount,
        reverses=of,
        override=override,
        drafted_by=author,
        posted_by=by,
        posted_at=now,
    )
    Entry.objects.bulk_create(books.entry_row(entry, voucher) for entry in entries)
    _add_to_balances(fund, entries)
    head.position, head.entries, head.hash = pure.position, head.entries + len(entries), voucher.hash
    head.save()
    return voucher


def _next_number(fund: Fund, prefix: str, year: int) -> int:
    counter, _ = Counter.objects.get_or_create(fund=fund, prefix=prefix, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _add_to_balances(fund: Fund, entries: Sequence[PureEntry]) -> None:
    sides: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for entry in entries:
        sides[entry.purpose, entry.debit][0] += entry.amount
        sides[entry.purpose, entry.credit][1] += entry.amount
    for (purpose, account), (debit, credit) in sorted(sides.items()):
        mine = Balance.objects.filter(fund=fund, purpose=purpose, account=account)
        if not mine.update(debit=F("debit") + debit, credit=F("credit") + credit):
            Balance.objects.create(fund=fund, purpose=purpose, account=account, debit=debit, credit=credit)


def _tell(verb: str, voucher: Voucher, now: datetime, by: User | None) -> None:
    data = {
        "number": str(voucher),
        "amount": voucher.amount,
        "day": date_text(voucher.booked_on),
        "hash": voucher.hash,
        "override": voucher.override,
    }
    audit.record(
        f"funds.voucher.{verb}",
        obj=voucher,
        area_id=voucher.fund.body.area_id,
        data={key: value for key, value in data.items() if value},
        now=now,
        by=by,
    )
