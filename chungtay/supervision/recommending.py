"""A recommendation: written, sent with its deadline, taken to the level above, made public, ended by a second person's decision."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.kernel.text import date_text
from chungtay.places.models import Body
from chungtay.supervision.counting import count
from chungtay.supervision.models import Act, Criticism, Feedback, Publication, Recommendation, Supervision
from chungtay.supervision.moving import NotSaid, hash_of, locked, move, next_number, require, required, told
from chungtay.supervision.rules import OUTCOME_WORDS, Measure, NotNow, Outcome, State, Thing, Verb
from chungtay.supervision.selectors import superior_of
from chungtay.supervision.timers import Timer, due_after
from chungtay.supervision.timing import rule_at


class BadRecommendation(DomainError):
    """What is said of a recommendation cannot be."""


class TooEarly(DomainError):
    """Nobody goes to the level above before the days for an answer are over."""


@transaction.atomic
def write_recommendation(
    *,
    body: Body,
    addressee: Body,
    text: str,
    legal_basis: str,
    supervision: Supervision | None = None,
    criticism: Criticism | None = None,
    feedback: Feedback | None = None,
    now: datetime,
    by: User,
) -> Recommendation:
    """Write a recommendation as a draft, out of a supervision, a criticism, a feedback, or none of them.

    Raises NotAllowed, NotSaid, BadRecommendation.
    """
    today = localdate(now)
    access.require(by, "edit", Matter("recommendation", body.area_id, State.DRAFT), on=today)
    if addressee.pk == body.pk:
        raise BadRecommendation("Không thể kiến nghị với chính cơ quan mình. Hãy chọn cơ quan phải trả lời.")
    for of in (supervision, criticism):
        if of is not None and of.body_id != body.pk:
            raise BadRecommendation("Cuộc giám sát, phản biện này của cơ quan khác. Hãy chọn lại.")
    if feedback is not None and feedback.state in (State.RECEIVED, State.REFUSED, State.MERGED):
        raise BadRecommendation(
            "Phản ánh chưa được kiểm duyệt hoặc không tiếp nhận nên không lập thành kiến nghị được."
        )
    said = required(text, "Hãy ghi nội dung kiến nghị.")
    basis = required(legal_basis, "Hãy ghi căn cứ của kiến nghị: văn bản, điều khoản.", 500)
    number = next_number(Recommendation, body, today.year)
    row = Recommendation.objects.create(
        area=body.area, body=body, addressee=addressee, supervision=supervision, criticism=criticism, feedback=feedback,
        year=today.year, number=number, text=said, legal_basis=basis, written_by=by, search=fold(f"{said} {addressee.name}")[:3000],
    )  # fmt: skip
    act = Act.objects.create(
        thing=Thing.RECOMMENDATION,
        thing_id=row.pk,
        verb=Verb.EDIT,
        state_before="",
        state=row.state,
        revision=1,
        at=now,
        by=by,
    )
    told(act, row, addressee=addressee.pk)
    return row


@transaction.atomic
def rewrite_recommendation(
    *, recommendation: Recommendation, text: str, legal_basis: str, revision: int, now: datetime, by: User
) -> Recommendation:
    """Change a draft. Raises NotAllowed, NotNow, NotSaid, ChangedMeanwhile."""
    row = locked(recommendation, revision)
    require(by, "edit", row, now)
    row.text = required(text, "Hãy ghi nội dung kiến nghị.")
    row.legal_basis = required(legal_basis, "Hãy ghi căn cứ của kiến nghị: văn bản, điều khoản.", 500)
    row.written_by, row.search = by, fold(f"{row.text} {row.addressee.name}")[:3000]
    told(move(row, Verb.EDIT, now=now, by=by), row)
    return row


@transaction.atomic
def send(*, recommendation: Recommendation, revision: int, now: datetime, by: User) -> Recommendation:
    """Send it: its deadline and the day from which the level above may be asked are fixed as the timers hold today.

    Raises NotAllowed, NotNow, ChangedMeanwhile.
    """
    row = locked(recommendation, revision)
    require(by, "edit", row, now)
    today = localdate(now)
    kind = "criticism" if row.criticism_id else "supervision"
    source = row.criticism or row.supervision
    programme = source.item.plan.programme_id if source is not None and source.item else None
    answer = rule_at(Timer.ANSWER, kind, row.area_id, today, programme)
    escalate = rule_at(Timer.ESCALATE, kind, row.area_id, today, programme)
    row.sent_on, row.due_on, row.due_basis = today, due_after(today, answer), answer.basis[:400]
    row.escalate_on = max(row.due_on, due_after(today, escalate))
    act = move(row, Verb.SEND, now=now, by=by)
    path = reverse("recommendation-detail", args=[row.pk])
    count(
        Measure.RECOMMENDATIONS, area_id=row.area_id, day=today, thing_id=row.pk, title=f"{row}: {row.text}", path=path
    )
    told(act, row, due_on=row.due_on, addressee=row.addressee_id)
    return row


@transaction.atomic
def cancel_recommendation(
    *, recommendation: Recommendation, reason: str, revision: int, now: datetime, by: User
) -> Recommendation:
    """Give a draft up; what was sent is only ended by an answer or a decision. Raises NotAllowed, NotNow, ReasonMissing."""
    row = locked(recommendation, revision)
    require(by, "edit", row, now)
    told(move(row, Verb.CANCEL, note=reason, now=now, by=by), row, reason=reason.strip())
    return row


@transaction.atomic
def escalate(*, recommendation: Recommendation, reason: str, revision: int, now: datetime, by: User) -> Recommendation:
    """Take an unanswered recommendation to the level above the addressee, which may answer as well from now on.

    Raises NotAllowed, NotNow, TooEarly, ReasonMissing, BadRecommendation, ChangedMeanwhile.
    """
    row = locked(recommendation, revision)
    require(by, "edit", row, now)
    today = localdate(now)
    if row.superior_id is not None:
        raise BadRecommendation(
            f"Đã kiến nghị lên {row.superior} trước đó. Hãy chờ trả lời hoặc kết thúc bằng quyết định."
        )
    if row.escalate_on is not None and today <= row.escalate_on and row.state == State.SENT:
        raise TooEarly(
            f"Chưa đến lúc kiến nghị lên cấp trên: phải chờ hết ngày {date_text(row.escalate_on)}. Hãy nhắc cơ quan trả lời."
        )
    above = superior_of(row.addressee, today)
    if above is None or above.pk in (row.addressee_id, row.body_id):
        raise BadRecommendation(
            f"Không tìm thấy cơ quan cấp trên của {row.addressee}. Hãy kết thúc bằng quyết định nếu cần."
        )
    row.superior, row.escalated_on = above, today
    told(move(row, Verb.ESCALATE, note=reason, now=now, by=by), row, superior=above.pk, reason=reason.strip())
    return row


@transaction.atomic
def decide(*, recommendation: Recommendation, decision: str, revision: int, now: datetime, by: User) -> Recommendation:
    """End a recommendation without an accepted answer, by a recorded decision of somebody who did not write it.

    Raises NotAllowed, NotNow, ReasonMissing, ChangedMeanwhile.
    """
    row = locked(recommendation, revision)
    require(by, "close", row, now, authors=row.access_authors)
    row.decision, row.decided_by, row.closed_on = decision.strip()[:500], by, localdate(now)
    told(move(row, Verb.DECIDE, note=decision, now=now, by=by), row, decision=row.decision)
    return row


@transaction.atomic
def close(*, recommendation: Recommendation, note: str, revision: int, now: datetime, by: User) -> Recommendation:
    """End a recommendation whose answer was accepted, saying what was done. Raises NotAllowed, NotNow, ReasonMissing."""
    row = locked(recommendation, revision)
    accepted = row.accepted_answer
    authors = frozenset({accepted.drafted_by_id, accepted.signed_by_id} if accepted else ())
    require(by, "close", row, now, authors=authors)
    row.closed_on = localdate(now)
    told(move(row, Verb.CLOSE, note=note, now=now, by=by), row, note=note.strip())
    return row


@transaction.atomic
def publish_recommendation(
    *, recommendation: Recommendation, number: str, revision: int, now: datetime, by: User
) -> Publication:
    """Make a recommendation and its last signed answer public, frozen word for word, once; never by who wrote it.

    Raises NotAllowed, NotNow, NotSaid, ChangedMeanwhile.
    """
    row = locked(recommendation, revision)
    require(by, "publish", row, now, authors=row.access_authors)
    if row.state in (State.DRAFT, State.CANCELLED):
        raise NotNow("Kiến nghị chưa gửi nên chưa công khai được. Hãy gửi kiến nghị trước.")
    if Publication.objects.filter(recommendation=row).exists():
        raise NotSaid("Kiến nghị này đã công khai. Nội dung công khai giữ nguyên, không ghi đè.")
    answer = row.answers.order_by("-version").first()
    today = localdate(now)
    frozen = {
        "number": str(row),
        "body": row.body.name,
        "addressee": row.addressee.name,
        "text": row.text,
        "legal_basis": row.legal_basis,
        "sent_on": str(row.sent_on),
        "due_on": str(row.due_on),
        "days_late": row.days_late(today),
        "answer": answer.text if answer else "",
        "outcome": OUTCOME_WORDS[Outcome(answer.outcome)] if answer else "",
        "reason": answer.reason if answer else "",
    }
    made = Publication.objects.create(
        recommendation=row,
        number=required(number, "Hãy ghi nơi, số công khai (ví dụ: Trang thông tin điện tử, tin số 12).", 100),
        published_on=today,
        frozen=frozen,
        content_hash=hash_of(frozen),
        at=now,
        by=by,
    )
    data = {"number": str(row), "hash": made.content_hash}
    audit.record("supervision.recommendation.made_public", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return made
