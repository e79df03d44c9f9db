"""Groups entered into the register and described anew; what is dated about them: counts, officers, yearly classes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.community import telling
from chungtay.community.histories import acts_of, counts_of
from chungtay.community.kinds import group_kind
from chungtay.community.models import Group, GroupAct, GroupCount, GroupGrade, GroupVersion, Hamlet, Officer, OfficerEnd
from chungtay.community.pen import Pen, take_pen
from chungtay.community.rules import ActKind, check_act, counted_on
from chungtay.community.rules.kinds import checked_details
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold, nfc
from chungtay.places.models import Area
from chungtay.places.registry import Entry


class WrongGroup(DomainError):
    """What was said of a group cannot be so."""


class ChangedMeanwhile(DomainError):
    """Somebody else changed it after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Người khác vừa sửa mục này sau khi bạn mở trang. Hãy tải lại trang, xem thay đổi rồi sửa tiếp."
        )


@dataclass(frozen=True, kw_only=True)
class About:
    """How a group is described. details: the fields of its kind, by code."""

    name: str
    hamlet: Hamlet | None = None
    schedule: str = ""
    venue: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def found_group(
    *,
    kind: str,
    about: About,
    area: Area,
    founded_on: date,
    members: int | None = None,
    households: int | None = None,
    basis: str = "",
    is_sample: bool = False,
    group_id: UUID | None = None,
    now: datetime,
    by: User,
) -> Group:
    """Enter a group with the day it began and, if known, how many it began with.

    group_id: the page's own id of what it enters; sent twice it is entered once. Raises WrongGroup, WrongDetail, WrongAct,
    NotAllowed.
    """
    pen = take_pen(now, by)
    access.require(by, "edit", Matter("group", area.pk, "active"), on=pen.today)
    if group_id is not None and (found := Group.objects.filter(pk=group_id, area=area).first()) is not None:
        return found
    group = Group(pk=group_id or uuid4(), kind=kind, area=area, founded_on=founded_on, is_sample=is_sample)
    entry = enter_group(group, about, pen, members=members, households=households, basis=basis)
    tell(group, founded_on, pen)
    audit.record_all([entry], now=now, by=by)
    return group


def enter_group(
    group: Group,
    about: About,
    pen: Pen,
    *,
    members: int | None = None,
    households: int | None = None,
    as_of: date | None = None,
    basis: str = "",
) -> Entry:
    """Enter a new group with pen in hand; return its event, which the caller records after the account was told.

    as_of: the day of the numbers, that of the founding unless said. Raises WrongGroup, WrongDetail, WrongAct.
    """
    on = group.founded_on
    check_act([], ActKind.FOUNDED, max(on, as_of or on), today=pen.today)
    if as_of is not None and as_of < on:
        raise WrongGroup(f"Ngày đếm trước ngày thành lập {on:%d/%m/%Y}. Hãy xem lại ngày.")
    _check_place(about.hamlet, group.area)
    _describe(group, about)
    group.save(force_insert=True)
    _keep_version(group, pen, "")
    GroupAct.objects.create(group=group, kind=ActKind.FOUNDED, on=on, area=group.area, basis=basis, **pen.signed())
    if members is not None or households is not None:
        note = "Khi thành lập" if as_of in (None, on) else ""
        GroupCount.objects.create(
            group=group, as_of=as_of or on, members=members, households=households, note=note, **pen.signed()
        )
        keep_size(group)
    data = {"kind": group.kind, "name": group.name, "on": on, "members": members, "households": households}
    return Entry("community.group.founded", group, group.area_id, data)


@transaction.atomic
def change_group(*, group: Group, about: About, revision: int, reason: str = "", now: datetime, by: User) -> Group:
    """Describe a group anew; what it was described as stays. Raises ChangedMeanwhile, WrongGroup, WrongDetail, NotAllowed."""
    pen, row = taken(group, now, by)
    if row.revision != revision:
        raise ChangedMeanwhile
    _check_place(about.hamlet, row.area)
    _describe(row, about)
    row.revision += 1
    row.save()
    _keep_version(row, pen, reason)
    pen.lift()
    data = {"revision": row.revision, "reason": reason}
    audit.record("community.group.changed", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return row


@transaction.atomic
def count_group(
    *,
    group: Group,
    as_of: date,
    members: int | None = None,
    households: int | None = None,
    note: str = "",
    now: datetime,
    by: User,
) -> GroupCount:
    """Write down how many belong to a group as of a day; for a day that was counted before it is a correction and needs a note.

    The same said twice is written once. Raises WrongAct, WrongGroup, NotAllowed.
    """
    pen, row = taken(group, now, by)
    if members is None and households is None:
        raise WrongGroup("Chưa có số thành viên hoặc số hộ. Hãy nhập ít nhất một số.")
    acts = acts_of([row.pk])[row.pk]
    check_act(acts, ActKind.MOVED, as_of, today=pen.today)
    held = row.counts.filter(as_of=as_of).order_by("-position").first()
    if held is not None and (held.members, held.households) == (members, households):
        return held
    if held is not None and not note:
        raise WrongGroup(
            f"Ngày {as_of:%d/%m/%Y} đã có số liệu. Số mới là số đính chính: hãy ghi lý do để người sau hiểu."
        )
    count = GroupCount.objects.create(
        group=row, as_of=as_of, members=members, households=households, note=note, **pen.signed()
    )
    keep_size(row)
    tell(row, as_of, pen)
    data = {"as_of": as_of, "members": members, "households": households, "note": note}
    audit.record("community.group.counted", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return count


@transaction.atomic
def name_officer(*, group: Group, role: str, full_name: str, since: date, now: datetime, by: User) -> Officer:
    """Write down who serves in a group since a day. Raises WrongGroup, WrongAct, NotAllowed."""
    pen, row = taken(group, now, by)
    check_act(acts_of([row.pk])[row.pk], ActKind.MOVED, since, today=pen.today)
    role, full_name = nfc(" ".join(role.split())), nfc(" ".join(full_name.split()))
    if not role or not full_name:
        raise WrongGroup("Hãy ghi cả họ tên và vai trò.")
    known = row.officers.filter(role=role, full_name=full_name, since=since, end=None).first()
    if known is not None:
        return known
    officer = Officer.objects.create(group=row, role=role, full_name=full_name, since=since, **pen.signed())
    pen.lift()
    data = {"role": role, "since": since}
    audit.record("community.officer.named", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return officer


@transaction.atomic
def end_officer(*, officer: Officer, on: date, note: str = "", now: datetime, by: User) -> OfficerEnd:
    """Write down from which day somebody no longer serves. Raises WrongGroup, NotAllowed."""
    pen, row = taken(officer.group, now, by)
    if on <= officer.since or on > pen.today:
        raise WrongGroup(f"Ngày thôi nhiệm vụ phải sau ngày {officer.since:%d/%m/%Y} và không sau hôm nay.")
    if OfficerEnd.objects.filter(officer=officer).exists():
        raise WrongGroup("Người này đã được ghi thôi nhiệm vụ. Hãy tải lại trang.")
    end = OfficerEnd.objects.create(officer=officer, on=on, note=note, **pen.signed())
    pen.lift()
    data = {"role": officer.role, "on": on}
    audit.record("community.officer.ended", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return end


@transaction.atomic
def grade_group(*, group: Group, year: int, grade: str, note: str = "", now: datetime, by: User) -> GroupGrade:
    """Class a group for a year; another class for the same year corrects it and needs a note. Raises WrongGroup, NotAllowed."""
    pen, row = taken(group, now, by)
    if not group_kind(row.kind).has_grades:
        raise WrongGroup(f"{group_kind(row.kind).label} không xếp loại hằng năm.")
    if not row.founded_on.year <= year <= pen.today.year or grade not in GroupGrade.Grade.values:
        raise WrongGroup(f"Năm xếp loại phải từ {row.founded_on.year} đến {pen.today.year}, xếp loại theo danh sách.")
    held = row.grades.filter(year=year).order_by("-position").first()
    if held is not None and held.grade == grade:
        return held
    if held is not None and not note:
        raise WrongGroup(f"Năm {year} đã xếp loại {held.get_grade_display()}. Muốn đổi, hãy ghi lý do.")
    made = GroupGrade.objects.create(group=row, year=year, grade=grade, note=note, **pen.signed())
    pen.lift()
    data = {"year": year, "grade": grade, "note": note}
    audit.record("community.group.graded", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return made


def taken(group: Group, now: datetime, by: User) -> tuple[Pen, Group]:
    """Lock the registers and return the group as it is now. Raises NotAllowed."""
    pen = take_pen(now, by)
    row = Group.objects.select_for_update().get(pk=group.pk)
    access.require(by, "edit", row, on=pen.today)
    return pen, row


def keep_size(group: Group) -> None:
    """Repeat on a group what its newest counts say; call it after a count was written."""
    counts = counts_of([group.pk])[group.pk]
    told = counted_on(counts, date.max)
    group.last_members, group.last_households = told.members, told.households
    group.last_count_on = max(one.as_of for one in counts)
    group.save(update_fields=["last_members", "last_households", "last_count_on"])


def tell(group: Group, since: date, pen: Pen) -> None:
    """Tell the account what a change of a group since a day means for its place."""
    pen.lift()
    telling.tell_groups(group.area_id, since=since, kinds={group.kind}, now=pen.now, by=pen.by)


def _check_place(hamlet: Hamlet | None, area: Area) -> None:
    if hamlet is not None and hamlet.area_id != area.pk:
        raise WrongGroup(f"{hamlet} không thuộc đơn vị đã chọn. Hãy chọn khóm, ấp của đúng xã, phường.")


def _describe(group: Group, about: About) -> None:
    kind = group_kind(group.kind)
    group.name = nfc(" ".join(about.name.split()))
    if not group.name:
        raise WrongGroup("Nhóm chưa có tên. Hãy nhập tên như nhóm tự gọi.")
    group.hamlet, group.schedule, group.venue = about.hamlet, about.schedule, about.venue
    group.details = checked_details(kind.fields, about.details)
    said = [group.name, str(about.hamlet or ""), *(str(value) for value in group.details.values())]
    group.words = fold(" ".join(said))[:400]


def _keep_version(group: Group, pen: Pen, reason: str) -> None:
    content = {
        "name": group.name,
        "hamlet": str(group.hamlet_id) if group.hamlet_id else None,
        "schedule": group.schedule,
        "venue": group.venue,
        "details": group.details,
    }
    GroupVersion.objects.create(group=group, number=group.revision, content=content, reason=reason, **pen.signed())
