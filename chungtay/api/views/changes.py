"""What has changed since a cursor: codes and ids of events that the person may see, never what was written."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from chungtay.access import selectors as access
from chungtay.api.doors import READ, user_of
from chungtay.api.naming import unit_ref
from chungtay.api.rules import BadCursor, read_cursor, write_cursor
from chungtay.api.shapes import UnitRef
from chungtay.web import clock
from chungtay.webhooks import selectors as webhooks

router = Router(tags=["Thay đổi"], auth=READ)


class Change(Schema):
    """Something was done to a thing. Ask for the thing itself to learn more."""

    id: int
    at: datetime
    code: str
    object_type: str
    object_id: str
    unit: UnitRef


class Changes(Schema):
    """Events in order. `since` for the next call; `has_more`: there are further events already, perhaps none for you."""

    items: list[Change]
    since: str
    has_more: bool


class ChangesAsked(Schema):
    """Since when."""

    since: Annotated[
        str, Field(max_length=400, pattern=r"^[A-Za-z0-9_-]*$", description="“since” của lần gọi trước; trống: từ đầu")
    ] = ""


@router.get("/changes", response=Changes, url_name="api-changes", summary="Những gì đã thay đổi")
def change_list(request: HttpRequest, asked: Query[ChangesAsked]) -> Changes:
    """Báo cáo, chứng từ, nhiệm vụ, hồ sơ hỗ trợ mà bạn được xem. Chỉ có mã việc và mã đối tượng, không có nội dung."""
    areas = webhooks.seen_areas(access.keys_of(user_of(request), on=clock.today()))
    feed = webhooks.changes_after(_after(asked.since), areas)
    items = [
        Change(
            id=row.pk,
            at=row.at,
            code=row.code,
            object_type=row.object_type,
            object_id=row.object_id,
            unit=unit_ref(row.area_id, row.day),
        )
        for row in feed.events
        if row.area_id is not None
    ]
    return Changes(items=items, since=write_cursor("changes", [feed.last]), has_more=feed.has_more)


def _after(since: str) -> int:
    if not since:
        return 0
    said = read_cursor("changes", since)
    if len(said) != 1 or not isinstance(said[0], int) or not 0 <= said[0] < 2**62:
        raise BadCursor
    return said[0]
