"""Quiet hours, tries, digests and states, at their edges and over random sequences."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.notices.rules import (
    MOST_TRIES,
    TURNS,
    Act,
    Pace,
    State,
    after_failure,
    is_digest_due,
    is_quiet,
    opens_at,
)

TIMES = st.times()
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2025, 1, 1))


@given(MOMENTS, TIMES, TIMES)
def test_the_first_open_moment_is_never_before_and_never_quiet(now, start, end):
    found = opens_at(now, start, end)
    assert now <= found <= now + timedelta(days=1)
    assert not is_quiet(found.time(), start, end)


def test_hours_over_midnight_wait_for_the_morning():
    night = datetime(2025, 3, 3, 23, 15)
    assert opens_at(night, time(21), time(6)) == datetime(2025, 3, 4, 6)
    assert opens_at(night.replace(hour=2), time(21), time(6)) == datetime(2025, 3, 3, 6)
    assert opens_at(night, time(5), time(5)) == night, "equal hours are none"


def test_a_message_is_tried_so_often_and_then_given_up():
    acts = [after_failure(tries) for tries in range(1, MOST_TRIES + 1)]
    assert [act for act, _ in acts] == [Act.RETRY] * (MOST_TRIES - 1) + [Act.GIVE_UP]
    waits = [wait for act, wait in acts if act is Act.RETRY]
    assert waits == sorted(waits)


@given(st.lists(st.sampled_from(list(Act)), max_size=12))
def test_whatever_happens_what_was_sent_stays_sent_and_only_a_person_sends_the_uncertain_again(acts):
    state = State.QUEUED
    for act in acts:
        following = TURNS.get((state, act))
        if state is State.SENT:
            assert following is None
        if state is State.UNCERTAIN and following is not None:
            assert act is Act.RESEND
        state = following or state


@pytest.mark.parametrize(
    ("pace", "last", "due"),
    [
        (Pace.DAILY, None, True),
        (Pace.DAILY, date(2025, 3, 4), True),
        (Pace.DAILY, date(2025, 3, 5), False),
        (Pace.WEEKLY, None, True),
        (Pace.WEEKLY, date(2025, 3, 3), False),  # this week's Monday
        (Pace.WEEKLY, date(2025, 3, 2), True),
        (Pace.NOW, None, False),
        (Pace.NONE, None, False),
    ],
)
def test_a_digest_comes_once_a_day_or_once_a_week(pace, last, due):
    assert is_digest_due(pace, date(2025, 3, 5), last) is due
