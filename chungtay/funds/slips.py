"""A booked voucher as a sheet to sign, with the seven items of Điều 16 Luật Kế toán 2015.

Name and number, day, who issues, who gives or gets with address, what for, amount in figures and words, signatures.
"""

from chungtay.funds.accounts_offered import name_of
from chungtay.funds.donors.codes import spaced
from chungtay.funds.models import Entry, Voucher
from chungtay.funds.places_of import issuer_of, town_of
from chungtay.funds.rules import KIND_LABELS
from chungtay.funds.selectors import chart
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import NBSP, date_text
from chungtay.kernel.words import amount_in_words
from chungtay.ledger.accounts import Mark
from chungtay.ledger.entries import VoucherKind
from chungtay.papers.slips import Slip, SlipTable, write_slip_pdf

IN_KIND = frozenset({VoucherKind.IN_KIND_RECEIPT, VoucherKind.IN_KIND_ISSUE})
PEOPLE = {
    VoucherKind.RECEIPT: ("Họ và tên người nộp tiền", "Lý do nộp", "Người nộp tiền", "Liên 2: Giao người nộp tiền"),
    VoucherKind.PAYMENT: ("Họ và tên người nhận tiền", "Lý do chi", "Người nhận tiền", "Liên 1: Lưu"),
    VoucherKind.IN_KIND_RECEIPT: ("Người, đơn vị ủng hộ", "Nội dung", "Người giao", "Liên 2: Giao người ủng hộ"),
    VoucherKind.IN_KIND_ISSUE: ("Người, đơn vị nhận", "Lý do xuất", "Người nhận", "Liên 1: Lưu"),
    VoucherKind.TRANSFER: ("Quỹ bên kia", "Nội dung chuyển", "Đại diện bên kia", "Liên 1: Lưu"),
}
OTHER = ("Người nộp, người nhận", "Nội dung", "Người liên quan", "Liên 1: Lưu")
HAND = "(Ký, họ tên)"
SEAL = "(Ký, họ tên, đóng dấu)"
NOTE = "Mẫu tự thiết kế theo Điều 16 Luật Kế toán, chưa đối chiếu với mẫu của chế độ kế toán."
SAMPLE = "Số liệu minh họa. "


def voucher_pdf(voucher: Voucher) -> bytes:
    """Return the voucher as PDF; the same voucher gives the same bytes."""
    return write_slip_pdf(slip_of(voucher))


def slip_of(voucher: Voucher) -> Slip:
    """Return what is printed of a voucher."""
    kind = VoucherKind(voucher.kind)
    who, why, their_signature, copy = PEOPLE.get(kind, OTHER)
    entries = list(Entry.objects.filter(voucher=voucher).order_by("id"))
    words = amount_in_words(voucher.amount)
    is_goods = kind in IN_KIND
    paid_by = voucher.handout.by.full_name if hasattr(voucher, "handout") else ""
    attached = f"{voucher.attachments:02d} chứng từ gốc" if voucher.attachments else "không có"
    money = f"{format_integer(voucher.amount)}{NBSP}đồng"
    fields = [
        (who, voucher.party),
        ("Địa chỉ", voucher.address),
        (why, voucher.memo),
        ("Số tiền" if not is_goods else "Số tiền, quy theo giá trị", money),
        ("Viết bằng chữ", f"{words}."),
        ("Kèm theo", attached),
    ]
    if hasattr(voucher, "gift_code"):
        fields.append(("Mã tra cứu đường đi của khoản này", spaced(voucher.gift_code.code)))
    if voucher.transfer:
        fields.insert(2, ("Mã chuyển tiền", voucher.transfer))
    return Slip(
        issuer=issuer_of(voucher.fund),
        address=f"Địa chỉ: {town_of(voucher.fund, voucher.booked_on)}",
        copy=copy,
        title=KIND_LABELS[kind],
        dated_on=voucher.occurred_on,
        side=(f"Số: {voucher}", f"Ghi sổ: {date_text(voucher.booked_on)}", *_accounts(entries)),
        fields=tuple(fields),
        signers=(
            ("Trưởng Ban vận động", SEAL, ""),
            ("Phụ trách kế toán", HAND, ""),
            ("Người lập phiếu", HAND, voucher.drafted_by.full_name if voucher.drafted_by else ""),
            (their_signature, HAND, ""),
            ("Thủ kho" if is_goods else "Thủ quỹ", HAND, paid_by),
        ),
        table=_table(voucher, entries),
        last=_received(kind, entries, words),
        note=(SAMPLE if voucher.fund.is_sample else "") + NOTE,
        code=f"{voucher} · {voucher.hash[:12]}",
    )


def _accounts(entries: list[Entry]) -> list[str]:
    debits = sorted({entry.debit for entry in entries})
    credits_ = sorted({entry.credit for entry in entries})
    return [f"Nợ: {', '.join(debits)}", f"Có: {', '.join(credits_)}"]


def _received(kind: VoucherKind, entries: list[Entry], words: str) -> tuple[str, str] | None:
    """The line that the one who gets the money signs for; a bank transfer is proved by the bank's paper instead."""
    cash = {code for code in chart().codes_marked(Mark.CASH) if code.startswith("111")}
    if kind is VoucherKind.RECEIPT or (kind is VoucherKind.PAYMENT and {entry.credit for entry in entries} & cash):
        return ("Đã nhận đủ số tiền (viết bằng chữ)", f"{words}.")
    return None


def _table(voucher: Voucher, entries: list[Entry]) -> SlipTable | None:
    """Goods with their count and value; money only when the voucher has several lines."""
    if any(entry.item for entry in entries) and VoucherKind(voucher.kind) in IN_KIND:
        goods = tuple(
            (str(at), entry.item, format_integer(entry.quantity), _each(entry), format_integer(entry.amount))
            for at, entry in enumerate(entries, 1)
        )
        return SlipTable(
            ("TT", "Hiện vật, đơn vị tính", "Số lượng", "Đơn giá (đồng)", "Giá trị (đồng)"), goods, frozenset({2, 3, 4})
        )
    if len(entries) == 1:
        return None
    accounts = chart()
    cash = accounts.codes_marked(Mark.CASH)
    has_counts = any(entry.item for entry in entries)
    heads = ("TT", "Khoản", *(("Số lượng",) if has_counts else ()), "Số tiền (đồng)")
    lines = []
    for at, entry in enumerate(entries, 1):
        account = entry.credit if entry.debit in cash else entry.debit
        told = ": ".join(part for part in (name_of(accounts, account), entry.memo or entry.donor) if part)
        count = (f"{format_integer(entry.quantity)} {entry.item}" if entry.item else "",) if has_counts else ()
        lines.append((str(at), told, *count, format_integer(entry.amount)))
    return SlipTable(heads, tuple(lines), frozenset(range(2, len(heads))))


def _each(entry: Entry) -> str:
    each, rest = divmod(entry.amount, entry.quantity)
    return format_integer(each) if rest == 0 else ""
