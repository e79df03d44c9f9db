"""The other side's account number in full: shown for a purpose, and who asked stays written."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.banking.masking import mask_account
from chungtay.funds.models import StatementLine
from chungtay.kernel.errors import DomainError


class NoPurpose(DomainError):
    """Nobody looks at a giver's account without saying what for."""


@transaction.atomic
def reveal_party(*, line: StatementLine, purpose: str, now: datetime, by: User) -> str:
    """Return the account of the other side and record who looked and why; the number itself is not recorded.

    Raises NoPurpose and what `access.require` raises.
    """
    access.require(by, "reveal", line.account, on=localdate(now))
    if not purpose.strip():
        raise NoPurpose("Chưa ghi xem để làm gì. Ví dụ: trả lại tiền chuyển nhầm.")
    data = {"purpose": purpose.strip(), "party": mask_account(line.party_account)}
    area = line.account.access_area_id
    audit.record("funds.line.party_seen", obj=line, area_id=area, data=data, now=now, by=by)
    return line.party_account
