"""What happened is counted once, in the order of commit; `facts` tells the account from these rows alone."""

from datetime import date
from uuid import UUID

from django.db import transaction

from chungtay.supervision.models import CountBook, Counted
from chungtay.supervision.rules import Measure


@transaction.atomic
def count(measure: Measure, *, area_id: UUID, day: date, thing_id: UUID, title: str, path: str) -> None:
    """Count something of a place on its day; the same thing is counted once."""
    CountBook.objects.get_or_create(area_id=area_id)
    book = CountBook.objects.select_for_update().get(area_id=area_id)
    if Counted.objects.filter(measure=measure, thing_id=thing_id).exists():
        return
    book.last += 1
    book.save(update_fields=["last"])
    Counted.objects.create(
        area_id=area_id, position=book.last, measure=measure, day=day, thing_id=thing_id, title=title[:300], path=path
    )
