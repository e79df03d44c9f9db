"""What a book must agree to before a voucher is booked: accounts that exist, months that are open, rules of spending."""

from collections.abc import Iterable, Sequence, Set
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum

from chungtay.funds.models import Balance, Fund, PeriodAct, PeriodVerb, SpendingLimit
from chungtay.funds.rules import Line
from chungtay.funds.tills import NotEnough as NotEnough
from chungtay.kernel.errors import DomainError, Problem
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.ledger.accounts import Chart


class MonthClosed(DomainError):
    """Somebody would book into a month that two persons have closed."""


class LimitBroken(DomainError):
    """A payment lies outside of what the rules of spending allow; a controller may override it with a reason."""


def account_problems(lines: Sequence[Line], chart: Chart, day: date) -> list[Problem]:
    """Return the lines that name an account which does not exist that day, or is only a sum."""
    problems: list[Problem] = []
    codes = {line.debit for line in lines} | {line.credit for line in lines}
    if all(chart.on(code, day) is not None and not chart.has_parts(code, day) for code in codes):
        return problems
    for number, line in enumerate(lines, start=1):
        for side, code in (("debit", line.debit), ("credit", line.credit)):
            where = f"lines.{number}.{side}"
            if chart.on(code, day) is None:
                problems.append(Problem(f"Dòng {number}: không có tài khoản {code} vào ngày {date_text(day)}.", where))
            elif chart.has_parts(code, day):
                problems.append(Problem(f"Dòng {number}: tài khoản {code} chỉ để cộng, hãy chọn tài khoản con.", where))
    return problems


def purpose_problems(fund: Fund, lines: Sequence[Line], known: Set[str] | None = None) -> list[Problem]:
    """Return the lines that name a purpose which the fund does not have; `known` are those it has, where they were read."""
    named = {line.purpose for line in lines if line.purpose}
    if named and known is None:
        known = set(fund.purposes.filter(code__in=named).values_list("code", flat=True))
    if known is None or named <= known:
        return []
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


def limits_of(fund: Fund, accounts: Iterable[str] | None = None) -> list[SpendingLimit]:
    """Return the rules of spending for a fund's body, its own before those for everywhere, of some accounts or of all."""
    rows = SpendingLimit.objects.filter(Q(body=None) | Q(body=fund.body_id)).select_related("kind")
    if accounts is not None:
        rows = rows.filter(kind__account__in=accounts)
    return sorted(rows, key=lambda one: (one.body_id is None, -one.valid_from.toordinal()))


def require_within_limits(lines: Sequence[Line], day: date, limits: Sequence[SpendingLimit]) -> None:
    """Raise LimitBroken when what is paid for one unit of a kind is less or more than the rule of the place says.

    `limits` are those of `limits_of`: the first that is in force counts.
    """
    live = [one for one in limits if one.valid_from <= day and (one.valid_to is None or day < one.valid_to)]
    if not live:
        return
    for number, line in enumerate(lines, start=1):
        rule = next((one for one in live if one.kind.account == line.debit), None)
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
                    f"Dòng {number}: {rule.kind.name.lower()} {format_integer(each)} đồng {words} {format_integer(bound)} đồng "
                    f"({rule.legal_basis}{mark}). Người kiểm soát có thể cho phép, ghi rõ lý do."
                )


def balance_of(fund: Fund, account: str) -> int:
    """Return debits minus credits of an account over all purposes, from the kept sums."""
    found = Balance.objects.filter(fund=fund, account=account).aggregate(debit=Sum("debit"), credit=Sum("credit"))
    return (found["debit"] or 0) - (found["credit"] or 0)
