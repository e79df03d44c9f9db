"""Payment codes of an account: for anybody, for a campaign, or for one promise, told apart by a reference that banks keep.

The reference stands first in the purpose: what banks cut off, they cut off at the end.
"""

import re
import secrets

from django.utils.safestring import SafeString, mark_safe

from chungtay.banking import vietqr
from chungtay.banking.references import CAPACITY, make
from chungtay.banking.vietqr import MAX_PURPOSE, Payload
from chungtay.funds.models import BankAccount, Campaign, Pledge
from chungtay.kernel.numerals import format_integer

CAMPAIGN_KIND, PLEDGE_KIND = "C", "K"


def reference_of_campaign(campaign: Campaign) -> str:
    """Return the reference of a campaign, always the same one."""
    return make(CAMPAIGN_KIND, campaign.pk.int % CAPACITY)


def new_pledge_reference() -> str:
    """Return a reference that no promise bears yet."""
    while True:
        code = make(PLEDGE_KIND, secrets.randbelow(CAPACITY))
        if not Pledge.objects.filter(reference=code).exists():
            return code


def payload_for(account: BankAccount, *, amount: int | None = None, reference: str = "", purpose: str = "") -> Payload:
    """Return what the code says; the words give way to the reference where both do not fit in 19 characters."""
    text = vietqr.plain_purpose(f"{reference} {purpose}".strip())[:MAX_PURPOSE].rstrip()
    return Payload(account.bank, account.number, amount=amount, purpose=text)


def picture_of(payload: Payload) -> SafeString:
    """Return the code as an SVG that a page can stand on any width, and read out."""
    said = f"Mã VietQR {format_integer(payload.amount)} đồng" if payload.amount else "Mã VietQR"
    drawn = re.sub(r'width="(\d+)" height="(\d+)"', r'viewBox="0 0 \1 \2"', vietqr.svg(payload, scale=6), count=1)
    return mark_safe(drawn.replace("<svg ", f'<svg role="img" aria-label="{said}" ', 1))  # noqa: S308  drawn by us
