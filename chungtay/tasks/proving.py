"""Evidence comes to a task from whoever's part it is; a row is taken back by another row, never removed."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.tasks import registry
from chungtay.tasks.models import Duty, Evidence, Task
from chungtay.tasks.models.acts import EvidenceKind
from chungtay.tasks.moving import matter_of
from chungtay.tasks.rules import State, Verb, step
from chungtay.tasks.writing import locked


class NothingSaid(DomainError):
    """Evidence without a word of what it shows, or a judgement without its reason."""


class AlreadyThere(DomainError):
    """The same record was attached before."""


class NotYours(DomainError):
    """Evidence is taken back by who brought it."""


def attach_document(
    *, task: Task, attachment: Attachment, note: str, duty: Duty | None = None, now: datetime, by: User
) -> Evidence:
    """Attach a kept file and say what it shows. Raises NotAllowed, NotNow, NothingSaid."""
    said = _said(note, "Hãy ghi tệp này chứng minh điều gì (ví dụ: Kế hoạch 12/KH-UBND đã ban hành).")
    return _add(task, duty, now, by, kind=EvidenceKind.DOCUMENT, attachment=attachment, note=said)


def attach_record(
    *, task: Task, kind: str, source_id: str, note: str, duty: Duty | None = None, now: datetime, by: User
) -> Evidence:
    """Attach a record of another room, of a kind that it registered. Raises NotAllowed, NotNow, AlreadyThere, LookupError."""
    if not registry.is_known(kind):
        raise LookupError(f"No room has registered evidence of the kind {kind!r}")
    said = _said(note, "Hãy ghi hoạt động này góp gì cho nhiệm vụ.")
    same = Evidence.objects.filter(task=task, kind=EvidenceKind.RECORD, source_kind=kind, source_id=source_id)
    if same.exists():
        raise AlreadyThere("Hoạt động này đã được gắn với nhiệm vụ. Không cần gắn lần nữa.")
    return _add(task, duty, now, by, kind=EvidenceKind.RECORD, source_kind=kind, source_id=source_id, note=said)


def judge(*, task: Task, percent: int, reason: str, now: datetime, by: User) -> Evidence:
    """Say how far the task has come by one's own judgement, with the reason. Raises NotAllowed, NotNow, NothingSaid."""
    if not 0 <= percent <= 100:
        raise NothingSaid("Mức độ hoàn thành là một số từ 0 đến 100. Hãy sửa lại.")
    said = _said(reason, "Ước lượng phải có lý do: dựa vào đâu, còn vướng gì. Hãy ghi một câu.")
    return _add(task, None, now, by, kind=EvidenceKind.JUDGEMENT, percent=percent, note=said)


@transaction.atomic
def withdraw(*, evidence: Evidence, reason: str, now: datetime, by: User) -> Evidence:
    """Take back what one brought; both rows stay. Raises NotYours, NotNow, NothingSaid."""
    row = locked(evidence.task)
    if evidence.by_id != by.pk:
        raise NotYours(f"Minh chứng này do {evidence.by.full_name} đưa vào; chỉ người đó rút được.")
    if Evidence.objects.filter(withdraws=evidence).exists() or evidence.withdraws_id:
        raise NotYours("Minh chứng này đã được rút trước đó. Hãy tải lại trang.")
    step(State(row.state), Verb.PROVE)
    said = _said(reason, "Hãy ghi vì sao rút minh chứng này.")
    same = {name: getattr(evidence, name) for name in ("kind", "attachment", "source_kind", "source_id", "percent")}
    made = Evidence.objects.create(task=row, duty=evidence.duty, withdraws=evidence, note=said, at=now, by=by, **same)
    data = {"evidence": evidence.pk, "reason": said}
    audit.record("tasks.evidence.withdrawn", obj=made, area_id=row.access_area_id, data=data, now=now, by=by)
    return made


@transaction.atomic
def _add(task: Task, duty: Duty | None, now: datetime, by: User, **what: object) -> Evidence:
    row = locked(task)
    if duty is not None:
        duty = row.duties.select_related("body", "task__programme").get(pk=duty.pk)
    access.require(by, "report", matter_of(duty or row, Verb.PROVE), on=localdate(now))
    step(State(row.state), Verb.PROVE)
    made = Evidence.objects.create(task=row, duty=duty, at=now, by=by, **what)
    data = {"task": row.label, "kind": made.kind, "percent": made.percent, "attachment": made.attachment_id}
    audit.record("tasks.evidence.added", obj=made, area_id=row.access_area_id, data=data, now=now, by=by)
    return made


def _said(text: str, sentence: str) -> str:
    said = text.strip()
    if not said:
        raise NothingSaid(sentence)
    return said[:500]
