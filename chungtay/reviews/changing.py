"""How a review is changed: under its lock, counted, kept in its history, audited. Only the services call this."""

from datetime import datetime

from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.reviews import words
from chungtay.reviews.models import Review, ReviewBlock, ReviewEdit
from chungtay.reviews.rules import check_draft

PAST = {
    "edit": "edited",
    "restore": "restored",
    "refresh": "refreshed",
    "head": "head_set",
    "figure": "figure_added",
    "submit": "submitted",
    "reopen": "reopened",
    "publish": "published",
    "take_up": "assessments_taken_up",
    "template": "template_chosen",
    "awards": "commendations_listed",
}


class MovedOn(DomainError):
    """Somebody else changed the review in the meantime."""

    def __init__(self) -> None:
        super().__init__("Báo cáo vừa được người khác sửa. Hãy tải lại trang để xem bản mới rồi sửa tiếp.")


def locked(
    review: Review,
    now: datetime,
    by: User,
    revision: int | None = None,
    *,
    right: str = "edit",
    may_be_sent: bool = False,
) -> Review:
    """Return the row under lock once the actor may do this to it as it stands now. Raises NotAllowed, NotDraft, MovedOn."""
    row = Review.objects.select_for_update(of=("self",)).select_related("programme", "area").get(pk=review.pk)
    access.require(by, right, row, localdate(now))
    if not may_be_sent:
        check_draft(row.state)
    if revision is not None and row.revision != revision:
        raise MovedOn
    return row


def changed(
    row: Review,
    verb: str,
    now: datetime,
    by: User,
    *,
    block: ReviewBlock | None = None,
    place: str = "",
    old: str = "",
    new: str = "",
) -> None:
    """Count the revision up, keep what was and what is, and audit it."""
    row.revision += 1
    row.updated_at = now
    row.save()
    ReviewEdit.objects.create(
        review=row,
        block_id=block.pk if block else None,
        verb=verb,
        place=place or (f"{block.section}/{block.name}" if block else ""),
        old_text=old,
        new_text=new,
        revision=row.revision,
        at=now,
        by=by,
    )
    words.tell_moved(row, verb, now, by)
    data = {"revision": row.revision, "verb": verb, "place": place or (block.name if block else "")}
    audit.record(f"reviews.review.{PAST[verb]}", obj=row, area_id=row.area_id, data=data, now=now, by=by)
