"""A bank's line as the public sees it: its id for ever, the money, a memo without people, the state of its matching.

A giver is named where the gift's giver chose so; where not, the code of the gift stands there and the name leaves the memo.
Who got money is never named.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.banking.masking import mask_account, scrub
from chungtay.funds.bank.settling import live_links
from chungtay.funds.donors.choosing import PublicGiver, givers_of
from chungtay.funds.donors.hiding import hide_names
from chungtay.funds.models import BankAccount, LineState, StatementLine, Voucher
from chungtay.kernel.folding import fold

COLUMNS = ("id", "day", "received", "paid", "text", "giver", "account", "state", "corrects")
AT_ONCE = 2_000
# What the public reads of a line's state.
PUBLIC_STATES = {
    LineState.MATCHED.value: ("matched", "Đã khớp chứng từ"),
    LineState.SPLIT.value: ("matched", "Khớp nhiều chứng từ"),
    LineState.UNMATCHED.value: ("explain", "Chưa khớp"),
    LineState.EXCLUDED.value: ("none", "Không phải thu, chi của quỹ"),
}


@dataclass(frozen=True)
class PublicLine:
    """What is published of a line. `account` is masked; `giver` is "" where no gift explains the line yet.

    `corrects` is the id of the line that it corrects, 0 for none.
    """

    id: int
    day: date
    received: int
    paid: int
    text: str
    giver: str
    account: str
    state: str
    corrects: int

    @property
    def cells(self) -> tuple[int | str, ...]:
        """The line as a row of COLUMNS."""
        return (
            self.id,
            self.day.isoformat(),
            self.received,
            self.paid,
            self.text,
            self.giver,
            self.account,
            self.state,
            self.corrects,
        )


def public_line(
    line: StatementLine, state: str | None, *, parties: Iterable[str] = (), givers: Sequence[PublicGiver] = ()
) -> PublicLine:
    """Return what the public may see of a line. `parties` are names that its vouchers say, `givers` those of its gifts."""
    told = {fold(giver.name) for giver in givers if giver.is_named}
    hidden = [name for name in (line.party_name, *parties) if fold(name) not in told]
    return PublicLine(
        line.pk,
        line.booked_on,
        line.credit,
        line.debit,
        scrub(hide_names(line.text, hidden)),
        "; ".join(scrub(giver.name) for giver in givers),
        mask_account(line.party_account),
        state or LineState.UNMATCHED.value,
        line.corrects_id or 0,
    )


def public_lines(account: BankAccount, day: date, *, on: date) -> list[PublicLine]:
    """Return the lines of an account on a day in order of their ids, as they are told from the day `on`."""
    return public_days(account, day, day, on=on).get(day, [])


def public_days(account: BankAccount, first: date, last: date, *, on: date) -> dict[date, list[PublicLine]]:
    """Return {day: its lines} of the days in [first, last] that have any, in order."""
    found: dict[date, list[PublicLine]] = defaultdict(list)
    rows = StatementLine.objects.filter(account=account, booked_on__gte=first, booked_on__lte=last)
    rows = rows.select_related("standing").order_by("booked_on", "id")
    for line in _told(rows.iterator(chunk_size=AT_ONCE), on):
        found[line.day].append(line)
    return dict(found)


def published(lines: Sequence[StatementLine], *, on: date) -> list[PublicLine]:
    """Return these lines as they are told from the day `on`."""
    return list(_told(iter(lines), on))


def _told(rows: Iterator[StatementLine], on: date) -> Iterator[PublicLine]:
    """Yield lines, some thousands at a time: three queries for each lot."""
    lot: list[StatementLine] = []
    for row in rows:
        lot.append(row)
        if len(lot) == AT_ONCE:
            yield from _lot(lot, on)
            lot = []
    yield from _lot(lot, on)


def _lot(lot: Sequence[StatementLine], on: date) -> Iterator[PublicLine]:
    if not lot:
        return
    vouchers = _vouchers(lot)
    givers: Mapping[int, PublicGiver] = givers_of({v.pk: v for mine in vouchers.values() for v in mine}.values(), on=on)
    for line in lot:
        mine = vouchers.get(line.pk, [])
        state = line.standing.state if hasattr(line, "standing") else None
        named = [givers[voucher.pk] for voucher in mine if voucher.pk in givers]
        yield public_line(line, state, parties=[voucher.party for voucher in mine], givers=named if line.credit else ())


def _vouchers(lot: Sequence[StatementLine]) -> dict[int, list[Voucher]]:
    found: dict[int, list[Voucher]] = defaultdict(list)
    ids = [line.pk for line in lot]
    links = live_links().filter(mark__line__in=ids).select_related("voucher", "mark").order_by("id")
    for link in links:
        found[link.mark.line_id].append(link.voucher)
    return found
