"""What is in force on a day, and how words differ."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chungtay.programmes.document_rules import STANDING, Effect, Force, Paper, standings
from chungtay.programmes.link_rules import Row, Way, difference, shown

START = date(2020, 1, 1)
DAYS = st.integers(0, 60).map(lambda at: START + timedelta(at))


@st.composite
def papers(draw: st.DrawFn) -> list[Paper]:
    found: list[Paper] = []
    for key in range(draw(st.integers(1, 7))):
        start = draw(DAYS)
        end = draw(st.none() | st.integers(0, 30).map(lambda n: n))
        on = draw(st.none() | st.integers(0, key - 1)) if key else None
        found.append(
            Paper(
                key,
                start,
                None if end is None else start + timedelta(end),
                on,
                draw(st.sampled_from(list(Effect))) if on is not None else None,
                draw(st.booleans()),
            )
        )
    return found


@given(papers(), DAYS)
def test_a_document_is_in_force_iff_its_days_say_so_and_nothing_standing_undid_it(
    found: list[Paper], day: date
) -> None:
    stand = standings(found, day)
    for paper in found:
        inside = paper.effect_from <= day and (paper.effect_to is None or day <= paper.effect_to)
        undone = any(
            other.on == paper.key
            and other.effect is not Effect.AMENDS
            and not other.is_withdrawn
            and other.effect_from <= day
            for other in found
        )
        assert (stand[paper.key].force in STANDING) == (inside and not undone and not paper.is_withdrawn)
        if stand[paper.key].force is Force.AMENDED:
            assert stand[paper.key].because
            assert all(stand[key].force in STANDING for key in stand[paper.key].because)


def test_a_repeal_lasts_longer_than_the_document_that_made_it() -> None:
    old = Paper("old", START)
    ends = Paper("new", START + timedelta(5), START + timedelta(10), "old", Effect.ENDS)
    assert standings([old, ends], START + timedelta(4))["old"].force is Force.IN_FORCE
    assert standings([old, ends], START + timedelta(30))["old"].force is Force.ENDED
    taken_back = Paper("new", ends.effect_from, ends.effect_to, "old", Effect.ENDS, is_withdrawn=True)
    assert standings([old, taken_back], START + timedelta(30))["old"].force is Force.IN_FORCE


WORDS = st.lists(st.sampled_from(["nhà", " ", "hộ", ", ", "120", ";"]), max_size=8).map("".join)


@given(WORDS, WORDS)
def test_a_difference_reads_as_both_texts(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark != "in") == before
    assert "".join(piece.text for piece in pieces if piece.mark != "out") == after
    assert (before == after) == all(piece.mark == "same" for piece in pieces)


ROWS = st.lists(st.builds(Row, st.text(max_size=3), st.none() | st.sampled_from(list(Way)), st.text(max_size=3)))


@given(ROWS)
def test_what_is_shown_is_the_last_that_was_taken_or_adapted_else_what_was_held(rows: list[Row]) -> None:
    kept = [row.value for row in rows if row.way in (Way.TAKE, Way.ADAPT)]
    assert shown(rows) == (kept[-1] if kept else rows[0].held if rows else None)
