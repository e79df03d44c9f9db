"""The rules of tasks, by properties over random sequences and days."""

import itertools
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.notices.chains import Step, Who
from chungtay.tasks import rules
from chungtay.tasks.calendars import LONGEST, Entry, write_calendar
from chungtay.tasks.rules import Due, Ground, Notice, Promise, State, Verb

DAYS = st.dates(date(2019, 1, 1), date(2031, 12, 31))


@given(st.lists(st.sampled_from(list(Verb)), max_size=40))
def test_any_sequence_of_verbs_ends_where_only_its_allowed_steps_lead(verbs: list[Verb]) -> None:
    """Done only through approve, report and confirm, in that order; cancelled is the end."""
    state, story = State.DRAFT, [State.DRAFT]
    for verb in verbs:
        try:
            state = rules.step(state, verb)
        except rules.NotNow as refused:
            assert rules.STATE_WORDS[state] in str(refused)
            assert state not in rules.STEPS[verb]
            continue
        if story[-1] is not state:
            story.append(state)
    assert State.CANCELLED not in story[:-1]
    for before, after in itertools.pairwise(story):
        assert not (after is State.DONE and before is not State.REPORTED)
        assert not (after is State.REPORTED and before is not State.ACTIVE)
        assert after is not State.DRAFT


@pytest.mark.parametrize("verb", sorted(rules.NEEDS_REASON))
def test_what_undoes_or_moves_says_why(verb: Verb) -> None:
    with pytest.raises(rules.ReasonMissing):
        rules.check_reason(verb, "  ")
    assert rules.check_reason(verb, " lũ ") == "lũ"


@given(DAYS, st.integers(0, 90), st.none() | st.integers(-200, 200), DAYS)
def test_lateness_is_counted_from_the_deadline_in_force_and_never_less_from_the_agreed_one(
    due: date, moved: int, finished: int | None, today: date
) -> None:
    deadline = due + timedelta(moved)
    day = None if finished is None else deadline + timedelta(finished)
    one = Promise("UBND", due, deadline, day, "Ông A" if moved else "")
    assert one.days_late(today) == max(0, finished if finished is not None else (today - deadline).days)
    assert one.days_past_agreed(today) >= one.days_late(today)
    assert {late.body for late in rules.attributed([one], today)} <= {"UBND"}
    if one.days_late(today):
        assert rules.attributed([one], today)[0].days == one.days_late(today)


def test_an_extension_does_not_hide_whose_it_was() -> None:
    """Kept after the extension: 0 days, but named with the days against the first deadline and who granted it."""
    kept = Promise("Hội Nông dân", date(2022, 3, 1), date(2022, 3, 20), date(2022, 3, 18), "Trần Văn Bình")
    late = Promise("UBND Phường 1", date(2022, 3, 1), date(2022, 3, 1))
    found = rules.attributed([kept, late], date(2022, 3, 11))
    assert [(x.body, x.days, x.agreed_days) for x in found] == [("UBND Phường 1", 10, 10), ("Hội Nông dân", 0, 17)]
    assert "đã được Trần Văn Bình gia hạn" in found[1].sentence


@given(DAYS, st.sampled_from([1, 3, 6, 12]), st.integers(0, 3000))
def test_occurrences_step_by_whole_months_and_stay_within(first: date, every: int, span: int) -> None:
    until = first + timedelta(span)
    found = rules.occurrences(first, every, until)
    months = [day.year * 12 + day.month for day in found]
    assert found[0] == first
    assert all(first <= day <= until for day in found)
    assert {b - a for a, b in itertools.pairwise(months)} <= {every}
    assert all(day.day <= first.day for day in found)
    assert rules.occurrences(date(2024, 1, 31), 1, date(2024, 3, 31))[1] == date(2024, 2, 29)


def test_a_rule_without_end_is_refused() -> None:
    for first, every, until in ((date(2020, 1, 1), 2, date(2021, 1, 1)), (date(2020, 1, 2), 1, date(2020, 1, 1))):
        with pytest.raises(rules.BadRule):
            rules.occurrences(first, every, until)
    with pytest.raises(rules.BadRule):
        rules.occurrences(date(2020, 1, 1), 1, date(2040, 1, 1))


@given(
    st.sampled_from([State.ACTIVE, State.REPORTED, State.DONE]),
    st.lists(st.none() | st.fractions(0, 3), max_size=4),
    st.lists(st.sampled_from([State.ACTIVE, State.DONE]), max_size=4),
    st.none() | st.integers(0, 100),
)
def test_progress_rests_on_figures_before_judgement_before_duties(
    state: State, reached: list[Fraction | None], duties: list[State], judged: int | None
) -> None:
    found = rules.progress(state, reached, duties, judged)
    known = [one for one in reached if one is not None]
    assert found.percent is None or 0 <= found.percent <= 100
    if state is State.DONE:
        assert found.ground is Ground.CONFIRMED
    elif known:
        assert found.ground is Ground.FIGURES
        assert (found.percent == 100) == (len(known) == len(reached) and min(known) >= 1)
    elif judged is not None:
        assert (found.ground, found.percent) == (Ground.JUDGED, judged)
        assert "ước lượng" in found.words
    else:
        assert (found.ground is Ground.NOTHING) == (not duties)


@given(DAYS, st.sets(st.integers(0, 30), min_size=1, max_size=4), st.integers(1, 20))
def test_run_every_day_each_notice_is_due_and_none_is_lost(deadline: date, before: set[int], after: int) -> None:
    """What a missed day would have said is said by the next run; nobody is told twice when each is recorded once."""
    said: list[Due] = []
    late = (Step(Who.DOER, 1), Step(Who.LEADER, after), Step(Who.ABOVE, after))
    for days in range(-40, 40):
        for due in rules.due_notices(deadline, deadline + timedelta(days), sorted(before, reverse=True), late):
            if due not in said:
                said.append(due)
    assert {due.days for due in said if due.notice is Notice.BEFORE} == before
    assert [due for due in said if due.notice is not Notice.BEFORE] == [
        Due(Notice.LATE, 1),
        Due(Notice.LEADER, after),
        Due(Notice.ESCALATED, after),
    ]


def test_days_of_reminders_are_read_or_refused() -> None:
    assert rules.read_days("1, 7;3,7") == (7, 3, 1)
    for wrong in ("", "bảy", "-1", "91"):
        with pytest.raises(rules.BadRule):
            rules.read_days(wrong)


@given(st.integers(2000, 2100), st.integers(1, 12))
def test_a_month_is_whole_weeks_from_monday(year: int, month: int) -> None:
    weeks = rules.month_days(year, month)
    days = [day for week in weeks for day in week]
    assert all(week[0].weekday() == 0 and len(week) == 7 for week in weeks)
    assert days == [days[0] + timedelta(n) for n in range(len(days))]
    assert sum(1 for day in days if day.month == month and day.year == year) >= 28
    assert all(any(day.month == month for day in week) for week in weeks)


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n"), max_size=300)


@given(TEXT, TEXT)
def test_lines_of_a_calendar_are_short_and_unfold_to_what_was_written(title: str, text: str) -> None:
    entry = Entry("a@x", date(2022, 3, 31), title, text, "https://x/a", datetime(2022, 3, 1, tzinfo=UTC))
    data = write_calendar("Nhiệm vụ", [entry])
    lines = data.split(b"\r\n")
    assert all(len(line) <= LONGEST for line in lines)
    whole = data.replace(b"\r\n ", b"").decode().split("\r\n")
    summary = next(line for line in whole if line.startswith("SUMMARY:")).removeprefix("SUMMARY:")
    back = (
        summary.replace("\\\\", "\0").replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",").replace("\0", "\\")
    )
    assert back == "\n".join(title.splitlines())
    assert "DTEND;VALUE=DATE:20220401" in whole
