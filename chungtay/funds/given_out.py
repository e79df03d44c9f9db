"""What was given out with frozen days, as the ledger verifies it: seals of books, and sums of days beside the bank's."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Sum

from chungtay.funds.models import FrozenDay, StatementLine
from chungtay.ledger.book import PublishedSeal, ToldDay

Place = tuple[UUID, date]


def seals() -> Iterator[PublishedSeal]:
    """Yield every seal of a book that was given out, once."""
    rows = FrozenDay.objects.exclude(book_hash="").order_by("id")
    seen: set[tuple[UUID, int, str]] = set()
    columns = ("account__fund__body_id", "book_position", "book_hash", "account__code", "day")
    for body, position, seal, code, day in rows.values_list(*columns).iterator(chunk_size=5_000):
        if (body, position, seal) not in seen:
            seen.add((body, position, seal))
            yield PublishedSeal(str(body), position, seal, f"{code} ngày {day.isoformat()}")


def told_days() -> Iterator[ToldDay]:
    """Yield every edition beside what the bank's lines that were known then add up to."""
    known: dict[Place, list[tuple[datetime, int, int]]] = defaultdict(list)
    sums = StatementLine.objects.values_list("account_id", "booked_on", "file__at")
    for account, day, at, came, went in sums.annotate(came=Sum("credit"), went=Sum("debit")).order_by():
        known[account, day].append((at, came, went))
    columns = ("account_id", "account__code", "day", "received", "paid", "at")
    for account, code, day, received, paid, at in FrozenDay.objects.order_by("id").values_list(*columns):
        there = [(came, went) for taken, came, went in known[account, day] if taken <= at]
        yield ToldDay(code, day, received, paid, sum(came for came, _ in there), sum(went for _, went in there))
