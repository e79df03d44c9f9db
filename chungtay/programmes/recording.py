"""Recording the documents of a programme: as signed, never changed; a wrong record is withdrawn and recorded again."""

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
from chungtay.programmes.document_rules import Effect
from chungtay.programmes.models import Document, DocumentFile, DocumentParty, Programme, Withdrawal


class BadDocument(DomainError):
    """What is said of a document does not go together."""


@transaction.atomic
def record_document(
    *,
    programme: Programme,
    kind: str,
    number: str,
    abstract: str,
    signed_on: date,
    effect_from: date,
    effect_to: date | None = None,
    parties: Sequence[Body],
    amends: Document | None = None,
    effect: Effect | None = None,
    note: str = "",
    files: Sequence[Attachment] = (),
    now: datetime,
    by: User,
) -> Document:
    """Record a signed document, perhaps one that does something to an earlier one. Raises NotAllowed, BadDocument."""
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    access.require(by, "edit", Matter("document", programme.area_id), on=localdate(now))
    said = {"kind": kind, "number": number, "abstract": abstract, "note": note}
    said = {name: " ".join(text.split()) for name, text in said.items()}
    _check(programme, said, signed_on, effect_from, effect_to, parties, now)
    if (amends is None) != (effect is None):
        raise BadDocument(
            "Hãy chọn cả văn bản được sửa và cách sửa (sửa đổi, thay thế hay bãi bỏ), hoặc để trống cả hai."
        )
    if amends is not None:
        _check_amendment(programme, amends, said["note"], signed_on, effect_from)
    document = Document.objects.create(
        programme=programme,
        **said,
        signed_on=signed_on,
        effect_from=effect_from,
        effect_to=effect_to,
        amends=amends,
        effect=effect or "",
        recorded_at=now,
        recorded_by=by,
    )
    DocumentParty.objects.bulk_create(
        DocumentParty(document=document, body=body, position=at) for at, body in enumerate(parties, 1)
    )
    _attach(document, files)
    data = {
        "number": document.number,
        "amends": amends.pk if amends else None,
        "effect": document.effect,
        "files": [file.pk for file in files],
    }
    audit.record("programmes.document.recorded", obj=document, area_id=programme.area_id, data=data, now=now, by=by)
    return document


@transaction.atomic
def add_files(*, document: Document, files: Sequence[Attachment], now: datetime, by: User) -> None:
    """Add files to a recorded document, such as the signed scan that came later. Raises NotAllowed, BadDocument."""
    _standing(document, now, by)
    if not files:
        raise BadDocument("Chưa chọn tệp nào. Hãy chọn bản ký (PDF, ảnh hoặc Word) rồi gửi lại.")
    _attach(document, files)
    data = {"files": [file.pk for file in files]}
    area_id = document.programme.area_id
    audit.record("programmes.document.files_added", obj=document, area_id=area_id, data=data, now=now, by=by)


@transaction.atomic
def withdraw_document(*, document: Document, reason: str, now: datetime, by: User) -> Withdrawal:
    """Take a wrong record back: it does nothing any more, and stays readable. Raises NotAllowed, BadDocument."""
    _standing(document, now, by)
    said = " ".join(reason.split())
    if not said:
        raise BadDocument("Chưa ghi lý do rút. Hãy ghi bản ghi này sai ở đâu.")
    made = Withdrawal.objects.create(document=document, reason=said, at=now, by=by)
    area_id = document.programme.area_id
    data = {"reason": said}
    audit.record("programmes.document.withdrawn", obj=document, area_id=area_id, data=data, now=now, by=by)
    return made


def _standing(document: Document, now: datetime, by: User) -> None:
    Programme.objects.select_for_update(of=("self",)).get(pk=document.programme_id)
    access.require(by, "edit", Matter("document", document.programme.area_id), on=localdate(now))
    if Withdrawal.objects.filter(document=document).exists():
        raise BadDocument(f"Bản ghi {document} đã được rút. Hãy ghi lại văn bản bằng một bản ghi mới.")


def _attach(document: Document, files: Sequence[Attachment]) -> None:
    first = document.files.count() + 1
    DocumentFile.objects.bulk_create(
        DocumentFile(document=document, number=at, attachment=file) for at, file in enumerate(files, first)
    )


def _check(
    programme: Programme,
    said: dict[str, str],
    signed_on: date,
    effect_from: date,
    effect_to: date | None,
    parties: Sequence[Body],
    now: datetime,
) -> None:
    if not (said["kind"] and said["number"] and said["abstract"]):
        raise BadDocument("Văn bản cần đủ loại, số ký hiệu và trích yếu. Hãy ghi ô còn trống.")
    if not parties or len({body.pk for body in parties}) != len(parties):
        raise BadDocument("Hãy chọn ít nhất một cơ quan ký, mỗi cơ quan một lần.")
    if signed_on > localdate(now):
        raise BadDocument(f"Ngày ký {date_text(signed_on)} chưa tới. Chỉ ghi văn bản đã ký.")
    if effect_to is not None and effect_to < effect_from:
        raise BadDocument("Ngày hết hiệu lực đứng trước ngày có hiệu lực. Hãy sửa một trong hai ngày.")
    standing = Document.objects.filter(programme=programme, number=said["number"], signed_on=signed_on)
    if standing.filter(withdrawal__isnull=True).exists():
        raise BadDocument(f"Văn bản {said['number']} ngày {date_text(signed_on)} đã được ghi trong chương trình này.")


def _check_amendment(programme: Programme, amends: Document, note: str, signed_on: date, effect_from: date) -> None:
    if amends.programme_id != programme.pk or Withdrawal.objects.filter(document=amends).exists():
        raise BadDocument("Văn bản được sửa phải là văn bản còn giá trị của cùng chương trình. Hãy chọn lại.")
    if signed_on < amends.signed_on or effect_from < amends.effect_from:
        raise BadDocument(
            f"Văn bản sửa đổi phải ký và có hiệu lực không sớm hơn {amends} "
            f"(ký {date_text(amends.signed_on)}, hiệu lực {date_text(amends.effect_from)}). Hãy sửa ngày."
        )
    if not note:
        raise BadDocument(f"Chưa ghi sửa gì ở {amends}. Hãy ghi điều, khoản hoặc nội dung được sửa.")
