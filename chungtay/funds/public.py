"""What the fund has told the public, for whoever shows it to everybody: published lines and days, gifts by their code.

Nothing here reads what was not published, and nothing names anybody who did not choose it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chungtay.funds.bank.settling import live_links
from chungtay.funds.disclosure.frozen import faults_in, file_name, folder
from chungtay.funds.disclosure.lines import PUBLIC_STATES
from chungtay.funds.disclosure.looking import Looked, PublishedLine, as_published, lines_read, look, published_line
from chungtay.funds.donors.codes import gift_of
from chungtay.funds.donors.public_trail import PublicTrail, public_trail
from chungtay.funds.models import BankAccount, FrozenDay

__all__ = [
    "PUBLIC_STATES",
    "Looked",
    "PublicTrail",
    "PublishedLine",
    "as_published",
    "faults_in",
    "lines_read",
    "look",
    "published_line",
]

FILES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "sqlite3": "application/vnd.sqlite3",
    "json": "application/json",
}


@dataclass(frozen=True)
class Told:
    """What an account has told: its days in their newest editions, newest day first."""

    account: BankAccount
    days: tuple[FrozenDay, ...]

    @property
    def lines(self) -> int:
        """How many lines stand in those days."""
        return sum(day.lines for day in self.days)

    @property
    def received(self) -> int:
        """What came in, integer đồng."""
        return sum(day.received for day in self.days)

    @property
    def paid(self) -> int:
        """What went out, integer đồng."""
        return sum(day.paid for day in self.days)


def told_accounts() -> list[Told]:
    """Return every account that has published a day, by the name of its fund."""
    newest: dict[tuple[UUID, date], FrozenDay] = {}
    for frozen in FrozenDay.objects.select_related("account__fund__body").order_by("day", "edition"):
        newest[frozen.account_id, frozen.day] = frozen
    by_account: dict[UUID, list[FrozenDay]] = {}
    for (account_id, _), frozen in newest.items():
        by_account.setdefault(account_id, []).append(frozen)
    told = [Told(days[0].account, tuple(reversed(days))) for days in by_account.values()]
    return sorted(told, key=lambda one: (one.account.fund.name, one.account.code))


def told_account(account_id: UUID) -> Told | None:
    """Return one of them."""
    return next((one for one in told_accounts() if one.account.pk == account_id), None)


def told_file(account_id: UUID, day: date, edition: int, kind: str) -> tuple[str, bytes] | None:
    """Return a published file by name with its bytes, None when there is none."""
    frozen = FrozenDay.objects.select_related("account").filter(account_id=account_id, day=day, edition=edition).first()
    if frozen is None or kind not in FILES:
        return None
    name = file_name(frozen, kind)
    try:
        return name, (folder() / name).read_bytes()
    except OSError:
        return None


def gift_told(code: str, *, on: date) -> PublicTrail | None:
    """Return the way of the gift that a receipt's code names, as told from a day on."""
    gift = gift_of(code)
    return None if gift is None else public_trail(gift, on=on)


def trails_of(line: PublishedLine, *, on: date) -> list[PublicTrail]:
    """Return the ways of the money of a published line: one for each voucher that it was matched with."""
    links = live_links().filter(mark__line_id=line.line.id).select_related("voucher__fund").order_by("id")
    return [public_trail(link.voucher, on=on) for link in links]
