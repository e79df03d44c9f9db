"""What is told of a drive, composed from the books and the dated rules: one sheet for each duty, nobody named on it."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from chungtay.banking.banks import bank_name
from chungtay.funds.accounts_offered import GIFT, GIFT_IN_KIND, GIVEN, name_of, not_carried
from chungtay.funds.amounts import Slice, four_amounts
from chungtay.funds.bank.codes import reference_of_campaign
from chungtay.funds.books import chart
from chungtay.funds.models import BankAccount, Campaign, DisclosureRule, Entry, SpendingKind, SpendingLimit
from chungtay.funds.places_of import issuer_of, place_of
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.ledger.accounts import Mark
from chungtay.papers.sheets import Kind, Sheet, SheetColumn, SheetRow, Value

COLUMNS = (SheetColumn("Nội dung", 62), SheetColumn("Chi tiết"), SheetColumn("Số tiền (đồng)", 34, Kind.MONEY))
UNVERIFIED = "Căn cứ chưa đối chiếu với văn bản"
SAMPLE = "Số liệu minh họa"
NO_NAMES = "Không nêu tên người ủng hộ và người được hỗ trợ; từng dòng sao kê được công bố riêng, có mã tra cứu."
Row = tuple[str, str, Value]


@dataclass(frozen=True)
class Composed:
    """A sheet, and the digest of what it says whatever day it is printed on."""

    sheet: Sheet
    digest: str


def compose(campaign: Campaign, rule: DisclosureRule, *, made_on: date) -> Composed:
    """Return what is told of a drive for one duty. Raises KeyError for a duty that nobody can compose."""
    rows = list(_WRITERS[rule.kind](campaign, made_on))
    said = json.dumps([campaign.name, rule.kind, rows], ensure_ascii=False, default=str)
    digest = hashlib.sha256(said.encode()).hexdigest()
    marks = [*([SAMPLE] if campaign.fund.is_sample else []), *([] if rule.is_verified else [UNVERIFIED])]
    sheet = Sheet(
        code=f"cong-khai-{rule.kind}",
        issuer=issuer_of(campaign.fund),
        title=rule.name,
        scope=campaign.name,
        columns=COLUMNS,
        rows=tuple(SheetRow(row, is_sum=row[0].startswith("Cộng")) for row in rows),
        place=place_of(campaign.fund, made_on),
        dated_on=made_on,
        mark=". ".join(marks) + "." if marks else "",
        notes=(f"Căn cứ: {rule.legal_basis}.", NO_NAMES, f"Mã nội dung: {digest[:16]}"),
        signers=(("Trưởng Ban vận động", "(Ký, họ tên, đóng dấu)"),),
    )
    return Composed(sheet, digest)


def said_of(campaign: Campaign, kind: str, *, on: date) -> str:
    """Return the digest of what would be told of a drive for a duty on a day, "" where no rule asks for it."""
    rule = DisclosureRule.objects.filter(kind=kind, valid_from__lte=campaign.ends_on).order_by("-valid_from").first()
    return compose(campaign, rule, made_on=on).digest if rule is not None and can_compose(kind) else ""


def can_compose(kind: str) -> bool:
    """Say whether a duty's text can be composed from the books."""
    return kind in _WRITERS


def _appeal(campaign: Campaign, today: date) -> Iterator[Row]:
    yield "Đợt vận động", campaign.name, None
    yield "Văn bản kêu gọi", campaign.appeal or "Chưa ghi văn bản kêu gọi", None
    yield "Ban vận động", campaign.fund.body.name, None
    yield "Quỹ nhận", campaign.fund.name, None
    yield "Thời gian nhận", f"{date_text(campaign.starts_on)} đến hết {date_text(campaign.ends_on)}", None
    if campaign.target:
        yield "Mục tiêu", "Phấn đấu vận động", campaign.target


def _how(campaign: Campaign, today: date) -> Iterator[Row]:
    yield "Thời gian nhận", f"{date_text(campaign.starts_on)} đến hết {date_text(campaign.ends_on)}", None
    yield "Địa điểm nhận tiền mặt, hiện vật", campaign.fund.body.name, None
    for account in BankAccount.objects.filter(fund=campaign.fund).order_by("code"):
        bank = bank_name(account.bank) or f"Ngân hàng {account.bank}"
        yield "Chuyển khoản", f"{bank}, số tài khoản {account.number}, tên {account.holder}", None
    yield "Nội dung chuyển khoản", f"{reference_of_campaign(campaign)}, rồi lời nhắn nếu có", None
    yield "Nêu tên hay không", "Người ủng hộ chọn; chưa rõ ý thì không nêu tên, chỉ nêu mã", None


def _raised(campaign: Campaign, today: date) -> Iterator[Row]:
    amounts = four_amounts(campaign.fund, Slice("", campaign=campaign), spending=(), given=GIVEN)
    tills = chart().codes_marked(Mark.CASH)
    of_drive = Entry.objects.filter(not_carried(), fund=campaign.fund, voucher__campaign=campaign)
    for till in sorted(tills):
        came = _sum(of_drive.filter(debit=till, credit=GIFT)) - _sum(of_drive.filter(debit=GIFT, credit=till))
        if came:
            yield f"Tiền: {name_of(chart(), till).lower()}", "", came
    yield "Cộng tiền đã nhận", _counted(of_drive.filter(credit=GIFT), "khoản"), amounts.in_money
    goods = of_drive.filter(credit=GIFT_IN_KIND).values_list("item").annotate(n=Sum("quantity"), total=Sum("amount"))
    for item, quantity, total in goods.order_by("item"):
        yield f"Hiện vật: {item or 'khác'}", f"{format_integer(quantity)}" if quantity else "", total
    yield "Cộng hiện vật, quy theo giá trị", "", amounts.in_kind
    yield "Vận động trực tiếp, không qua quỹ", "Không cộng vào số trên", amounts.outside
    yield "Đăng ký ủng hộ", "Lời hứa, chưa phải tiền đã nhận", amounts.pledged


def _spent(campaign: Campaign, today: date) -> Iterator[Row]:
    last = campaign.distribution_ends_on or campaign.ends_on
    paid = Entry.objects.filter(not_carried(), fund=campaign.fund, occurred_on__range=(campaign.starts_on, last))
    total, seen = 0, set[str]()
    for kind in SpendingKind.objects.order_by("account", "code"):
        if kind.account in seen:
            continue  # of several kinds on one account the first names it
        seen.add(kind.account)
        amount = _sum(paid.filter(debit=kind.account)) - _sum(paid.filter(credit=kind.account))
        if amount:
            total += amount
            yield kind.name, _counted(paid.filter(debit=kind.account), "lần chi"), amount
    given = _sum(paid.filter(debit=GIVEN)) - _sum(paid.filter(credit=GIVEN))
    if given:
        yield "Trao hiện vật, quy theo giá trị", _counted(paid.filter(debit=GIVEN), "lần trao"), given
    span = f"{date_text(campaign.starts_on)} đến hết {date_text(last)}"
    yield "Cộng đã phân phối, sử dụng", f"Quỹ chi trong thời gian {span}", total + given


def _recipients(campaign: Campaign, today: date) -> Iterator[Row]:
    day = campaign.starts_on
    limits = SpendingLimit.objects.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))
    mine = limits.filter(Q(body=None) | Q(body=campaign.fund.body)).order_by("valid_from")
    by_kind = {limit.kind_id: limit for limit in mine}
    for kind in SpendingKind.objects.order_by("account", "code"):
        yield kind.name, *_level(by_kind.get(kind.pk), kind.unit)


def _level(limit: SpendingLimit | None, unit: str) -> tuple[str, Value]:
    if limit is None:
        return f"Theo danh sách được duyệt, tính theo {unit}", None
    basis = limit.legal_basis if limit.is_verified else f"{limit.legal_basis} (chưa đối chiếu)"
    if limit.least is not None and limit.most is not None and limit.least != limit.most:
        return f"Từ {format_integer(limit.least)} đồng đến, mỗi {unit}. {basis}", limit.most
    word = "Tối đa" if limit.most is not None else "Tối thiểu"
    return f"{word}, mỗi {unit}. {basis}", limit.most if limit.most is not None else limit.least


_WRITERS: Mapping[str, Callable[[Campaign, date], Iterator[Row]]] = {
    "appeal": _appeal,
    "how": _how,
    "raised": _raised,
    "spent": _spent,
    "recipients": _recipients,
}


def _sum(entries: "QuerySet[Entry]") -> int:
    return entries.aggregate(total=Sum("amount"))["total"] or 0


def _counted(entries: "QuerySet[Entry]", noun: str) -> str:
    count = entries.aggregate(n=Count("voucher", distinct=True))["n"]
    return f"{format_integer(count)} {noun}" if count else ""
