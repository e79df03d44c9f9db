"""Movements announced and changed; units put their names down and say what came of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.community.models import Movement, MovementEntry, MovementVersion
from chungtay.community.registering import ChangedMeanwhile
from chungtay.indicators.models import Indicator
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import nfc
from chungtay.places.models import Area


class WrongMovement(DomainError):
    """What was said of a movement cannot be so."""


@dataclass(frozen=True, kw_only=True)
class Announced:
    """What a movement is announced as."""

    kind: str
    name: str
    starts_on: date
    ends_on: date | None = None
    aim: str = ""
    basis: str = ""
    indicators: Collection[Indicator] = ()


@transaction.atomic
def open_movement(*, area: Area, about: Announced, is_sample: bool = False, now: datetime, by: User) -> Movement:
    """Announce a movement of a place. Raises WrongMovement, NotAllowed."""
    access.require(by, "edit", Matter("movement", area.pk), on=localdate(now))
    return _kept(Movement(area=area, is_sample=is_sample), about, "opened", now, by)


@transaction.atomic
def change_movement(*, movement: Movement, about: Announced, revision: int, now: datetime, by: User) -> Movement:
    """Announce it anew; what it was stays. Raises ChangedMeanwhile, WrongMovement, NotAllowed."""
    row = Movement.objects.select_for_update().get(pk=movement.pk)
    access.require(by, "edit", row, on=localdate(now))
    if row.revision != revision:
        raise ChangedMeanwhile
    row.revision += 1
    return _kept(row, about, "changed", now, by)


@transaction.atomic
def join_movement(
    *,
    movement: Movement,
    area: Area,
    participants: int | None,
    result: str = "",
    now: datetime,
    by: User,
) -> MovementEntry:
    """Put a unit's name down for a movement, or say anew how many take part and what came of it. Raises NotAllowed."""
    access.require(by, "fill", Matter("movement", area.pk), on=localdate(now))
    row = Movement.objects.select_for_update().get(pk=movement.pk)
    access.require(by, "view", row, on=localdate(now))
    held = row.entries.filter(area=area).order_by("-id").first()
    if held is not None and (held.participants, held.result) == (participants, result):
        return held
    entry = MovementEntry.objects.create(
        movement=row, area=area, participants=participants, result=result, at=now, by=by
    )
    data = {"participants": participants, "result": result}
    audit.record("community.movement.joined", obj=row, area_id=area.pk, data=data, now=now, by=by)
    return entry


def _kept(row: Movement, about: Announced, code: str, now: datetime, by: User) -> Movement:
    if about.ends_on is not None and about.ends_on < about.starts_on:
        raise WrongMovement("Ngày kết thúc trước ngày bắt đầu. Hãy xem lại hai ngày.")
    row.kind, row.name = about.kind, nfc(" ".join(about.name.split()))
    row.starts_on, row.ends_on, row.aim, row.basis = about.starts_on, about.ends_on, about.aim, about.basis
    row.save()
    row.indicators.set(about.indicators)
    content = {
        "kind": row.kind,
        "name": row.name,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        "aim": row.aim,
        "basis": row.basis,
        "indicators": sorted(one.code for one in about.indicators),
    }
    MovementVersion.objects.create(movement=row, number=row.revision, content=content, at=now, by=by)
    data = {"name": row.name, "revision": row.revision}
    audit.record(f"community.movement.{code}", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return row
