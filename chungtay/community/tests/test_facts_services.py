"""Registers tell the account: stocks at the end of every month that is over, flows once confirmed; told again, nothing is new."""

from datetime import date, timedelta

import pytest

from chungtay.community import services
from chungtay.community.rules import EVIDENCE
from chungtay.community.tests.making import Village, make_village
from chungtay.figures import registry
from chungtay.figures import selectors as figures
from chungtay.figures.models import Fact
from chungtay.figures.months import MonthMark
from chungtay.kernel.periods import month_of, parse_period
from chungtay.tasks.registry import describe_evidence

pytestmark = pytest.mark.django_db


def value(village: Village, code: str, period: str, area: object = None) -> int | None:
    return figures.figure(code, getattr(area or village.here, "pk", None), parse_period(period)).value


def parts(code: str, period: str, area_id: object) -> list[tuple[str, int]]:
    """What a fact opens to."""
    month = parse_period(period)
    fact = Fact.objects.filter(indicator__code=code, area_id=area_id, period_start=month.start).order_by("-id")[0]
    source = (fact.source_kind, fact.batch.source_id)
    view = registry.describe_sources([source])[source]
    return [(part.title, part.value) for part in view.parts_of([code])]


def test_a_stock_holds_at_the_end_of_every_month_that_is_over(village: Village) -> None:
    """Fifteen, eight hundred eighty-six and six are asked of the account as of a month."""
    first = village.found("Thuận Tân Hội quán", members=38)
    village.found("Tân Quê Hội quán", on=date(2021, 5, 1), members=40, area=village.there)
    child = village.found("HTX Xoài", "htx", on=date(2022, 6, 15))
    services.bear_group(parent=first, child=child, **village.given())
    village.count(first, date(2022, 6, 30), 50)
    assert value(village, "groups.hoi_quan_members", "2022-05") == 38
    assert value(village, "groups.hoi_quan_members", "2022-06") == 50
    assert value(village, "groups.hoi_quan", "2022-06", village.cast.city) == 2
    assert value(village, "groups.hoi_quan_members", "2022-06", village.cast.city) == 90
    assert value(village, "groups.htx_from_hoi_quan", "2022-05") == 0
    assert value(village, "groups.htx_from_hoi_quan", "2022-06") == 1
    assert not Fact.objects.filter(period_start=date(2023, 3, 1)).exists(), "the month is not over"


def test_told_again_nothing_is_new(village: Village) -> None:
    """Whatever happened before."""
    group = village.found("Thuận Tân Hội quán", members=38)
    village.count(group, date(2022, 6, 30), 50)
    village.confirmed(counts={"sessions": 3})
    before = Fact.objects.count()
    assert services.tell_facts(**village.given()) == 0
    assert Fact.objects.count() == before


def test_a_correction_of_the_past_tells_the_months_from_its_day(village: Village) -> None:
    """The earlier word of the account stays, and opens to what stood then."""
    group = village.found("Thuận Tân Hội quán", members=38)
    first = Fact.objects.filter(indicator__code="groups.hoi_quan_members", period_start=date(2022, 6, 1)).get()
    village.count(group, date(2022, 6, 30), 50)
    assert value(village, "groups.hoi_quan_members", "2022-05") == 38
    assert value(village, "groups.hoi_quan_members", "2023-02") == 50
    source = (first.source_kind, first.batch.source_id)
    old = registry.describe_sources([source])[source].parts_of(["groups.hoi_quan_members"])
    assert [part.value for part in old] == [38]


def test_a_dissolved_group_leaves_the_account_from_the_month_of_its_end(village: Village) -> None:
    """And stays in the months before."""
    group = village.found("Thuận Tân Hội quán", members=38)
    services.dissolve_group(group=group, on=date(2022, 6, 10), **village.given())
    assert value(village, "groups.hoi_quan_members", "2022-05") == 38
    assert value(village, "groups.hoi_quan_members", "2022-06") == 0


def test_a_moved_group_is_counted_once_on_every_day(village: Village) -> None:
    """In the old place before, in the new one after."""
    group = village.found("Thuận Tân Hội quán", members=38)
    services.move_group(group=group, to=village.there, on=date(2022, 6, 10), **village.given())
    for month, here, there in (("2022-05", 38, None), ("2022-06", 0, 38)):
        assert value(village, "groups.hoi_quan_members", month) == here
        assert value(village, "groups.hoi_quan_members", month, village.there) == there


def test_the_parts_of_a_source_add_up_to_the_fact(village: Village) -> None:
    """Groups by name with what was counted of them; activities by name and day."""
    village.found("Thuận Tân Hội quán", members=38)
    village.found("Tân Quê Hội quán", on=date(2021, 5, 1), members=40)
    village.found("Hội quán chưa đếm", on=date(2021, 6, 1))
    found = parts("groups.hoi_quan_members", "2022-06", village.here.pk)
    assert sum(number for _, number in found) == 78
    assert len(parts("groups.hoi_quan", "2022-06", village.here.pk)) == 3
    village.confirmed(counts={"sessions": 3}, title="Tại ấp Đông")
    village.confirmed(counts={"sessions": 2}, title="Tại ấp Tây")
    assert sorted(n for _, n in parts("activities.propaganda", "2023-02", village.here.pk)) == [2, 3]
    assert value(village, "activities.propaganda", "2023-02") == 5


def test_an_activity_counts_once_confirmed_and_no_longer_once_withdrawn(village: Village) -> None:
    """A draft and a record that waits do not."""
    written = village.write(counts={"sessions": 4})
    assert not Fact.objects.filter(indicator__code="activities.propaganda").exists()
    row = services.record_activity(activity=written, **village.given(by=village.cast.clerk))
    assert not Fact.objects.filter(indicator__code="activities.propaganda").exists()
    row = services.confirm_activity(activity=row, revision=row.revision, **village.given())
    assert value(village, "activities.propaganda", "2023-02") == 4
    services.withdraw_activity(activity=row, reason="Ghi trùng", **village.given())
    assert value(village, "activities.propaganda", "2023-02") == 0


def test_what_returns_keep_on_record_is_not_told(db: None) -> None:
    """One source at a time: until the register is made the source, it says nothing."""
    village = make_village(kept=False)
    village.found("Thuận Tân Hội quán", members=38)
    village.confirmed(counts={"sessions": 4})
    assert not Fact.objects.exists()


def test_months_that_ended_since_are_caught_up_whatever_day_is_asked_from(village: Village) -> None:
    """What runs at the start of a month names a day; it neither leaves out a month nor tells an older one again."""
    village.found("Thuận Tân Hội quán", members=38)
    village.now += timedelta(days=70)
    assert services.tell_facts(since=village.now.date(), **village.given()) == 2 * 4, "March and April, four indicators"
    assert value(village, "groups.hoi_quan_members", "2023-04") == 38
    assert services.tell_facts(since=village.now.date(), **village.given()) == 0


def test_an_activity_speaks_for_a_task_and_says_when_it_no_longer_does(village: Village) -> None:
    """Tasks show it by name, day and address."""
    row = village.confirmed(title="Ra quân", counts={"sessions": 4})
    key = (EVIDENCE, str(row.pk))
    view = describe_evidence([key])[key]
    assert (view.title, view.on) == ("Tuyên truyền, vận động: Ra quân", row.held_on)
    assert view.url.endswith(f"{row.pk}/")
    services.withdraw_activity(activity=row, reason="Ghi trùng", **village.given())
    assert describe_evidence([key])[key].title.endswith("(đã rút)")


def test_a_mark_reads_back() -> None:
    """What stands in a source id is all that is needed to open it."""
    from uuid import uuid4

    mark = MonthMark(uuid4(), month_of(date(2022, 12, 5)), 17)
    assert MonthMark.read(str(mark)) == mark
