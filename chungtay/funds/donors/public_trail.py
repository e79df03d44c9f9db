"""The trail of a gift, and of a payment, as the public may follow it: amounts, days, kinds of help; nobody who got help.

Everything here is safe to publish: names are those whose givers chose so, memos and addresses are not told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.funds import books
from chungtay.funds.accounts_offered import name_of
from chungtay.funds.bank.tracing import lines_of_vouchers
from chungtay.funds.donors.choosing import PublicGiver, givers_of
from chungtay.funds.donors.codes import GIFTS
from chungtay.funds.models import Entry, Voucher
from chungtay.funds.rules import KIND_LABELS
from chungtay.funds.trail import trail_of
from chungtay.kernel.text import date_text
from chungtay.ledger.accounts import Chart, Mark
from chungtay.ledger.entries import VoucherKind


@dataclass(frozen=True)
class PublicStep:
    """The other end of some money: a payment and what it was for, or a gift and its giver as the public knows them."""

    number: str
    day: date
    amount: int
    what: str


@dataclass(frozen=True)
class PublicTrail:
    """A gift (or payment) with where its money went (or came from). `left` is what has not been spent (or no gift covers)."""

    number: str
    kind: str
    day: date
    amount: int
    fund: str
    purposes: tuple[str, ...]
    giver: PublicGiver | None
    lines: tuple[int, ...]
    steps: tuple[PublicStep, ...]
    left: int
    is_undone: bool

    @property
    def is_gift(self) -> bool:
        """Whether money came in by it."""
        return self.giver is not None

    @property
    def title(self) -> str:
        """What it is, in words."""
        return f"{self.kind} ngày {date_text(self.day)}"


def public_trail(voucher: Voucher, *, on: date) -> PublicTrail:
    """Return what the public may know of a voucher, as told from a day on."""
    trail = trail_of(voucher)
    others = [step.voucher for step in trail.steps]
    givers = givers_of([voucher, *others], on=on)
    chart = books.chart()
    kinds = _kinds(others, chart)
    steps = tuple(
        PublicStep(
            str(step.voucher),
            step.voucher.occurred_on,
            step.amount,
            givers[step.voucher.pk].name if step.voucher.pk in givers else kinds.get(step.voucher.pk, ""),
        )
        for step in trail.steps
    )
    mine = list(voucher.entries.values_list("purpose", flat=True))
    names = dict(voucher.fund.purposes.values_list("code", "name"))
    return PublicTrail(
        str(voucher),
        KIND_LABELS[VoucherKind(voucher.kind)],
        voucher.occurred_on,
        voucher.amount,
        voucher.fund.name,
        tuple(dict.fromkeys(names[code] for code in mine if code in names)),
        givers.get(voucher.pk),
        tuple(line.line_id for line in lines_of_vouchers([voucher.pk]).get(voucher.pk, ())),
        steps,
        trail.left,
        hasattr(voucher, "reversal"),
    )


def _kinds(vouchers: Sequence[Voucher], chart: Chart) -> dict[int, str]:
    """Return {voucher id: what was bought, in the names of accounts}; goods with their counts."""
    payments = [voucher.pk for voucher in vouchers if voucher.kind not in GIFTS]
    cash = chart.codes_marked(Mark.CASH) | chart.codes_marked(Mark.GOODS)
    found: dict[int, dict[str, None]] = {}
    for entry in Entry.objects.filter(voucher__in=payments).order_by("id"):
        if entry.debit not in cash:
            said = f"{name_of(chart, entry.debit)}: {entry.item}" if entry.item else name_of(chart, entry.debit)
            found.setdefault(entry.voucher_id, {})[said] = None
    return {key: ", ".join(names) for key, names in found.items()}
