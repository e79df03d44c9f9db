"""How a month of groups or activities shows itself as the source of figures: the records, whose numbers add up to it."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from chungtay.community.facts import ACTIVITIES, GROUPS, ActivitiesOf, GroupsOf
from chungtay.community.kinds import activity_kind, catalogue
from chungtay.community.models import Activity
from chungtay.community.rules import EVIDENCE, STATE_LABELS, ActivityState, Counted
from chungtay.figures.months import MonthMark
from chungtay.figures.registry import SourcePart, SourceView, register_source
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.tasks.registry import EvidenceView, register_evidence


def register() -> None:
    """Tell the account how to show months of groups and of activities, and tasks how to show an activity as evidence."""
    register_source(GROUPS, describe_groups)
    register_source(ACTIVITIES, describe_activities)
    register_evidence(EVIDENCE, "hoạt động", describe_evidence)


def describe_groups(ids: Sequence[str]) -> dict[str, SourceView]:
    """Return the groups that stood on the last day of each month, as the register was at that mark."""
    views: dict[str, SourceView] = {}
    loaded: dict[UUID, GroupsOf] = {}
    for mark in map(MonthMark.read, ids):
        here = loaded.get(mark.area_id) or GroupsOf(mark.area_id, tuple(catalogue().groups))
        loaded[mark.area_id] = here
        day = mark.month.last_day
        parts = tuple(
            SourcePart(_title(here, part.record, part.counted), part.code, part.value, _url("group", part.record))
            for part in here.parts(day, mark.position)
        )
        views[str(mark)] = SourceView(
            title=f"Sổ các nhóm, tổ chức cộng đồng của {places.name_on(mark.area_id, day)}, ngày {date_text(day)}",
            detail=("Nhóm đang hoạt động vào ngày cuối tháng; số thành viên theo lần đếm gần nhất",),
            url=f"{reverse('group-list')}?ngay={day:%d/%m/%Y}",
            version=str(mark.position),
            parts=parts,
            noun="tháng của sổ nhóm",
            locked=("group", mark.area_id),
        )
    return views


def describe_activities(ids: Sequence[str]) -> dict[str, SourceView]:
    """Return the activities that were confirmed in each month, as they stood at that mark."""
    views: dict[str, SourceView] = {}
    for mark in map(MonthMark.read, ids):
        here = ActivitiesOf(mark.area_id, mark.month)
        parts = tuple(
            SourcePart(
                f"{here.activities[part.record]}, ngày {date_text(here.activities[part.record].held_on)}",
                part.code,
                part.value,
                _url("activity", part.record),
            )
            for part in here.parts(mark.position)
        )
        name = places.name_on(mark.area_id, mark.month.last_day)
        views[str(mark)] = SourceView(
            title=f"Hoạt động của {name}, {mark.month.label()}",
            detail=("Chỉ tính hoạt động đã được người thứ hai xác nhận",),
            url=f"{reverse('activity-list')}?tu={mark.month.start:%d/%m/%Y}&den={mark.month.last_day:%d/%m/%Y}",
            version=str(mark.position),
            parts=parts,
            noun="tháng hoạt động",
            locked=("activity", mark.area_id),
        )
    return views


def describe_evidence(ids: Sequence[str]) -> dict[str, EvidenceView]:
    """Return activities as tasks show them; what was withdrawn says so."""
    views: dict[str, EvidenceView] = {}
    for one in Activity.objects.filter(pk__in=ids):
        state = "" if one.state == ActivityState.CONFIRMED else f" ({STATE_LABELS[ActivityState(one.state)].lower()})"
        title = f"{activity_kind(one.kind).label}: {one}{state}"
        views[str(one.pk)] = EvidenceView(title, one.held_on, _url("activity", one.pk))
    return views


def _title(here: GroupsOf, pk: UUID, counted: Counted | None) -> str:
    group = here.groups[pk]
    as_of = counted.as_of if counted else None
    return f"{group}, đếm ngày {date_text(as_of)}" if as_of else str(group)


def _url(kind: str, pk: UUID) -> str:
    return reverse(f"{kind}-detail", args=[pk])
