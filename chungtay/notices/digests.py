"""What a day brings: what is due is said to whom it is due to be said, and digests are written for who reads at their pace."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import get_current_timezone, localdate, localtime

from chungtay.access import selectors as access
from chungtay.kernel.text import date_text
from chungtay.notices.chains import steps_due
from chungtay.notices.channels import channels_on
from chungtay.notices.models import Notice, PersonSetting, Preference
from chungtay.notices.registry import due, kinds
from chungtay.notices.rules import DIGEST_AT, Pace, is_digest_due
from chungtay.notices.selectors import Chains
from chungtay.notices.telling import enqueue, tell
from chungtay.web.waiting import Asked, Waiting, waiting_for

MOST_NAMED = 20


def tell_due(*, now: datetime) -> int:
    """Tell what every room finds due, each step of its chain once; return how many were told. The second run adds nothing."""
    told = 0
    chains = Chains(localdate(now))
    for one in due(now):
        for step in steps_due(chains.at(one.chain, one.area_id).steps, one.days):
            told += tell(
                kind=one.kind,
                to=one.people(step.who),
                key=f"{one.key}/{step.key}",
                subject=one.subject,
                text=one.text,
                url=one.url,
                area=one.area_id,
                now=now,
                by=None,
            )
    return told


def write_digests(*, now: datetime) -> int:
    """Queue the digests of the day, and on Mondays those of the week; return how many. Nothing new and nothing waiting: none."""
    channels = channels_on()
    today = localdate(now)
    if not channels or localtime(now).time() < DIGEST_AT:
        return 0
    people = PersonSetting.objects.filter(user__is_active=True).exclude(email="").select_related("user")
    written = 0
    for person in people.order_by("pk"):
        for pace, last in ((Pace.DAILY, person.digest_on), (Pace.WEEKLY, person.weekly_on)):
            if is_digest_due(pace, today, last):
                written += _digest(person, pace, last, today, now)
    return written


@transaction.atomic
def _digest(person: PersonSetting, pace: Pace, last: date | None, today: date, now: datetime) -> int:
    user = person.user
    codes = _codes_at(pace, user.pk)
    new = Notice.objects.filter(to=user, kind__in=codes, read_at=None)
    if last is not None:
        new = new.filter(at__gt=_begin(last))
    found = list(new.order_by("-at")[: MOST_NAMED + 1])
    waiting = waiting_for(Asked(user, access.keys_of(user, on=today), today)) if codes else []
    field = "digest_on" if pace is Pace.DAILY else "weekly_on"
    PersonSetting.objects.filter(pk=person.pk).update(**{field: today})
    if not found and not waiting:
        return 0
    word = "hôm nay" if pace is Pace.DAILY else "tuần này"
    subject = f"Chung Tay {word}: {len(waiting)} việc chờ, {len(found)} thông báo mới"
    body = "\n".join(_lines(found, waiting, today))
    return enqueue([user], channels_on(), key=f"digest/{pace}/{today}", subject=subject, body=body, now=now)


def _begin(day: date) -> datetime:
    return datetime.combine(day, DIGEST_AT, get_current_timezone())


def _codes_at(pace: Pace, user_id: UUID) -> list[str]:
    said = dict(Preference.objects.filter(user=user_id).values_list("kind", "pace"))
    return [kind.code for kind in kinds() if said.get(kind.code, kind.pace) == pace]


def _lines(found: list[Notice], waiting: list[Waiting], today: date) -> Iterable[str]:
    if waiting:
        yield "VIỆC CHỜ BẠN"
        for one in waiting[:MOST_NAMED]:
            yield f"- {one.label}{f' (hạn {date_text(one.due)})' if one.due else ''}: {settings.SITE_ADDRESS}{one.url}"
        yield ""
    if found:
        yield "THÔNG BÁO MỚI"
        for notice in found[:MOST_NAMED]:
            yield f"- {notice.subject}: {settings.SITE_ADDRESS}{notice.url}"
        if len(found) > MOST_NAMED:
            yield "- … và những thông báo khác trong hộp thông báo."
        yield ""
    yield f"Thư tự động ngày {date_text(today)}. Đổi cách nhận ở mục Thông báo, Cách nhận."
