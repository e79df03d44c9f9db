"""Pages of long lists: each begins after the last item of the one before, so that what comes in meanwhile moves nothing."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from chungtay.api.rules import BadCursor, read_cursor, write_cursor

T = TypeVar("T")
M = TypeVar("M", bound=Model)
USUAL, MOST = 50, 200


class Asked(Protocol):
    """Which page is wanted: after which cursor ("": the first), of how many items."""

    cursor: str
    limit: int


def page_of_rows(
    rows: "QuerySet[M]", kind: str, asked: Asked, *, key: str = "pk", newest_first: bool = False
) -> tuple[list[M], str | None]:
    """Return a page of rows in the order of a unique column, and the cursor of the next one. Raises BadCursor."""
    cursor, limit = asked.cursor, asked.limit
    ordered = rows.order_by(("-" if newest_first else "") + key)
    if cursor:
        said = read_cursor(kind, cursor)
        try:
            ordered = ordered.filter(**{f"{key}__{'lt' if newest_first else 'gt'}": said[0]})
        except (ValueError, TypeError, IndexError, OverflowError, ValidationError):
            raise BadCursor from None
    try:
        found = list(ordered[: limit + 1])
    except (ValueError, TypeError, OverflowError, ValidationError):
        if not cursor:
            raise
        raise BadCursor from None
    return _cut(found, kind, limit, lambda row: getattr(row, key))


def page_of_list(items: Sequence[T], kind: str, asked: Asked, *, key: Callable[[T], str]) -> tuple[list[T], str | None]:
    """Return a page of a list that is read whole, in the order of a unique text. Raises BadCursor."""
    cursor, limit, after = asked.cursor, asked.limit, ""
    if cursor:
        said = read_cursor(kind, cursor)
        if len(said) != 1 or not isinstance(said[0], str):
            raise BadCursor
        after = said[0]
    ordered = sorted(items, key=key)
    return _cut([item for item in ordered if not cursor or key(item) > after], kind, limit, key)


def _cut(found: Sequence[T], kind: str, limit: int, key: Callable[[T], Any]) -> tuple[list[T], str | None]:
    page = list(found[:limit])
    if len(found) <= limit:
        return page, None
    last = key(page[-1])
    return page, write_cursor(kind, [last if isinstance(last, int) else str(last)])
