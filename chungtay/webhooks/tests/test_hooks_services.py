"""What happened is told once to whom it is for, signed, tried again, and never what was taken back; whoever is killed loses nothing."""

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.access.selectors import NotAllowed
from chungtay.accounts import services as accounts
from chungtay.audit.models import AuditEvent
from chungtay.notices.models import Notice
from chungtay.webhooks import outbox, rules, services, spreading
from chungtay.webhooks.addresses import ForbiddenAddress
from chungtay.webhooks.models import Delivery, Hook, HookSecret
from chungtay.webhooks.rules import HookAct, HookState, State
from chungtay.webhooks.tests.conftest import NOW
from chungtay.webhooks.tests.receiver import Receiver, is_signed
from tests.databases.at_once import at_once

pytestmark = pytest.mark.django_db
Made = tuple[Hook, str]


class Killed(BaseException):
    """The process is gone."""


def states() -> list[str]:
    return sorted(Delivery.objects.values_list("state", flat=True))


def registered(cast: Any, url: str, **more: Any) -> Hook:
    asked = {"area": cast.city.pk, "name": "Máy", "url": url, "subjects": ["returns"], "only": "", "by": cast.officer}
    return services.register_hook(**asked | more, now=NOW)[0]


def test_what_happens_is_told_signed_and_without_what_was_written(
    cast: Any, hook: Made, receiver: Receiver, happen: Any
) -> None:
    """Once, in order, whatever often the timer comes."""
    first, second = happen(cast.communes[0]), happen(cast.city, "returns.return.approved")
    done = services.send_round(now=NOW)
    assert (done.told, done.sent, done.failed) == (2, 2, 0)
    assert services.send_round(now=NOW) == outbox.Sent()
    bodies = [json.loads(body) for _, _, body in receiver.came]
    assert [one["data"]["change"] for one in bodies] == [first, second]
    assert bodies[0]["type"] == "returns.return.submitted"
    assert bodies[0]["data"]["unit"] == "29863"
    assert bodies[0]["data"]["url"].endswith("/api/v1/returns/5e0a")
    assert not any("bí mật" in body.decode() for _, _, body in receiver.came)
    for _, headers, body in receiver.came:
        assert is_signed(hook[1], headers, body)
        assert abs(int(headers["webhook-timestamp"]) - NOW.timestamp()) < 60
    assert len(set(receiver.ids)) == 2


def test_nobody_is_told_what_is_not_for_them(cast: Any, hook: Made, receiver: Receiver, happen: Any) -> None:
    """Other places, other subjects, other codes, what was before, what was taken back."""
    narrow = registered(cast, receiver.url, only="returns.return.approved")
    own = registered(cast, receiver.url, area=cast.communes[0].pk, by=cast.leader)
    happen(cast.other_city)
    happen(cast.communes[0], "households.household.seen")
    happen(cast.communes[0], "funds.voucher.paid")
    happen(cast.communes[1])
    with suppress(RuntimeError), transaction.atomic():
        happen(cast.communes[0], "returns.return.approved")
        raise RuntimeError("the act fails")
    services.spread(now=NOW)
    assert [one.hook_id for one in Delivery.objects.all()] == [hook[0].pk]
    happen(cast.communes[0], "returns.return.approved")
    services.spread(now=NOW)
    told = sorted(str(one.hook_id) for one in Delivery.objects.all())
    assert told == sorted(map(str, [hook[0].pk, hook[0].pk, narrow.pk, own.pk]))


def test_who_may_register_for_which_office(cast: Any, receiver: Receiver) -> None:
    """The officer and leaders of an office, for what they see themselves; an inner address is refused."""
    for by, area in ((cast.clerk, cast.communes[0]), (cast.officer, cast.communes[0]), (cast.auditor, cast.city)):
        with pytest.raises(NotAllowed):
            registered(cast, receiver.url, area=area.pk, by=by)
    with pytest.raises(services.BadHook):
        registered(cast, receiver.url, by=cast.admin)  # sees no return, so there is nothing to tell
    with pytest.raises(ForbiddenAddress):
        registered(cast, "https://127.0.0.1/")
    for wrong in ({"name": " "}, {"subjects": []}):
        with pytest.raises(services.BadHook):
            registered(cast, receiver.url, **wrong)
    for _ in range(rules.MOST_HOOKS):
        one = registered(cast, receiver.url)
    with pytest.raises(services.BadHook):
        registered(cast, receiver.url)
    with pytest.raises(NotAllowed):
        services.move_hook(hook=one, act=HookAct.END, now=NOW, by=cast.auditor)
    services.move_hook(hook=one, act=HookAct.END, now=NOW, by=cast.admin)
    registered(cast, receiver.url)


def test_the_secret_lies_sealed_and_the_old_one_signs_for_a_day(
    cast: Any, hook: Made, receiver: Receiver, happen: Any
) -> None:
    """In no row and no event; beside the new one until the overlap is over, then alone no more."""
    new = services.rotate_secret(hook=hook[0], now=NOW, by=cast.officer)
    for secret in (hook[1], new):
        assert secret not in str(list(AuditEvent.objects.values())) + str(list(HookSecret.objects.values()))
    for hours, is_old_good in ((23, True), (25, False)):
        happen(cast.city)
        services.send_round(now=NOW + timedelta(hours=hours))
        _, headers, body = receiver.came[-1]
        assert is_signed(new, headers, body)
        assert is_signed(hook[1], headers, body) is is_old_good
    again = services.rotate_secret(hook=hook[0], now=NOW + timedelta(hours=26), by=cast.officer)
    third = services.rotate_secret(hook=hook[0], now=NOW + timedelta(hours=27), by=cast.officer)
    happen(cast.city)
    services.send_round(now=NOW + timedelta(hours=28))
    _, headers, body = receiver.came[-1]
    assert [is_signed(one, headers, body) for one in (new, again, third)] == [False, True, True]


def test_a_message_that_does_not_arrive_is_tried_for_three_days_then_the_office_hears(
    cast: Any, hook: Made, receiver: Receiver, happen: Any
) -> None:
    """Under one id; what happened meanwhile waits and is told once somebody lets it go on."""
    happen(cast.city)
    receiver.script = [500] * rules.MOST_TRIES
    now = NOW
    for _ in range(rules.MOST_TRIES - 1):
        assert services.send_round(now=now).again == 1
        assert services.send_round(now=now).again == 0, "not before its time"
        now = Delivery.objects.get().due_at
    assert timedelta(days=2.4) < now - NOW < timedelta(days=4)
    done = services.send_round(now=now)
    assert (done.failed, done.stopped) == (1, 1)
    one = Delivery.objects.get()
    assert (one.state, one.status, one.said, one.tries) == (State.FAILED, 500, "cảm ơn 500", rules.MOST_TRIES)
    assert set(receiver.ids) == {one.message_id}
    told = Notice.objects.filter(kind="webhooks.stopped")
    assert cast.officer.pk in told.values_list("to", flat=True)
    happen(cast.city)
    assert services.send_round(now=now) == outbox.Sent()
    services.move_hook(hook=hook[0], act=HookAct.RESUME, now=now, by=cast.officer)
    services.resend(delivery=one, now=now, by=cast.officer)
    assert services.send_round(now=now).sent == 2
    assert receiver.ids.count(one.message_id) == rules.MOST_TRIES + 1


def test_one_message_that_nobody_can_take_does_not_stop_the_others(
    cast: Any, hook: Made, receiver: Receiver, happen: Any
) -> None:
    """Given up alone: the address answers the rest."""
    bad, now = happen(cast.city), NOW
    for _ in range(rules.MOST_TRIES):
        happen(cast.city)
        receiver.script = [422, 200]
        done = services.send_round(now=now)
        assert (done.sent, done.stopped) == (1, 0)
        now = max(now, Delivery.objects.get(event_id=bad).due_at)
    assert (Delivery.objects.get(event_id=bad).state, Hook.objects.get().state) == (State.FAILED, HookState.ACTIVE)


def test_gone_is_gone_at_once_and_a_redirect_is_not_followed(
    cast: Any, hook: Made, receiver: Receiver, happen: Any
) -> None:
    """410 stops; 302 is a failure like any other."""
    happen(cast.city)
    receiver.script = [302]
    assert services.send_round(now=NOW).again == 1
    assert [path for path, _, _ in receiver.came] == ["/nhan?tu=chungtay"]
    receiver.script = [410]
    done = services.send_round(now=NOW + timedelta(days=1))
    assert (done.failed, done.stopped) == (1, 1)
    row = Hook.objects.get()
    assert row.state == HookState.STOPPED
    assert "410" in row.why


def test_who_may_no_longer_see_is_no_longer_told(cast: Any, hook: Made, receiver: Receiver, happen: Any) -> None:
    """Neither what comes nor what was waiting; the office hears of it, nothing is passed over."""
    happen(cast.city)
    services.spread(now=NOW)
    accounts.set_active(user=cast.officer, is_active=False, now=NOW, by=None)
    happen(cast.city)
    done = services.send_round(now=NOW)
    assert (done.told, done.sent, receiver.came) == (0, 0, [])
    assert Hook.objects.get().state == HookState.STOPPED
    assert Hook.objects.get().cursor < AuditEvent.objects.latest("pk").pk


def test_pausing_keeps_and_resuming_tells(cast: Any, hook: Made, receiver: Receiver, happen: Any) -> None:
    """A test goes only to who runs."""
    services.move_hook(hook=hook[0], act=HookAct.PAUSE, now=NOW, by=cast.officer)
    happen(cast.city)
    assert services.send_round(now=NOW) == outbox.Sent()
    with pytest.raises(services.HookMovedOn):
        services.queue_test(hook=hook[0], now=NOW, by=cast.officer)
    services.move_hook(hook=hook[0], act=HookAct.RESUME, now=NOW, by=cast.officer)
    assert services.send_round(now=NOW).sent == 1
    made = services.queue_test(hook=Hook.objects.get(), now=NOW, by=cast.officer)
    receiver.script = [500]
    failed = services.queue_test(hook=Hook.objects.get(), now=NOW, by=cast.officer)
    assert services.send_one(delivery=failed, now=NOW) is False, "an answer is no arrival"
    assert services.send_one(delivery=made, now=NOW)
    assert services.send_one(delivery=made, now=NOW) is False
    waiting = services.queue_test(hook=Hook.objects.get(), now=NOW, by=cast.officer)
    with pytest.raises(services.NotResent):
        services.resend(delivery=waiting, now=NOW, by=cast.officer)


@pytest.mark.parametrize("where", ["before it leaves", "after it left"])
def test_whoever_dies_while_sending_loses_nothing(
    cast: Any, hook: Made, receiver: Receiver, happen: Any, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """When the lease is over it is sent again, under the same id; a ghost that comes back confirms nothing."""
    happen(cast.city)
    name = "_sent" if where == "before it leaves" else "_confirm"
    real, confirm = getattr(outbox, name), outbox._confirm
    monkeypatch.setattr(outbox, name, lambda *_: (_ for _ in ()).throw(Killed()))
    with pytest.raises(Killed):
        services.send_round(now=NOW)
    monkeypatch.setattr(outbox, name, real)
    ghost = Delivery.objects.get()
    assert (states(), services.send_round(now=NOW + rules.LEASE / 2)) == ([State.CLAIMED], outbox.Sent())
    assert services.send_round(now=NOW + rules.LEASE + timedelta(minutes=1)).sent == 1
    assert len(receiver.ids) == (1 if where == "before it leaves" else 2)
    assert set(receiver.ids) == {ghost.message_id}
    confirm(ghost, outbox._Outcome(None, "chậm"), NOW, outbox.Sent())
    assert states() == [State.ARRIVED]


def test_a_ghost_does_not_confirm_for_who_took_its_place(cast: Any, hook: Made, happen: Any) -> None:
    """Two claims of one message: only the later one says what came of it."""
    happen(cast.city)
    services.spread(now=NOW)
    ghost = outbox._claim(hook[0], NOW, 0.0)
    later = NOW + timedelta(days=40_000)  # beyond any lease, however long the machine runs
    outbox._lose(later)
    following = outbox._claim(hook[0], later, 0.0)
    outbox._confirm(ghost, outbox._Outcome(None, "chậm"), later, outbox.Sent())
    assert states() == [State.CLAIMED]
    outbox._confirm(following, outbox._Outcome(None, "chậm"), later, outbox.Sent())
    assert states() == [State.QUEUED]


def test_whoever_dies_while_spreading_tells_nothing_twice_and_nothing_less(
    cast: Any, hook: Made, receiver: Receiver, happen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Messages and cursor stand or fall together."""
    numbers = [happen(cast.city) for _ in range(7)]
    monkeypatch.setattr("chungtay.webhooks.selectors.LOOKED_AT", 3)
    real, seen = spreading._body, []

    def dies(event: AuditEvent) -> str:
        seen.append(event.pk)
        if len(seen) == 5:
            raise Killed
        return real(event)

    monkeypatch.setattr(spreading, "_body", dies)
    with pytest.raises(Killed), transaction.atomic():
        services.spread(now=NOW)
    monkeypatch.setattr(spreading, "_body", real)
    services.spread(now=NOW)
    assert sorted(Delivery.objects.values_list("event_id", flat=True)) == numbers


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_tell_and_send_each_event_once(
    cast: Any, hook: Made, receiver: Receiver, happen: Any
) -> None:
    """Two timers that overlap."""
    numbers = [happen(cast.city) for _ in range(12)]
    failed = [one for one in at_once(lambda _: services.send_round(now=NOW), 4) if isinstance(one, Exception)]
    assert failed == []
    services.send_round(now=NOW)
    assert sorted(Delivery.objects.values_list("event_id", flat=True)) == numbers
    assert set(states()) == {State.ARRIVED}
    assert len(receiver.ids) == len(set(receiver.ids)) == 12


@pytest.mark.django_db(transaction=True)
def test_of_two_rotations_at_once_one_secret_is_present(cast: Any, hook: Made) -> None:
    """And the one that is shown last signs."""
    made = at_once(lambda _: services.rotate_secret(hook=hook[0], now=NOW, by=cast.officer), 4)
    assert all(isinstance(one, str) for one in made)
    assert HookSecret.objects.filter(ends_at=None).count() == 1


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["event", "send", "fail", "die", "pause", "resume", "resend"]), max_size=10))
def test_in_any_story_every_event_arrives_in_the_end(
    cast: Any, hook: Made, receiver: Receiver, happen: Any, story: list[str]
) -> None:
    """Each under one id of its own."""
    row, now, numbers = hook[0], NOW, []
    begun = Delivery.objects.count()
    for step in [*story, "resume", "send", "send"]:
        now += timedelta(hours=30)
        receiver.script = [500] if step == "fail" else []
        with suppress(services.HookMovedOn, services.NotResent, Killed):
            if step == "event":
                numbers.append(happen(cast.city))
            elif step in ("pause", "resume"):
                services.move_hook(hook=row, act=HookAct(step), now=now, by=cast.officer)
            elif step == "resend":
                if last := Delivery.objects.order_by("-event_id").first():
                    services.resend(delivery=last, now=now, by=cast.officer)
            elif step == "die":
                with pytest.MonkeyPatch.context() as patched:
                    patched.setattr(outbox, "_confirm", lambda *_: (_ for _ in ()).throw(Killed()))
                    services.send_round(now=now)
            else:
                services.send_round(now=now)
    mine = Delivery.objects.filter(event_id__in=numbers)
    assert sorted(mine.values_list("event_id", flat=True)) == numbers
    assert set(mine.values_list("state", flat=True)) <= {State.ARRIVED}
    assert Delivery.objects.count() == begun + len(numbers)
