"""Who hears of supervision: who must answer, sign, agree, judge, moderate; what citizens said stays where it is."""

import pytest
from django.db import transaction

from chungtay.notices.models import Notice
from chungtay.supervision import services
from chungtay.supervision.models import Feedback, Recommendation

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """Say who has been told what since it was asked last."""
    known = set()

    def fresh():
        rows = Notice.objects.exclude(pk__in=known).select_related("to").order_by("at", "id")
        found = sorted((one.to.username, one.kind.removeprefix("supervision.")) for one in rows)
        known.update(Notice.objects.values_list("pk", flat=True))
        return found

    return fresh


def test_a_recommendation_is_told_step_by_step_to_the_side_whose_turn_it_is(office, told):
    row = office.sent()
    assert told() == [("clerk", "received"), ("leader", "received")]
    office.drafted(row)
    row.refresh_from_db()
    assert told() == [("leader", "waits")]
    office.drafted(row)
    assert told() == [], "written again: who signs has been told"
    row = office.signed(Recommendation.objects.get())
    assert told() == [("city.chair", "waits"), ("city.front", "waits")]
    row = services.send_answer_back(
        recommendation=row, reason="thiếu ngày", revision=row.revision, now=office.tick(), by=office.chair
    )
    assert told() == [("clerk", "came_back"), ("leader", "came_back")]
    row = office.signed(row)
    told()
    services.accept_answer(recommendation=row, revision=row.revision, now=office.tick(), by=office.chair)
    assert told() == [("clerk", "settled"), ("leader", "settled")]
    assert not Notice.objects.filter(words__contains="niem yet").exists()


def test_the_level_above_hears_when_it_is_asked(office, told):
    row = office.sent()
    told()
    office.tick(days=60)
    services.escalate(
        recommendation=row, reason="không trả lời", revision=row.revision, now=office.tick(), by=office.writer
    )
    assert told() == [("officer", "received"), ("upper.leader", "received")]


def test_a_plan_and_a_report_wait_for_the_second_person(office, told):
    office.agreed()
    assert told() == [("city.chair", "settled"), ("city.front", "settled"), ("upper.leader", "waits")]
    row = office.running()
    assert told() == [("clerk", "received"), ("leader", "received")]
    office.now = office.now.replace(month=4, day=25)
    services.write_report(
        of=row, strengths="Đủ", limits="Không", proposals="", revision=row.revision, now=office.tick(), by=office.writer
    )
    assert told() == [("city.chair", "waits")]


def test_a_citizens_matter_is_told_without_a_word_of_it_and_many_once(office, told):
    for number in range(4):
        office.told(address=f"10.0.0.{number}")
    assert told() == [("city.chair", "waits"), ("city.front", "waits"), ("unit.front", "waits")]
    row = Feedback.objects.order_by("received_at").first()
    row = services.route(feedback=row, body=office.unit, revision=row.revision, now=office.tick(), by=office.writer)
    assert told() == [("clerk", "received"), ("leader", "received")]
    row = services.draft_reply(
        feedback=row, text="Đã sửa", revision=row.revision, now=office.tick(), by=office.cast.clerk
    )
    assert told() == [("leader", "waits")]
    services.sign_reply(feedback=row, revision=row.revision, now=office.tick(), by=office.cast.leader)
    assert {kind for _, kind in told()} == {"settled"}
    assert not Notice.objects.filter(words__contains="den duong").exists()


def test_what_was_not_sent_was_never_told(office, told):
    row = office.written()
    with pytest.raises(RuntimeError), transaction.atomic():
        services.send(recommendation=row, revision=row.revision, now=office.tick(), by=office.writer)
        raise RuntimeError("the act fails")
    assert told() == []


def test_everybody_told_may_open_it(office, told, web):
    office.agreed()
    office.running()
    office.signed(office.sent())
    office.routed()
    assert Notice.objects.count() > 8
    for one in Notice.objects.select_related("to"):
        assert web(one.to).get(one.url).status_code == 200, (one.to, one.subject)
