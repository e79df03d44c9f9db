"""What stands between a case and its next step: content, days of posting, ceilings, helps before, money. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from chungtay.places import selectors as places
from chungtay.support import register
from chungtay.support.likeness import Alike, Help, alike
from chungtay.support.limits import Limit, built_in, ceiling_problems, limit_on
from chungtay.support.models import Case, CaseMoney, Comment, MoneyVerb, PackageLine, SupportLimit
from chungtay.support.proposing import shares_of
from chungtay.support.rules import (
    WAY,
    Posting,
    Share,
    Source,
    State,
    money_problems,
    posting_problems,
    share_problems,
)

MOST_NAMED = 20
DECIDED = tuple(state for state in WAY if WAY.index(state) >= WAY.index(State.APPROVED))


@dataclass(frozen=True)
class Findings:
    """Everything that was looked at before a decision."""

    limit: Limit
    content: list[str]
    posting: list[str]
    ceiling: list[str]
    again: list[Alike]


def limit_of(row: Case, day: date) -> Limit:
    """Return the rule that holds for a case on a day."""
    return limits_of([row], day)[row.kind, row.work]


def limits_of(rows: Sequence[Case], day: date) -> dict[tuple[str, str], Limit]:
    """Return the rule of each kind and way of working among cases of one place (one query)."""
    limits = limits_at(rows[0].area_id, day)
    return {(kind, work): limit_on(limits, kind, work, day) for kind, work in {(row.kind, row.work) for row in rows}}


def limits_at(area_id: UUID, day: date) -> list[Limit]:
    """Return the rows that may hold at a place on a day: its own, those of the places above it, and what comes with the software."""
    way = places.ways_on(day).own.get(area_id, ())
    names = ("kind", "work", "most", "least", "days", "again_years", "valid_from", "valid_to", "legal_basis")
    rows = SupportLimit.objects.filter(area__in=way).order_by("id").values_list(*names, "is_verified", "area_id")
    return [*built_in(), *(replace(Limit(*values), nearness=way.index(values[-1]) + 1) for values in rows)]


def look(row: Case, today: date) -> Findings:
    """Return what an approver has to know, as of today."""
    limit = limit_of(row, today)
    comments = Comment.objects.filter(case=row, answer=None).count()
    posting = Posting(row.posted_from, row.posted_until, comments)
    return Findings(
        limit,
        content_problems(row),
        posting_problems(posting, limit.days, today),
        ceiling_problems(limit, _fund_for_each(row), row.of_kind.unit),
        helped_before(row, today, limit.again_years),
    )


def content_problems(row: Case) -> list[str]:
    """Return what is wrong inside a case: shares that do not add up, a list without lines or with another sum."""
    wrong = []
    if row.of_kind.has_lines:
        live = list(row.lines.filter(is_struck=False).values_list("quantity", "value"))
        if not live:
            return ["Danh sách chưa có dòng nào. Hãy ghi từng hộ, từng người, hoặc nạp từ Excel."]
        if sum(quantity * value for quantity, value in live) != row.total:
            wrong.append("Tổng giá trị khác tổng các dòng của danh sách.")
    return wrong + share_problems(shares_of(row), row.total)


def paid_for(row: Case) -> int:
    """Return what vouchers that stand paid of a case, integer đồng."""
    return sum(paid_by_voucher(row).values())


def paid_by_voucher(row: Case) -> dict[int, int]:
    """Return {voucher: đồng} of the vouchers that are named and were not taken back."""
    return paid_by_vouchers([row])[row.pk]


def paid_by_vouchers(rows: Iterable[Case]) -> dict[UUID, dict[int, int]]:
    """Return the same of many cases (one query)."""
    said: dict[UUID, list[tuple[int, str, int]]] = {row.pk: [] for row in rows}
    found = CaseMoney.objects.filter(case__in=list(said)).order_by().values_list("case_id", "voucher_id", "verb")
    for case_id, voucher, verb, total in found.annotate(total=Sum("amount")):
        said[case_id].append((voucher, verb, total))
    return {case_id: _summed(sums) for case_id, sums in said.items()}


def used_of_voucher(voucher_id: int) -> int:
    """Return how much of a voucher all cases together have named."""
    rows = CaseMoney.objects.filter(voucher_id=voucher_id).values_list("voucher_id", "verb")
    return sum(_summed(rows.annotate(total=Sum("amount"))).values())


def money_missing(row: Case) -> list[str]:
    """Return why the fund's part is not complete."""
    wrong = money_problems(row.fund_share, paid_for(row))
    undone = CaseMoney.objects.filter(case=row, voucher__in=paid_by_voucher(row), voucher__reversal__isnull=False)
    if names := sorted({str(one.voucher) for one in undone.select_related("voucher")}):
        wrong.append(f"Phiếu chi đã bị đảo: {', '.join(names)}. Hãy gỡ khỏi hồ sơ và gắn phiếu đúng.")
    return wrong


def _summed(rows: Iterable[Any]) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for voucher, verb, total in rows:
        sums[voucher] += total if verb == MoneyVerb.LINK else -total
    return {voucher: total for voucher, total in sums.items() if total}


def _fund_for_each(row: Case) -> list[int]:
    """Return what a fund bears of one unit: of the case, or of each package in proportion to the fund's part of the list."""
    if not row.of_kind.has_lines:
        return [row.fund_share]
    values = row.lines.filter(is_struck=False).values_list("value", flat=True).distinct()
    return [value * row.fund_share // max(row.total, 1) for value in values]


def helped_before(row: Case, today: date, again_years: int) -> list[Alike]:
    """Return earlier helps of the same kind to who this case helps, over all funds and years, at most MOST_NAMED."""
    mine = _helps_of(Case.objects.filter(pk=row.pk), today)
    lineages = register.lineages({one.household for one in mine if one.household})
    names = {key for key in row.lines.filter(is_struck=False).values_list("name_key", flat=True) if key}
    others = Case.objects.filter(kind=row.kind, state__in=DECIDED).exclude(pk=row.pk)
    if row.work:
        others = others.filter(work=row.work)
    ids = [member for members in lineages.values() for member in members]
    same = Q(household__in=ids) | Q(lines__household__in=ids)
    if names:
        same |= Q(area=row.area, lines__name_key__in=list(names)[:500], lines__household=None)
    before = _helps_of(others.filter(same).distinct(), today)
    root = {member: key for key, members in lineages.items() for member in members}
    found = []
    for one in mine:
        rooted = [_rooted(other, root) for other in before]
        found += alike(_rooted(one, root), rooted, again_years)
    unique = {(hit.earlier.case_id, hit.earlier.name): hit for hit in found}
    return list(unique.values())[:MOST_NAMED]


def _rooted(one: Help, root: dict[UUID, UUID]) -> Help:
    household = root.get(one.household, one.household) if one.household else None
    return Help(**vars(one) | {"household": household})


def _helps_of(cases: "QuerySet[Case]", today: date) -> list[Help]:
    """Return the helps of cases, one for each line of a list."""
    found = []
    rows = cases.prefetch_related("shares__version")
    for row in rows:
        payer = _payer(shares_of(row))
        day = row.accepted_on or row.delivered_on or row.approved_on or today
        if not row.of_kind.has_lines:
            if row.household_id:
                found.append(Help(row.pk, str(row), row.kind, "", row.hamlet, day, row.total, payer, row.household_id))
            continue
        lines = PackageLine.objects.filter(case=row, is_struck=False)
        found += [
            Help(row.pk, str(row), row.kind, o.name, o.hamlet, day, o.amount, payer, o.household_id) for o in lines
        ]
    return found


def _payer(shares: Sequence[Share]) -> str:
    names = [
        "Quỹ" if one.source is Source.FUND else one.who for one in shares if one.source in (Source.FUND, Source.SPONSOR)
    ]
    return ", ".join(names)
