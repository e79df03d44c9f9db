"""Residential areas entered, renamed, ended; their households counted as of a day."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.community.models import Hamlet, HamletCount
from chungtay.community.pen import take_pen
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold, nfc
from chungtay.places.models import Area


class WrongHamlet(DomainError):
    """What was said of a residential area cannot be so."""


@transaction.atomic
def enter_hamlet(
    *,
    area: Area,
    kind: str,
    name: str,
    founded_on: date,
    households: int | None = None,
    people: int | None = None,
    is_sample: bool = False,
    now: datetime,
    by: User,
) -> Hamlet:
    """Enter a khóm or ấp of a commune, with its households as of the day it began. Raises WrongHamlet, NotAllowed."""
    pen = take_pen(now, by)
    access.require(by, "edit", Matter("hamlet", area.pk), on=pen.today)
    name = nfc(" ".join(name.split()))
    if not name or kind not in Hamlet.Kind.values:
        raise WrongHamlet("Hãy chọn loại (khóm, ấp) và nhập tên.")
    if founded_on > pen.today:
        raise WrongHamlet("Ngày này chưa đến. Hãy chọn hôm nay hoặc một ngày trước đó.")
    hamlet = Hamlet(area=area, kind=kind, name=name, founded_on=founded_on, is_sample=is_sample)
    hamlet.words = fold(str(hamlet))
    try:
        with transaction.atomic():
            hamlet.save(force_insert=True)
    except IntegrityError as taken:
        raise WrongHamlet(f"{hamlet} đã có trong đơn vị này. Hãy mở mục đã có để sửa.") from taken
    if households is not None:
        HamletCount.objects.create(
            hamlet=hamlet, as_of=founded_on, households=households, people=people, **pen.signed()
        )
    pen.lift()
    data = {"name": str(hamlet), "founded_on": founded_on, "households": households, "people": people}
    audit.record("community.hamlet.entered", obj=hamlet, area_id=area.pk, data=data, now=now, by=by)
    return hamlet


@transaction.atomic
def count_hamlet(
    *,
    hamlet: Hamlet,
    as_of: date,
    households: int,
    people: int | None = None,
    note: str = "",
    now: datetime,
    by: User,
) -> HamletCount:
    """Write down the households of a residential area as of a day; for a day counted before it is a correction and needs a note.

    Raises WrongHamlet, NotAllowed.
    """
    pen = take_pen(now, by)
    row = Hamlet.objects.select_for_update().get(pk=hamlet.pk)
    access.require(by, "edit", row, on=pen.today)
    if as_of > pen.today or as_of < row.founded_on or (row.ended_on is not None and as_of >= row.ended_on):
        raise WrongHamlet(f"Ngày đếm phải từ {row.founded_on:%d/%m/%Y} đến hôm nay, khi {row} còn tồn tại.")
    held = row.counts.filter(as_of=as_of).order_by("-position").first()
    if held is not None and (held.households, held.people) == (households, people):
        return held
    if held is not None and not note:
        raise WrongHamlet(f"Ngày {as_of:%d/%m/%Y} đã có số hộ. Số mới là số đính chính: hãy ghi lý do.")
    count = HamletCount.objects.create(
        hamlet=row, as_of=as_of, households=households, people=people, note=note, **pen.signed()
    )
    pen.lift()
    data = {"as_of": as_of, "households": households, "people": people, "note": note}
    audit.record("community.hamlet.counted", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return count


@transaction.atomic
def end_hamlet(*, hamlet: Hamlet, on: date, note: str, now: datetime, by: User) -> Hamlet:
    """End a residential area: from that day it is not counted. Raises WrongHamlet, NotAllowed."""
    pen = take_pen(now, by)
    row = Hamlet.objects.select_for_update().get(pk=hamlet.pk)
    access.require(by, "edit", row, on=pen.today)
    if row.ended_on is not None or on <= row.founded_on or on > pen.today:
        raise WrongHamlet(
            f"Ngày kết thúc phải sau ngày {row.founded_on:%d/%m/%Y}, không sau hôm nay, và chỉ ghi một lần."
        )
    row.ended_on = on
    row.revision += 1
    row.save()
    data = {"on": on, "note": note}
    audit.record("community.hamlet.ended", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return row
