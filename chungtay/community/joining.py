"""What ends a group or ties it to others: dissolved, merged, born of another, moved with its commune, an end taken back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.community import telling
from chungtay.community.histories import acts_of, counts_of, links
from chungtay.community.kinds import group_kind
from chungtay.community.models import Group, GroupAct, GroupCount, GroupLink
from chungtay.community.pen import Pen
from chungtay.community.registering import WrongGroup, keep_size, taken, tell
from chungtay.community.rules import ActKind, LinkKind, after_merger, check_act, check_link, counted_on
from chungtay.community.rules.lineage import ended_on
from chungtay.places.models import Area


@transaction.atomic
def dissolve_group(*, group: Group, on: date, basis: str = "", note: str = "", now: datetime, by: User) -> Group:
    """End a group: from that day it is not counted, what it was stays. Raises WrongAct, NotAllowed."""
    pen, row = taken(group, now, by)
    _act(row, ActKind.DISSOLVED, on, pen, basis=basis, note=note)
    row.ended_on = on
    _saved(row)
    tell(row, on, pen)
    data = {"on": on, "basis": basis, "note": note}
    audit.record("community.group.dissolved", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return row


@transaction.atomic
def merge_groups(*, groups: Sequence[Group], into: Group, on: date, basis: str = "", now: datetime, by: User) -> Group:
    """Merge groups into another of their kind: from that day its people are all of theirs, each group once.

    Raises WrongGroup, WrongAct, Circle, NotAllowed.
    """
    pen, heir = taken(into, now, by)
    rows = list(Group.objects.select_for_update().filter(pk__in={one.pk for one in groups}).order_by("pk"))
    for row in rows:
        access.require(by, "edit", row, on=pen.today)
        if row.kind != heir.kind:
            raise WrongGroup(f"“{row}” không cùng loại với “{heir}” nên không nhập được. Hãy chọn nhóm cùng loại.")
        check_link(links(), row.pk, heir.pk)
    if not rows:
        raise WrongGroup("Chưa chọn nhóm nào để nhập. Hãy chọn ít nhất một nhóm.")
    check_act(acts_of([heir.pk])[heir.pk], ActKind.MOVED, on, today=pen.today)
    counts = counts_of([heir.pk, *(row.pk for row in rows)])
    sum_ = after_merger(counted_on(counts[heir.pk], on), (counted_on(counts[row.pk], on) for row in rows))
    for row in rows:
        _act(row, ActKind.MERGED, on, pen, basis=basis, note=f"Nhập vào {heir}"[:300])
        GroupLink.objects.create(parent=row, child=heir, kind=LinkKind.MERGED, on=on, **pen.signed())
        row.ended_on = on
        _saved(row)
    if sum_.members is not None or sum_.households is not None:
        GroupCount.objects.create(
            group=heir,
            as_of=on,
            members=sum_.members,
            households=sum_.households,
            is_merger=True,
            note=f"Tiếp nhận {', '.join(row.name for row in rows)}"[:300],
            **pen.signed(),
        )
        keep_size(heir)
    pen.lift()
    for area_id in dict.fromkeys([heir.area_id, *(row.area_id for row in rows)]):
        telling.tell_groups(area_id, since=on, kinds={heir.kind}, now=now, by=by)
    data = {"groups": [row.pk for row in rows], "on": on, "basis": basis}
    audit.record("community.group.merged", obj=heir, area_id=heir.area_id, data=data, now=now, by=by)
    return heir


@transaction.atomic
def bear_group(*, parent: Group, child: Group, now: datetime, by: User) -> GroupLink:
    """Say that a group came out of another, on the day it was founded. Raises WrongGroup, Circle, NotAllowed."""
    pen, row = taken(child, now, by)
    kind = group_kind(row.kind)
    if parent.kind not in kind.born_of:
        offered = ", ".join(group_kind(code).label for code in kind.born_of) or "không nhóm nào"
        raise WrongGroup(f"{kind.label} chỉ ra đời từ: {offered}. Hãy chọn nhóm khác.")
    access.require(by, "view", parent, on=pen.today)
    if row.founded_on < parent.founded_on:
        raise WrongGroup(
            f"“{row}” thành lập trước “{parent}” nên không thể ra đời từ đó. Hãy xem lại hai ngày thành lập."
        )
    known = GroupLink.objects.filter(parent=parent, child=row, kind=LinkKind.BORN).first()
    if known is not None:
        return known
    check_link(links(), parent.pk, row.pk)
    link = GroupLink.objects.create(parent=parent, child=row, kind=LinkKind.BORN, on=row.founded_on, **pen.signed())
    tell(row, row.founded_on, pen)
    data = {"parent": parent.pk, "on": row.founded_on}
    audit.record("community.group.born", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return link


@transaction.atomic
def move_group(*, group: Group, to: Area, on: date, basis: str = "", now: datetime, by: User) -> Group:
    """Give a group to another place from a day on; what it was counted to before stays there. Raises WrongAct, NotAllowed."""
    pen, row = taken(group, now, by)
    before = row.area_id
    _act(row, ActKind.MOVED, on, pen, area=to, basis=basis)
    row.area, row.hamlet = to, None
    access.require(by, "edit", row, on=pen.today)
    _saved(row)
    pen.lift()
    for area_id in (before, to.pk):
        telling.tell_groups(area_id, since=on, kinds={row.kind}, now=now, by=by)
    data = {"from": before, "on": on, "basis": basis}
    audit.record("community.group.moved", obj=row, area_id=to.pk, data=data, now=now, by=by)
    return row


@transaction.atomic
def revive_group(*, group: Group, note: str, now: datetime, by: User) -> Group:
    """Take back an end that was recorded by mistake: the group stands as if it had never ended. Raises WrongAct, WrongGroup.

    A merger that has counted its people into the heir is not undone this way; the heir has to be counted anew first.
    """
    pen, row = taken(group, now, by)
    if not note:
        raise WrongGroup("Hãy ghi vì sao lần kết thúc đã ghi là nhầm.")
    acts = acts_of([row.pk])[row.pk]
    end = ended_on(acts)
    if any(act.kind is ActKind.MERGED and act.on == end for act in acts):
        raise WrongGroup("Nhóm này đã nhập vào nhóm khác cùng thành viên nên không khôi phục được. Hãy lập nhóm mới.")
    _act(row, ActKind.REVIVED, pen.today, pen, note=note)
    row.ended_on = None
    _saved(row)
    tell(row, end or pen.today, pen)
    data = {"end": end, "note": note}
    audit.record("community.group.revived", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return row


def _act(
    group: Group, kind: ActKind, on: date, pen: Pen, *, area: Area | None = None, basis: str = "", note: str = ""
) -> None:
    check_act(acts_of([group.pk])[group.pk], kind, on, today=pen.today)
    GroupAct.objects.create(group=group, kind=kind, on=on, area=area, basis=basis, note=note, **pen.signed())


def _saved(group: Group) -> None:
    group.revision += 1
    group.save()
