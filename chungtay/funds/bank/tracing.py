"""From a voucher to the bank's lines that it explains, and each of its movements to the line on which the money moved."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from chungtay.funds.bank.settling import live_links

Movement = tuple[str, str, int]
"""(debit, credit, đồng)."""


@dataclass(frozen=True)
class LineOfVoucher:
    """A bank's line and how many đồng of it a voucher explains; `ledger_account` is the bank account in the books."""

    line_id: int
    booked_on: date
    came_in: bool
    ledger_account: str
    amount: int


def lines_of_vouchers(voucher_ids: Collection[int]) -> dict[int, list[LineOfVoucher]]:
    """Return {voucher id: the lines that it explains} as the last word on each line says (one query)."""
    found: dict[int, list[LineOfVoucher]] = defaultdict(list)
    line = "mark__line"
    columns = ("voucher_id", f"{line}_id", f"{line}__booked_on", f"{line}__credit", f"{line}__account__ledger_account")
    rows = live_links().filter(voucher__in=voucher_ids).order_by("id")
    for voucher_id, line_id, day, credit, account, amount in rows.values_list(*columns, "amount"):
        found[voucher_id].append(LineOfVoucher(line_id, day, credit > 0, account, amount))
    return dict(found)


def parted(
    moved: Iterable[Movement], lines: Iterable[LineOfVoucher]
) -> Iterator[tuple[LineOfVoucher | None, Movement]]:
    """Yield every movement with the line on which it moved, in parts where it moved on several; None: on none of them.

    A line takes from the movements on its side of its account, one after the other; the parts add up to what moved.
    """
    left = list(moved)
    for line in lines:
        wanted = line.amount
        for at, (debit, credit, amount) in enumerate(left):
            taken = min(wanted, amount)
            if taken and line.ledger_account == (debit if line.came_in else credit):
                yield line, (debit, credit, taken)
                left[at] = (debit, credit, amount - taken)
                wanted -= taken
    yield from ((None, movement) for movement in left if movement[2])
