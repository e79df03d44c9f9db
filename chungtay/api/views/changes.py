"""What has changed since a cursor: codes and ids of events that the person may see, never what was written."""

from collections.abc import Mapping
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
from chungtay.audit.models import AuditEvent
from chungtay.web import clock

router = Router(tags=["Thay đổi"], auth=READ)
LOOKED_AT = 1_000
"""So many events are looked at for one answer; those that are not for the person are passed over."""
# Which right an event is seen by. Rooms that are not named tell nothing here: households, accounts, votes, feedback.
SEEN_BY: Mapping[str, str] = {"returns": "return", "funds": "voucher", "tasks": "task", "support": "case"}


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
    keys = access.keys_of(user_of(request), on=clock.today())
    areas = {room: keys.areas_for("view", kind) for room, kind in SEEN_BY.items()}
    after = _after(asked.since)
    rows = list(AuditEvent.objects.filter(pk__gt=after).order_by("pk")[: LOOKED_AT + 1])
    looked = rows[:LOOKED_AT]
    items = [
        Change(
            id=row.pk,
            at=row.at,
            code=row.code,
            object_type=row.object_type,
            object_id=row.object_id,
            unit=unit_ref(row.area_id, row.day),
        )
        for row in looked
        if row.area_id is not None and row.area_id in areas.get(row.code.partition(".")[0], ())
    ]
    last = looked[-1].pk if looked else after
    return Changes(items=items, since=write_cursor("changes", [last]), has_more=len(rows) > LOOKED_AT)


def _after(since: str) -> int:
    if not since:
        return 0
    said = read_cursor("changes", since)
    if len(said) != 1 or not isinstance(said[0], int) or not 0 <= said[0] < 2**62:
        raise BadCursor
    return said[0]
