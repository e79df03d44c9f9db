"""Writes of what surrounds the report: arrangement, lines of the file, attendance, comments, the meeting, the news draft."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.evidence.models import Attachment, Kind
from chungtay.kernel.errors import DomainError
from chungtay.places.models import Body
from chungtay.programmes.models import Programme
from chungtay.reviews import selectors
from chungtay.reviews.changing import MovedOn, locked
from chungtay.reviews.dossier_rules import BadRecord, RecordKind, check_award, check_record, check_words
from chungtay.reviews.models import (
    Arrangement,
    Attendance,
    Comment,
    CommentEnd,
    ConferenceMeeting,
    DossierRecord,
    DossierRecordEnd,
    NewsDraft,
    Review,
    ReviewBlock,
)
from chungtay.reviews.news import Slot, Story, check_story
from chungtay.reviews.rewriting import put_awards
from chungtay.reviews.rules import check_draft
from chungtay.tasks import services as tasks
from chungtay.tasks.models import Meeting


class NotOpen(DomainError):
    """What is settled or taken out already, or is none of this review's."""


def _row(review: Review, now: datetime, by: User) -> Review:
    """The file of a review is written before, during and after its report: its state does not matter."""
    return locked(review, now, by, may_be_sent=True)


def _audit(what: str, row: Review, data: Mapping[str, Any], now: datetime, by: User) -> None:
    audit.record(f"reviews.{what}", obj=row, area_id=row.area_id, data=data, now=now, by=by)


@transaction.atomic
def arrange(*, review: Review, seen: int, now: datetime, by: User, **said: Any) -> Arrangement:
    """Write how the review is planned and held, over the version that the person saw (0: none). Raises NotAllowed, MovedOn."""
    row = _row(review, now, by)
    number = row.arrangements.count()
    if number != seen:
        raise MovedOn
    made = Arrangement.objects.create(review=row, number=number + 1, at=now, by=by, **said)
    _audit("arrangement.written", row, {"version": made.number, "held_on": made.held_on}, now, by)
    return made


@transaction.atomic
def add_record(
    *,
    review: Review,
    kind: RecordKind,
    name: str,
    detail: str = "",
    note: str = "",
    attachment: Attachment | None = None,
    now: datetime,
    by: User,
) -> DossierRecord:
    """Add a line to the file. The attachment is kept beforehand (`evidence.services.keep`).

    Raises NotAllowed, BadRecord, and NotDraft for a commendation once the report waits for its signature.
    """
    is_award = kind is RecordKind.COMMENDATION
    row = locked(review, now, by, may_be_sent=not is_award)  # the list of commendations is part of the report
    name, detail = check_record(kind, name=name, detail=detail, has_file=attachment is not None)
    if is_award:
        check_award(name, detail, selectors.content_of(row).names_with_digits)
    if kind is RecordKind.PICTURE and attachment is not None and attachment.kind != Kind.PICTURE:
        raise BadRecord(f"Tệp “{attachment.name}” không phải ảnh. Hãy chọn ảnh JPEG, PNG hoặc WebP.")
    made = DossierRecord.objects.create(
        review=row, kind=kind, name=name, detail=detail, note=note.strip(), attachment=attachment, at=now, by=by
    )
    data = {"kind": kind, "name": name, "attachment": attachment.pk if attachment else None}
    _audit("record.added", row, data, now, by)
    if is_award:
        put_awards(row, now, by)
    return made


@transaction.atomic
def end_record(*, review: Review, record_id: UUID, now: datetime, by: User) -> None:
    """Take a line out of the file; its row stays. Raises NotAllowed, NotOpen, NotDraft for a commendation."""
    row = _row(review, now, by)
    is_award = row.records.filter(pk=record_id, kind=RecordKind.COMMENDATION).exists()
    if is_award:
        check_draft(row.state)
    record = row.records.filter(pk=record_id, end__isnull=True).first()
    if record is None:
        raise NotOpen("Dòng này không còn trong hồ sơ. Hãy tải lại trang.")
    DossierRecordEnd.objects.create(record=record, at=now, by=by)
    _audit("record.ended", row, {"kind": record.kind, "name": record.name}, now, by)
    if is_award:
        put_awards(row, now, by)


@transaction.atomic
def note_attendance(*, review: Review, present: Sequence[UUID], now: datetime, by: User) -> int:
    """Write down who of the delegates came; only what differs from the last word is written. Return how many rows were."""
    row = _row(review, now, by)
    written = 0
    for delegate in live_records(row, RecordKind.DELEGATE):
        last = delegate.attendance.order_by("-id").first()
        came = delegate.pk in set(present)
        if last is None or last.is_present != came:
            Attendance.objects.create(record=delegate, is_present=came, at=now, by=by)
            written += 1
    if written:
        _audit("attendance.noted", row, {"present": len(present), "written": written}, now, by)
    return written


@transaction.atomic
def comment_on(*, block: ReviewBlock, text: str, now: datetime, by: User) -> Comment:
    """Keep a comment on a paragraph with the words as they stand. Raises NotAllowed, BadRecord."""
    row = locked(block.review, now, by, right="comment", may_be_sent=True)
    made = Comment.objects.create(
        review=row,
        section=block.section,
        name=block.name,
        quote=block.text,
        text=check_words(text, "Góp ý"),
        at=now,
        by=by,
    )
    _audit("comment.made", row, {"place": f"{block.section}/{block.name}"}, now, by)
    return made


@transaction.atomic
def settle_comment(*, review: Review, comment_id: UUID, note: str, now: datetime, by: User) -> CommentEnd:
    """Say how a comment was dealt with. Raises NotAllowed, NotOpen, BadRecord."""
    row = _row(review, now, by)
    comment = row.comments.filter(pk=comment_id, end__isnull=True).first()
    if comment is None:
        raise NotOpen("Góp ý này đã được khép. Hãy tải lại trang để xem cách xử lý.")
    made = CommentEnd.objects.create(comment=comment, note=check_words(note, "Cách xử lý"), at=now, by=by)
    _audit("comment.settled", row, {"comment": str(comment.pk)}, now, by)
    return made


@transaction.atomic
def hold_conference(*, review: Review, now: datetime, by: User) -> Meeting:
    """Enter the arranged conference among the meetings of the area's plan, where its conclusions become tasks.

    Raises NotAllowed, NotOpen when it is entered already, lacks day, chair or agenda, or the area has no plan; BadExchange.
    """
    row = _row(review, now, by)
    if ConferenceMeeting.objects.filter(review=row).exists():
        raise NotOpen("Hội nghị này đã vào sổ họp. Hãy mở từ mục Kết luận.")
    last = arrangement_of(row)
    if last is None or last.held_on is None or not last.chair or not last.agenda:
        raise NotOpen("Chưa đủ ngày, người chủ trì và chương trình hội nghị. Hãy bổ sung ở mục Kế hoạch, hội nghị.")
    plan = Programme.objects.filter(Q(pk=row.programme_id) | Q(parent=row.programme), area_id=row.area_id).first()
    if plan is None:
        raise NotOpen("Đơn vị chưa có kế hoạch thực hiện chương trình nên chưa có nơi giao nhiệm vụ. Hãy lập kế hoạch.")
    bodies = list(Body.objects.filter(area_id=row.area_id).order_by("kind", "pk"))
    meeting = tasks.record_meeting(
        programme=plan,
        title=f"Hội nghị {row.word} {row.programme}"[:300],
        held_on=last.held_on,
        chair=last.chair,
        agenda=last.agenda,
        place=last.place,
        bodies=bodies,
        now=now,
        by=by,
    )
    ConferenceMeeting.objects.create(review=row, meeting=meeting, at=now, by=by)
    _audit("conference.held", row, {"meeting": str(meeting.pk)}, now, by)
    return meeting


@transaction.atomic
def write_news(*, review: Review, story: Story, seen: int, now: datetime, by: User) -> NewsDraft:
    """Keep a version of the news draft over the one that the person saw (0: none).

    Raises NotAllowed, MovedOn, BadRecord, and BadWording for a figure typed by hand.
    """
    row = _row(review, now, by)
    number = row.news.count()
    if number != seen:
        raise MovedOn
    kept = check_story(story, selectors.content_of(row))
    pictures = {str(one.pk) for one in live_records(row, RecordKind.PICTURE)}
    slots = [{"caption": slot.caption, "record": slot.record if slot.record in pictures else ""} for slot in kept.slots]
    made = NewsDraft.objects.create(
        review=row, number=number + 1, title=kept.title, lead=kept.lead, body=kept.body, slots=slots, at=now, by=by
    )
    _audit("news.written", row, {"version": made.number}, now, by)
    return made


# ---------------------------------------------------------------- reads


def arrangement_of(review: Review) -> Arrangement | None:
    """Return the arrangement in force, None before the first."""
    return review.arrangements.select_related("by").order_by("-number").first()


def live_records(review: Review, kind: RecordKind | None = None) -> list[DossierRecord]:
    """Return the lines of the file, of one kind or all, oldest first."""
    found = review.records.filter(end__isnull=True).select_related("attachment", "by")
    return list((found if kind is None else found.filter(kind=kind)).order_by("at", "id"))


def present_of(review: Review) -> dict[UUID, bool]:
    """Return for each delegate the last word on whether they came."""
    rows = Attendance.objects.filter(record__review=review).order_by("id")
    return dict(rows.values_list("record_id", "is_present"))


def news_of(review: Review) -> Story | None:
    """Return the news draft in force, None before the first."""
    last = review.news.order_by("-number").first()
    if last is None:
        return None
    slots = tuple(Slot(slot["caption"], slot["record"]) for slot in last.slots)
    return Story(last.title, last.lead, last.body, slots)


def may_comment(actor: User, review: Review, now: datetime) -> bool:
    """Return whether the person may comment on the review's paragraphs."""
    return access.keys_of(actor, on=localdate(now)).can("comment", review)
