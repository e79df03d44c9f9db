"""The report of a supervision, the conclusion of a criticism: written version by version, frozen and published by a second person."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from chungtay.accounts.models import User
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.supervision.models import Criticism, Publication, Report, Supervision
from chungtay.supervision.moving import hash_of, locked, move, require, required, told
from chungtay.supervision.rules import Verb

Reported = Supervision | Criticism


class ContentDiffers(DomainError):
    """What is to be published is not what the person read."""


@transaction.atomic
def write_report(
    *,
    of: Reported,
    strengths: str,
    limits: str,
    proposals: str,
    attachment: Attachment | None = None,
    revision: int,
    now: datetime,
    by: User,
) -> Report:
    """Write the next version and put it before who publishes. Raises NotAllowed, NotNow, NotSaid, ChangedMeanwhile."""
    row = locked(of, revision)
    require(by, "edit", row, now)
    said = {
        "strengths": required(strengths, "Hãy ghi ưu điểm, điểm đồng tình (không có thì ghi “Không”).", 8000),
        "limits": required(limits, "Hãy ghi hạn chế, điểm cần xem lại (không có thì ghi “Không”).", 8000),
        "proposals": proposals.strip()[:8000],
    }
    last = row.reports.aggregate(last=Max("version"))["last"] or 0
    file = attachment.sha256 if attachment else ""
    made = Report.objects.create(
        **{row.thing.value: row},
        version=last + 1,
        attachment=attachment,
        content_hash=hash_of({**said, "file": file, "of": str(row.pk)}),
        at=now,
        by=by,
        **said,
    )
    row.reported_by = by
    told(
        move(row, Verb.REPORT, note=f"Bản {made.version}", now=now, by=by),
        row,
        version=made.version,
        hash=made.content_hash,
    )
    return made


@transaction.atomic
def send_report_back(*, of: Reported, reason: str, revision: int, now: datetime, by: User) -> Reported:
    """Ask for another version, with the reason. Raises NotAllowed, NotNow, ReasonMissing, ChangedMeanwhile."""
    row = locked(of, revision)
    require(by, "publish", row, now, authors=row.access_authors)
    told(move(row, Verb.SEND_BACK, note=reason, now=now, by=by), row, reason=reason.strip())
    return row


@transaction.atomic
def publish_report(
    *, of: Reported, number: str, content_hash: str, revision: int, now: datetime, by: User
) -> Publication:
    """Issue the version that the person read, frozen word for word; never by who wrote it.

    Raises NotAllowed, NotNow, ContentDiffers, NotSaid, ChangedMeanwhile.
    """
    row = locked(of, revision)
    require(by, "publish", row, now, authors=row.access_authors)
    report = row.reports.order_by("-version").first()
    act_verb = Verb.PUBLISH
    row.published_on = localdate(now)
    said = required(number, "Hãy ghi số, ký hiệu của báo cáo hoặc văn bản phản biện.", 100)
    act = move(row, act_verb, note=said, now=now, by=by)
    if report is None or report.content_hash != content_hash:
        raise ContentDiffers("Nội dung vừa có bản mới hơn bản bạn đã đọc. Hãy tải lại trang, đọc lại rồi ban hành.")
    frozen = {
        "kind": row.thing.value,
        "number": str(row),
        "subject": row.subject,
        "body": row.body.name,
        "target": row.target.name,
        "form": row.form_words,
        "strengths": report.strengths,
        "limits": report.limits,
        "proposals": report.proposals,
    }
    made = Publication.objects.create(
        report=report,
        number=said,
        published_on=row.published_on,
        frozen=frozen,
        content_hash=hash_of(frozen),
        at=now,
        by=by,
    )
    told(act, row, number_of_paper=said, hash=made.content_hash)
    return made
