"""The seal of a body's vouchers: each carries the hash of the one before, so that none is changed, dropped or slipped in."""

import hashlib
import json
from collections.abc import Iterable

from chungtay.ledger.entries import Entry, Voucher

GENESIS = "0" * 64


def chain_hash(previous_hash: str, voucher: Voucher) -> str:
    """Return the hash of a voucher that follows `previous_hash`: 64 hexadecimal digits of SHA-256.

    Everything that the voucher and its entries say is hashed, ids too: they are given before a voucher is sealed. Who
    handed the money out is not: that happens later, and is recorded where it happens.
    """
    return hashlib.sha256((previous_hash + canonical(voucher)).encode("utf-8", "surrogatepass")).hexdigest()


def canonical(voucher: Voucher) -> str:
    """Return the one text that is hashed for a voucher: JSON lists in the order of the fields, without the hashes."""
    head = [
        *(voucher.position, voucher.id, voucher.kind, voucher.body, voucher.fund, voucher.prefix, voucher.year),
        *(voucher.number, voucher.drafted_by, voucher.posted_by, voucher.reverses),
    ]
    return json.dumps([head, [_fields(entry) for entry in voucher.entries]], ensure_ascii=False, separators=(",", ":"))


def find_break(vouchers: Iterable[Voucher], head: tuple[int, str] | None = None) -> tuple[int, str] | None:
    """Return the first (position, Vietnamese sentence) at which the chain of one body breaks, None when it is whole.

    `vouchers` are in order of position. `head` is a (position, hash) that was given out: it must still be in the chain.
    """
    last, last_hash = 0, GENESIS
    awaited = head if head is not None and head[0] > 0 else None
    for voucher in vouchers:
        if voucher.position != last + 1:
            return (
                last + 1,
                f"Sau chứng từ thứ {last} trong chuỗi là chứng từ thứ {voucher.position}: có chứng từ bị bớt hoặc thêm.",
            )
        last = voucher.position
        if voucher.previous_hash != last_hash:
            return last, f"Chứng từ thứ {last} trong chuỗi không nối tiếp chứng từ trước nó."
        if voucher.hash != chain_hash(last_hash, voucher):
            return last, f"Chứng từ thứ {last} trong chuỗi đã bị sửa: nội dung không khớp mã băm khi ghi sổ."
        last_hash = voucher.hash
        if awaited == (last, last_hash):
            awaited = None
    if awaited is not None:
        position = awaited[0]
        return (
            position,
            f"Mã băm đã công bố của chứng từ thứ {position} không còn trong chuỗi: chuỗi bị cắt hoặc ghi lại.",
        )
    return None


def _fields(entry: Entry) -> list[object]:
    return [
        *(entry.id, entry.group, entry.debit, entry.credit, entry.amount, str(entry.occurred_on), str(entry.booked_on)),
        *(
            entry.fund,
            entry.purpose,
            entry.donor,
            entry.memo,
            entry.transfer,
            entry.item,
            entry.quantity,
            entry.reverses,
        ),
    ]
