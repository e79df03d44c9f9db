"""The staff's side of feedback: moderated, sent to the body that answers, joined to its like, answered by two persons, closed."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.places.models import Body
from chungtay.programmes.models import Programme
from chungtay.supervision.models import Feedback, FeedbackAnswer
from chungtay.supervision.moving import NotSaid, locked, move, require, required, told
from chungtay.supervision.rules import State, Thing, Verb, step
from chungtay.supervision.timers import Timer, due_after
from chungtay.supervision.timing import rule_at
from chungtay.tasks import services as tasks
from chungtay.tasks.models import Task
from chungtay.tasks.rules import Kind
from chungtay.tasks.services import Plan


class BadFeedback(DomainError):
    """What is to be done with a feedback cannot be."""


@transaction.atomic
def route(*, feedback: Feedback, body: Body, note: str = "", revision: int, now: datetime, by: User) -> Feedback:
    """Send it to the body that answers; the deadline is fixed as the timer holds today. Raises NotAllowed, NotNow, ChangedMeanwhile."""
    row = locked(feedback, revision)
    require(by, "moderate", row, now)
    today = localdate(now)
    rule = rule_at(Timer.ANSWER, "feedback", row.area_id, today)
    row.body, row.routed_by, row.draft, row.drafted_by = body, by, "", None
    row.due_on, row.due_basis = due_after(today, rule), rule.basis[:400]
    told(move(row, Verb.ROUTE, note=note or f"Chuyển {body}", now=now, by=by), row, body=body.pk, due_on=row.due_on)
    return row


@transaction.atomic
def refuse(*, feedback: Feedback, reason: str, revision: int, now: datetime, by: User) -> Feedback:
    """Do not take it in; the citizen reads the reason. Raises NotAllowed, NotNow, ReasonMissing, ChangedMeanwhile."""
    row = locked(feedback, revision)
    require(by, "moderate", row, now)
    told(move(row, Verb.REFUSE, note=reason, now=now, by=by), row, reason=reason.strip())
    return row


@transaction.atomic
def merge(*, feedback: Feedback, into: Feedback, revision: int, now: datetime, by: User) -> Feedback:
    """Join it to another about the same: its citizen follows that one from now on. Raises NotAllowed, NotNow, BadFeedback."""
    if feedback.pk == into.pk:
        raise BadFeedback("Không gộp một phản ánh vào chính nó. Hãy chọn phản ánh khác.")
    rows = {one.pk: locked(one) for one in sorted((feedback, into), key=lambda one: one.pk)}
    row, led = locked(feedback, revision), rows[into.pk]
    require(by, "moderate", row, now)
    if led.area_id != row.area_id or led.state in (State.MERGED, State.REFUSED):
        raise BadFeedback("Chỉ gộp vào một phản ánh cùng địa bàn, đang được xử lý. Hãy chọn phản ánh khác.")
    if row.duplicates.exists():
        raise BadFeedback("Đã có phản ánh khác gộp vào phản ánh này. Hãy gộp theo chiều ngược lại.")
    row.merged_into, row.answered_on = led, led.answered_on
    told(move(row, Verb.MERGE, note=f"Gộp vào {led}", now=now, by=by), row, into=str(led))
    return row


def matter_of(row: Feedback, authors: bool = False) -> Matter:
    """Return what rights are asked about when a body answers: its own place."""
    area_id = row.body.area_id if row.body else row.area_id
    return Matter("feedback", area_id, row.state, row.access_authors if authors else frozenset())


@transaction.atomic
def draft_reply(*, feedback: Feedback, text: str, revision: int, now: datetime, by: User) -> Feedback:
    """Prepare the answer of the body. Raises NotAllowed, NotNow, NotSaid, ChangedMeanwhile."""
    row = locked(feedback, revision)
    access.require(by, "reply", matter_of(row), on=localdate(now))
    step(Thing.FEEDBACK, State(row.state), Verb.DRAFT_ANSWER)
    row.draft, row.drafted_by = required(text, "Hãy ghi nội dung trả lời người dân.", 3000), by
    told(move(row, Verb.DRAFT_ANSWER, now=now, by=by), row)
    return row


@transaction.atomic
def sign_reply(*, feedback: Feedback, revision: int, now: datetime, by: User) -> FeedbackAnswer:
    """Sign the draft as the person read it (its revision); from then on the citizen sees it. Raises NotAllowed, NotNow, NotSaid."""
    row = locked(feedback, revision)
    access.require(by, "sign", matter_of(row, authors=True), on=localdate(now))
    step(Thing.FEEDBACK, State(row.state), Verb.SIGN_ANSWER)
    if not row.draft or row.drafted_by_id is None or row.body_id is None:
        raise NotSaid("Chưa có dự thảo trả lời. Hãy để cán bộ soạn trước, rồi ký.")
    last = row.answers.aggregate(last=Max("version"))["last"] or 0
    made = FeedbackAnswer.objects.create(
        feedback=row,
        version=last + 1,
        body_id=row.body_id,
        text=row.draft,
        drafted_by_id=row.drafted_by_id,
        signed_by=by,
        at=now,
    )
    row.draft, row.answered_on = "", localdate(now)
    row.duplicates.update(answered_on=row.answered_on)  # their citizens may say what they think of it
    told(move(row, Verb.SIGN_ANSWER, now=now, by=by), row, version=made.version)
    return made


@transaction.atomic
def close_feedback(*, feedback: Feedback, note: str, revision: int, now: datetime, by: User) -> Feedback:
    """End an answered matter, saying what was done. Raises NotAllowed, NotNow, ReasonMissing, ChangedMeanwhile."""
    row = locked(feedback, revision)
    require(by, "moderate", row, now)
    told(move(row, Verb.CLOSE, note=note, now=now, by=by), row, note=note.strip())
    return row


@transaction.atomic
def task_from_feedback(
    *, feedback: Feedback, programme: Programme, title: str, product: str, due_on: date, now: datetime, by: User
) -> Task:
    """Make a task of it, led by the body that answers; the citizen's words stay here. Raises NotAllowed, BadFeedback, BadPlan."""
    row = locked(feedback)
    access.require(by, "reply", matter_of(row), on=localdate(now))
    if row.task_id is not None:
        raise BadFeedback("Phản ánh này đã được lập thành nhiệm vụ. Hãy mở nhiệm vụ đó.")
    if row.body is None or row.state not in (State.ROUTED, State.ANSWERED):
        raise BadFeedback("Phản ánh chưa được chuyển cơ quan hoặc đã kết thúc nên không lập thành nhiệm vụ được.")
    plan = Plan(title=title, product=product, kind=Kind.ONCE, lead=row.body, starts_on=localdate(now), due_on=due_on)
    [task] = tasks.write_task(programme=programme, plan=plan, now=now, by=by)
    row.task_id = task.pk
    row.save(update_fields=["task_id"])
    data = {"number": str(row), "task": task.label}
    audit.record("supervision.feedback.became_task", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return task
