"""Plans, supervisions and criticisms through the services, and what the database holds of them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chungtay.access.selectors import NotAllowed
from chungtay.supervision import selectors, services
from chungtay.supervision.models import (
    Criticism,
    PlanItem,
    Publication,
    Report,
    Supervision,
    TimerRule,
    Visit,
    YearPlan,
)
from chungtay.supervision.planning import BadPlan
from chungtay.supervision.reporting import ContentDiffers
from chungtay.supervision.rules import Form, Kind, State
from chungtay.supervision.supervising import BadSupervision
from chungtay.supervision.tests.making import Office
from chungtay.supervision.timers import Timer
from chungtay.supervision.timing import BadTimer

pytestmark = pytest.mark.django_db


def refused(rows, **change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**change)


def test_a_plan_is_agreed_by_the_other_side_and_carried_out_line_by_line(office: Office) -> None:
    criticism = office.item(kind=Kind.CRITICISM, form=Form.CONFERENCE, subject="Quy chế", target=office.ubnd)
    plan = office.plan(office.item(), criticism)
    item = plan.items.get(kind=Kind.SUPERVISION)
    said = {"body": office.front, "target": office.unit, "subject": "x", "form": Form.TEAM, "starts_on": office.today}
    said |= {"ends_on": office.today, "item": item, "by": office.writer}
    with pytest.raises(BadSupervision, match="chưa được bên kia"):
        services.open_supervision(**said, now=office.tick())
    plan = services.propose_plan(plan=plan, revision=1, now=office.tick(), by=office.writer)
    with pytest.raises(NotAllowed):
        services.agree_plan(plan=plan, revision=2, now=office.tick(), by=office.chair)
    services.agree_plan(plan=plan, revision=2, now=office.tick(), by=office.cast.upper_leader)
    services.open_supervision(**said, now=office.tick())
    with pytest.raises(BadSupervision, match="đã được tổ chức"):
        services.open_supervision(**said, now=office.tick())
    with pytest.raises(BadPlan, match="đã có kế hoạch"):
        office.plan()
    rows = YearPlan.objects.filter(pk=plan.pk)
    refused(rows, agreed_by=office.writer)
    refused(rows, agreed_by=None)
    refused(rows, counterpart=office.front)
    refused(PlanItem.objects.filter(pk=item.pk), form=Form.CONFERENCE)
    refused(PlanItem.objects.filter(pk=item.pk), ends_on=date(2022, 1, 1))
    refused(PlanItem.objects.filter(pk=item.pk), subject="")


@pytest.mark.parametrize(
    "change",
    [
        {"form": Form.WRITTEN},
        {"ends_on": date(2022, 3, 1)},
        {"subject": " "},
        {"lead": ""},
        {"starts_on": date(2020, 1, 1), "ends_on": date(2020, 1, 2)},
    ],
)
def test_a_line_that_cannot_be_is_named(office: Office, change) -> None:
    with pytest.raises(Exception, match="Dòng 1"):
        office.plan(office.item(**change))


def test_a_report_has_its_day_and_is_issued_as_it_was_read(office: Office) -> None:
    row = office.running()
    assert row.report_due == date(2022, 4, 20) + timedelta(days=15)
    assert [one.pk for one in selectors.reports_due(date(2022, 5, 5))] == [row.pk]
    texts = {"strengths": "Đủ", "limits": "Thiếu", "proposals": ""}
    first = services.write_report(of=row, **texts, revision=row.revision, now=office.tick(), by=office.writer)
    row.refresh_from_db()
    services.send_report_back(of=row, reason="Thêm số liệu", revision=row.revision, now=office.tick(), by=office.chair)
    row.refresh_from_db()
    texts["limits"] = "Thiếu 3 khóm"
    second = services.write_report(of=row, **texts, revision=row.revision, now=office.tick(), by=office.writer)
    row.refresh_from_db()
    said = {"of": row, "number": "05/BC", "revision": row.revision, "by": office.chair}
    with pytest.raises(ContentDiffers):
        services.publish_report(**said, content_hash=first.content_hash, now=office.tick())
    made = services.publish_report(**said, content_hash=second.content_hash, now=office.tick())
    assert (made.frozen["limits"], Report.objects.count()) == ("Thiếu 3 khóm", 2)
    rows = Supervision.objects.filter(pk=row.pk)
    refused(rows, reported_by=None)
    refused(rows, decision="")
    refused(rows, target=office.front)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(
            number="x", published_on=office.today, frozen={}, content_hash="x", at=office.now, by=office.chair
        )


def test_a_visit_is_made_once_and_says_what_came_of_it(office: Office) -> None:
    row = office.running()
    visit = services.plan_visit(
        supervision=row, place="Khóm 2", planned_on=office.today, now=office.tick(), by=office.writer
    )
    said = {"visit": visit, "made_on": office.today, "summary": "Nghe 12 hộ", "by": office.writer}
    services.make_visit(**said, now=office.tick())
    with pytest.raises(BadSupervision, match="đã được ghi nhận"):
        services.make_visit(**said, now=office.tick())
    refused(Visit.objects.filter(pk=visit.pk), summary="")
    refused(Visit.objects.filter(pk=visit.pk), place="")


def test_a_draft_that_came_late_is_taken_in_and_says_so(office: Office) -> None:
    row = services.receive_draft(
        body=office.front, target=office.ubnd, subject="Quy chế", form=Form.DIALOGUE, received_on=date(2022, 3, 1),
        submits_on=date(2022, 3, 10), now=office.tick(), by=office.writer,
    )  # fmt: skip
    assert (row.days_given, row.draft_days, row.came_late) == (9, 15, True)
    refused(Criticism.objects.filter(pk=row.pk), submits_on=date(2022, 1, 1))
    refused(Criticism.objects.filter(pk=row.pk), form=Form.TEAM)
    refused(Criticism.objects.filter(pk=row.pk), state=State.PUBLISHED)


def test_a_rule_of_days_has_a_basis_and_a_span(office: Office) -> None:
    said = {
        "area": office.cast.city,
        "timer": Timer.ANSWER,
        "kind": "supervision",
        "valid_from": office.today,
        "by": office.writer,
    }
    for wrong in (
        {"days": 0, "legal_basis": "x"},
        {"days": 5, "legal_basis": " "},
        {"days": 5, "legal_basis": "x", "kind": "?"},
    ):
        with pytest.raises(BadTimer):
            services.set_timer(**(said | wrong), now=office.tick())
    with pytest.raises(IntegrityError), transaction.atomic():
        TimerRule.objects.create(**said, days=0, legal_basis="x", at=office.now)
