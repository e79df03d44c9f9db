"""The lines of an account as a list: narrowed by state, days, side, amount and words, counted exactly, page by page.

Words are found by the index, everything else by the database: the index proposes and the database keeps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.expressions import Combinable

from chungtay.funds.bank.finding import find_ids
from chungtay.funds.models import BankAccount, LineState, StatementLine
from chungtay.textsearch.query import Order, Query

AT_ONCE = 5_000
IN, OUT = "vao", "ra"
ORDERS: dict[str, tuple[Order, bool, tuple[str | Combinable, ...]]] = {
    "moi": (Order.DAY, True, ("-booked_on", "id")),
    "cu": (Order.DAY, False, ("booked_on", "id")),
    "vao": (Order.AMOUNT, True, (F("debit") - F("credit"), "id")),
    "ra": (Order.AMOUNT, False, (F("credit") - F("debit"), "id")),
}
"""Name of an order → how the index and how the database say it: by day, or the largest amount in or out first."""


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; amounts are integer đồng, whichever way they went; the days are both inside."""

    words: tuple[str, ...] = ()
    state: str = ""
    side: str = ""
    first: date | None = None
    last: date | None = None
    low: int | None = None
    high: int | None = None
    order: str = "moi"

    @property
    def is_narrow(self) -> bool:
        """Whether the database has to keep or drop what the index finds."""
        return bool(self.state or self.side) or self.low is not None or self.high is not None

    @property
    def query(self) -> Query:
        """The words and days, as the index is asked."""
        order, descending, _ = ORDERS[self.order]
        first, last = (day.toordinal() if day else None for day in (self.first, self.last))
        return Query(self.words, day_from=first, day_to=last, order=order, descending=descending)


class Lines(Sequence[StatementLine]):
    """The lines that were asked for: their exact count, their sum in less out, and any slice of them in order."""

    def __init__(self, account: BankAccount, asked: Asked) -> None:
        self.account, self.asked = account, asked
        self.rows = _narrowed(StatementLine.objects.filter(account=account), asked)

    def __len__(self) -> int:
        return self._sums[0]

    @property
    def total(self) -> int:
        """The sum of all, integer đồng, in less out."""
        return self._sums[1]

    def __getitem__(self, place: object) -> list[StatementLine]:  # type: ignore[override]
        """Return the lines of a slice."""
        if not isinstance(place, slice):
            raise TypeError("a page of lines is a slice")
        if not self.asked.words:
            ordered = self.rows.order_by(*ORDERS[self.asked.order][2])
            return list(ordered.select_related("standing")[place])
        ids = self._kept[place] if self.asked.is_narrow else self._page(place.start or 0, place.stop or len(self))
        found = StatementLine.objects.select_related("standing").in_bulk(list(ids))
        return [found[number] for number in ids]

    @cached_property
    def _sums(self) -> tuple[int, int]:
        if not self.asked.words:
            sums = self.rows.aggregate(count=Count("pk"), came=Sum("credit"), went=Sum("debit"))
            return sums["count"], (sums["came"] or 0) - (sums["went"] or 0)
        if not self.asked.is_narrow:
            found = find_ids(self.account, _page_of(self.asked.query, 0, 0))
            return found.count, found.total
        return len(self._kept), sum(self._amounts.values())

    def _page(self, start: int, stop: int) -> Sequence[int]:
        return find_ids(self.account, _page_of(self.asked.query, start, stop - start)).ids

    @cached_property
    def _kept(self) -> list[int]:
        """The ids that the index found and the database kept, in order."""
        return list(self._amounts)

    @cached_property
    def _amounts(self) -> dict[int, int]:
        found = find_ids(self.account, _page_of(self.asked.query, 0, 0)).count
        ids = self._page(0, found)
        kept = dict(self._looked_up(ids))
        return {number: kept[number] for number in ids if number in kept}

    def _looked_up(self, ids: Sequence[int]) -> Iterator[tuple[int, int]]:
        for start in range(0, len(ids), AT_ONCE):
            rows = self.rows.filter(pk__in=ids[start : start + AT_ONCE])
            for number, credit, debit in rows.values_list("pk", "credit", "debit"):
                yield number, credit - debit


def in_state(state: str) -> Q:
    """Return the condition that a line stands so; without a word it is unmatched."""
    if state == LineState.UNMATCHED:
        return Q(standing=None) | Q(standing__state=state)
    return Q(standing__state=state)


def _page_of(query: Query, offset: int, limit: int) -> Query:
    return Query(
        query.words,
        day_from=query.day_from,
        day_to=query.day_to,
        order=query.order,
        descending=query.descending,
        offset=offset,
        limit=limit,
    )


def _narrowed(rows: "QuerySet[StatementLine]", asked: Asked) -> "QuerySet[StatementLine]":
    if asked.state:
        rows = rows.filter(in_state(asked.state))
    if asked.side:
        rows = rows.filter(credit__gt=0) if asked.side == IN else rows.filter(debit__gt=0)
    if asked.first:
        rows = rows.filter(booked_on__gte=asked.first)
    if asked.last:
        rows = rows.filter(booked_on__lte=asked.last)
    if asked.low is not None:
        rows = rows.filter(Q(credit__gte=asked.low, credit__gt=0) | Q(debit__gte=asked.low, debit__gt=0))
    if asked.high is not None:
        rows = rows.filter(Q(credit__lte=asked.high, debit=0) | Q(debit__lte=asked.high, credit=0))
    return rows
