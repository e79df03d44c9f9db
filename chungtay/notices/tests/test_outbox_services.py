"""The outbox: told once, sent once, whatever breaks in between, and uncertain where nobody can know."""

from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.access.selectors import NotAllowed
from chungtay.notices import outbox, services
from chungtay.notices.models import Delivery, DeliveryAct, Notice, PersonSetting, Preference
from chungtay.notices.rules import LEASE, MOST_TRIES, WAITS, Act, Pace, State
from chungtay.notices.tests.conftest import KIND, SLOW
from tests.databases.at_once import at_once

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process is gone."""


def told(people, key="return/1/sent-back", kind=KIND, now=NOW, **more):
    words = {"subject": "Báo cáo bị trả lại", "text": "Hai ô cần xem lại.", "url": "/bao-cao/1/"}
    return services.tell(kind=kind.code, to=people, key=key, now=now, by=None, **words | more)


def states():
    return sorted(Delivery.objects.values_list("state", flat=True))


def test_everybody_is_told_once_and_who_did_it_is_not(people):
    clerk, officer = people
    assert told(people) == 2
    assert told(people) == 0
    assert Notice.objects.count() == Delivery.objects.count() == 2
    services.tell(kind=KIND.code, to=people, key="k2", subject="Duyệt", url="/", now=NOW, by=officer)
    assert set(Notice.objects.filter(key="k2").values_list("to", flat=True)) == {clerk.pk}


def test_what_is_undone_was_never_told(people):
    with pytest.raises(RuntimeError), transaction.atomic():
        told(people)
        raise RuntimeError("the act fails")
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


def test_a_message_leaves_once_and_bears_the_same_mark_at_every_try(people, pigeon):
    told(people[:1])
    pigeon.mishaps = [OSError("nobody answers"), None]
    assert services.send_due(now=NOW).again == 1
    assert services.send_due(now=NOW + WAITS[0] / 2) == outbox.Sent()
    assert services.send_due(now=NOW + WAITS[0]).sent == 1
    assert services.send_due(now=NOW + timedelta(days=9)) == outbox.Sent()
    assert pigeon.left == [("clerk@example.org", Delivery.objects.get().message_id)]


def test_after_so_many_tries_it_is_given_up_and_the_reason_kept(people, pigeon):
    told(people[:1])
    pigeon.mishaps = [OSError("hộp thư đầy")] * MOST_TRIES
    now = NOW
    for wait in (*WAITS, timedelta(0)):
        services.send_due(now=now)
        now += wait
    row = Delivery.objects.get()
    assert (row.state, row.tries, row.error) == (State.FAILED, MOST_TRIES, "hộp thư đầy")


@pytest.mark.parametrize("where", ["before it leaves", "after it left"])
def test_whoever_dies_while_sending_leaves_it_uncertain_and_it_is_never_sent_again_by_itself(
    people, pigeon, monkeypatch, where
):
    told(people)
    if where == "before it leaves":
        pigeon.mishaps = [Killed()]
    else:
        monkeypatch.setattr(outbox, "_confirm", lambda *_: (_ for _ in ()).throw(Killed()))
    with pytest.raises(Killed):
        services.send_due(now=NOW)
    assert states() == [State.CLAIMED, State.CLAIMED]


def test_what_was_claimed_by_who_is_gone_is_uncertain_and_a_person_decides(cast, people, pigeon):
    told(people[:1])
    pigeon.mishaps = [Killed()]
    with pytest.raises(Killed):
        services.send_due(now=NOW)
    assert services.send_due(now=NOW + LEASE / 2) == outbox.Sent(), "perhaps it is still being sent"
    later = NOW + LEASE + timedelta(seconds=1)
    assert services.send_due(now=later) == outbox.Sent(uncertain=1)
    assert services.send_due(now=later + timedelta(days=1)) == outbox.Sent()
    row = Delivery.objects.get()
    assert (row.state, pigeon.left) == (State.UNCERTAIN, [])
    with pytest.raises(NotAllowed):
        services.resend(delivery=row, reason="hỏi rồi", now=later, by=cast.clerk)
    with pytest.raises(services.CannotResend):
        services.resend(delivery=row, reason=" ", now=later, by=cast.admin)
    services.resend(delivery=row, reason="đã hỏi, chưa nhận được", now=later, by=cast.admin)
    assert services.send_due(now=later).sent == 1
    with pytest.raises(services.CannotResend):
        services.resend(delivery=row, reason="lần nữa", now=later, by=cast.admin)
    acts = list(DeliveryAct.objects.order_by("id").values_list("act", flat=True))
    assert acts == [Act.CLAIM, Act.LOSE, Act.RESEND, Act.CLAIM, Act.SEND]


def test_at_night_it_waits_for_the_morning(people, pigeon):
    PersonSetting.objects.update(quiet_from="21:00", quiet_to="06:00")
    night = NOW.replace(hour=23)
    told(people[:1], now=night)
    assert services.send_due(now=night).sent == 0
    assert services.send_due(now=night.replace(day=4, hour=6)).sent == 1


def test_everybody_hears_as_soon_as_they_chose(people, pigeon):
    Preference.objects.create(user=people[0], kind=KIND.code, pace=Pace.NONE)
    told(people)
    assert list(Delivery.objects.values_list("to", flat=True)) == [people[1].pk]
    told(people, key="slow", kind=SLOW)
    assert Delivery.objects.count() == 1
    assert Notice.objects.count() == 4


def test_the_database_refuses_a_message_twice_and_states_that_say_nothing(people):
    told(people[:1])
    row = Delivery.objects.get()
    for changes in ({"pk": None, "id": None}, {"state": State.SENT}, {"state": State.CLAIMED}, {"state": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            if "pk" in changes:
                Delivery.objects.create(
                    to=row.to,
                    channel=row.channel,
                    key=row.key,
                    subject="x",
                    body="y",
                    state=State.QUEUED,
                    at=NOW,
                    due_at=NOW,
                )
            else:
                Delivery.objects.filter(pk=row.pk).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryAct.objects.create(delivery=row, act=Act.RESEND, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_each_message_once(people, pigeon):
    for number in range(30):
        told(people, key=f"k{number}")
    at_once(lambda _: services.send_due(now=NOW), 6)
    assert len(pigeon.left) == len(set(pigeon.left)) == 60
    assert set(states()) == {State.SENT}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["send", "fail", "die", "wait", "resend"]), max_size=8))
def test_in_any_story_a_message_leaves_at_most_once_for_every_decision(cast, people, pigeon, story):
    key = f"story {Notice.objects.count()}"
    pigeon.left.clear()
    told(people[:1], key=key)
    row, now, decisions = Delivery.objects.get(key=key), NOW, 1
    for step in story:
        now += timedelta(hours=7)
        pigeon.mishaps = {"fail": [OSError("x")], "die": [Killed()]}.get(step, [])
        if step == "resend":
            with suppress(services.CannotResend):
                services.resend(delivery=row, reason="hỏi rồi", now=now, by=cast.admin)
                decisions += 1
        elif step != "wait":
            with suppress(Killed):
                services.send_due(now=now)
    left = [mark for _, mark in pigeon.left if mark == row.message_id]
    confirmed = row.acts.filter(act=Act.SEND).count()
    assert confirmed == len(left) <= decisions
