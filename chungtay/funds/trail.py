"""A gift and what it bought, a payment and whose money it was: read from the books of a fund, first in, first out."""

from collections.abc import Iterable
from dataclasses import dataclass

from chungtay.funds import books
from chungtay.funds.models import Entry, Voucher
from chungtay.ledger.trail import Share, trails


@dataclass(frozen=True)
class Step:
    """So many đồng between a gift and a payment, seen from either side; `voucher` is the other side."""

    voucher: Voucher
    amount: int


@dataclass(frozen=True)
class Trail:
    """Where a voucher's money went (or came from), and how much of it has not been spent (or no gift covers)."""

    steps: tuple[Step, ...]
    left: int


def trail_of(voucher: Voucher) -> Trail:
    """Return what a receipt bought, or which receipts a payment was made from; nothing for other kinds."""
    found = trails(books.entries_of(voucher.fund), books.chart())
    mine = set(voucher.entries.values_list("pk", flat=True))
    uses = _summed((share.use, share) for share in found.shares if share.source in mine)
    sources = _summed((share.source, share) for share in found.shares if share.use in mine)
    left = sum(found.unspent.get(key, 0) + found.uncovered.get(key, 0) for key in mine)
    return Trail(_steps(uses or sources), left)


def _summed(pairs: Iterable[tuple[int, Share]]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for key, share in pairs:
        sums[key] = sums.get(key, 0) + share.amount
    return sums


def _steps(amounts: dict[int, int]) -> tuple[Step, ...]:
    by_voucher: dict[int, int] = {}
    for key, voucher_id in Entry.objects.filter(pk__in=amounts).values_list("pk", "voucher_id"):
        by_voucher[voucher_id] = by_voucher.get(voucher_id, 0) + amounts[key]
    rows = Voucher.objects.filter(pk__in=by_voucher).select_related("fund").order_by("occurred_on", "pk")
    return tuple(Step(row, by_voucher[row.pk]) for row in rows)
