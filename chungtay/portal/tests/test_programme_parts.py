"""What stands around a programme: counts of tasks by area of work, never their words; documents that stand."""

from datetime import date

import pytest

from chungtay.kernel.periods import parse_period
from chungtay.portal.programme_parts import NO_AREA, documents, works
from chungtay.portal.programmes import Public
from chungtay.programmes import services as programmes
from chungtay.tasks.tests.making import NOW, make_office
from tests.remembering import remembered


@pytest.fixture
def office(db):
    return remembered(make_office)()


def test_tasks_are_counted_by_area_of_work_and_drafts_are_nobodys_business(office):
    public = Public(office.programme, office.programme.area_id, parse_period("2022"))
    poverty = office.programme.areas_of_work.get(number=1)
    office.draft()
    due = [office.active(area_of_work=area, title="Giúp hộ bà Kín Tiếng") for area in (poverty, poverty, None)]
    first, second, common = works(public, due[0].deadline)
    assert (first.title, first.going, first.late, first.total) == (poverty.title, 2, 0, 2)
    assert second.total == 0 and second.dots == []
    assert (common.title, common.going) == (NO_AREA, 1)
    late = works(public, date(2100, 1, 1))[0]
    assert (late.late, [dot.kind for dot in late.dots], late.led_by) == (2, ["risk", "risk"], due[0].lead.name)
    assert "Kín Tiếng" not in repr(works(public, due[0].deadline))


def test_a_withdrawn_document_is_not_shown(office):
    public = Public(office.programme, office.programme.area_id, parse_period("2022"))
    given = {"parties": [party.body for party in office.programme.parties.all()], "now": NOW, "by": office.cast.officer}
    made = programmes.record_document(
        programme=office.programme, kind="Kế hoạch", number="18/KH", abstract="Thực hiện", signed_on=date(2020, 2, 1),
        effect_from=date(2020, 2, 1), **given,
    )  # fmt: skip
    assert documents(public) == [made]
    programmes.withdraw_document(document=made, reason="Ghi nhầm", now=NOW, by=office.cast.officer)
    assert documents(public) == []
