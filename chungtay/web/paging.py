"""Pages of long lists: found by ids alone, so that an index answers, and only what is shown is read from its table."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

FEW_PLACES = 1
"""Of so few places a list is read place by place; of more it is read in its own order, passing over what lies elsewhere."""


class LongPaginator(Paginator):  # type: ignore[type-arg]  # Django gives it no parameter at run time
    """Pages of `rows` in their order, each row read by `read`. most: beyond so many nobody pages, one narrows."""

    def __init__(
        self, rows: "QuerySet[Any]", per_page: int, *, read: "QuerySet[Any] | None" = None, most: int | None = None
    ) -> None:
        super().__init__(rows, per_page)
        self._read = rows.model._default_manager.all() if read is None else read
        self._most = most

    @cached_property
    def count(self) -> int:
        """How many there are, at most `most`."""
        rows: Any = self.object_list
        return int(rows.order_by()[: self._most].count() if self._most else rows.order_by().count())

    def page(self, number: int | str) -> "Page[Any]":
        """Return a page whose rows are read already (two queries)."""
        page = super().page(number)
        rows: Any = page.object_list
        ids = list(rows.values_list("pk", flat=True))
        found = self._read.in_bulk(ids)
        page.object_list = [found[pk] for pk in ids if pk in found]  # one may have gone since
        return page


def at_places(rows: "QuerySet[Any]", areas: Collection[UUID]) -> "QuerySet[Any]":
    """Return the rows of some places, for a list that is shown in an order that has an index of its own.

    SQLite, without statistics, takes an index that begins with the place wherever it can, and then puts everything in order
    for each page; of many places the condition is therefore written so that no index serves it. PostgreSQL knows how many there
    are at each place, and would know it no longer.
    """
    if len(areas) <= FEW_PLACES or connection.vendor != "sqlite":
        return rows.filter(area_id__in=areas)
    unserved: QuerySet[Any] = rows.alias(place_id=Coalesce(F("area_id"), F("area_id")))
    return unserved.filter(place_id__in=areas)
