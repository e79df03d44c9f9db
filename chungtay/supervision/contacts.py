"""Who told a feedback: sealed apart from what was told, opened only with a purpose that is logged, erased by destroying its key."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.sealing.keys import keys_of
from chungtay.sealing.seals import DoesNotOpen, WorkspaceKeys
from chungtay.supervision.models import Contact, ContactKey, ContactLook, Feedback
from chungtay.supervision.moving import required


class ContactGone(DomainError):
    """There is no contact, its key was destroyed, or the workspace has another key."""


@dataclass(frozen=True, repr=False)
class Person:
    """Who told it, as far as they said."""

    name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def is_anybody(self) -> bool:
        """Whether anything was said."""
        return bool(self.name or self.phone or self.email)


def feedback_keys() -> WorkspaceKeys:
    """Return the keys of feedback of this workspace."""
    return keys_of("feedback", Path(settings.DATA_DIR))


def keep_contact(feedback: Feedback, person: Person, now: datetime) -> None:
    """Keep who told it, sealed; nothing when nobody said who they are. The caller's transaction holds."""
    if not person.is_anybody:
        return
    seal, sealed = feedback_keys().new_key(feedback.pk)
    contact = Contact.objects.create(
        feedback=feedback,
        name_sealed=seal.seal("name", person.name),
        phone_sealed=seal.seal("phone", person.phone),
        email_sealed=seal.seal("email", person.email),
        at=now,
    )
    ContactKey.objects.create(contact=contact, sealed=sealed)


@transaction.atomic
def look_at_contact(*, feedback: Feedback, purpose: str, now: datetime, by: User) -> Person:
    """Return who told it, and log who looked and what for. Raises NotAllowed, NotSaid, ContactGone."""
    access.require(by, "disclose", feedback, on=localdate(now))
    said = required(purpose, "Hãy ghi xem thông tin người phản ánh để làm gì.", 300)
    contact = Contact.objects.filter(feedback=feedback).first()
    key = ContactKey.objects.filter(contact=contact).first() if contact else None
    if contact is None or key is None:
        raise ContactGone("Người phản ánh không để lại thông tin liên hệ, hoặc thông tin đã được xóa.")
    try:
        seal = feedback_keys().opened(feedback.pk, bytes(key.sealed))
    except DoesNotOpen:
        raise ContactGone("Không mở được thông tin liên hệ bằng khóa hiện tại. Hãy báo quản trị hệ thống.") from None
    person = Person(
        seal.open("name", contact.name_sealed),
        seal.open("phone", contact.phone_sealed),
        seal.open("email", contact.email_sealed),
    )
    ContactLook.objects.create(contact=contact, purpose=said, at=now, by=by)
    data = {"number": str(feedback), "purpose": said}
    audit.record("supervision.contact.looked_at", obj=feedback, area_id=feedback.area_id, data=data, now=now, by=by)
    return person


@transaction.atomic
def erase_contact(*, feedback: Feedback, reason: str, now: datetime, by: User) -> None:
    """Destroy the key of a contact: it opens nowhere any more, in copies of the database neither. Raises NotAllowed, ContactGone."""
    access.require(by, "disclose", feedback, on=localdate(now))
    said = required(reason, "Hãy ghi vì sao xóa (ví dụ: người phản ánh yêu cầu).", 300)
    if not ContactKey.objects.filter(contact__feedback=feedback).delete()[0]:
        raise ContactGone("Không có thông tin liên hệ để xóa.")
    Contact.objects.filter(feedback=feedback).update(name_sealed=b"", phone_sealed=b"", email_sealed=b"")
    data = {"number": str(feedback), "reason": said}
    audit.record("supervision.contact.erased", obj=feedback, area_id=feedback.area_id, data=data, now=now, by=by)


def contact_left(feedback_id: UUID) -> bool:
    """Say whether a contact is there that can be opened."""
    return ContactKey.objects.filter(contact_id=feedback_id).exists()
