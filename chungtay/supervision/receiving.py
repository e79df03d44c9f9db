"""What a citizen does without an account: tells something, asks by code how it stands, asks again, says whether the answer helped."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from chungtay.audit import services as audit
from chungtay.evidence import services as evidence
from chungtay.evidence.rules import NotEvidence
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.places.models import Area
from chungtay.supervision import words
from chungtay.supervision.contacts import Person, feedback_keys, keep_contact
from chungtay.supervision.models import Act, Feedback, FeedbackPicture, VisitorAct, VisitorDoor
from chungtay.supervision.moving import NotSaid, locked, move, required, told
from chungtay.supervision.rules import STATE_WORDS, Satisfaction, State, Thing, Verb
from chungtay.supervision.throttle import ALPHABET, BOUNDS, CODE_LENGTH, Sort, check, read_code, shown_code
from chungtay.supervision.timers import Timer, due_after
from chungtay.supervision.timing import rule_at

MOST_PICTURES = 3
_PHONE = re.compile(r"\+?[\d .()-]{8,20}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class BadContact(DomainError):
    """A telephone or e-mail address that cannot be one."""


class NoSuchCode(DomainError):
    """No matter has that code: one sentence whatever the reason."""

    def __init__(self) -> None:
        super().__init__("Không tìm thấy phản ánh với mã này. Hãy xem lại 12 ký tự của mã rồi nhập lại.")


@dataclass(frozen=True)
class Told:
    """How a matter stands, as its citizen sees it: the same parts whatever the state."""

    number: str
    received_on: date
    state: str
    body: str
    due_on: date | None
    answers: tuple[tuple[date, str, str], ...]
    note: str
    may_rate: bool
    may_ask_again: bool
    satisfaction: str


@transaction.atomic
def allow(sort: Sort, address: str, now: datetime) -> None:
    """Keep that a visitor did something. Raises TooMany when their address, or all together, did it too often.

    Whoever counts holds the door, so that of many at once no more get through than are allowed; a refusal leaves no row.
    """
    bound = BOUNDS[sort]
    since = now - bound.window
    digest = feedback_keys().index("address", address or "?")
    VisitorDoor.objects.get_or_create(sort=sort)
    VisitorDoor.objects.select_for_update().get(sort=sort)
    VisitorAct.objects.filter(sort=sort, at__lte=since).delete()
    inside = VisitorAct.objects.filter(sort=sort, at__gt=since)
    mine = list(inside.filter(address_digest=digest).order_by("at").values_list("at", flat=True))
    check(bound, mine, inside.count(), now)
    VisitorAct.objects.create(sort=sort, address_digest=digest, at=now)


def receive_feedback(
    *,
    area: Area,
    text: str,
    place: str = "",
    person: Person | None = None,
    pictures: "Sequence[UploadedFile[Any]]" = (),
    trap: str = "",
    address: str,
    now: datetime,
) -> str:
    """Take in what a citizen tells and return the code by which they, and nobody else, follow it.

    trap: what only a machine fills in; such a matter is answered alike and kept nowhere. Raises TooMany, NotSaid, BadContact,
    NotEvidence.
    """
    allow(Sort.SEND, address, now)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    said = required(text, "Hãy ghi điều bạn muốn phản ánh.", 3000)
    who = _checked(person or Person())
    if trap.strip():
        return shown_code(code)
    if len(pictures) > MOST_PICTURES:
        raise NotSaid(f"Chỉ gửi được nhiều nhất {MOST_PICTURES} ảnh. Hãy bỏ bớt rồi gửi lại.")
    kept = [_picture(upload, now) for upload in pictures]
    with transaction.atomic():
        Area.objects.select_for_update().get(pk=area.pk)
        year = localdate(now).year
        last = Feedback.objects.filter(area=area, year=year).aggregate(last=Max("number"))["last"] or 0
        row = Feedback.objects.create(
            area=area, year=year, number=last + 1, code_digest=feedback_keys().index("code", code), text=said,
            place=place.strip()[:300], received_at=now, search=fold(f"{said} {place}")[:3500],
        )  # fmt: skip
        keep_contact(row, who, now)
        for attachment in kept:
            FeedbackPicture.objects.create(feedback=row, attachment=attachment)
        Act.objects.create(
            thing=Thing.FEEDBACK, thing_id=row.pk, verb=Verb.EDIT, state_before="", state=row.state, revision=1, at=now
        )
        words.tell_received(row, now)
        data = {"number": str(row), "pictures": len(kept), "has_contact": who.is_anybody}
        audit.record("supervision.feedback.received", obj=row, area_id=area.pk, data=data, now=now, by=None)
    return shown_code(code)


def _picture(upload: "UploadedFile[Any]", now: datetime) -> Any:
    if not (upload.content_type or "").startswith("image/"):
        raise NotEvidence("Chỉ gửi được ảnh (JPG, PNG, WebP). Hãy chụp lại hoặc chọn ảnh khác.")
    kept = evidence.keep(upload=upload, now=now, by=None, name="anh-phan-anh.jpg")
    if not kept.is_picture:
        raise NotEvidence("Chỉ gửi được ảnh (JPG, PNG, WebP). Hãy chụp lại hoặc chọn ảnh khác.")
    return kept


def _checked(person: Person) -> Person:
    name, phone, email = person.name.strip()[:100], person.phone.strip()[:30], person.email.strip()[:120]
    if phone and not _PHONE.fullmatch(phone):
        raise BadContact("Số điện thoại chưa đúng. Hãy ghi lại, hoặc để trống nếu không muốn để lại.")
    if email and not _EMAIL.fullmatch(email):
        raise BadContact("Địa chỉ thư điện tử chưa đúng. Hãy ghi lại, hoặc để trống nếu không muốn để lại.")
    return Person(name, phone, email)


def _by_code(code: str) -> Feedback:
    digest = feedback_keys().index("code", read_code(code) or "-" * CODE_LENGTH)
    found = Feedback.objects.select_related("body", "merged_into__body").filter(code_digest=digest).first()
    if found is None:
        raise NoSuchCode
    return found


def look_up(*, code: str, address: str, now: datetime) -> Told:
    """Return how a matter stands, by its code. Raises TooMany, NoSuchCode."""
    allow(Sort.LOOK, address, now)
    return told_of(_by_code(code))


def told_of(row: Feedback) -> Told:
    """Return what the citizen sees of a matter; of one that was joined to another, how that one stands."""
    led = row.merged_into or row
    answers = led.answers.select_related("body").order_by("-version")
    refused = Act.objects.filter(thing=Thing.FEEDBACK, thing_id=row.pk, verb=Verb.REFUSE).order_by("-revision").first()
    note = "Phản ánh của bạn được giải quyết chung với một phản ánh trùng nội dung." if row.merged_into_id else ""
    if row.state == State.REFUSED and refused is not None:
        note = refused.note
    return Told(
        number=str(row),
        received_on=localdate(row.received_at),
        state=STATE_WORDS[State(led.state)],
        body=led.body.name if led.body else "",
        due_on=led.due_on,
        answers=tuple((localdate(one.at), one.body.name, one.text) for one in answers),
        note=note,
        may_rate=led.state in (State.ANSWERED, State.CLOSED),
        may_ask_again=led.state == State.ANSWERED,
        satisfaction=row.satisfaction,
    )


def rate(*, code: str, satisfaction: Satisfaction, address: str, now: datetime) -> Told:
    """Keep what the citizen says of the answer; the last word counts. Raises TooMany, NoSuchCode, NotSaid."""
    allow(Sort.LOOK, address, now)
    with transaction.atomic():
        row = locked(_by_code(code))
        if (row.merged_into or row).state not in (State.ANSWERED, State.CLOSED):
            raise NotSaid("Phản ánh chưa có trả lời nên chưa đánh giá được. Hãy quay lại sau.")
        row.satisfaction = satisfaction
        row.save(update_fields=["satisfaction"])
        data = {"number": str(row), "satisfaction": satisfaction}
        audit.record("supervision.feedback.rated", obj=row, area_id=row.area_id, data=data, now=now, by=None)
    return told_of(_by_code(code))


def ask_again(*, code: str, text: str, address: str, now: datetime) -> Told:
    """Send an answered matter back to the body, with what is still open; a new deadline begins. Of one that was joined to another,
    that one goes back. Raises TooMany, NoSuchCode, NotNow."""
    allow(Sort.LOOK, address, now)
    with transaction.atomic():
        own = _by_code(code)
        row = locked(own.merged_into or own)
        rule = rule_at(Timer.ANSWER, "feedback", row.area_id, localdate(now))
        row.due_on, row.due_basis = due_after(localdate(now), rule), rule.basis[:400]
        row.satisfaction = ""
        told(move(row, Verb.FOLLOW_UP, note=text[:1000], now=now, by=None), row, due_on=row.due_on)
    return told_of(_by_code(code))
