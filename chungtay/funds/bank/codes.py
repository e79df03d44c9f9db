"""Payment codes of an account: for anybody, for a campaign, or for one promise, told apart by a reference that banks keep.

The reference stands first in the purpose: what banks cut off, they cut off at the end.
"""

import secrets

from chungtay.banking import vietqr
from chungtay.banking.references import CAPACITY, make
from chungtay.banking.vietqr import MAX_PURPOSE, Payload
from chungtay.funds.models import BankAccount, Campaign, Pledge

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
