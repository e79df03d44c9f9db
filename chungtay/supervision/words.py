"""Who is told what of supervision: who must answer, sign, agree or judge next, and who wrote what came back or was settled.

A notice names the thing by its number and the bodies, never what a citizen or a recommendation says.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.kernel.text import date_text
from chungtay.notices.registry import register_kinds
from chungtay.notices.rules import Kind, Pace
from chungtay.notices.services import tell, tell_waiting
from chungtay.supervision.deadlines import people_at
from chungtay.supervision.models import Act, AnswerDraft, Criticism, Feedback, Recommendation, Supervision, YearPlan
from chungtay.supervision.rules import Thing, Verb

RECEIVED = Kind("supervision.received", "Kiến nghị, phản ánh, giám sát gửi đến cơ quan bạn", Pace.NOW)
WAITS = Kind("supervision.waits", "Giám sát, phản biện: việc chờ bạn", Pace.DAILY)
CAME_BACK = Kind("supervision.came_back", "Trả lời, báo cáo, kế hoạch cần làm lại", Pace.NOW)
SETTLED = Kind("supervision.settled", "Giám sát, phản biện: việc đã được giải quyết", Pace.DAILY)

Moved = YearPlan | Supervision | Criticism | Recommendation | Feedback
Where = Callable[[Any], Sequence[UUID]]


@dataclass(frozen=True)
class _Word:
    """kind; (type, actions) of who is told, at which places; what happened in words, with {due} and {body}."""

    kind: Kind
    type_: str
    actions: tuple[str, ...]
    where: Where
    words: str


def _own(row: Moved) -> list[UUID]:
    return [row.access_area_id]


def _addressee(row: Recommendation) -> list[UUID]:
    return [row.addressee.area_id]


def _superior(row: Recommendation) -> list[UUID]:
    return [row.superior.area_id] if row.superior else []


def _answering(row: Recommendation) -> list[UUID]:
    return [*_addressee(row), *_superior(row)]


def _drafting(row: Recommendation) -> list[UUID]:
    return list(AnswerDraft.objects.filter(recommendation=row).values_list("body__area_id", flat=True))


def _routed(row: Feedback) -> list[UUID]:
    return [row.body.area_id] if row.body else []


def _target(row: Supervision | Criticism) -> list[UUID]:
    return [row.target.area_id]


_BOTH = ("reply", "sign")
_R, _F, _S = "recommendation", "feedback", "supervision"
_CASE: Mapping[Verb, _Word] = {
    Verb.ANNOUNCE: _Word(RECEIVED, _R, _BOTH, _target, "đã được thông báo đến {target}"),
    Verb.REPORT: _Word(WAITS, _S, ("publish",), _own, "có báo cáo chờ bạn đọc và ban hành"),
    Verb.SEND_BACK: _Word(CAME_BACK, _S, ("edit",), _own, "báo cáo được đề nghị viết lại"),
}
_TOLD: Mapping[Thing, Mapping[Verb, _Word]] = {
    Thing.PLAN: {
        Verb.PROPOSE: _Word(WAITS, _S, ("approve",), _own, "chờ bên bạn thống nhất"),
        Verb.AGREE: _Word(SETTLED, _S, ("edit",), _own, "đã được thống nhất"),
        Verb.DECLINE: _Word(CAME_BACK, _S, ("edit",), _own, "được bên kia gửi lại"),
    },
    Thing.SUPERVISION: _CASE,
    Thing.CRITICISM: _CASE,
    Thing.RECOMMENDATION: {
        Verb.SEND: _Word(RECEIVED, _R, _BOTH, _addressee, "gửi đến {addressee}, hạn trả lời {due}"),
        Verb.ESCALATE: _Word(RECEIVED, _R, _BOTH, _superior, "được kiến nghị lên {superior}"),
        Verb.DRAFT_ANSWER: _Word(WAITS, _R, ("sign",), _drafting, "có dự thảo trả lời chờ bạn ký"),
        Verb.SIGN_ANSWER: _Word(WAITS, _R, ("close",), _own, "đã có trả lời, chờ bạn chấp nhận hoặc yêu cầu lại"),
        Verb.SEND_BACK: _Word(CAME_BACK, _R, _BOTH, _answering, "được yêu cầu trả lời lại"),
        Verb.ACCEPT: _Word(SETTLED, _R, _BOTH, _answering, "trả lời đã được chấp nhận"),
        Verb.DECIDE: _Word(SETTLED, _R, _BOTH, _answering, "đã kết thúc bằng quyết định"),
    },
    Thing.FEEDBACK: {
        Verb.ROUTE: _Word(RECEIVED, _F, _BOTH, _routed, "được chuyển đến {body}, hạn trả lời {due}"),
        Verb.DRAFT_ANSWER: _Word(WAITS, _F, ("sign",), _routed, "có dự thảo trả lời chờ bạn ký"),
        Verb.SIGN_ANSWER: _Word(SETTLED, _F, ("moderate",), _own, "đã được trả lời"),
        Verb.FOLLOW_UP: _Word(CAME_BACK, _F, _BOTH, _routed, "người dân hỏi lại, cần trả lời thêm"),
    },
}
_NAMES = {Thing.PLAN: "", Thing.SUPERVISION: "Giám sát ", Thing.CRITICISM: "Phản biện "}
_NAMES |= {Thing.RECOMMENDATION: "Kiến nghị ", Thing.FEEDBACK: "Phản ánh "}


def register() -> None:
    """Make the kinds known."""
    register_kinds(RECEIVED, WAITS, CAME_BACK, SETTLED)


def tell_moved(row: Moved, act: Act) -> None:
    """Tell who has to know that something moved, within the same transaction."""
    word = _TOLD[row.thing].get(Verb(act.verb))
    if word is None:
        return
    tell(
        kind=word.kind.code,
        to=people_at(word.actions, word.type_, list(word.where(row)), localdate(act.at)),
        key=_key(row, act),
        subject=f"{_NAMES[row.thing]}{row} {word.words.format(**_bodies(row))}",
        url=reverse(f"{row.thing}-detail", args=[row.pk]),
        area=row.access_area_id,
        now=act.at,
        by=act.by,
    )


def tell_received(row: Feedback, now: datetime) -> None:
    """Tell who moderates that citizens have told something: one notice until it is read."""
    tell_waiting(
        kind=WAITS.code,
        to=people_at(("moderate",), "feedback", [row.area_id], localdate(now)),
        key=f"feedback/new/{row.area_id}",
        subject="Có phản ánh mới của người dân chờ kiểm duyệt",
        url=f"{reverse('feedback-list')}?tinh_trang=received",
        area=row.area_id,
        now=now,
        by=None,
    )


def _key(row: Moved, act: Act) -> str:
    """A draft that is written again says nothing new to who signs it."""
    if act.verb == Verb.DRAFT_ANSWER and isinstance(row, Recommendation | Feedback):
        return f"{row.thing}/{row.pk}/draft/{row.answers.count()}/{row.due_on}"
    return f"{row.thing}/{act.pk}"


def _bodies(row: Moved) -> dict[str, str]:
    due = getattr(row, "due_on", None)
    names = ("addressee", "superior", "body", "target")
    return {name: str(getattr(row, name, "") or "") for name in names} | {"due": date_text(due) if due else ""}
