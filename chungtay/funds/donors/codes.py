"""The codes of a gift: one that only its giver holds, and one that stands in public for a name."""

import secrets
from collections.abc import Iterable, Iterator

from chungtay.audit import rows
from chungtay.banking.references import ALPHABET
from chungtay.funds.models import GiftCode, Voucher
from chungtay.ledger.entries import VoucherKind

GIFTS = frozenset({VoucherKind.RECEIPT, VoucherKind.IN_KIND_RECEIPT})
CODE_LENGTH, ALIAS_LENGTH = 14, 8
"""63 bits, which nobody tries out; 36 bits, which need only be different."""
_EVEN = 256 // len(ALPHABET) * len(ALPHABET)
_LETTERS = bytes(ord(ALPHABET[value % len(ALPHABET)]) for value in range(256))
_UNEVEN = bytes(range(_EVEN, 256))
SPARE = 4
"""One byte of 85 falls away."""


def give_codes(vouchers: Iterable[Voucher]) -> None:
    """Give the gifts among vouchers that were just booked their codes, in the transaction that booked them."""
    waiting = [voucher.pk for voucher in vouchers if voucher.kind in GIFTS]
    while waiting and rows.insert_free(GiftCode, _drawn(waiting)) < len(waiting):
        done = GiftCode.objects.filter(voucher__in=waiting).values_list("voucher_id", flat=True)
        waiting = sorted(set(waiting).difference(done))  # they drew what somebody has already


def gift_of(said: str) -> Voucher | None:
    """Return the gift of a code, typed with spaces, marks or in small letters as people do; None when there is none."""
    bare = "".join(character for character in said.upper() if character.isalnum())
    if len(bare) != CODE_LENGTH:
        return None
    found = GiftCode.objects.filter(code=bare).select_related("voucher__fund__body").first()
    return found.voucher if found is not None else None


def spaced(code: str) -> str:
    """Return a code as it is printed and read aloud: "7K3M 0H9C 12TX 4P"."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _drawn(gifts: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    for gift in gifts:
        letters = _letters(CODE_LENGTH + ALIAS_LENGTH)
        yield gift, letters[:CODE_LENGTH], letters[CODE_LENGTH:]


def _letters(count: int) -> str:
    """Return letters of the alphabet by chance, each as likely as the other."""
    found = b""
    while len(found) < count:
        found += secrets.token_bytes(count + SPARE).translate(_LETTERS, delete=_UNEVEN)
    return found[:count].decode()
