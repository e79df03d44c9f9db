"""Writing vouchers into a body's book: numbers, seals, entries and sums, for one voucher or for many in one pass.

Who calls this has the lock of the book and has asked all that must hold; the constraints of the tables ask some of it again.
"""

from collections import Counter as Counts
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from chungtay.accounts.models import User
from chungtay.audit import rows
from chungtay.funds import searching
from chungtay.funds.donors.codes import give_codes
from chungtay.funds.models import Balance, BookHead, Campaign, Counter, Draft, Entry, Fund, Voucher, VoucherWords
from chungtay.funds.rules import PREFIXES, Content
from chungtay.ledger.chain import GENESIS, chain_hash
from chungtay.ledger.entries import Entry as PureEntry
from chungtay.ledger.entries import Voucher as PureVoucher
from chungtay.ledger.entries import check_voucher
from chungtay.places.models import Body

MOST_ROWS = 10**12
"""Vouchers, and entries, that the ids of one book have room for."""


@dataclass(frozen=True, slots=True)
class Item:
    """A voucher to be booked: what it says, of which fund, where it came from.

    `of` is the voucher that it undoes, `originals` the entries of that one; `override` says why a limit may be passed.
    """

    fund: Fund
    content: Content
    author: User | None
    campaign: Campaign | None = None
    draft: Draft | None = None
    of: Voucher | None = None
    originals: Sequence[PureEntry] = ()
    override: str = ""


def locked_head(body: Body) -> BookHead:
    """Return the end of a body's book, locked until commit; made with the first voucher."""
    head = BookHead.objects.select_for_update().filter(body=body).first()
    if head is None:
        BookHead.objects.bulk_create([BookHead(body=body)], ignore_conflicts=True)
        head = BookHead.objects.select_for_update().get(body=body)
    return head


def book(head: BookHead, items: Sequence[Item], *, now: datetime, by: User) -> list[Voucher]:
    """Book vouchers of one body in their order, one after the other; return them.

    Raises what `ledger.entries.check_voucher` raises.
    """
    day = localdate(now)
    numbers = _numbers(items, day.year)
    sums: dict[tuple[UUID, str, str], list[int]] = defaultdict(lambda: [0, 0])
    sealed: list[rows.Row] = []
    lines: list[rows.Row] = []
    for item in items:
        said, entries = _sealed(head, item, next(numbers[item.fund.pk, PREFIXES[item.content.kind]]), now, by)
        sealed.append(said)
        fund_id, voucher_id = item.fund.pk, said[0]
        for one in entries:
            debit, credit, amount, purpose = one.debit, one.credit, one.amount, one.purpose
            sums[fund_id, purpose, debit][0] += amount
            sums[fund_id, purpose, credit][1] += amount
            lines.append(
                (
                    *(one.id, voucher_id, fund_id, debit, credit, amount, one.occurred_on, day, purpose),
                    *(one.donor, one.memo, one.item, one.quantity, one.reverses),
                )
            )
    vouchers = rows.insert_made(Voucher, sealed)
    for voucher, item in zip(vouchers, items, strict=True):
        voucher.fund = item.fund
    rows.insert(Entry, lines)
    keyed = ((*key, debit, credit) for key, (debit, credit) in sorted(sums.items()))
    rows.add(Balance, ("fund_id", "purpose", "account"), ("debit", "credit"), keyed)
    rows.insert(VoucherWords, ((one.pk, one.fund_id, searching.words_of(one)) for one in vouchers))
    for start in range(0, len(vouchers), rows.AT_ONCE):
        give_codes(vouchers[start : start + rows.AT_ONCE])
    head.save(update_fields=["position", "entries", "hash"])
    return vouchers


def _numbers(items: Sequence[Item], year: int) -> dict[tuple[UUID, str], Iterator[int]]:
    """Take as many numbers of each series as are needed, at once."""
    wanted = Counts((item.fund.pk, PREFIXES[item.content.kind]) for item in items)
    found = {}
    for series, count in wanted.items():
        last = rows.add_one(Counter, ("fund_id", "prefix", "year"), "last", (*series, year, count))
        found[series] = iter(range(last - count + 1, last + 1))
    return found


def _sealed(head: BookHead, item: Item, number: int, now: datetime, by: User) -> tuple[rows.Row, tuple[PureEntry, ...]]:
    """Return a voucher's columns and its entries, checked, sealed to the one before it; `head` moves on to it."""
    day, fund, content, author = localdate(now), item.fund, item.content, item.author
    first, position = head.pk * MOST_ROWS, head.position + 1
    pure = check_voucher(
        PureVoucher(
            id=first + position,
            kind=content.kind,
            body=str(fund.body_id),
            fund=fund.code,
            prefix=PREFIXES[content.kind],
            year=day.year,
            number=number,
            entries=tuple(_entries(item, first + head.entries, first + position, day)),
            drafted_by=str(author.pk) if author else "",
            posted_by=str(by.pk),
            reverses=item.of.pk if item.of is not None else None,
            position=position,
        )
    )
    previous = head.hash or GENESIS
    seal = chain_hash(previous, pure)
    head.position, head.entries, head.hash = position, head.entries + len(pure.entries), seal
    said = (
        *(pure.id, fund.pk, content.kind.value, pure.prefix, pure.year, number, position, previous, seal),
        *(item.draft and item.draft.pk, content.occurred_on, day, item.campaign and item.campaign.pk),
        *(content.party, content.address, content.memo, content.attachments, content.transfer, content.amount),
        *(pure.reverses, item.override, author and author.pk, by.pk, now),
    )
    return said, pure.entries


def _entries(item: Item, last: int, group: int, day: date) -> Iterator[PureEntry]:
    content, code, undone = item.content, item.fund.code, item.originals
    occurred_on, transfer = content.occurred_on, content.transfer
    for at, line in enumerate(content.lines, start=1):
        yield PureEntry(
            *(last + at, line.debit, line.credit, line.amount, occurred_on, day, group, code),
            *(line.purpose, line.donor, line.memo, transfer, line.item, line.quantity),
            undone[at - 1].id if undone else None,
        )
