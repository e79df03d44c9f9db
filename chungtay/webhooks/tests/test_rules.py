"""Waits, filters, signatures and states, without a database."""

import base64
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.webhooks import rules
from chungtay.webhooks.rules import HOOK_TURNS, TURNS, Act, HookAct, HookState, State, Subject
from chungtay.webhooks.tests.receiver import is_signed


@given(st.text(max_size=40))
def test_tries_go_on_for_about_three_days_and_end(salt: str) -> None:
    """Each wait is near its step, never longer than a day and a fifth, and drawn anew for every try."""
    total = timedelta(0)
    for tries in range(1, rules.MOST_TRIES):
        act, wait = rules.after_failure(tries, salt=salt)
        assert act is Act.RETRY
        assert 0.8 * rules.WAITS[tries - 1] <= wait <= 1.2 * rules.WAITS[tries - 1]
        total += wait
    assert timedelta(days=2.4) < total < timedelta(days=4)
    assert rules.after_failure(rules.MOST_TRIES, salt=salt) == (Act.GIVE_UP, timedelta(0))


def test_whoever_asks_to_be_left_alone_is_but_not_for_ever() -> None:
    """What failed together does not come back together."""
    assert rules.after_failure(1, salt="a", asked_for=7_200)[1] == timedelta(hours=2)
    assert rules.after_failure(1, salt="a", asked_for=999_999)[1] <= timedelta(days=1.2)
    assert len({rules.after_failure(3, salt=str(one))[1] for one in range(50)}) > 40


def test_a_signature_is_of_the_id_the_moment_and_every_letter() -> None:
    """By each live secret; another secret or letter does not fit."""
    old, new = rules.new_secret(), rules.new_secret()
    body = rules.body_of("returns.return.approved", datetime(2025, 1, 1), {"đơn vị": "Hòa An"})
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": "17",
        "webhook-signature": rules.signed([new, old], "msg_1", 17, body),
    }
    assert is_signed(old, headers, body.encode())
    assert is_signed(new, headers, body.encode())
    assert not is_signed(rules.new_secret(), headers, body.encode())
    assert not is_signed(new, headers, body.encode() + b" ")
    for changed in ({"webhook-id": "msg_2"}, {"webhook-timestamp": "18"}):
        assert not is_signed(new, headers | changed, body.encode())
    assert len(base64.b64decode(new.removeprefix("whsec_"))) == 32


def test_the_standards_own_example_comes_out() -> None:
    """The vector that its libraries are tested with."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    said = rules.signed([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')
    assert said == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_filters_begin_at_dots_and_within_what_was_chosen() -> None:
    """Nothing named is everything."""
    wanted = rules.read_filter("returns.return, tasks.task.", [Subject.RETURNS, Subject.TASKS])
    assert wanted == ("returns.return", "tasks.task")
    assert rules.is_wanted("returns.return.approved", wanted)
    assert not rules.is_wanted("returns.returned.x", wanted)
    assert rules.is_wanted("anything.at.all", ())
    for wrong in ("funds.voucher", "RETURNS", "returns.return.x.y", "a b c", "returns..x"):
        with pytest.raises(rules.BadFilter):
            rules.read_filter(wrong, [Subject.RETURNS])
    assert rules.subject_of("households.household.seen") is None
    assert rules.subject_of("returnsx.y") is None


@given(st.lists(st.sampled_from(list(Act)), max_size=30))
def test_a_delivery_is_claimed_before_anything_else_and_never_lost(acts: list[Act]) -> None:
    """Over any story: it arrives only from a claim, and what failed or arrived goes on only by somebody's decision."""
    state = State.QUEUED
    for act in acts:
        following = TURNS.get((state, act))
        if following is None:
            continue
        assert (following is State.CLAIMED) == (act is Act.CLAIM)
        assert not (following in (State.ARRIVED, State.FAILED) and state is not State.CLAIMED)
        assert not (state in (State.ARRIVED, State.FAILED) and act is not Act.RESEND)
        state = following


@given(st.lists(st.sampled_from(list(HookAct)), max_size=20))
def test_an_ended_address_stays_ended(acts: list[HookAct]) -> None:
    """And every other one can be ended."""
    state = HookState.ACTIVE
    for act in acts:
        following = HOOK_TURNS.get((state, act), state)
        assert state is not HookState.ENDED or following is HookState.ENDED
        state = following
    assert state is HookState.ENDED or (state, HookAct.END) in HOOK_TURNS


def test_an_answer_is_shown_as_one_safe_line() -> None:
    """Whatever bytes it has."""
    assert rules.excerpt("ổn\r\n<b>\x00\x1b[31m".encode() + b"\xff" * 500).startswith("ổn <b> [31m")
    assert len(rules.excerpt(b"x" * 5_000)) == 200
