"""The addressee's side: a clerk drafts the answer, a leader signs it; then the Front accepts it or asks again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.places.models import Body
from chungtay.supervision.counting import count
from chungtay.supervision.models import Answer, AnswerDraft, Recommendation
from chungtay.supervision.moving import hash_of, locked, move, require, told
from chungtay.supervision.rules import Measure, Outcome, State, Verb, check_answer, step


class NothingToSign(DomainError):
    """Nobody has drafted an answer."""


class DraftDiffers(DomainError):
    """The draft is not what the person read."""


def answering_bodies(row: Recommendation) -> list[Body]:
    """Return who may answer: the addressee, and the superior once it was asked."""
    return [body for body in (row.addressee, row.superior) if body is not None]


def _answering(row: Recommendation, action: str, now: datetime, by: User, authors: frozenset[UUID]) -> Body:
    """Return in whose name the person answers. Raises NotAllowed of the addressee when for none of them."""
    keys = access.keys_of(by, on=localdate(now))
    for body in answering_bodies(row):
        if keys.can(action, matter_of(row, body, authors)):
            return body
    access.require(by, action, matter_of(row, row.addressee, authors), on=localdate(now))
    return row.addressee


def matter_of(row: Recommendation, body: Body, authors: frozenset[UUID] = frozenset()) -> Matter:
    """Return what rights are asked about when a body answers: its own place."""
    return Matter("recommendation", body.area_id, row.state, authors)


def draft_hash(draft: AnswerDraft) -> str:
    """Return the hash of a draft as it stands: who signs names it."""
    file = draft.attachment.sha256 if draft.attachment else ""
    said = {"outcome": draft.outcome, "text": draft.text, "reason": draft.reason, "file": file}
    return hash_of({**said, "body": str(draft.body_id), "by": str(draft.drafted_by_id)})


@transaction.atomic
def draft_answer(
    *,
    recommendation: Recommendation,
    outcome: Outcome,
    text: str,
    reason: str = "",
    attachment: Attachment | None = None,
    revision: int,
    now: datetime,
    by: User,
) -> AnswerDraft:
    """Prepare the answer of the addressee or of its superior. Raises NotAllowed, NotNow, ReasonMissing, ChangedMeanwhile."""
    row = locked(recommendation, revision)
    body = _answering(row, "reply", now, by, frozenset())
    said, why = check_answer(outcome, text, reason)
    act = move(row, Verb.DRAFT_ANSWER, now=now, by=by)
    before = AnswerDraft.objects.filter(recommendation=row).first()
    kept = attachment or (before.attachment if before else None)
    draft, _ = AnswerDraft.objects.update_or_create(
        recommendation=row,
        defaults={
            "body": body, "outcome": outcome, "text": said[:4000], "reason": why[:2000], "attachment": kept,
            "drafted_by": by, "at": now,
        },
    )  # fmt: skip
    told(act, row, outcome=outcome, body=body.pk)
    return draft


@transaction.atomic
def sign_answer(*, recommendation: Recommendation, content_hash: str, revision: int, now: datetime, by: User) -> Answer:
    """Sign the draft that the person read; never one's own. The first answer is counted, on time or late.

    Raises NotAllowed, NotNow, NothingToSign, DraftDiffers, ChangedMeanwhile.
    """
    row = locked(recommendation, revision)
    draft = AnswerDraft.objects.filter(recommendation=row).select_related("attachment", "body").first()
    authors = frozenset({draft.drafted_by_id, row.written_by_id}) if draft else frozenset[UUID]()
    body = _answering(row, "sign", now, by, authors)
    step(row.thing, State(row.state), Verb.SIGN_ANSWER)
    if draft is None:
        raise NothingToSign("Chưa có dự thảo trả lời. Hãy để cán bộ soạn trả lời trước, rồi ký.")
    if draft_hash(draft) != content_hash:
        raise DraftDiffers("Dự thảo trả lời vừa được sửa. Hãy tải lại trang, đọc bản mới rồi ký.")
    if draft.body.area_id != body.area_id:
        raise NothingToSign(f"Dự thảo này do {draft.body} soạn. Hãy để lãnh đạo cơ quan đó ký.")
    today = localdate(now)
    is_first = row.answered_on is None
    last = row.answers.aggregate(last=Max("version"))["last"] or 0
    made = Answer.objects.create(
        recommendation=row, version=last + 1, body=draft.body, outcome=draft.outcome, text=draft.text, reason=draft.reason,
        attachment=draft.attachment, drafted_by_id=draft.drafted_by_id, signed_by=by, content_hash=content_hash, at=now,
    )  # fmt: skip
    draft.delete()
    if is_first:
        row.answered_on = today
    act = move(row, Verb.SIGN_ANSWER, now=now, by=by)
    if is_first:
        _count(row)
    told(act, row, version=made.version, outcome=made.outcome, hash=content_hash)
    return made


def _count(row: Recommendation) -> None:
    if row.answered_on is None:
        return
    path, title = reverse("recommendation-detail", args=[row.pk]), f"{row}: {row.text}"
    measures = [Measure.ANSWERED, *([Measure.ON_TIME] if row.owed.is_on_time else [])]
    for measure in measures:
        count(measure, area_id=row.area_id, day=row.answered_on, thing_id=row.pk, title=title, path=path)


@transaction.atomic
def accept_answer(*, recommendation: Recommendation, revision: int, now: datetime, by: User) -> Recommendation:
    """Accept the last signed answer, in the name of the Front. Raises NotAllowed, NotNow, ChangedMeanwhile."""
    row = locked(recommendation, revision)
    answer = row.answers.order_by("-version").first()
    require(by, "close", row, now, authors=_authors(answer))
    row.accepted_answer = answer
    told(move(row, Verb.ACCEPT, now=now, by=by), row, version=answer.version if answer else 0)
    return row


@transaction.atomic
def send_answer_back(
    *, recommendation: Recommendation, reason: str, revision: int, now: datetime, by: User
) -> Recommendation:
    """Ask for another answer, saying what is missing. Raises NotAllowed, NotNow, ReasonMissing, ChangedMeanwhile."""
    row = locked(recommendation, revision)
    require(by, "close", row, now, authors=_authors(row.answers.order_by("-version").first()))
    told(move(row, Verb.SEND_BACK, note=reason, now=now, by=by), row, reason=reason.strip())
    return row


def _authors(answer: Answer | None) -> frozenset[UUID]:
    return frozenset({answer.drafted_by_id, answer.signed_by_id} if answer else ())
