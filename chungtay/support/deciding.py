"""Before any money: verified, hung up for comments, approved by somebody who did not prepare it; sent back, cancelled."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.support import checking
from chungtay.support.giving import take_back
from chungtay.support.kinds import Measure
from chungtay.support.models import Case, CaseStep, Comment, CommentAnswer
from chungtay.support.moving import ReasonNeeded, locked, move, past_day, told, wrote
from chungtay.support.rules import Act, NotReady, State, stuck_by_money
from chungtay.support.telling import hold, tell_days


class Related(DomainError):
    """Who decides is related to who is helped."""


class Answered(DomainError):
    """The comment has its answer already."""


@transaction.atomic
def verify(
    *,
    case: Case,
    revision: int,
    found: str,
    verified_by: str,
    day: date,
    related: bool,
    relation: str = "",
    now: datetime,
    by: User,
) -> CaseStep:
    """Note what was found on the spot, by whom, and whether somebody of them is related to the household.

    Raises NotReady (lists without lines, shares that do not add up), CaseMovedOn, WrongTurn, BadDay, ReasonNeeded.
    """
    row = locked(case, "verify", revision, now=now, by=by)
    past_day(day, now, not_before=row.proposed_on)
    if not found.strip() or not verified_by.strip():
        raise ReasonNeeded("Chưa ghi kết quả xác minh hoặc người đã đi xác minh.")
    if related and not relation.strip():
        raise ReasonNeeded("Có người liên quan thì phải ghi rõ là ai, quan hệ thế nào.")
    if wrong := checking.content_problems(row):
        raise NotReady(wrong)
    wrote(row, by)
    data = {"verified_by": verified_by.strip(), "related": related, "relation": relation.strip()}
    step = move(row, Act.VERIFY, day=day, reason=found, data=data, now=now, by=by)
    told(step, may_be_decided=not checking.limit_of(row, localdate(now)).days)
    return step


@transaction.atomic
def post(*, case: Case, revision: int, first: date, place: str, now: datetime, by: User) -> CaseStep:
    """Note that a case hangs at the hamlet from a day on, for as many days as the rule of that day asks for."""
    row = locked(case, "verify", revision, now=now, by=by)
    past_day(first, now)
    if not place.strip():
        raise ReasonNeeded("Chưa ghi nơi niêm yết.")
    limit = checking.limit_of(row, first)
    row.posted_from, row.posted_until = first, first + timedelta(days=max(limit.days, 1) - 1)
    wrote(row, by)
    data = {"place": place.strip(), "until": row.posted_until.isoformat(), "days": limit.days, "basis": limit.basis}
    step = move(row, Act.POST, day=first, data=data, now=now, by=by)
    told(step)
    return step


@transaction.atomic
def record_comment(*, case: Case, said_by: str, said_on: date, text: str, now: datetime, by: User) -> Comment:
    """Keep what somebody said of a case that hangs. Raises NotReady, BadDay and what `access.require` raises."""
    row = locked(case, "verify", case.revision, now=now, by=by)
    past_day(said_on, now)
    if row.state not in (State.VERIFIED, State.POSTED):
        raise NotReady(["Chỉ ghi ý kiến khi hồ sơ đang niêm yết. Việc phát hiện sau khi duyệt thì dùng “Trả lại”."])
    if not text.strip() or not said_by.strip():
        raise ReasonNeeded("Chưa ghi ý kiến hoặc người góp ý.")
    made = Comment.objects.create(case=row, said_by=said_by.strip(), said_on=said_on, text=text.strip(), at=now, by=by)
    audit.record("support.comment.recorded", obj=row, area_id=row.area_id, data={"comment": made.pk}, now=now, by=by)
    return made


@transaction.atomic
def answer_comment(*, comment: Comment, text: str, now: datetime, by: User) -> CommentAnswer:
    """Answer a comment, once. Raises Answered, ReasonNeeded and what `access.require` raises."""
    row = locked(comment.case, "verify", comment.case.revision, now=now, by=by)
    if CommentAnswer.objects.filter(comment=comment).exists():
        raise Answered("Ý kiến này đã được trả lời. Hãy tải lại trang để xem.")
    if not text.strip():
        raise ReasonNeeded("Chưa ghi nội dung trả lời.")
    made = CommentAnswer.objects.create(comment=comment, text=text.strip(), at=now, by=by)
    data = {"comment": comment.pk}
    audit.record("support.comment.answered", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return made


@transaction.atomic
def approve(
    *,
    case: Case,
    revision: int,
    decision: str,
    related: bool,
    over_reason: str = "",
    again_reason: str = "",
    now: datetime,
    by: User,
) -> CaseStep:
    """Decide for a case, as somebody who neither prepared it nor is related to who is helped.

    over_reason: why a ceiling may be passed; again_reason: why help may come a second time; each only where it is so.
    Raises NotReady, Related, CaseMovedOn, WrongTurn and what `access.require` raises.
    """
    row = locked(case, "approve", revision, now=now, by=by)
    hold(row.area)  # two cases of one household decided at once: the second sees the first
    today = localdate(now)
    if related:
        raise Related(
            "Bạn khai có liên quan với hộ được hỗ trợ nên không được quyết định hồ sơ này. Hãy chuyển người khác có quyền duyệt."
        )
    found = checking.look(row, today)
    wrong = [*found.content, *found.posting]
    if not decision.strip():
        wrong.append("Chưa ghi số quyết định hoặc biên bản họp xét.")
    if found.ceiling and not over_reason.strip():
        wrong += [*found.ceiling, "Nếu vẫn duyệt, hãy ghi lý do cho vượt định mức."]
    if found.again and not again_reason.strip():
        wrong += [one.sentence for one in found.again] + ["Nếu vẫn duyệt, hãy ghi lý do hỗ trợ thêm."]
    if wrong:
        raise NotReady(wrong)
    row.approved_on = today
    data = {
        "decision": decision.strip(),
        "related": False,
        "over": found.ceiling,
        "over_reason": over_reason.strip() if found.ceiling else "",
        "again": [one.sentence for one in found.again],
        "again_reason": again_reason.strip() if found.again else "",
        "basis": found.limit.basis,
    }
    step = move(row, Act.APPROVE, day=today, data=data, now=now, by=by)
    told(step)
    return step


@transaction.atomic
def send_back(*, case: Case, revision: int, reason: str, now: datetime, by: User) -> CaseStep:
    """Take a case a step back, with the reason. What was given out is noted as not given; figures follow.

    Raises NotReady while money lies on a case that would lose its approval, ReasonNeeded, CaseMovedOn, WrongTurn.
    """
    row = locked(case, "send_back", revision, now=now, by=by)
    hold(row.area)
    before = State(row.state)
    if wrong := stuck_by_money(Act.SEND_BACK, before, checking.paid_for(row)):
        raise NotReady(wrong)
    days = _undone(row, before, now, by)
    step = move(row, Act.SEND_BACK, day=localdate(now), reason=reason, now=now, by=by)
    tell_days(row.area, days, now=now, by=by)
    told(step)
    return step


@transaction.atomic
def cancel(*, case: Case, revision: int, reason: str, now: datetime, by: User) -> CaseStep:
    """End a case that will not go on. Raises NotReady while money lies on it, ReasonNeeded, CaseMovedOn, WrongTurn."""
    row = locked(case, "cancel", revision, now=now, by=by)
    if wrong := stuck_by_money(Act.CANCEL, State(row.state), checking.paid_for(row)):
        raise NotReady(wrong)
    step = move(row, Act.CANCEL, day=localdate(now), reason=reason, now=now, by=by)
    told(step)
    return step


def _undone(row: Case, before: State, now: datetime, by: User) -> list[date]:
    """Take back what the state that is left stood for; return the days whose figures change."""
    if before is State.APPROVED:
        row.approved_on = None
    if before is State.POSTED or before is State.APPROVED:
        row.posted_from = row.posted_until = None
    if before is State.ACCEPTED:
        days = [row.accepted_on] if row.accepted_on and row.of_kind.measure is not Measure.PACKAGE else []
        row.accepted_on, row.minutes_number = None, ""
        return days
    if before is State.DELIVERED:
        row.delivered_on = None
        return take_back(row, now=now, by=by)
    return []
