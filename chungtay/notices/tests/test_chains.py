"""Chains over random days and changes: each step once, to the right people, never before its day, the ladder from below."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chungtay.notices.chains import (
    LADDER,
    MOST_BEFORE,
    BadChain,
    Step,
    Version,
    Who,
    built_in,
    check_steps,
    in_order,
    steps_due,
    version_on,
    with_above,
)

DUE = date(2025, 3, 3)


@st.composite
def chains(draw):
    """Any chain that the rules take."""
    late = {who: draw(st.integers(1, 20)) for who in draw(st.sets(st.sampled_from(list(Who)))) | {Who.DOER}}
    rungs = sorted(late[who] for who in LADDER if who in late)
    late |= dict(zip((who for who in LADDER if who in late), rungs, strict=True))
    near = {who: -draw(st.integers(0, 10)) for who in draw(st.sets(st.sampled_from([Who.DOER, Who.LEADER])))}
    return check_steps([Step(who, days) for days_of in (near, late) for who, days in days_of.items()])


def told_by(versions, runs):
    """Return [(day, step, the version's steps)] of what is said when each key is said once."""
    said, known = [], set()
    for days in runs:
        day = DUE + timedelta(days)
        steps = version_on(versions, "x", day).steps
        for step in steps_due(steps, days):
            if step.key not in known:
                known.add(step.key)
                said.append((days, step, steps))
    return said


@given(chains(), st.sets(st.integers(-12, 25)))
def test_each_step_is_said_once_on_the_first_run_from_its_day_on(chain, runs):
    said = told_by([Version("x", chain, DUE - timedelta(99), "b")], sorted(runs))
    assert len({step.key for _, step, _ in said}) == len(said)
    found = {step: days for days, step, _ in said}
    for step in chain:
        can = [days for days in runs if days >= step.days and (days > 0) is step.is_late]
        assert found.get(step) == min(can, default=None)


@given(st.lists(st.tuples(st.integers(-12, 25), chains()), min_size=1, max_size=4), st.sets(st.integers(-12, 25)))
def test_a_change_of_the_chain_from_a_date_tells_nothing_again_and_nothing_early(changes, runs):
    versions = [
        Version("x", chain, DUE + timedelta(since), "b", number=at) for at, (since, chain) in enumerate(changes)
    ]
    said = told_by(versions, sorted(runs))
    keys = [step.key for _, step, _ in said]
    assert len(keys) == len(set(keys))
    for days, step, steps in said:
        assert step.days <= days, "never before its day"
        assert step in steps
        assert step.is_late is (days > 0)
        below = [one for one in steps if one.is_late and one.who in LADDER[: list(Who).index(step.who)]]
        if step.is_late and step.who in LADDER:
            assert all(one.key in keys[: keys.index(step.key)] for one in below), "those below hear first"


@given(chains(), st.integers(1, 30))
def test_the_day_of_the_level_above_may_be_a_programmes_own_and_the_ladder_still_holds(chain, days):
    found = with_above(chain, days)
    assert check_steps(found) == found
    assert Step(Who.ABOVE, days) in found


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(0, 5)), max_size=6), st.integers(0, 9))
def test_the_nearest_places_and_newest_version_holds(rows, today):
    versions = [
        Version("x", (), DUE + timedelta(since), "b", nearness=near, number=number) for near, since, number in rows
    ]
    found = version_on(versions, "x", DUE + timedelta(today))
    live = [one for one in versions if one.valid_from <= DUE + timedelta(today)]
    if not live:
        assert found.steps == () and "Chưa có quy định" in found.basis
    else:
        assert all(
            (one.nearness, one.valid_from, one.number) <= (found.nearness, found.valid_from, found.number)
            for one in live
        )


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([Step(Who.LEADER, 3)], "Người phải làm luôn được báo"),
        ([Step(Who.DOER, 5), Step(Who.LEADER, 3)], "cấp dưới được báo trước"),
        ([Step(Who.DOER, 1), Step(Who.LEADER, 3), Step(Who.ABOVE, 2)], "cấp dưới được báo trước"),
        ([Step(Who.DOER, 1), Step(Who.DOER, 2)], "bỏ bước trùng"),
        ([Step(Who.DOER, 1), Step(Who.ABOVE, 366)], "1 đến 365"),
        ([Step(Who.DOER, -MOST_BEFORE - 1), Step(Who.DOER, 1)], "nhiều nhất 30"),
    ],
)
def test_a_chain_that_cannot_be_is_refused_with_what_to_do(steps, sentence):
    with pytest.raises(BadChain, match=sentence):
        check_steps(steps)


@given(chains())
def test_what_stands_in_order_stays_so(chain):
    assume(len(chain) > 1)
    assert in_order(reversed(chain)) == chain


def test_what_comes_with_the_software_is_marked_as_not_verified():
    for version in built_in():
        assert version.basis.endswith("(chưa kiểm chứng)")
        assert any(step.is_late and step.who is Who.DOER for step in version.steps)
