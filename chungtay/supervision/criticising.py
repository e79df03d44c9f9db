"""A social criticism: the draft comes in, opinions are gathered, a conclusion is written by one person and issued by another."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.evidence.models import Attachment
from chungtay.kernel.folding import fold
from chungtay.places.models import Body
from chungtay.supervision.models import Act, Criticism, Opinion, PlanItem
from chungtay.supervision.moving import locked, move, next_number, require, required, told
from chungtay.supervision.rules import FORMS_OF, Form, Kind, State, Thing, Verb, step
from chungtay.supervision.supervising import BadSupervision, check_item
from chungtay.supervision.timers import Timer
from chungtay.supervision.timing import rule_at


@transaction.atomic
def receive_draft(
    *,
    body: Body,
    target: Body,
    subject: str,
    form: Form,
    received_on: date,
    submits_on: date | None = None,
    draft: Attachment | None = None,
    item: PlanItem | None = None,
    now: datetime,
    by: User,
) -> Criticism:
    """Take in a draft for criticism; what came later than the rule says so, and is not refused. Raises NotAllowed, BadSupervision, NotSaid.

    target: the body that drafts. submits_on: when it will put the draft before who decides, None when it did not say.
    """
    today = localdate(now)
    access.require(by, "edit", Matter("supervision", body.area_id, State.RECEIVED), on=today)
    check_item(item, body, Kind.CRITICISM)
    if form not in FORMS_OF[Kind.CRITICISM]:
        raise BadSupervision("Đây không phải hình thức phản biện. Hãy chọn một trong ba hình thức.")
    if received_on > today:
        raise BadSupervision("Ngày nhận dự thảo chưa tới. Hãy ghi ngày đã nhận.")
    if submits_on is not None and submits_on < received_on:
        raise BadSupervision("Ngày trình đứng trước ngày nhận dự thảo. Hãy sửa một trong hai.")
    if body.pk == target.pk:
        raise BadSupervision("Cơ quan soạn thảo không thể là chính cơ quan phản biện. Hãy chọn cơ quan khác.")
    said = required(subject, "Hãy ghi tên dự thảo văn bản.", 300)
    rule = rule_at(Timer.DRAFT, Kind.CRITICISM, body.area_id, received_on, item.plan.programme_id if item else None)
    number = next_number(Criticism, body, received_on.year)
    row = Criticism.objects.create(
        area=body.area, body=body, target=target, item=item, year=received_on.year, number=number, subject=said, form=form,
        state=State.RECEIVED, received_on=received_on, submits_on=submits_on, draft_days=rule.days, draft_basis=rule.basis[:400],
        draft_file=draft, written_by=by, search=fold(f"{said} {target.name}")[:700],
    )  # fmt: skip
    act = Act.objects.create(
        thing=Thing.CRITICISM,
        thing_id=row.pk,
        verb=Verb.EDIT,
        state_before="",
        state=row.state,
        revision=1,
        at=now,
        by=by,
    )
    told(act, row, target=target.pk, days=row.days_given, rule=rule.days)
    return row


@transaction.atomic
def start_criticism(*, criticism: Criticism, revision: int, now: datetime, by: User) -> Criticism:
    """Begin to gather opinions in the form that was chosen. Raises NotAllowed, NotNow, ChangedMeanwhile."""
    row = locked(criticism, revision)
    require(by, "edit", row, now)
    told(move(row, Verb.START, now=now, by=by), row)
    return row


@transaction.atomic
def cancel_criticism(*, criticism: Criticism, reason: str, revision: int, now: datetime, by: User) -> Criticism:
    """Give a criticism up, with the reason. Raises NotAllowed, NotNow, ReasonMissing, ChangedMeanwhile."""
    row = locked(criticism, revision)
    require(by, "edit", row, now)
    told(move(row, Verb.CANCEL, note=reason, now=now, by=by), row, reason=reason.strip())
    return row


@transaction.atomic
def note_opinion(*, criticism: Criticism, said_by: str, about: str = "", text: str, now: datetime, by: User) -> Opinion:
    """Write down what somebody said of the draft. Raises NotAllowed, NotNow, NotSaid."""
    row = locked(criticism)
    require(by, "edit", row, now)
    step(Thing.CRITICISM, State(row.state), Verb.EDIT)
    if row.state != State.RUNNING:
        raise BadSupervision("Cuộc phản biện chưa bắt đầu nên chưa ghi được ý kiến. Hãy bấm bắt đầu trước.")
    made = Opinion.objects.create(
        criticism=row,
        said_by=required(said_by, "Hãy ghi ai góp ý.", 200),
        about=about.strip()[:200],
        text=required(text, "Hãy ghi nội dung ý kiến."),
        at=now,
        by=by,
    )
    data = {"number": str(row), "opinion": made.pk}
    audit.record("supervision.criticism.opinion_noted", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return made
