"""The register of groups: dated rows that nobody overwrites, ends, mergers, lineage, and who may write where."""

from datetime import date

import pytest

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent, HistoryIsFixed
from chungtay.community import selectors, services
from chungtay.community.models import Group, GroupCount
from chungtay.community.rules import Circle, WrongAct
from chungtay.community.tests.making import Village

pytestmark = pytest.mark.django_db
HERE = date(2023, 3, 10)


def total(village: Village, day: date, kind: str = "hoi-quan") -> tuple[int, int]:
    found = selectors.total_of(kind, {area.pk for area in village.cast.communes}, day)
    return found.groups, found.members


def test_groups_and_members_can_be_asked_on_any_date(village: Village) -> None:
    """“2 Hội quán, 90 thành viên” on its day, and what it was on every other."""
    first = village.found("Thuận Tân Hội quán", members=38)
    village.found("Tân Quê Hội quán", on=date(2021, 5, 1), members=40, area=village.there)
    village.count(first, date(2022, 6, 30), 50)
    assert total(village, date(2020, 1, 31)) == (0, 0)
    assert total(village, date(2020, 2, 1)) == (1, 38)
    assert total(village, date(2021, 5, 1)) == (2, 78)
    assert total(village, date(2022, 6, 30)) == (2, 90)


def test_a_correction_is_a_later_row_and_says_why(village: Village) -> None:
    """The row that was wrong stays to be read; the database itself refuses to change it."""
    group = village.found("Thuận Tân Hội quán", members=38)
    village.count(group, date(2022, 6, 30), 50)
    with pytest.raises(services.WrongGroup, match="lý do"):
        village.count(group, date(2022, 6, 30), 52)
    village.count(group, date(2022, 6, 30), 52, note="Đếm sót hai người")
    assert total(village, date(2022, 6, 30)) == (1, 52)
    assert group.counts.count() == 3
    village.count(group, date(2022, 6, 30), 52)
    assert group.counts.count() == 3
    with pytest.raises(HistoryIsFixed):
        GroupCount.objects.update(members=1)


def test_a_merger_adds_members_once_and_ends_what_went_in(village: Village) -> None:
    """The day before and the day after hold the same people."""
    heir = village.found("Thuận Tân Hội quán", members=38)
    other = village.found("Tân Quê Hội quán", members=40)
    services.merge_groups(groups=[other], into=heir, on=date(2022, 1, 1), **village.given())
    assert total(village, date(2021, 12, 31)) == (2, 78)
    assert total(village, date(2022, 1, 1)) == (1, 78)
    other.refresh_from_db()
    assert other.ended_on == date(2022, 1, 1)
    with pytest.raises(WrongAct):
        village.count(other, date(2022, 2, 1), 5)
    with pytest.raises((Circle, WrongAct)):
        services.merge_groups(groups=[heir], into=other, on=date(2022, 3, 1), **village.given())


def test_an_end_can_be_taken_back_when_it_was_a_mistake(village: Village) -> None:
    """With a reason, and not what was merged away."""
    group = village.found("Thuận Tân Hội quán", members=38)
    services.dissolve_group(group=group, on=date(2022, 1, 1), **village.given())
    assert total(village, HERE) == (0, 0)
    services.revive_group(group=group, note="Nhầm với nhóm khác", **village.given())
    assert total(village, HERE) == (1, 38)


def test_a_cooperative_is_born_of_a_hoi_quan_and_not_the_other_way(village: Village) -> None:
    """Counted among those born, once."""
    parent = village.found("Thuận Tân Hội quán")
    child = village.found("HTX Xoài Thuận Tân", "htx", on=date(2021, 1, 1), members=20)
    for _ in range(2):
        services.bear_group(parent=parent, child=child, **village.given())
    found = selectors.total_of("htx", {village.here.pk}, HERE)
    assert (found.groups, found.born, found.members) == (1, 1, 20)
    with pytest.raises(services.WrongGroup, match="ra đời từ"):
        services.bear_group(parent=child, child=parent, **village.given())
    older = village.found("HTX cũ", "htx", on=date(2020, 1, 5))
    with pytest.raises(services.WrongGroup, match="thành lập trước"):
        services.bear_group(parent=parent, child=older, **village.given())


def test_a_hoi_quan_needs_no_legal_form_and_no_budget(village: Village) -> None:
    """A name, a place and a day are enough."""
    group = village.found("Hội quán mới", on=HERE)
    assert (group.details, group.counts.count(), group.versions.count()) == ({}, 0, 1)


def test_what_a_group_was_described_as_stays(village: Village) -> None:
    """Two who began from the same page: the second is told."""
    group = village.found("Tổ 28", "to-ndtq", details={"number": 28, "bounds": "Hẻm 12"})
    about = services.About(name="Tổ 28 khóm 2", details={"number": 28})
    services.change_group(group=group, about=about, revision=1, reason="Gọi đủ tên", **village.given())
    with pytest.raises(services.ChangedMeanwhile):
        services.change_group(group=group, about=about, revision=1, **village.given())
    assert [v.content["name"] for v in group.versions.order_by("number")] == ["Tổ 28", "Tổ 28 khóm 2"]


def test_officers_are_dated_and_unpaid(village: Village) -> None:
    """Somebody serves from a day to a day."""
    group = village.found("Thuận Tân Hội quán")
    given = {"role": "Chủ nhiệm", "full_name": "Nguyễn Văn Mẫu", "since": date(2020, 2, 1)}
    officer = services.name_officer(group=group, **given, **village.given())
    services.end_officer(officer=officer, on=date(2022, 1, 1), **village.given())
    with pytest.raises(services.WrongGroup, match="đã được ghi"):
        services.end_officer(officer=officer, on=date(2022, 2, 1), **village.given())


def test_only_self_managed_groups_are_classed_by_year(village: Village) -> None:
    """A change of the class says why."""
    group = village.found("Tổ 28", "to-ndtq")
    services.grade_group(group=group, year=2021, grade="kha", **village.given())
    with pytest.raises(services.WrongGroup, match="lý do"):
        services.grade_group(group=group, year=2021, grade="tot", **village.given())
    services.grade_group(group=group, year=2021, grade="tot", note="Bình xét lại", **village.given())
    with pytest.raises(services.WrongGroup, match="không xếp loại"):
        services.grade_group(group=village.found("HQ"), year=2021, grade="tot", **village.given())


def test_a_clerk_writes_for_the_own_unit_only(village: Village) -> None:
    """And a leader reads."""
    mine = village.found("Thuận Tân Hội quán", by=village.cast.clerk)
    village.count(mine, date(2022, 1, 1), 30, by=village.cast.clerk)
    for person in (village.cast.other_clerk, village.cast.leader, village.cast.outsider):
        with pytest.raises(NotAllowed):
            village.count(mine, date(2022, 2, 1), 31, by=person)


def test_a_group_sent_twice_is_entered_once_and_every_write_is_told(village: Village) -> None:
    """The page's own id, and the log."""
    group = village.found("Thuận Tân Hội quán", members=38)
    again = village.found("Thuận Tân Hội quán", members=38, group_id=group.pk)
    assert again.pk == group.pk
    assert Group.objects.count() == 1
    codes = list(AuditEvent.objects.filter(code__startswith="community.").values_list("code", flat=True))
    assert codes == ["community.group.founded"]
