"""The states of an import over random steps; each step has its right, and what seals work needs a second person."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.access.rules import ACTION_LABELS, SECOND_PERSON
from chungtay.exchange.rules import RIGHT_OF, STATE_LABELS, TRANSITIONS, VERB_LABELS, NotThisStep, State, Verb, after
from chungtay.exchange.tests.making import VISITS, said
from chungtay.kernel.errors import DomainError

STEPS = st.lists(st.sampled_from(list(RIGHT_OF)), max_size=12)


@given(STEPS)
def test_steps_lead_only_where_the_table_says(steps):
    state = State.WAITING
    was_approved = False
    for verb in steps:
        before = state
        with suppress(NotThisStep):
            state = after(state, verb)
        assert (before, verb) in TRANSITIONS or state is before
        was_approved = was_approved or state is State.APPROVED
        assert was_approved or state not in (State.UNDO_ASKED, State.UNDONE)
    if state in (State.REJECTED, State.WITHDRAWN, State.UNDONE):
        assert not any(begins is state for begins, _ in TRANSITIONS)


def test_every_step_has_its_words_and_its_right():
    assert set(STATE_LABELS) == set(State)
    assert set(VERB_LABELS) == set(Verb)
    assert set(RIGHT_OF) == {verb for _, verb in TRANSITIONS}
    assert set(RIGHT_OF.values()) <= set(ACTION_LABELS)
    assert {RIGHT_OF[Verb.APPROVE], RIGHT_OF[Verb.UNDO]} <= SECOND_PERSON


@given(STEPS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_account_follows_the_steps(world, steps):
    """Whatever is tried, in whatever order, the figure is what the state of the last import says."""
    world.now += timedelta(days=1)
    unit, month = "29869", f"2022{world.now.day % 9 + 1:02d}"
    done = world.send(said(VISITS, unit, month, world.now.day + 1, comment=str(world.now)), name=str(world.now))
    if done.of is None or done.of.access_state != State.WAITING:
        return
    before = world.value(VISITS, 2, f"2022-{month[4:]}")
    for verb in steps:
        for by in (world.cast.officer, world.cast.upper_leader):
            with suppress(DomainError):
                world.move(done.of, verb, by, "Lý do.")
    state = State(type(done.of).objects.get(pk=done.of.pk).access_state)
    stands = world.value(VISITS, 2, f"2022-{month[4:]}")
    is_in = state in (State.APPROVED, State.UNDO_ASKED)
    assert stands == (int(done.look.judged.written[0].said.value) if is_in else before)
