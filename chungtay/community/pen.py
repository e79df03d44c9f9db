"""Who writes into the registers: one at a time, each dated row with its place in the one order."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from chungtay.accounts.models import User
from chungtay.community.models import RegisterHead


@dataclass
class Pen:
    """The lock on the registers until the transaction ends; whoever writes a dated row takes `signed()` with it."""

    head: RegisterHead
    now: datetime
    by: User | None

    @property
    def today(self) -> date:
        """The day of writing."""
        return localdate(self.now)

    def signed(self) -> dict[str, Any]:
        """Return position, moment and writer of the next row."""
        self.head.position += 1
        return {"position": self.head.position, "at": self.now, "by": self.by}

    def lift(self) -> None:
        """Keep how far the order has come; call it before the account is told."""
        self.head.save(update_fields=["position"])


def take_pen(now: datetime, by: User | None) -> Pen:
    """Lock the registers and return the pen; call it first in a transaction, the audit and the account are locked later."""
    head = RegisterHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        RegisterHead.objects.bulk_create([RegisterHead()], ignore_conflicts=True)
        head = RegisterHead.objects.select_for_update().get(pk=1)
    return Pen(head, now, by)
