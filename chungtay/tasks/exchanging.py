"""Meetings with their conclusions, and letters: recorded at the programme's place, corrected by a further row."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text
from chungtay.places.models import Body
from chungtay.programmes.models import Programme
from chungtay.tasks.drafts import Plan
from chungtay.tasks.models import Conclusion, ConclusionTask, Letter, Meeting, Minutes, Task
from chungtay.tasks.writing import write_task


class BadExchange(DomainError):
    """What is said of a meeting or a letter does not go together."""


def _require(programme: Programme, now: datetime, by: User) -> None:
    access.require(by, "edit", Matter("exchange", programme.area_id), on=localdate(now))


@transaction.atomic
def record_meeting(
    *,
    programme: Programme,
    title: str,
    held_on: date,
    chair: str,
    agenda: str,
    bodies: Sequence[Body],
    place: str = "",
    now: datetime,
    by: User,
) -> Meeting:
    """Record a meeting, held or planned. Raises NotAllowed, BadExchange."""
    _require(programme, now, by)
    if len({body.pk for body in bodies}) < 2:
        raise BadExchange("Cuộc họp phối hợp có ít nhất hai cơ quan. Hãy chọn thêm thành phần.")
    meeting = Meeting.objects.create(
        programme=programme,
        title=title.strip(),
        held_on=held_on,
        chair=chair.strip(),
        agenda=agenda.strip(),
        place=place.strip(),
        recorded_at=now,
        recorded_by=by,
    )
    meeting.bodies.set(bodies)
    data = {"title": meeting.title, "held_on": held_on, "bodies": sorted(str(body.pk) for body in bodies)}
    audit.record("tasks.meeting.recorded", obj=meeting, area_id=programme.area_id, data=data, now=now, by=by)
    return meeting


@transaction.atomic
def write_minutes(
    *, meeting: Meeting, text: str, attachment: Attachment | None = None, now: datetime, by: User
) -> Minutes:
    """Write the minutes, over earlier ones as their next version. Raises NotAllowed, BadExchange."""
    _require(meeting.programme, now, by)
    _has_begun(meeting, now)
    if not text.strip():
        raise BadExchange("Biên bản chưa có chữ nào. Hãy ghi ít nhất diễn biến và kết luận chính.")
    Programme.objects.select_for_update().get(pk=meeting.programme_id)
    number = meeting.minutes.count() + 1
    minutes = Minutes.objects.create(
        meeting=meeting, number=number, text=text.strip(), attachment=attachment, at=now, by=by
    )
    data = {"version": number, "attachment": attachment.pk if attachment else None}
    audit.record("tasks.minutes.written", obj=meeting, area_id=meeting.access_area_id, data=data, now=now, by=by)
    return minutes


@transaction.atomic
def conclude(*, meeting: Meeting, text: str, now: datetime, by: User) -> Conclusion:
    """Add a conclusion. Raises NotAllowed, BadExchange."""
    _require(meeting.programme, now, by)
    _has_begun(meeting, now)
    if not text.strip():
        raise BadExchange("Kết luận chưa có chữ nào. Hãy ghi ai làm gì, đến khi nào.")
    Programme.objects.select_for_update().get(pk=meeting.programme_id)
    made = Conclusion.objects.create(
        meeting=meeting, number=meeting.conclusions.count() + 1, text=text.strip(), at=now, by=by
    )
    data = {"number": made.number, "text": made.text}
    audit.record("tasks.conclusion.recorded", obj=meeting, area_id=meeting.access_area_id, data=data, now=now, by=by)
    return made


@transaction.atomic
def task_from_conclusion(*, conclusion: Conclusion, plan: Plan, now: datetime, by: User) -> list[Task]:
    """Make a task (each occurrence of a recurring one) of a conclusion, linked both ways. Raises what `write_task` raises."""
    made = write_task(programme=conclusion.meeting.programme, plan=plan, now=now, by=by)
    ConclusionTask.objects.bulk_create(ConclusionTask(conclusion=conclusion, task=task) for task in made)
    return made


def _has_begun(meeting: Meeting, now: datetime) -> None:
    if localdate(now) < meeting.held_on:
        raise BadExchange(f"Cuộc họp đến ngày {date_text(meeting.held_on)} mới diễn ra. Hãy ghi sau khi họp.")


@transaction.atomic
def record_letter(
    *,
    programme: Programme,
    sender: Body,
    receiver: Body,
    number: str,
    dated_on: date,
    subject: str,
    answer_by: date | None = None,
    answers: Letter | None = None,
    attachment: Attachment | None = None,
    now: datetime,
    by: User,
) -> Letter:
    """Record a document that one body sent another, perhaps in answer to an earlier one. Raises NotAllowed, BadExchange."""
    _require(programme, now, by)
    if sender.pk == receiver.pk:
        raise BadExchange("Nơi gửi và nơi nhận là một. Hãy chọn hai cơ quan khác nhau.")
    if answer_by is not None and answer_by < dated_on:
        raise BadExchange("Hạn trả lời đứng trước ngày văn bản. Hãy sửa một trong hai ngày.")
    if answers is not None:
        if answers.programme_id != programme.pk or (answers.sender_id, answers.receiver_id) != (receiver.pk, sender.pk):
            raise BadExchange(
                f"Văn bản trả lời phải đi từ nơi nhận về nơi gửi của {answers}. Hãy chọn lại hai cơ quan."
            )
        if dated_on < answers.dated_on:
            raise BadExchange(f"Văn bản trả lời mang ngày trước văn bản được trả lời ({answers}). Hãy sửa ngày.")
    if Letter.objects.filter(sender=sender, number=number.strip(), dated_on=dated_on).exists():
        raise BadExchange(f"Văn bản {number.strip()} ngày {date_text(dated_on)} của {sender.name} đã được ghi.")
    letter = Letter.objects.create(
        programme=programme,
        sender=sender,
        receiver=receiver,
        number=number.strip(),
        dated_on=dated_on,
        subject=subject.strip(),
        answer_by=answer_by,
        answers=answers,
        attachment=attachment,
        recorded_at=now,
        recorded_by=by,
    )
    data = {"number": letter.number, "answers": answers.pk if answers else None, "answer_by": answer_by}
    audit.record("tasks.letter.recorded", obj=letter, area_id=programme.area_id, data=data, now=now, by=by)
    return letter
