"""The codes of a gift: one that only its giver holds, and one that stands in public for a name."""

import secrets
from collections.abc import Iterable

from chungtay.banking.references import ALPHABET
from chungtay.funds.models import GiftCode, Voucher
from chungtay.ledger.entries import VoucherKind

GIFTS = frozenset({VoucherKind.RECEIPT, VoucherKind.IN_KIND_RECEIPT})
CODE_LENGTH, ALIAS_LENGTH = 14, 8
"""63 bits, which nobody tries out; 36 bits, which need only be different."""


def give_codes(vouchers: Iterable[Voucher]) -> None:
    """Give the gifts among vouchers that were just booked their codes, in the transaction that booked them."""
    gifts = [voucher for voucher in vouchers if voucher.kind in GIFTS]
    if gifts:
        codes, aliases = _new(len(gifts), "code", CODE_LENGTH), _new(len(gifts), "alias", ALIAS_LENGTH)
        GiftCode.objects.bulk_create(
            GiftCode(voucher=gift, code=code, alias=alias)
            for gift, code, alias in zip(gifts, codes, aliases, strict=True)
        )


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


def _new(count: int, column: str, length: int) -> list[str]:
    found: set[str] = set()
    while len(found) < count:
        found |= {"".join(secrets.choice(ALPHABET) for _ in range(length)) for _ in range(count - len(found))}
        found -= set(GiftCode.objects.filter(**{f"{column}__in": found}).values_list(column, flat=True))
    return list(found)
