"""The lives of things over random sequences, lateness, timers and the throttle: pure."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.supervision.ages import AGES, age_of, due_between, spread
from chungtay.supervision.rules import (
    FINAL,
    NEEDS_REASON,
    OWED,
    STEPS,
    NotNow,
    Outcome,
    Owed,
    ReasonMissing,
    State,
    Thing,
    Verb,
    check_answer,
    check_reason,
    step,
)
from chungtay.supervision.throttle import ALPHABET, CODE_LENGTH, Bound, TooMany, check, read_code, shown_code
from chungtay.supervision.timers import Rule, Timer, built_in, due_after, rule_on

FIRST = {Thing.CRITICISM: State.RECEIVED, Thing.FEEDBACK: State.RECEIVED}
DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


@given(st.sampled_from(Thing), st.lists(st.sampled_from(Verb), max_size=14))
def test_whatever_is_tried_a_thing_moves_by_its_table_and_stays_where_it_ended(thing: Thing, tries: list[Verb]) -> None:
    state = FIRST.get(thing, State.DRAFT)
    answered = accepted = False
    for verb in tries:
        if state not in STEPS[thing].get(verb, {}):
            with pytest.raises(NotNow, match="trạng thái"):
                step(thing, state, verb)
            continue
        assert state not in FINAL, "what has ended moves no more"
        state = step(thing, state, verb)
        answered |= verb is Verb.SIGN_ANSWER
        accepted = verb is Verb.ACCEPT or (accepted and verb is not Verb.SEND_BACK)
        if thing in (Thing.RECOMMENDATION, Thing.FEEDBACK) and state is State.CLOSED:
            assert answered or verb is Verb.DECIDE, "nothing is closed without an answer or a decision"
            assert accepted or verb is Verb.DECIDE or thing is Thing.FEEDBACK


def test_a_planted_short_cut_from_sent_to_closed_is_found() -> None:
    """The property above must see it: only DECIDE and an accepted answer lead to the end."""
    ways = {
        (before, verb)
        for verb, table in STEPS[Thing.RECOMMENDATION].items()
        for before, after in table.items()
        if after is State.CLOSED
    }
    assert ways == {(State.ACCEPTED, Verb.CLOSE), *((one, Verb.DECIDE) for one in (*OWED, State.ANSWERED))}


@pytest.mark.parametrize("verb", sorted(NEEDS_REASON))
def test_what_refuses_or_ends_says_why(verb: Verb) -> None:
    with pytest.raises(ReasonMissing):
        check_reason(verb, "  ")
    assert check_reason(verb, " vì mưa ") == "vì mưa"


def test_who_does_not_follow_wholly_says_why() -> None:
    assert check_answer(Outcome.WHOLE, " Đã làm ", "") == ("Đã làm", "")
    for outcome in (Outcome.PART, Outcome.NOT):
        with pytest.raises(ReasonMissing):
            check_answer(outcome, "Đã làm", " ")
    with pytest.raises(ReasonMissing):
        check_answer(Outcome.WHOLE, "", "")


@given(DAYS, DAYS, st.none() | DAYS)
def test_lateness_is_counted_to_the_answer_and_to_today_without_one(
    due: date, today: date, answered: date | None
) -> None:
    owed = Owed(due, answered)
    assert owed.days_late(today) == max(0, ((answered or today) - due).days)
    assert owed.is_on_time is (None if answered is None else answered <= due)
    assert Owed(due, None, today).is_on_time is False, "what ended without an answer was not answered in time"


@given(st.integers(-40, 400))
def test_an_age_is_found_again_by_its_due_days(late: int) -> None:
    today = date(2025, 3, 3)
    due = today - timedelta(days=late)
    ages = [at for at in range(len(AGES)) if due_between(at, today)[0] <= due <= due_between(at, today)[1]]
    assert ages == [age_of(max(0, late))]


def test_ages_are_spread_by_addressee() -> None:
    assert spread([("A", 0), ("A", 15), ("B", 16), ("A", 31), ("A", 400)]) == {"A": [1, 1, 0, 2], "B": [0, 0, 1, 0]}


def test_the_nearest_and_newest_rule_of_days_holds_and_a_programmes_own_before_all() -> None:
    day, city, programme = date(2022, 5, 1), UUID(int=1), UUID(int=2)
    first = rule_on(built_in(), Timer.ANSWER, "supervision", day)
    assert (first.days, first.is_verified) == (30, False)
    assert "chưa kiểm chứng" in first.basis
    own = Rule(Timer.ANSWER, "supervision", 15, date(2022, 1, 1), date(2022, 6, 1), "QC 01", True, city, None, 2)
    mended = Rule(Timer.ANSWER, "supervision", 20, date(2022, 1, 1), None, "QC 01, đính chính", True, city, None, 2)
    special = Rule(Timer.ANSWER, "supervision", 10, date(2020, 1, 1), None, "CTPH 500", False, None, programme)
    rules = [*built_in(), special, own, mended]
    assert rule_on(rules, Timer.ANSWER, "supervision", day).days == 20
    assert rule_on(rules[:-1], Timer.ANSWER, "supervision", date(2022, 6, 1)).days == 30, "own has ended"
    assert rule_on(rules, Timer.ANSWER, "supervision", day, programme).days == 10
    assert rule_on([], Timer.ANSWER, "supervision", day).basis.startswith("Chưa có quy định")
    assert due_after(date(2022, 5, 1), mended) == date(2022, 5, 21)


def test_a_visitor_waits_until_the_oldest_act_leaves_the_window() -> None:
    now = datetime(2022, 5, 1, 10)
    bound = Bound(2, 3, timedelta(minutes=10))
    check(bound, [now - timedelta(minutes=9)], 1, now)
    with pytest.raises(TooMany, match="1 phút"):
        check(bound, [now - timedelta(minutes=9), now], 2, now)
    with pytest.raises(TooMany, match="10 phút"):
        check(bound, [], 3, now)


@given(st.text(ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH))
def test_a_code_is_read_as_it_is_shown(code: str) -> None:
    assert read_code(f" {shown_code(code).lower()} ") == code
    assert read_code(code[:-1]) == ""
    assert read_code(code[:-1] + "0") == "", "0, 1, I, L and O are in no code"
