"""What people work at: tasks, cases of support, recommendations with their answers, citizens' feedback, one's own notices."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from chungtay.access import selectors as access
from chungtay.api import doors, paging
from chungtay.api.doors import KEY_HEADER, MATCH_HEADER, READ, Bearer, user_of
from chungtay.api.naming import unit_ref
from chungtay.api.rules import Scope
from chungtay.api.services import Reply
from chungtay.api.shapes import Code, Day, Page, Paged, Sent, UnitRef, Words
from chungtay.kernel.folding import nfc
from chungtay.notices import selectors as notices
from chungtay.supervision import selectors as supervision
from chungtay.supervision import services
from chungtay.supervision.models import Recommendation
from chungtay.supervision.rules import Outcome
from chungtay.supervision.rules import State as Stage
from chungtay.support import selectors as support
from chungtay.support.rules import State as CaseState
from chungtay.tasks import selectors as tasks
from chungtay.tasks.rules import State as TaskState
from chungtay.web import clock

router = Router(tags=["Công việc"], auth=READ)


class TaskOut(Schema):
    """A task of a programme. `deadline`: the one in force; `due_on`: as agreed."""

    id: UUID
    programme: str
    number: int
    title: str
    product: str
    lead: str
    state: str
    starts_on: date
    due_on: date
    deadline: date
    finished_on: date | None
    is_late: bool


class CaseOut(Schema):
    """A case of support, without names: amounts in đồng."""

    id: UUID
    number: str
    unit: UnitRef
    hamlet: str
    kind: str
    state: str
    proposed_on: date
    approved_on: date | None
    delivered_on: date | None
    accepted_on: date | None
    total: int
    fund_share: int
    changed_at: datetime
    is_sample: bool


class RecommendationOut(Schema):
    """What a body is asked to do, and by when it answers."""

    id: UUID
    number: str
    body: str
    addressee: str
    text: str
    legal_basis: str
    state: str
    sent_on: date | None
    due_on: date | None
    answered_on: date | None
    closed_on: date | None
    revision: int


class AnswerIn(Sent):
    """The answer as a clerk prepares it; a leader signs it."""

    outcome: Annotated[str, Field(pattern="^(" + "|".join(one.value for one in Outcome) + ")$")]
    text: Annotated[str, Field(min_length=1, max_length=4000, pattern=r"^[^\x00]*$")]
    reason: Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")] = ""


class FeedbackOut(Schema):
    """A matter that a citizen told, without the citizen."""

    id: UUID
    number: str
    unit: UnitRef
    text: str
    state: str
    received_at: datetime
    body: str | None
    due_on: date | None
    answered_on: date | None


class NoticeOut(Schema):
    """One thing that you were told."""

    id: UUID
    kind: str
    subject: str
    text: str
    url: str
    at: datetime
    read_at: datetime | None


class TasksAsked(Paged):
    """Which tasks are wanted."""

    programme: Code | None = None
    state: TaskState | None = None
    late_on: Annotated[Day | None, Field(description="Chỉ việc trễ vào ngày này")] = None
    q: Words = ""


class CasesAsked(Paged):
    """Which cases are wanted."""

    state: CaseState | None = None
    kind: Code | None = None
    year: Annotated[int | None, Field(ge=2000, le=2199)] = None


class StagesAsked(Paged):
    """In which state."""

    state: Stage | None = None
    q: Words = ""


@router.get("/tasks", response=Page[TaskOut], url_name="api-tasks", summary="Nhiệm vụ")
def task_list(request: HttpRequest, asked: Query[TasksAsked]) -> Page[TaskOut]:
    """Của các chương trình bạn được xem, và việc mà cơ quan tại nơi bạn làm có phần."""
    today = clock.today()
    keys = access.keys_of(user_of(request), on=today)
    by = tasks.Narrowing(words=asked.q, state=asked.state.value if asked.state else "", late_on=asked.late_on)
    rows = tasks.narrowed(tasks.tasks_seen_by(keys), by)
    if asked.programme is not None:
        rows = rows.filter(programme__code=asked.programme)
    page, after = paging.page_of_rows(rows, "tasks", asked)
    late = tasks.late_of(page, today)
    plain = ("number", "title", "product", "state", "starts_on", "due_on", "deadline", "finished_on")
    items = [
        TaskOut(
            id=one.pk,
            programme=one.programme.code,
            lead=one.lead.name,
            is_late=bool(late.get(one.pk)),
            **{name: getattr(one, name) for name in plain},
        )
        for one in page
    ]
    return Page[TaskOut](items=items, next=after)


@router.get("/cases", response=Page[CaseOut], url_name="api-cases", summary="Hồ sơ hỗ trợ, không nêu tên")
def case_list(request: HttpRequest, asked: Query[CasesAsked]) -> Page[CaseOut]:
    """Của các đơn vị bạn được xem. Tên người chỉ xem từng hồ sơ trên trang, có ghi lý do."""
    today = clock.today()
    rows = support.cases_seen_by(user_of(request), on=today)
    for name in ("state", "kind", "year"):
        if (said := getattr(asked, name)) is not None:
            rows = rows.filter(**{name: said})
    page, after = paging.page_of_rows(rows, "cases", asked)
    days = ("proposed_on", "approved_on", "delivered_on", "accepted_on")
    plain = ("hamlet", "kind", "state", *days, "total", "fund_share", "changed_at", "is_sample")
    items = [
        CaseOut(
            id=one.pk,
            number=str(one),
            unit=unit_ref(one.area_id, today),
            **{name: getattr(one, name) for name in plain},
        )
        for one in page
    ]
    return Page[CaseOut](items=items, next=after)


@router.get("/recommendations", response=Page[RecommendationOut], url_name="api-recommendations", summary="Kiến nghị")
def recommendation_list(request: HttpRequest, asked: Query[StagesAsked]) -> Page[RecommendationOut]:
    """Bạn được xem, và những kiến nghị cơ quan tại nơi bạn làm phải trả lời."""
    keys = access.keys_of(user_of(request), on=clock.today())
    by = supervision.Narrowing(words=asked.q, state=asked.state.value if asked.state else "")
    rows = supervision.narrowed(supervision.recommendations_seen_by(keys), by, body="addressee", order=())
    page, after = paging.page_of_rows(rows, "recommendations", asked)
    return Page[RecommendationOut](items=[_recommendation(one) for one in page], next=after)


def _recommendation(one: Recommendation) -> RecommendationOut:
    plain = ("text", "legal_basis", "state", "sent_on", "due_on", "answered_on", "closed_on", "revision")
    said: dict[str, Any] = {name: getattr(one, name) for name in plain}
    return RecommendationOut(id=one.pk, number=str(one), body=one.body.name, addressee=one.addressee.name, **said)


@router.get(
    "/recommendations/{uuid:recommendation_id}",
    response=RecommendationOut,
    url_name="api-recommendation",
    summary="Một kiến nghị",
)
def recommendation_whole(request: HttpRequest, recommendation_id: UUID) -> HttpResponse:
    """ETag dùng cho If-Match khi soạn trả lời."""
    one = _seen(request, recommendation_id)
    whole = _recommendation(one).model_dump(mode="json")
    return doors.as_json(whole, headers=doors.tag_of(one.revision, whole))


def _seen(request: HttpRequest, recommendation_id: UUID) -> Recommendation:
    keys = access.keys_of(user_of(request), on=clock.today())
    found = supervision.recommendations_seen_by(keys).filter(pk=recommendation_id).first()
    if found is None:
        raise Http404
    return found


@router.post(
    "/recommendations/{uuid:recommendation_id}/answer",
    response=RecommendationOut,
    url_name="api-recommendation-answer",
    auth=Bearer(Scope.RECOMMENDATIONS),
    summary="Soạn trả lời kiến nghị",
    openapi_extra={"parameters": [MATCH_HEADER, KEY_HEADER]},
)
def answer_draft(request: HttpRequest, recommendation_id: UUID, body: AnswerIn) -> HttpResponse:
    """Dự thảo của cán bộ; lãnh đạo cơ quan trả lời đọc và ký trên trang."""
    user, now = user_of(request), clock.now()
    one = _seen(request, recommendation_id)

    def do() -> Reply:
        services.draft_answer(
            recommendation=one,
            outcome=Outcome(body.outcome),
            text=nfc(body.text),
            reason=nfc(body.reason),
            revision=doors.revision_of(request),
            now=now,
            by=user,
        )
        there = _seen(request, recommendation_id)
        whole = _recommendation(there).model_dump(mode="json")
        return Reply(200, whole, doors.tag_of(there.revision, whole))

    return doors.once(request, body, do, now)


@router.get("/feedback", response=Page[FeedbackOut], url_name="api-feedback", summary="Phản ánh của người dân")
def feedback_list(request: HttpRequest, asked: Query[StagesAsked]) -> Page[FeedbackOut]:
    """Không có người phản ánh là ai: thông tin đó được niêm phong."""
    today = clock.today()
    keys = access.keys_of(user_of(request), on=today)
    by = supervision.Narrowing(words=asked.q, state=asked.state.value if asked.state else "")
    rows = supervision.narrowed(supervision.feedback_seen_by(keys), by, body="body", order=())
    page, after = paging.page_of_rows(rows, "feedback", asked)
    plain = ("text", "state", "received_at", "due_on", "answered_on")
    items = [
        FeedbackOut(
            id=one.pk,
            number=str(one),
            unit=unit_ref(one.area_id, today),
            body=one.body.name if one.body else None,
            **{name: getattr(one, name) for name in plain},
        )
        for one in page
    ]
    return Page[FeedbackOut](items=items, next=after)


@router.get("/notices", response=Page[NoticeOut], url_name="api-notices", summary="Thông báo của chính bạn")
def notice_list(request: HttpRequest, asked: Query[Paged]) -> Page[NoticeOut]:
    """Đọc ở đây không đánh dấu là đã đọc."""
    rows = notices.inbox(user_of(request), {})
    page, after = paging.page_of_rows(rows, "notices", asked)
    items = [NoticeOut(**{name: getattr(one, name) for name in NoticeOut.model_fields}) for one in page]
    return Page[NoticeOut](items=items, next=after)
