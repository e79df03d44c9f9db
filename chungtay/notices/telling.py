"""Telling people something: a notice in the inbox of each, and a message to those who want to hear of the kind at once.

It is written in the transaction of the act that it tells of: what is undone was never told.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import localtime

from chungtay.accounts.models import User
from chungtay.audit.rows import insert_free
from chungtay.kernel.folding import fold, nfc
from chungtay.notices.channels import Channel, channels_on
from chungtay.notices.models import Delivery, Notice, PersonSetting, Preference
from chungtay.notices.registry import kind_of
from chungtay.notices.rules import Pace, State, opens_at
from chungtay.places.models import Area

LONGEST_SUBJECT, LONGEST_TEXT = 200, 1000


@transaction.atomic
def tell(
    *,
    kind: str,
    to: Iterable[User],
    key: str,
    subject: str,
    url: str,
    text: str = "",
    area: Area | UUID | None = None,
    now: datetime,
    by: User | None,
) -> int:
    """Tell people something once for ever under a key; return how many had not been told. Whoever did it is not told.

    Raises KeyError for a kind that nobody registered.
    """
    usual = kind_of(kind).pace
    subject, text = _cut(subject, LONGEST_SUBJECT), _cut(text, LONGEST_TEXT)
    area_id = area.pk if isinstance(area, Area) else area
    people = {person.pk: person for person in to if person.is_active and (by is None or person.pk != by.pk)}
    known = set(Notice.objects.filter(to__in=people, key=key).values_list("to", flat=True)) if people else set()
    fresh = [person for pk, person in people.items() if pk not in known]
    if not fresh:
        return 0
    words = fold(f"{subject} {text}")[:1200]
    made = [
        Notice(to=one, kind=kind, key=key, subject=subject, text=text, url=url, words=words, area_id=area_id, at=now)
        for one in fresh
    ]
    told = insert_free(Notice, _rows(made))
    if channels := channels_on():
        paces = paces_of([person.pk for person in fresh], kind, usual)
        at_once = [person for person in fresh if paces[person.pk] is Pace.NOW]
        enqueue(at_once, channels, key=key, subject=subject, body=body_of(text, url), now=now)
    return told


@transaction.atomic
def tell_waiting(
    *,
    kind: str,
    to: Iterable[User],
    key: str,
    subject: str,
    url: str,
    text: str = "",
    area: Area | UUID | None = None,
    now: datetime,
    by: User | None,
) -> int:
    """Tell people that something waits for them, once until they have read it: of three hundred that come in a day, one notice.

    key: what sort of thing waits where. Return how many were told; of many at once each person still hears one.
    """
    people = list(to)
    rows = Notice.objects.filter(to__in=people, kind=kind, key__startswith=f"{key}/").values_list("to")
    counted = rows.annotate(told=Count("id"), unread=Count("id", filter=Q(read_at=None)))
    said = {pk: (told, unread) for pk, told, unread in counted}
    turns: dict[int, list[User]] = {}
    for person in people:
        told, unread = said.get(person.pk, (0, 0))
        if not unread:
            turns.setdefault(told, []).append(person)
    return sum(
        tell(kind=kind, to=found, key=f"{key}/{turn}", subject=subject, url=url, text=text, area=area, now=now, by=by)
        for turn, found in turns.items()
    )


def paces_of(people: Sequence[UUID], kind: str, usual: Pace) -> dict[UUID, Pace]:
    """Return how soon each person wants to hear of a kind (one query)."""
    said = dict(Preference.objects.filter(user__in=people, kind=kind).values_list("user", "pace"))
    return {pk: Pace(said.get(pk, usual)) for pk in people}


def enqueue(
    people: Sequence[User], channels: Sequence[Channel], *, key: str, subject: str, body: str, now: datetime
) -> int:
    """Queue a message to people by every way they are reached by, after their quiet hours; return how many are new."""
    hours = settings_of([person.pk for person in people])
    made = [
        Delivery(
            to=person,
            channel=channel.code,
            key=key,
            subject=subject,
            body=body,
            state=State.QUEUED,
            at=now,
            due_at=opens_at(localtime(now), hours[person.pk].quiet_from, hours[person.pk].quiet_to),
        )
        for person in people
        for channel in channels
        if channel.address_of(hours[person.pk])
    ]
    return insert_free(Delivery, _rows(made)) if made else 0


def settings_of(people: Iterable[UUID]) -> Mapping[UUID, PersonSetting]:
    """Return the setting of each person, the usual one for who never chose (one query)."""
    wanted = list(people)
    said = {row.user_id: row for row in PersonSetting.objects.filter(user__in=wanted)}
    return {pk: said.get(pk) or PersonSetting(user_id=pk) for pk in wanted}


def body_of(text: str, url: str) -> str:
    """Return what a message says, with the address to open."""
    return "\n\n".join(part for part in (text, f"Mở: {settings.SITE_ADDRESS}{url}") if part)


def _cut(text: str, longest: int) -> str:
    plain = nfc(" ".join(text.split()))
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def _rows(made: Sequence[Notice | Delivery]) -> list[list[object]]:
    return [[getattr(one, field.attname) for field in one._meta.concrete_fields] for one in made]
