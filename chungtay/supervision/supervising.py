"""A supervision from its plan to its end: announced to the body, team, visits, questions and findings."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.kernel.text import date_text
from chungtay.places.models import Body
from chungtay.supervision.counting import count
from chungtay.supervision.models import Act, Finding, FindingFile, Member, PlanItem, Question, Supervision, Visit
from chungtay.supervision.moving import locked, move, next_number, require, required, told
from chungtay.supervision.rules import FORMS_OF, Form, Kind, Measure, State, Thing, Verb, step
from chungtay.supervision.timers import Timer, due_after
from chungtay.supervision.timing import rule_at


class BadSupervision(DomainError):
    """What is said of a supervision cannot be."""


@transaction.atomic
def open_supervision(
    *,
    body: Body,
    target: Body,
    subject: str,
    form: Form,
    starts_on: date,
    ends_on: date,
    item: PlanItem | None = None,
    now: datetime,
    by: User,
) -> Supervision:
    """Begin the file of a supervision, also one that the plan does not have. Raises NotAllowed, BadSupervision, NotSaid."""
    access.require(by, "edit", Matter("supervision", body.area_id, State.DRAFT), on=localdate(now))
    check_item(item, body, Kind.SUPERVISION)
    if form not in FORMS_OF[Kind.SUPERVISION]:
        raise BadSupervision("Đây không phải hình thức giám sát. Hãy chọn một trong bốn hình thức.")
    if starts_on > ends_on:
        raise BadSupervision("Ngày kết thúc đứng trước ngày bắt đầu. Hãy sửa một trong hai.")
    if body.pk == target.pk:
        raise BadSupervision("Cơ quan được giám sát không thể là chính cơ quan giám sát. Hãy chọn cơ quan khác.")
    said = required(subject, "Hãy ghi nội dung giám sát.", 300)
    number = next_number(Supervision, body, starts_on.year)
    row = Supervision.objects.create(
        area=body.area, body=body, target=target, item=item, year=starts_on.year, number=number, subject=said, form=form,
        state=State.DRAFT, starts_on=starts_on, ends_on=ends_on, written_by=by, search=fold(f"{said} {target.name}")[:700],
    )  # fmt: skip
    act = Act.objects.create(
        thing=Thing.SUPERVISION,
        thing_id=row.pk,
        verb=Verb.EDIT,
        state_before="",
        state=row.state,
        revision=1,
        at=now,
        by=by,
    )
    told(act, row, target=target.pk)
    return row


def check_item(item: PlanItem | None, body: Body, kind: Kind) -> None:
    """Return when a planned item may be carried out now; it is held until the end. Raises BadSupervision."""
    if item is None:
        return
    item = PlanItem.objects.select_for_update(of=("self",)).select_related("plan").get(pk=item.pk)
    if item.plan.body_id != body.pk or item.kind != kind:
        raise BadSupervision("Dòng kế hoạch này không phải của cơ quan hoặc loại việc này. Hãy chọn lại.")
    if item.plan.state != State.AGREED:
        raise BadSupervision("Kế hoạch năm chưa được bên kia thống nhất. Hãy chờ thống nhất rồi tổ chức.")
    if hasattr(item, kind.value):
        raise BadSupervision("Dòng kế hoạch này đã được tổ chức. Hãy mở hồ sơ đã có.")


@transaction.atomic
def set_team(
    *, supervision: Supervision, members: Sequence[tuple[str, str]], revision: int, now: datetime, by: User
) -> Supervision:
    """Say who is of the team: (name, role). Raises NotAllowed, NotNow, ChangedMeanwhile, BadSupervision."""
    row = locked(supervision, revision)
    require(by, "edit", row, now)
    clean = [(name.strip()[:100], role.strip()[:150]) for name, role in members if name.strip() or role.strip()]
    if any(not name or not role for name, role in clean):
        raise BadSupervision("Mỗi thành viên phải có cả họ tên và vai trò. Hãy ghi đủ hoặc xóa dòng đó.")
    if len({name for name, _ in clean}) < len(clean):
        raise BadSupervision("Có hai thành viên trùng tên. Hãy ghi thêm chức vụ vào tên để phân biệt.")
    act = move(row, Verb.EDIT, note="Thành lập đoàn", now=now, by=by)
    row.members.all().delete()
    Member.objects.bulk_create(Member(supervision=row, name=name, role=role) for name, role in clean)
    told(act, row, members=len(clean))
    return row


@transaction.atomic
def announce(
    *, supervision: Supervision, decision: str, on: date | None = None, revision: int, now: datetime, by: User
) -> Supervision:
    """Record that decision and plan went to the supervised body; the rule of notice that holds is kept with it.

    Raises NotAllowed, NotNow, ChangedMeanwhile, NotSaid, BadSupervision.
    """
    row = locked(supervision, revision)
    require(by, "edit", row, now)
    day = on or localdate(now)
    if day > localdate(now):
        raise BadSupervision("Ngày thông báo chưa tới. Hãy ghi ngày đã gửi văn bản.")
    row.decision = required(decision, "Hãy ghi số quyết định hoặc kế hoạch giám sát.", 100)
    row.announced_on = day
    programme = row.item.plan.programme_id if row.item else None
    rule = rule_at(Timer.NOTICE, Kind.SUPERVISION, row.area_id, day, programme)
    given = (row.starts_on - day).days
    row.notice_basis = rule.basis[:400]
    note = f"Báo trước {given} ngày, ngắn hơn {rule.days} ngày theo {rule.basis}." if given < rule.days else ""
    told(move(row, Verb.ANNOUNCE, note=note, now=now, by=by), row, decision=row.decision, days=given, rule=rule.days)
    return row


@transaction.atomic
def start(*, supervision: Supervision, revision: int, now: datetime, by: User) -> Supervision:
    """The team begins; the last day of its report is fixed as the rule holds today. Raises NotAllowed, NotNow, ChangedMeanwhile."""
    row = locked(supervision, revision)
    require(by, "edit", row, now)
    programme = row.item.plan.programme_id if row.item else None
    rule = rule_at(Timer.REPORT, Kind.SUPERVISION, row.area_id, localdate(now), programme)
    row.report_due, row.report_basis = due_after(row.ends_on, rule), rule.basis[:400]
    told(move(row, Verb.START, now=now, by=by), row, report_due=row.report_due)
    return row


@transaction.atomic
def cancel_supervision(*, supervision: Supervision, reason: str, revision: int, now: datetime, by: User) -> Supervision:
    """Give a supervision up, with the reason. Raises NotAllowed, NotNow, ReasonMissing, ChangedMeanwhile."""
    row = locked(supervision, revision)
    require(by, "edit", row, now)
    told(move(row, Verb.CANCEL, note=reason, now=now, by=by), row, reason=reason.strip())
    return row


# ---------------------------------------------------------------- what a team does


def _working(supervision: Supervision, now: datetime, by: User) -> Supervision:
    row = locked(supervision)
    require(by, "edit", row, now)
    step(Thing.SUPERVISION, State(row.state), Verb.EDIT)
    return row


def _told(row: Supervision, what: str, pk: object, now: datetime, by: User) -> None:
    code = f"supervision.supervision.{what}"
    audit.record(code, obj=row, area_id=row.area_id, data={"number": str(row), "row": str(pk)}, now=now, by=by)


@transaction.atomic
def plan_visit(*, supervision: Supervision, place: str, planned_on: date, now: datetime, by: User) -> Visit:
    """Add a visit to the programme. Raises NotAllowed, NotNow, NotSaid."""
    row = _working(supervision, now, by)
    said = required(place, "Hãy ghi nơi đoàn sẽ đến.", 200)
    made = Visit.objects.create(supervision=row, place=said, planned_on=planned_on)
    _told(row, "visit_planned", made.pk, now, by)
    return made


@transaction.atomic
def make_visit(
    *, visit: Visit, made_on: date, summary: str, minutes: Attachment | None = None, now: datetime, by: User
) -> Visit:
    """Record that a visit was made, with its minutes; it is counted once. Raises NotAllowed, NotNow, NotSaid, BadSupervision."""
    row = _working(visit.supervision, now, by)
    if row.state != State.RUNNING:
        raise BadSupervision("Đoàn chưa bắt đầu làm việc nên chưa ghi được chuyến đã đi. Hãy bấm bắt đầu trước.")
    found = Visit.objects.select_for_update().get(pk=visit.pk, supervision=row)
    if found.made_on is not None:
        raise BadSupervision("Chuyến làm việc này đã được ghi nhận. Hãy tải lại trang.")
    if made_on > localdate(now) or (row.announced_on and made_on < row.announced_on):
        raise BadSupervision(
            f"Ngày đến phải từ ngày thông báo ({date_text(row.announced_on or row.starts_on)}) đến hôm nay. Hãy sửa ngày."
        )
    found.made_on, found.recorded_by, found.minutes = made_on, by, minutes
    found.summary = required(summary, "Hãy ghi kết quả buổi làm việc.", 1000)
    found.save()
    path = reverse("supervision-detail", args=[row.pk])
    title = f"{row}: {found.place}"
    count(Measure.VISITS, area_id=row.area_id, day=made_on, thing_id=found.pk, title=title, path=path)
    _told(row, "visit_made", found.pk, now, by)
    return found


@transaction.atomic
def ask(
    *, supervision: Supervision, said_by: str, text: str, answers: Question | None = None, now: datetime, by: User
) -> Question:
    """Write down a question, or the answer to one. Raises NotAllowed, NotNow, NotSaid, BadSupervision."""
    row = _working(supervision, now, by)
    if answers is not None and (answers.supervision_id != row.pk or answers.answers_id or hasattr(answers, "answer")):
        raise BadSupervision("Câu hỏi này đã có trả lời, hoặc không phải của cuộc giám sát này. Hãy tải lại trang.")
    made = Question.objects.create(
        supervision=row,
        answers=answers,
        said_by=required(said_by, "Hãy ghi ai hỏi, ai trả lời.", 150),
        text=required(text, "Hãy ghi nội dung."),
        at=now,
        by=by,
    )
    _told(row, "answer_noted" if answers else "question_noted", made.pk, now, by)
    return made


@transaction.atomic
def find(
    *,
    supervision: Supervision,
    text: str,
    is_lack: bool,
    visit: Visit | None = None,
    files: Sequence[Attachment] = (),
    now: datetime,
    by: User,
) -> Finding:
    """Write down a finding with what it rests on. Raises NotAllowed, NotNow, NotSaid."""
    row = _working(supervision, now, by)
    at_visit = row.visits.get(pk=visit.pk) if visit is not None else None
    said = required(text, "Hãy ghi đoàn thấy gì.")
    made = Finding.objects.create(supervision=row, visit=at_visit, is_lack=is_lack, text=said, at=now, by=by)
    for attachment in files:
        FindingFile.objects.create(finding=made, attachment=attachment)
    _told(row, "finding_noted", made.pk, now, by)
    return made


@transaction.atomic
def withdraw_finding(*, finding: Finding, reason: str, now: datetime, by: User) -> Finding:
    """Take a finding back; both rows stay. Raises NotAllowed, NotNow, NotSaid, BadSupervision."""
    row = _working(finding.supervision, now, by)
    if finding.withdraws_id or Finding.objects.filter(withdraws=finding).exists():
        raise BadSupervision("Nhận định này đã được rút trước đó. Hãy tải lại trang.")
    said = required(reason, "Hãy ghi vì sao rút nhận định này.")
    made = Finding.objects.create(
        supervision=row, visit=finding.visit, is_lack=finding.is_lack, text=said, withdraws=finding, at=now, by=by
    )
    _told(row, "finding_withdrawn", finding.pk, now, by)
    return made
