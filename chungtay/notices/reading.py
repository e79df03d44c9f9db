"""Reading one's notices, and choosing what to hear how."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from chungtay.accounts.models import User
from chungtay.notices.models import Notice, PersonSetting, Preference
from chungtay.notices.registry import kinds
from chungtay.notices.rules import Pace


@transaction.atomic
def mark_read(*, notices: Iterable[UUID] | None, now: datetime, by: User) -> int:
    """Mark notices of one's own as read, None for all; return how many were not."""
    rows = Notice.objects.filter(to=by, read_at=None, at__lte=now)
    if notices is not None:
        rows = rows.filter(pk__in=list(notices))
    return rows.update(read_at=now)


@transaction.atomic
def choose(
    *, email: str, quiet_from: time, quiet_to: time, paces: Mapping[str, Pace], now: datetime, by: User
) -> PersonSetting:
    """Keep where a person gets mail, when not, and how soon they hear of each kind; kinds as usual are not kept."""
    usual = {kind.code: kind.pace for kind in kinds()}
    row, _ = PersonSetting.objects.update_or_create(
        user=by, defaults={"email": email, "quiet_from": quiet_from, "quiet_to": quiet_to}
    )
    Preference.objects.filter(user=by).delete()
    Preference.objects.bulk_create(
        Preference(user=by, kind=code, pace=pace) for code, pace in paces.items() if usual.get(code) not in (None, pace)
    )
    return row
