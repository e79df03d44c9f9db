"""Groups over time: counted on any day, ended for good, merged once, never stemming from themselves."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.community.rules import (
    Act,
    ActKind,
    Circle,
    Count,
    Counted,
    Link,
    LinkKind,
    WrongAct,
    after_merger,
    check_act,
    check_link,
    counted_on,
    standing_on,
)

START = date(2020, 1, 1)
days = st.integers(0, 2000).map(lambda n: START + timedelta(days=n))
numbers = st.none() | st.integers(0, 5000)


@st.composite
def histories(draw: st.DrawFn) -> list[Count]:
    """Counts in the order in which they were written, of days in any order."""
    made = draw(st.lists(st.tuples(days, numbers, numbers), max_size=12))
    return [Count(day, position, *said) for position, (day, *said) in enumerate(made)]


@given(histories(), days)
def test_a_day_has_what_was_counted_last_up_to_it(counts: list[Count], day: date) -> None:
    """By the day counted for, then by what was written later."""
    told = [one for one in counts if one.as_of <= day and one.members is not None]
    wanted = max(told, key=lambda one: (one.as_of, one.position)).members if told else None
    assert counted_on(counts, day).members == wanted


@given(histories(), days, st.integers(0, 100))
def test_a_later_count_changes_no_day_before_it(counts: list[Count], day: date, members: int) -> None:
    """And a correction of a day changes it and nothing before."""
    more = [*counts, Count(day, len(counts), members)]
    before = day - timedelta(days=1)
    assert counted_on(more, before) == counted_on(counts, before)
    assert counted_on(more, day).members == members


@given(histories(), days, st.integers(-1, 12))
def test_what_was_known_then_stays_known_then(counts: list[Count], day: date, known: int) -> None:
    """Rows written later do not change what earlier ones said."""
    assert counted_on(counts, day, known=known) == counted_on(counts[: known + 1], day)


@given(st.lists(histories(), min_size=2, max_size=5), days)
def test_a_merger_adds_the_members_once(groups: list[list[Count]], day: date) -> None:
    """The day after, all who were counted the day before are there, nobody twice."""
    before = [counted_on(counts, day) for counts in groups]
    heir, *joining = before
    merged = after_merger(heir, joining)
    heirs = [*groups[0], Count(day, 99, merged.members, merged.households)]
    assert (counted_on(heirs, day).members or 0) == sum(one.members or 0 for one in before)
    assert (counted_on(heirs, day).households or 0) == sum(one.households or 0 for one in before)


def test_a_merger_of_groups_nobody_counted_is_not_zero() -> None:
    """A missing number is not 0."""
    nothing = Counted(None, None, None)
    assert after_merger(nothing, [nothing]).members is None


@given(days, st.integers(1, 2000), days)
def test_a_dissolved_group_is_not_counted_from_its_end_on(founded: date, lived: int, day: date) -> None:
    """On the day of the end it is no longer there."""
    end = founded + timedelta(days=lived)
    acts = [Act(ActKind.FOUNDED, founded, 1, "A"), Act(ActKind.DISSOLVED, end, 2)]
    assert standing_on(acts, day).stands == (founded <= day < end)
    assert standing_on(acts, day, known=1).stands == (founded <= day)


@given(days, st.integers(1, 500), days)
def test_an_end_taken_back_never_was(founded: date, lived: int, day: date) -> None:
    """And ends again when it is ended again."""
    end = founded + timedelta(days=lived)
    acts = [
        Act(ActKind.FOUNDED, founded, 1, "A"),
        Act(ActKind.DISSOLVED, end, 2),
        Act(ActKind.REVIVED, end + timedelta(days=900), 3),
    ]
    assert standing_on(acts, day).stands == (founded <= day)
    again = [*acts, Act(ActKind.DISSOLVED, end, 4)]
    assert standing_on(again, day).stands == (founded <= day < end)


@given(days, st.integers(1, 500), days)
def test_a_moved_group_is_in_one_place_on_every_day(founded: date, later: int, day: date) -> None:
    """Where it was founded until it moves."""
    moved = founded + timedelta(days=later)
    acts = [Act(ActKind.FOUNDED, founded, 1, "A"), Act(ActKind.MOVED, moved, 2, "B")]
    found = standing_on(acts, day)
    assert found.stands == (day >= founded)
    if found.stands:
        assert found.place == ("A" if day < moved else "B")


def test_what_cannot_have_happened_is_refused() -> None:
    """Before it began, after it ended, in the future."""
    acts = [Act(ActKind.FOUNDED, date(2021, 1, 1), 1, "A")]
    check_act(acts, ActKind.DISSOLVED, date(2022, 1, 1), today=date(2023, 1, 1))
    with pytest.raises(WrongAct, match="trước ngày thành lập"):
        check_act(acts, ActKind.DISSOLVED, date(2020, 1, 1), today=date(2023, 1, 1))
    with pytest.raises(WrongAct, match="chưa đến"):
        check_act(acts, ActKind.DISSOLVED, date(2024, 1, 1), today=date(2023, 1, 1))
    ended = [*acts, Act(ActKind.DISSOLVED, date(2022, 1, 1), 2)]
    with pytest.raises(WrongAct, match="đã kết thúc"):
        check_act(ended, ActKind.MERGED, date(2022, 6, 1), today=date(2023, 1, 1))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=25))
def test_whatever_is_linked_no_group_stems_from_itself(asked: list[tuple[int, int]]) -> None:
    """Links that would close a circle are refused, all others are kept."""
    links: list[Link] = []
    for parent, child in asked:
        try:
            check_link(links, UUID(int=parent), UUID(int=child))
        except Circle:
            assert parent == child or _reaches(links, UUID(int=child), UUID(int=parent))
        else:
            links.append(Link(UUID(int=parent), UUID(int=child), LinkKind.BORN, START))
    assert not any(_reaches(links, UUID(int=one), UUID(int=one)) for one in range(7))


def _reaches(links: list[Link], start: UUID, end: UUID) -> bool:
    """Say whether one comes to another by going from parents to children, at least one step."""
    seen: set[UUID] = set()
    left = [start]
    while left:
        here = left.pop()
        for link in links:
            if link.parent == here and link.child not in seen:
                seen.add(link.child)
                left.append(link.child)
    return end in seen
