"""The money: funds and their vouchers, writing and booking one, and the lines of banks that were made public."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.api import doors, paging
from chungtay.api.doors import KEY_HEADER, MATCH_HEADER, READ, Bearer, user_of
from chungtay.api.naming import unit_ref
from chungtay.api.rules import Scope
from chungtay.api.services import Reply
from chungtay.api.shapes import Day, Page, Paged, Sent, UnitRef
from chungtay.funds import public, selectors, services
from chungtay.funds.models import Draft, FrozenDay, Fund, StatementLine, Voucher
from chungtay.funds.rules import Content, Line
from chungtay.kernel.folding import nfc
from chungtay.ledger.entries import VoucherKind
from chungtay.web import clock

router = Router(tags=["Quỹ"])
WRITE = Bearer(Scope.FUNDS)
MOST_LINES, MOST_VND = 100, 10**15
WRITTEN = (VoucherKind.RECEIPT, VoucherKind.PAYMENT, VoucherKind.IN_KIND_RECEIPT, VoucherKind.IN_KIND_ISSUE)
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Slug = Annotated[str, Field(max_length=20, pattern=r"^[0-9A-Za-z_-]*$")]
Money = Annotated[int, Field(ge=1, le=MOST_VND, description="đồng")]


class FundOut(Schema):
    """A fund; `balances`: {account: debits minus credits} in đồng, only for who may see its vouchers."""

    id: UUID
    code: str
    name: str
    body: str
    unit: UnitRef
    opened_on: date
    balances: dict[str, int] | None
    is_sample: bool


class VoucherOut(Schema):
    """A booked voucher. `position` and `hash` seal it to the one before it in the body's book."""

    number: str
    kind: str
    occurred_on: date
    booked_on: date
    party: str
    memo: str
    amount: int
    position: int
    hash: str


class VoucherLineIn(Sent):
    """One line: an amount from the credit account to the debit account."""

    debit: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[0-9A-Za-z.]+$")]
    credit: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[0-9A-Za-z.]+$")]
    amount: Money
    purpose: Slug = ""
    memo: Text = ""
    item: Slug = ""
    quantity: Annotated[int, Field(ge=0, le=10**9)] = 0


class VoucherIn(Sent):
    """What a voucher is to say."""

    kind: Annotated[str, Field(pattern="^(" + "|".join(kind.value for kind in WRITTEN) + ")$")]
    occurred_on: Day
    lines: Annotated[list[VoucherLineIn], Field(min_length=1, max_length=MOST_LINES)]
    memo: Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
    party: Text = ""
    address: Text = ""
    attachments: Annotated[int, Field(ge=0, le=1_000)] = 0


class VoucherDraft(Schema):
    """A voucher that is being written."""

    id: UUID
    kind: str
    occurred_on: date
    amount: int
    state: str
    revision: int


class PublicLine(Schema):
    """A bank's line as it was made public: `id` is for ever, the account masked, the memo without people."""

    id: int
    fund: UUID
    day: date
    received: int
    paid: int
    text: str
    giver: str
    account: str
    state: str
    corrects: int | None


class LinesAsked(Paged):
    """Which published lines are wanted."""

    fund: UUID | None = None
    first: Annotated[Day | None, Field(description="Từ ngày")] = None
    last: Annotated[Day | None, Field(description="Đến hết ngày")] = None
    least: Annotated[int | None, Field(ge=0, le=MOST_VND, description="Từ số tiền")] = None
    most: Annotated[int | None, Field(ge=0, le=MOST_VND, description="Đến số tiền")] = None


@router.get("/funds", response=Page[FundOut], url_name="api-funds", auth=READ, summary="Các quỹ")
def fund_list(request: HttpRequest, asked: Query[Paged]) -> Page[FundOut]:
    """Các quỹ bạn được xem."""
    user, today = user_of(request), clock.today()
    keys = access.keys_of(user, on=today)
    page, after = paging.page_of_list(
        selectors.funds_seen_by(user, on=today), "funds", asked, key=lambda one: str(one.pk)
    )
    booked = keys.areas_for("view", "voucher")
    items = [
        FundOut(
            id=one.pk,
            code=one.code,
            name=one.name,
            body=one.body.name,
            unit=unit_ref(one.body.area_id, today),
            opened_on=one.opened_on,
            balances=selectors.balances_now(one) if one.body.area_id in booked else None,
            is_sample=one.is_sample,
        )
        for one in page
    ]
    return Page[FundOut](items=items, next=after)


def _fund(user: User, fund_id: UUID) -> Fund:
    found = selectors.fund_seen_by(user, fund_id, on=clock.today())
    if found is None:
        raise Http404
    return found


@router.get(
    "/funds/{uuid:fund_id}/vouchers", response=Page[VoucherOut], url_name="api-vouchers", auth=READ, summary="Chứng từ"
)
def voucher_list(request: HttpRequest, fund_id: UUID, asked: Query[Paged]) -> Page[VoucherOut]:
    """Đã ghi sổ, theo thứ tự ghi: giữ con trỏ cuối để lần sau chỉ đọc phần mới."""
    user = user_of(request)
    fund = _fund(user, fund_id)
    access.require(user, "view", Voucher(fund=fund), on=clock.today())
    rows = Voucher.objects.filter(fund=fund)
    page, after = paging.page_of_rows(rows, "vouchers", asked, key="position")
    return Page[VoucherOut](items=[_voucher(one) for one in page], next=after)


def _voucher(one: Voucher) -> VoucherOut:
    plain = ("kind", "occurred_on", "booked_on", "party", "memo", "amount", "position", "hash")
    return VoucherOut(number=str(one), **{name: getattr(one, name) for name in plain})


@router.post(
    "/funds/{uuid:fund_id}/drafts",
    response={201: VoucherDraft},
    url_name="api-voucher-draft",
    auth=WRITE,
    summary="Lập chứng từ",
    openapi_extra={"parameters": [KEY_HEADER]},
)
def draft_write(request: HttpRequest, fund_id: UUID, body: VoucherIn) -> HttpResponse:
    """Lưu bản nháp; người khác có quyền sẽ ghi sổ."""
    user, now = user_of(request), clock.now()
    fund = _fund(user, fund_id)
    lines = tuple(Line(**(line.model_dump() | {"memo": nfc(line.memo)})) for line in body.lines)
    content = Content(
        kind=VoucherKind(body.kind),
        occurred_on=body.occurred_on,
        lines=lines,
        memo=nfc(body.memo),
        party=nfc(body.party),
        address=nfc(body.address),
        attachments=body.attachments,
    )

    def do() -> Reply:
        made = services.write_draft(fund=fund, content=content, now=now, by=user)
        return _draft_reply(made, content.amount, 201)

    return doors.once(request, body, do, now)


def _draft_reply(draft: Draft, amount: int, status: int) -> Reply:
    plain = ("kind", "occurred_on", "state", "revision")
    shown = VoucherDraft(id=draft.pk, amount=amount, **{name: getattr(draft, name) for name in plain})
    return Reply(status, shown.model_dump(mode="json"), doors.tag_of(draft.revision))


@router.post(
    "/funds/{uuid:fund_id}/drafts/{uuid:draft_id}/post",
    response=VoucherOut,
    url_name="api-voucher-post",
    auth=WRITE,
    summary="Ghi sổ chứng từ",
    openapi_extra={"parameters": [MATCH_HEADER, KEY_HEADER]},
)
def draft_post(request: HttpRequest, fund_id: UUID, draft_id: UUID) -> HttpResponse:
    """Người lập không tự ghi sổ. Gửi lại cùng khóa thì nhận lại đúng số chứng từ đã cấp."""
    user, now = user_of(request), clock.now()
    fund = _fund(user, fund_id)
    draft = Draft.objects.select_related("fund__body").filter(fund=fund, pk=draft_id).first()
    if draft is None:
        raise Http404

    def do() -> Reply:
        booked = services.post_draft(draft=draft, revision=doors.revision_of(request), now=now, by=user)
        return Reply(200, _voucher(booked).model_dump(mode="json"))

    return doors.once(request, None, do, now)


@router.get(
    "/statement-lines",
    response=Page[PublicLine],
    url_name="api-statement-lines",
    summary="Sao kê đã công khai (ai cũng xem được)",
)
def line_list(request: HttpRequest, asked: Query[LinesAsked]) -> Page[PublicLine]:
    """Đúng như tệp đã chốt công khai của từng ngày. Không tìm theo tên: tìm được tên đã giấu cũng là lộ tên."""
    frozen = FrozenDay.objects.filter(
        account=OuterRef("account"), day=OuterRef("booked_on"), at__gte=OuterRef("file__at")
    )
    rows = StatementLine.objects.filter(Exists(frozen))
    if asked.fund is not None:
        rows = rows.filter(account__fund=asked.fund)
    if asked.first is not None:
        rows = rows.filter(booked_on__gte=asked.first)
    if asked.last is not None:
        rows = rows.filter(booked_on__lte=asked.last)
    if asked.least is not None:  # one of the two sides is 0
        rows = rows.filter(Q(debit__gte=asked.least) | Q(credit__gte=asked.least))
    if asked.most is not None:
        rows = rows.filter(debit__lte=asked.most, credit__lte=asked.most)
    page, after = paging.page_of_rows(rows, "statement-lines", asked)
    told = public.as_published(page)
    plain = ("id", "day", "received", "paid", "text", "giver", "account", "state")
    items = [
        PublicLine(
            fund=one.frozen.account.fund_id,
            corrects=one.line.corrects or None,
            **{name: getattr(one.line, name) for name in plain},
        )
        for one in (told[line.pk] for line in page if line.pk in told)
    ]
    return Page[PublicLine](items=items, next=after)
