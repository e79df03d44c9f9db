"""What several pages say of a voucher in the same way: its kind, its state, its line of a table."""

from collections.abc import Iterable
from typing import Any

from chungtay.funds.models import Voucher
from chungtay.funds.overview import unpaid
from chungtay.funds.rules import KIND_LABELS
from chungtay.funds.selectors import chart
from chungtay.funds.views.doors import Visit, voucher_url
from chungtay.ledger.entries import VoucherKind

# Slug of the address, kind, and the words of the button.
KINDS: dict[str, tuple[VoucherKind, str]] = {
    "phieu-thu": (VoucherKind.RECEIPT, "Lập phiếu thu"),
    "phieu-chi": (VoucherKind.PAYMENT, "Lập phiếu chi"),
    "nhan-hien-vat": (VoucherKind.IN_KIND_RECEIPT, "Nhận hiện vật"),
    "xuat-hien-vat": (VoucherKind.IN_KIND_ISSUE, "Xuất hiện vật"),
    "chuyen-tien": (VoucherKind.TRANSFER, "Chuyển tiền giữa các cấp"),
}
STATES = {
    "posted": ("approved", "Đã ghi sổ"),
    "unpaid": ("for_signing", "Chờ chi tiền"),
    "paid": ("approved", "Đã chi tiền"),
    "reversed": ("returned", "Đã bị đảo"),
    "reversal": ("info", "Bút toán đảo"),
}


def kind_name(kind: str) -> str:
    """Return a kind's name with a capital: "Phiếu thu"."""
    label = KIND_LABELS[VoucherKind(kind)]
    return label[0].upper() + label[1:]


def state_of(voucher: Voucher, *, waits: bool) -> tuple[str, str]:
    """Return (data-state, words) of a voucher; `waits`: its money has still to be handed out."""
    if voucher.kind == VoucherKind.REVERSAL:
        return STATES["reversal"]
    if hasattr(voucher, "reversal"):
        return STATES["reversed"]
    if hasattr(voucher, "handout"):
        return STATES["paid"]
    return STATES["unpaid" if waits else "posted"]


def voucher_rows(one: Visit, vouchers: Iterable[Voucher]) -> list[dict[str, Any]]:
    """Return the lines of a table of vouchers."""
    rows = []
    vouchers = list(vouchers)
    waiting = unpaid(one.fund, chart()).filter(pk__in=[voucher.pk for voucher in vouchers]).order_by()
    ids = set(waiting.values_list("pk", flat=True))
    for voucher in vouchers:
        voucher.fund = one.fund
        state, label = state_of(voucher, waits=voucher.pk in ids)
        rows.append(
            {
                "voucher": voucher,
                "url": voucher_url(one, voucher),
                "kind": kind_name(voucher.kind),
                "state": state,
                "state_label": label,
                "is_plain": state == "approved",  # the normal case recedes
            }
        )
    return rows
