"""What was made public of recommendations and commendations, and the groups of the people for who may see them."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from chungtay.access import selectors as access
from chungtay.api import paging
from chungtay.api.doors import READ, user_of
from chungtay.api.naming import unit_ref
from chungtay.api.shapes import Code, Day, Page, Paged, UnitRef, Words
from chungtay.community import selectors as community
from chungtay.emulation import selectors as emulation
from chungtay.emulation.models import BookEntry
from chungtay.emulation.rules import CertificateState
from chungtay.supervision import selectors as supervision
from chungtay.web import clock

router = Router(tags=["Đã công khai"])


class PublicRecommendation(Schema):
    """A recommendation as it was made public, word for word, with its hash."""

    id: UUID
    number: str
    published_on: date
    content: dict[str, Any]
    content_hash: str


class Certificate(Schema):
    """What a certificate prints, and whether it holds."""

    content: dict[str, Any]
    state: str
    is_valid: bool


class GroupOut(Schema):
    """A group of the people as of a day."""

    id: UUID
    kind: str
    name: str
    unit: UnitRef
    founded_on: date
    ended_on: date | None
    members: int | None
    households: int | None
    is_sample: bool


class GroupsAsked(Paged):
    """Which groups are wanted."""

    on: Annotated[Day | None, Field(description="Tính đến ngày, thường là hôm nay")] = None
    kind: Code | None = None
    q: Words = ""


@router.get(
    "/published-recommendations",
    response=Page[PublicRecommendation],
    url_name="api-published-recommendations",
    summary="Kiến nghị đã công khai (ai cũng xem được)",
)
def published_list(request: HttpRequest, asked: Query[Paged]) -> Page[PublicRecommendation]:
    """Đúng từng chữ như lúc công khai."""
    found = supervision.published_recommendations()
    page, after = paging.page_of_list(found, "published", asked, key=lambda one: f"{one.published_on} {one.pk}")
    items = [
        PublicRecommendation(
            id=one.pk,
            number=one.number,
            published_on=one.published_on,
            content=one.frozen,
            content_hash=one.content_hash,
        )
        for one in page
    ]
    return Page[PublicRecommendation](items=items, next=after)


@router.get(
    "/certificates/{code}",
    response=Certificate,
    url_name="api-certificate",
    summary="Kiểm tra giấy khen (ai cũng xem được)",
)
def certificate(request: HttpRequest, code: str) -> Certificate:
    """Chỉ trả những gì in trên giấy. Mã không có thật trả 404."""
    entry = BookEntry.objects.prefetch_related("steps").filter(code=code).first() if code.isalnum() else None
    if entry is None:
        raise Http404
    state = emulation.certificate_state(entry)
    shown = CertificateState.VALID if state is CertificateState.ASKED else state
    return Certificate(content=entry.content, state=shown.value, is_valid=shown is CertificateState.VALID)


@router.get("/groups", response=Page[GroupOut], url_name="api-groups", auth=READ, summary="Nhóm, tổ chức cộng đồng")
def group_list(request: HttpRequest, asked: Query[GroupsAsked]) -> Page[GroupOut]:
    """Của các đơn vị bạn được xem, với số thành viên đếm gần nhất tính đến ngày hỏi."""
    today = clock.today()
    areas = access.areas_for(user_of(request), "view", "group", on=today)
    day = asked.on or today
    rows = community.group_list(areas, day, {"loai": asked.kind, "q": asked.q})
    page, after = paging.page_of_rows(rows, "groups", asked)
    plain = ("kind", "name", "founded_on", "ended_on", "members", "households", "is_sample")
    items = [
        GroupOut(id=one.pk, unit=unit_ref(one.area_id, day), **{name: getattr(one, name) for name in plain})
        for one in page
    ]
    return Page[GroupOut](items=items, next=after)
