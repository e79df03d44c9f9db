"""From a case to the gifts that paid it, and from these gifts to everything else they became: first in, first out within a purpose."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from uuid import UUID

from chungtay.funds.models import Voucher
from chungtay.funds.trail import trail_of
from chungtay.support.checking import paid_by_voucher, paid_by_vouchers
from chungtay.support.models import Case, CaseMoney
from chungtay.support.proposing import shares_of
from chungtay.support.rules import Share, Source

MOST_GIFTS = 20


@dataclass(frozen=True)
class Gift:
    """A receipt of a fund, how much of it went into the case, and the other cases that payments from it helped (đồng each)."""

    voucher: Voucher
    amount: int
    others: tuple[tuple[Case, int], ...]
    elsewhere: int  # cases that this person may not see


@dataclass(frozen=True)
class CaseTrail:
    """Gifts by receipt, what came from before the books, and who gave directly. Gifts of funds one may not see have no names."""

    gifts: tuple[Gift, ...]
    more: int
    hidden: int
    uncovered: int
    sponsors: tuple[Share, ...]


def vouchers(ids: Iterable[int]) -> list[Voucher]:
    """Return vouchers with their funds, oldest first."""
    rows = Voucher.objects.filter(pk__in=list(ids)).select_related("fund__body", "handout")
    return list(rows.order_by("occurred_on", "pk"))


def trail(case: Case, may_view: Callable[[Voucher], bool], areas: Container[UUID]) -> CaseTrail:
    """Return whose money a case was. A voucher that paid several cases is divided among its gifts in proportion, whole đồng."""
    paid = paid_by_voucher(case)
    amounts: dict[int, int] = defaultdict(int)
    found: dict[int, Voucher] = {}
    hidden = uncovered = 0
    for voucher in vouchers(paid):
        if not may_view(voucher):
            hidden += paid[voucher.pk]
            continue
        steps = trail_of(voucher).steps
        parts = [step.amount * paid[voucher.pk] // voucher.amount for step in steps]
        if parts:  # what rounding leaves over goes to the last gift
            parts[-1] += paid[voucher.pk] * sum(step.amount for step in steps) // voucher.amount - sum(parts)
        for step, part in zip(steps, parts, strict=True):
            found[step.voucher.pk] = step.voucher
            amounts[step.voucher.pk] += part
        uncovered += paid[voucher.pk] - sum(parts)
    ordered = sorted(found.values(), key=lambda one: (-amounts[one.pk], one.pk))
    gifts = tuple(_gift(one, amounts[one.pk], case, areas) for one in ordered[:MOST_GIFTS])
    sponsors = tuple(share for share in shares_of(case) if share.source is Source.SPONSOR)
    return CaseTrail(gifts, len(ordered[MOST_GIFTS:]), hidden, uncovered, sponsors)


def _gift(receipt: Voucher, amount: int, case: Case, areas: Container[UUID]) -> Gift:
    """Follow a gift forward to the other cases that were paid from it."""
    uses = {step.voucher.pk: step for step in trail_of(receipt).steps}
    ids = CaseMoney.objects.filter(voucher__in=uses).exclude(case=case).values_list("case_id", flat=True)
    others: list[tuple[Case, int]] = []
    elsewhere = 0
    helped = list(Case.objects.filter(pk__in=set(ids)).order_by("-changed_at")[:MOST_GIFTS])
    paid = paid_by_vouchers(helped)
    for other in helped:
        parts = ((uses[pk], part) for pk, part in paid[other.pk].items() if pk in uses)
        share = sum(step.amount * part // step.voucher.amount for step, part in parts)
        if share and other.area_id in areas:
            others.append((other, share))
        elif share:
            elsewhere += 1
    return Gift(receipt, amount, tuple(others), elsewhere)
