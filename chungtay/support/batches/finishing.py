"""Paying, handing over and accepting many cases together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.audit.rows import insert_new
from chungtay.evidence.models import Attachment
from chungtay.funds.models import Voucher
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.periods import Period
from chungtay.support import checking
from chungtay.support.batches.opening import MOST_NAMED
from chungtay.support.batches.telling import locked_all, move_all, told_of_all
from chungtay.support.finishing import WRITING, CaseOver
from chungtay.support.funding import NotThisVoucher, why_not_paying
from chungtay.support.giving import give_all
from chungtay.support.models import Case, CaseEvidence, CaseMoney, MoneyVerb, PackageLine, Role
from chungtay.support.moving import past_day, wrote
from chungtay.support.rules import OVER, Act, NotReady, money_problems
from chungtay.support.telling import hold, tell_days


@dataclass(frozen=True)
class Payment:
    """So much (integer đồng) of a voucher paid a case."""

    case: Case
    voucher: Voucher
    amount: int


@transaction.atomic
def fund_all(*, cases: Sequence[Case], payments: Sequence[Payment], now: datetime, by: User) -> list[Case]:
    """Name the vouchers that paid approved cases and confirm that each has its fund's part, to the đồng.

    Raises NotThisVoucher, NotReady, CaseMovedOn, WrongTurn and what `access.require` raises.
    """
    rows = locked_all(cases, "fund", now=now, by=by)
    _require_payable({row.pk: row for row in rows}, payments, now, by)
    paid = checking.paid_by_vouchers(rows)
    for one in payments:
        paid[one.case.pk][one.voucher.pk] = paid[one.case.pk].get(one.voucher.pk, 0) + one.amount
    wrong = [
        f"{row}: {sentence}" for row in rows for sentence in money_problems(row.fund_share, sum(paid[row.pk].values()))
    ]
    if wrong:
        raise NotReady(wrong[:MOST_NAMED])
    insert_new(
        CaseMoney,
        (
            CaseMoney(case_id=one.case.pk, voucher=one.voucher, verb=MoneyVerb.LINK, amount=one.amount, at=now, by=by)
            for one in payments
        ),
    )
    data = {row.pk: {"vouchers": {str(key): amount for key, amount in paid[row.pk].items()}} for row in rows}
    days = dict.fromkeys(data, localdate(now))
    move_all(rows, Act.FUND, (), days=days, data=data, now=now, by=by)
    named = ", ".join(sorted({str(one.voucher) for one in payments}))
    told_of_all("funded", rows[0].area, rows, now=now, by=by, paid=sum(one.amount for one in payments), vouchers=named)
    return rows


@transaction.atomic
def lay_beside_all(*, papers: Sequence[tuple[Case, Role, Attachment]], now: datetime, by: User) -> None:
    """Lay kept files, each as what it is, beside cases of one place (one receipt may be that of a whole round).

    Raises as `add_evidence`.
    """
    ids = {case.pk for case, *_ in papers}
    rows = list(Case.objects.select_for_update(of=("self",)).select_related("area").filter(pk__in=ids).order_by("pk"))
    keys = access.keys_of(by, on=localdate(now))
    allowed = {area for action in WRITING for area in keys.areas_for(action, "case")}
    for row in rows:
        if row.area_id not in allowed:
            access.require(by, "deliver", row, on=localdate(now))
        if row.state in OVER:
            raise CaseOver(f"Hồ sơ {row} đã kết thúc nên không thêm giấy tờ, ảnh được nữa.")
    insert_new(
        CaseEvidence,
        (CaseEvidence(case=case, attachment=one, role=role, at=now, by=by) for case, role, one in papers),
    )
    files = {role: sorted({one.sha256 for _, as_what, one in papers if as_what == role}) for _, role, _ in papers}
    data = {"cases": len(rows)} | {role.value: ", ".join(said) for role, said in files.items()}
    audit.record("support.cases.evidence", obj=rows[0].area, area_id=rows[0].area_id, data=data, now=now, by=by)


@transaction.atomic
def deliver_all(
    *, cases: Sequence[Case], days: Mapping[UUID, date], tells: bool = True, now: datetime, by: User
) -> list[Case]:
    """Say that cases were delivered, each on its day with all that its list still holds. Raises as `deliver` does.

    tells: False for a caller who tells the months when the round is accepted.
    """
    rows = locked_all(cases, "deliver", now=now, by=by)
    hold(rows[0].area)
    kept = set(CaseEvidence.objects.filter(case__in=rows, role=Role.RECEIPT).values_list("case", flat=True))
    _refuse_without(rows, kept, "chưa có giấy ký nhận. Hãy đính kèm danh sách, giấy biên nhận đã ký.")
    for row in rows:
        past_day(days[row.pk], now, not_before=row.approved_on)
        row.delivered_on = days[row.pk]
        wrote(row, by, anew=True)
    by_id = {row.pk: row for row in rows}
    waiting = PackageLine.objects.filter(case__in=by_id, is_struck=False, given_on=None).order_by("case", "position")
    lines = list(waiting)
    give_all(by_id, lines, on={line.pk: days[line.case_id] for line in lines}, now=now, by=by)
    data = {row.pk: {"gives_rest": row.of_kind.has_lines} for row in rows}
    move_all(rows, Act.DELIVER, ("delivered_on",), days=days, data=data, now=now, by=by)
    if tells:
        tell_days(rows[0].area, {days[line.case_id] for line in lines}, now=now, by=by)
    packages = sum(line.quantity for line in lines)
    told_of_all("delivered", rows[0].area, rows, now=now, by=by, packages=packages)
    return rows


@transaction.atomic
def accept_all(
    *,
    cases: Sequence[Case],
    minutes: Mapping[UUID, str],
    days: Mapping[UUID, date],
    months: Sequence[Period] = (),
    now: datetime,
    by: User,
) -> list[Case]:
    """Accept what was delivered, each under its minutes and on its day. Raises as `accept` does.

    months: to be told with it, of a round whose delivery told nothing (`tells`).
    """
    rows = locked_all(cases, "accept", now=now, by=by)
    hold(rows[0].area)
    built = [row for row in rows if row.of_kind.needs_pictures]
    for role, sentence in (
        (Role.MINUTES, "chưa có biên bản nghiệm thu đã ký."),
        (Role.PICTURE, "chưa có ảnh công trình hoàn thành."),
    ):
        kept = set(CaseEvidence.objects.filter(case__in=built, role=role).values_list("case", flat=True))
        _refuse_without(built, kept, sentence)
    _refuse_without(
        rows, {key for key, number in minutes.items() if number.strip()}, "chưa ghi số biên bản nghiệm thu."
    )
    for row in rows:
        past_day(days[row.pk], now, not_before=row.delivered_on)
        row.accepted_on, row.minutes_number = days[row.pk], minutes[row.pk].strip()
    data = {row.pk: {"minutes": row.minutes_number} for row in rows}
    move_all(rows, Act.ACCEPT, ("accepted_on", "minutes_number"), days=days, data=data, now=now, by=by)
    tell_days(rows[0].area, {days[row.pk] for row in built}, months, now=now, by=by)
    told_of_all("accepted", rows[0].area, rows, now=now, by=by)
    return rows


def _refuse_without(rows: Iterable[Case], kept: set[UUID], sentence: str) -> None:
    if wrong := [f"{row}: {sentence}" for row in rows if row.pk not in kept]:
        raise NotReady(wrong[:MOST_NAMED])


def _require_payable(rows: Mapping[UUID, Case], payments: Sequence[Payment], now: datetime, by: User) -> None:
    """Refuse a voucher that may not pay its case, or that all of them together name for more than is left of it."""
    today = localdate(now)
    asked: dict[int, int] = defaultdict(int)
    for one in payments:
        asked[one.voucher.pk] += one.amount
    # Whoever else names these vouchers waits here, as in `link_voucher`.
    vouchers = Voucher.objects.select_for_update(of=("self",)).select_related("fund__body").order_by("pk")
    found = {one.pk: one for one in vouchers.filter(pk__in=asked)}
    keys = access.keys_of(by, on=today)
    for key, voucher in found.items():
        if not keys.can("view", voucher):
            raise NotThisVoucher("Không có phiếu này trong các quỹ mà bạn được xem. Hãy chọn phiếu khác.")
        left = voucher.amount - checking.used_of_voucher(key)
        if asked[key] > left:
            raise NotThisVoucher(
                f"{voucher} còn {format_integer(left)} đồng chưa gắn với hồ sơ nào, không đủ cho đợt này."
            )
    for one in payments:
        if one.amount <= 0:
            raise NotThisVoucher(f"{one.voucher}: số tiền gắn vào hồ sơ phải lớn hơn 0.")
        if wrong := why_not_paying(rows[one.case.pk], found[one.voucher.pk], today):
            raise NotThisVoucher(wrong)
