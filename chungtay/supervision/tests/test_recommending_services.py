"""A recommendation over its whole life: two persons at each decision, never closed without an answer or a decision."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.access.selectors import NotAllowed, keys_of
from chungtay.audit.models import AuditEvent
from chungtay.kernel.errors import DomainError
from chungtay.supervision import selectors, services
from chungtay.supervision.answering import DraftDiffers, draft_hash
from chungtay.supervision.models import Act, Answer, AnswerDraft, Publication, Recommendation
from chungtay.supervision.moving import ChangedMeanwhile, NotSaid
from chungtay.supervision.recommending import BadRecommendation, TooEarly
from chungtay.supervision.rules import NotNow, Outcome, ReasonMissing, State
from chungtay.supervision.tests.making import Office, make_office
from chungtay.supervision.timers import Timer

pytestmark = pytest.mark.django_db


def at(row, **more):
    row.refresh_from_db()
    return {"recommendation": row, "revision": row.revision, **more}


def test_a_recommendation_is_sent_answered_accepted_and_closed_by_several_persons(office: Office) -> None:
    row = office.sent()
    assert row.due_on == office.today + timedelta(days=30)
    assert "chưa kiểm chứng" in row.due_basis
    draft = office.drafted(row)
    row.refresh_from_db()
    with pytest.raises(NotAllowed, match="quyền"):
        services.sign_answer(**at(row, content_hash=draft_hash(draft)), now=office.tick(), by=office.cast.clerk)
    with pytest.raises(DraftDiffers):
        services.sign_answer(**at(row, content_hash="0" * 64), now=office.tick(), by=office.cast.leader)
    services.sign_answer(**at(row, content_hash=draft_hash(draft)), now=office.tick(), by=office.cast.leader)
    assert not AnswerDraft.objects.exists()
    with pytest.raises(NotNow):
        services.close(**at(row, note="xong"), now=office.tick(), by=office.chair)
    services.accept_answer(**at(row), now=office.tick(), by=office.writer)
    services.close(**at(row, note="Đã kiểm tra tại khóm"), now=office.tick(), by=office.writer)
    row.refresh_from_db()
    assert (row.state, row.accepted_answer.outcome, row.owed.is_on_time) == (State.CLOSED, Outcome.WHOLE, True)
    verbs = Act.objects.filter(thing_id=row.pk).order_by("revision").values_list("verb", flat=True)
    assert list(verbs) == ["edit", "send", "draft_answer", "sign_answer", "accept", "close"]
    assert AuditEvent.objects.filter(object_id=str(row.pk)).count() == 6


def test_an_answer_that_is_not_enough_goes_back_and_owes_again(office: Office) -> None:
    row = office.signed(office.sent())
    with pytest.raises(ReasonMissing):
        services.send_answer_back(**at(row, reason=" "), now=office.tick(), by=office.writer)
    services.send_answer_back(**at(row, reason="Chưa nói khi nào xong"), now=office.tick(40), by=office.writer)
    row.refresh_from_db()
    assert (row.state, row.days_late(office.today)) == (State.RETURNED, 10)
    assert row.owed.is_on_time, "the first answer came in time"
    assert [one.pk for one in selectors.answers_due(office.today)] == [row.pk]
    office.signed(row)
    assert Answer.objects.filter(recommendation=row).count() == 2


def test_what_stays_unanswered_goes_up_and_ends_only_by_a_second_persons_decision(office: Office) -> None:
    row = office.sent()
    with pytest.raises(TooEarly, match="chờ hết ngày"):
        services.escalate(**at(row, reason="Im lặng"), now=office.tick(), by=office.writer)
    services.escalate(**at(row, reason="Im lặng"), now=office.tick(31), by=office.writer)
    row.refresh_from_db()
    assert row.superior == office.ubnd
    with pytest.raises(BadRecommendation):
        services.escalate(**at(row, reason="Lần nữa"), now=office.tick(), by=office.writer)
    seen = selectors.recommendations_seen_by(keys_of(office.cast.officer, on=office.today))
    assert row in seen
    draft = services.draft_answer(
        **at(row, outcome=Outcome.NOT, text="Không thuộc thẩm quyền", reason="Việc của phường"),
        now=office.tick(), by=office.cast.officer,
    )  # fmt: skip
    assert draft.body == office.ubnd, "the superior answers in its own name"
    with pytest.raises(NotAllowed, match="đã tham gia"):
        services.decide(**at(row, decision="Không theo dõi nữa"), now=office.tick(), by=office.writer)
    with pytest.raises(ReasonMissing):
        services.decide(**at(row, decision=""), now=office.tick(), by=office.chair)
    services.decide(**at(row, decision="KL 05: chuyển Hội đồng nhân dân"), now=office.tick(), by=office.chair)
    row.refresh_from_db()
    assert (row.state, row.owed.is_on_time) == (State.CLOSED, False)


def test_the_database_itself_refuses_to_close_without_answer_or_second_person(office: Office) -> None:
    row = office.sent()
    for change in (
        {"state": State.CLOSED, "closed_on": office.today},
        {"state": State.CLOSED, "closed_on": office.today, "decision": "x", "decided_by": office.writer},
        {"state": State.ACCEPTED, "answered_on": office.today},
        {"due_on": None},
        {"superior": row.addressee, "escalated_on": office.today},
        {"addressee": office.front},
        {"text": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.filter(pk=row.pk).update(**change)
    said = {"recommendation": row, "version": 1, "body": office.unit, "content_hash": "x", "at": office.now}
    for change in (
        {"outcome": "whole", "text": "a", "drafted_by": office.writer, "signed_by": office.writer},
        {"outcome": "not", "text": "a", "drafted_by": office.writer, "signed_by": office.chair},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(**said, **change)


def test_a_stale_page_and_a_stranger_change_nothing(office: Office) -> None:
    row = office.sent()
    with pytest.raises(ChangedMeanwhile):
        services.escalate(recommendation=row, reason="x", revision=1, now=office.tick(31), by=office.writer)
    for who in (office.cast.outsider, office.cast.auditor, office.unit_writer):
        with pytest.raises(NotAllowed):
            services.escalate(**at(row, reason="x"), now=office.tick(), by=who)
    other = selectors.recommendations_seen_by(keys_of(office.cast.other_clerk, on=office.today))
    assert not other.exists()
    draft = office.written()
    assert draft not in selectors.recommendations_seen_by(keys_of(office.cast.clerk, on=office.today))


def test_the_days_of_an_answer_are_a_places_own_decision(office: Office) -> None:
    services.set_timer(
        area=office.cast.city, timer=Timer.ANSWER, kind="supervision", days=10, valid_from=office.today,
        legal_basis="Quy chế 01/QC", is_verified=True, now=office.tick(), by=office.writer,
    )  # fmt: skip
    row = office.sent()
    assert ((row.due_on - office.today).days, row.due_basis) == (10, "Quy chế 01/QC")
    assert (row.escalate_on - office.today).days == 20


def test_what_is_made_public_is_frozen_and_by_a_second_person(office: Office) -> None:
    row = office.signed(office.sent())
    with pytest.raises(NotAllowed):
        services.publish_recommendation(**at(row, number="Tin 1"), now=office.tick(), by=office.writer)
    services.publish_recommendation(**at(row, number="Tin 1"), now=office.tick(), by=office.chair)
    services.send_answer_back(**at(row, reason="Chưa đủ"), now=office.tick(), by=office.writer)
    [shown] = selectors.published_recommendations([office.cast.city.pk])
    assert (shown.frozen["outcome"], shown.frozen["text"]) == ("Tiếp thu toàn bộ", row.text)
    with pytest.raises(NotSaid, match="đã công khai"):
        services.publish_recommendation(**at(row, number="Tin 2"), now=office.tick(), by=office.chair)
    assert Publication.objects.count() == 1


def tries_of(office, row, by):
    """Return what may be tried with a recommendation now."""
    row.refresh_from_db()
    said = {"recommendation": row, "revision": row.revision, "now": office.tick(9), "by": by}
    draft = AnswerDraft.objects.filter(recommendation=row).first()
    clerk, leader = said | {"by": office.cast.clerk}, said | {"by": office.cast.leader}
    return {
        "send": lambda: services.send(**said),
        "draft": lambda: services.draft_answer(**clerk, outcome=Outcome.WHOLE, text="Đã làm"),
        "sign": lambda: services.sign_answer(**leader, content_hash=draft_hash(draft) if draft else ""),
        "accept": lambda: services.accept_answer(**said),
        "back": lambda: services.send_answer_back(**said, reason="Chưa đủ"),
        "escalate": lambda: services.escalate(**said, reason="Quá hạn"),
        "close": lambda: services.close(**said, note="Xong"),
        "decide": lambda: services.decide(**said, decision="Kết luận 1"),
        "cancel": lambda: services.cancel_recommendation(**said, reason="Trùng"),
    }


STEPS = ("send", "draft", "sign", "accept", "back", "escalate", "close", "decide", "cancel")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.booleans()), min_size=4, max_size=9))
def test_whatever_people_try_nothing_ends_without_answer_or_decision(db, tries) -> None:
    with transaction.atomic():
        office = make_office()
        row = office.written()
        for name, is_second in tries:
            try:
                with transaction.atomic():
                    tries_of(office, row, office.chair if is_second else office.writer)[name]()
            except DomainError:
                continue
        row.refresh_from_db()
        assert Act.objects.filter(thing_id=row.pk).count() == row.revision
        if row.state == State.CLOSED:
            assert row.accepted_answer_id or (row.decision and row.decided_by_id != row.written_by_id)
        transaction.set_rollback(True)
