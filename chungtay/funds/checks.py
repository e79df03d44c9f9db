"""What a book must agree to before a voucher is booked: accounts that exist, months that are open, money that is there."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum

from chungtay.funds.models import Balance, Entry, Fund, PeriodAct, PeriodVerb, SpendingKind, SpendingLimit
from chungtay.funds.rules import Line
from chungtay.kernel.errors import DomainError, Problem
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.ledger.accounts import Chart, Mark
from chungtay.ledger.sum_invariants import RESULTS


class MonthClosed(DomainError):
    """Somebody would book into a month that two persons have closed."""


class NotEnough(DomainError):
    """The money, the restricted money or the goods are not there."""


class LimitBroken(DomainError):
    """A payment lies outside of what the rules of spending allow; a controller may override it with a reason."""


def account_problems(lines: Sequence[Line], chart: Chart, day: date) -> list[Problem]:
    """Return the lines that name an account which does not exist that day, or is only a sum."""
    problems = []
    for number, line in enumerate(lines, start=1):
        for side, code in (("debit", line.debit), ("credit", line.credit)):
            where = f"lines.{number}.{side}"
            if chart.on(code, day) is None:
                problems.append(Problem(f"Dòng {number}: không có tài khoản {code} vào ngày {date_text(day)}.", where))
            elif chart.has_parts(code, day):
                problems.append(Problem(f"Dòng {number}: tài khoản {code} chỉ để cộng, hãy chọn tài khoản con.", where))
    return problems


def purpose_problems(fund: Fund, lines: Sequence[Line]) -> list[Problem]:
    """Return the lines that name a purpose which the fund does not have."""
    named = {line.purpose for line in lines if line.purpose}
    known = set(fund.purposes.filter(code__in=named).values_list("code", flat=True)) if named else set()
    return [
        Problem(f"Dòng {number}: quỹ không có mục đích “{line.purpose}”.", f"lines.{number}.purpose")
        for number, line in enumerate(lines, start=1)
        if line.purpose and line.purpose not in known
    ]


def require_open(body_id: UUID, day: date) -> None:
    """Raise MonthClosed when the month of a day is closed in a body's books."""
    acts = PeriodAct.objects.filter(body_id=body_id, start__lte=day, end__gt=day)
    last = acts.filter(verb__in=(PeriodVerb.CLOSE, PeriodVerb.REOPEN)).order_by("-id").first()
    if last is not None and last.verb == PeriodVerb.CLOSE:
        raise MonthClosed(
            f"Sổ tháng {day:%m/%Y} đã khóa. Muốn ghi vào tháng này, hai người phải mở lại sổ trước và ghi rõ lý do."
        )


def require_money(fund: Fund, lines: Sequence[Line], chart: Chart, day: date) -> None:
    """Raise NotEnough when cash, a restricted purpose or goods would fall below zero on that day or any later one."""
    cash, goods = chart.codes_marked(Mark.CASH), chart.codes_marked(Mark.GOODS)
    results = chart.codes_of(*RESULTS) | chart.codes_marked(Mark.INTERNAL)
    tills: dict[str, int] = defaultdict(int)
    purposes: dict[str, int] = defaultdict(int)
    items: dict[str, int] = defaultdict(int)
    for line in lines:
        tills[line.debit] += line.amount if line.debit in cash else 0
        tills[line.credit] -= line.amount if line.credit in cash else 0
        if line.purpose:
            purposes[line.purpose] += line.amount * ((line.credit in results) - (line.debit in results))
        if line.item:
            items[line.item] += line.quantity * ((line.debit in goods) - (line.credit in goods))
    for account in sorted(code for code, change in tills.items() if change < 0):
        least = _least_from(_of_account(fund, account), day) + tills[account]
        if least < 0:
            name = _account_name(chart, account, day)
            raise NotEnough(
                f"{name} không đủ tiền: còn thiếu {format_integer(-least)} đồng kể từ ngày {date_text(day)}."
            )
    for purpose in sorted(code for code, change in purposes.items() if change < 0):
        least = _least_from(_of_purpose(fund, purpose, results), day) + purposes[purpose]
        if least < 0:
            raise NotEnough(
                f"Tiền dành riêng cho mục đích “{purpose}” không đủ: còn thiếu {format_integer(-least)} đồng. "
                "Tiền có mục đích chỉ chi đúng mục đích; hãy chi phần thiếu bằng tiền không có mục đích."
            )
    for item in sorted(code for code, change in items.items() if change < 0):
        least = _least_from(_of_item(fund, item, goods), day) + items[item]
        if least < 0:
            raise NotEnough(f"Hiện vật “{item}” không đủ: còn thiếu {format_integer(-least)}.")


def require_within_limits(fund: Fund, lines: Sequence[Line], chart: Chart, day: date) -> None:
    """Raise LimitBroken when what is paid for one unit of a kind is less or more than the rule of the place says.

    The rule of the body goes before one for everywhere.
    """
    kinds = {kind.account: kind for kind in SpendingKind.objects.filter(account__in={line.debit for line in lines})}
    live = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    for number, line in enumerate(lines, start=1):
        if (kind := kinds.get(line.debit)) is None:
            continue
        rules = SpendingLimit.objects.filter(live, Q(body=None) | Q(body=fund.body_id), kind=kind)
        rule = min(rules, key=lambda one: (one.body_id is None, -one.valid_from.toordinal()), default=None)
        if rule is None:
            continue
        each = line.amount // max(1, line.quantity) if line.item else line.amount
        for bound, is_broken, words in (
            (rule.least, rule.least is not None and each < rule.least, "ít hơn mức tối thiểu"),
            (rule.most, rule.most is not None and each > rule.most, "vượt mức tối đa"),
        ):
            if is_broken and bound is not None:
                mark = "" if rule.is_verified else ", chưa đối chiếu văn bản"
                raise LimitBroken(
                    f"Dòng {number}: {kind.name.lower()} {format_integer(each)} đồng {words} {format_integer(bound)} đồng "
                    f"({rule.legal_basis}{mark}). Người kiểm soát có thể cho phép, ghi rõ lý do."
                )


_Changes = list[tuple[date, int]]


def _least_from(changes: _Changes, day: date) -> int:
    """Return the lowest that a running sum is at the end of `day` or of any later day."""
    by_day: dict[date, int] = defaultdict(int)
    for on, change in changes:
        by_day[max(on, day)] += change
    running = least = by_day.pop(day, 0)
    for _, change in sorted(by_day.items()):
        running += change
        least = min(least, running)
    return least


def _of_account(fund: Fund, account: str) -> _Changes:
    return _by_day(fund, Q(debit=account), "amount", 1) + _by_day(fund, Q(credit=account), "amount", -1)


def _of_purpose(fund: Fund, purpose: str, results: frozenset[str]) -> _Changes:
    mine = Q(purpose=purpose)
    credits_ = _by_day(fund, mine & Q(credit__in=results), "amount", 1)
    return credits_ + _by_day(fund, mine & Q(debit__in=results), "amount", -1)


def _of_item(fund: Fund, item: str, goods: frozenset[str]) -> _Changes:
    mine = Q(item=item)
    came = _by_day(fund, mine & Q(debit__in=goods), "quantity", 1)
    return came + _by_day(fund, mine & Q(credit__in=goods), "quantity", -1)


def _by_day(fund: Fund, which: Q, column: str, sign: int) -> _Changes:
    rows = Entry.objects.filter(which, fund=fund).values_list("occurred_on").annotate(total=Sum(column))
    return [(day, sign * total) for day, total in rows.order_by("occurred_on")]


def balance_of(fund: Fund, account: str) -> int:
    """Return debits minus credits of an account over all purposes, from the kept sums."""
    found = Balance.objects.filter(fund=fund, account=account).aggregate(debit=Sum("debit"), credit=Sum("credit"))
    return (found["debit"] or 0) - (found["credit"] or 0)


def _account_name(chart: Chart, code: str, day: date) -> str:
    account = chart.on(code, day)
    return account.name_vi if account is not None else f"Tài khoản {code}"
