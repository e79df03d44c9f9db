"""The rules of what surrounds a report: steps of the state, kinds, likeness, lines of the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.kernel.periods import parse_period
from chungtay.reviews.dossier_rules import (
    NEEDS_FILE,
    BadRecord,
    NotNow,
    RecordKind,
    ReviewKind,
    Step,
    alike,
    check_record,
    kind_of,
    likeness,
    listed,
    step,
)
from chungtay.reviews.rules import State

PIECES = ("công", "tác", "vận", "động", "quỹ", "nhà", "ở", "hộ", "nghèo", "chậm")
WORDS = st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)


@given(st.lists(st.sampled_from(Step), max_size=12))
def test_nothing_is_published_that_was_not_submitted_since_it_was_last_open(steps):
    state, submitted = State.DRAFT, False
    for one in steps:
        try:
            following = step(state, one)
        except NotNow:
            continue
        if one is Step.PUBLISH:
            assert submitted
        assert following is not state
        submitted = one is Step.SUBMIT
        state = following


def test_a_published_report_only_goes_back_to_be_written_on():
    assert [one for one in Step if _may(State.PUBLISHED, one)] == [Step.REOPEN]
    assert not _may(State.DRAFT, Step.PUBLISH)


def _may(state: State, by: Step) -> bool:
    try:
        step(state, by)
    except NotNow as refused:
        assert "Hãy" in str(refused) or "không cần" in str(refused)
        return False
    return True


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_blind_to_accents_case_and_order(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    if one.strip():
        assert likeness(one, " ".join(reversed(one.upper().split()))) == 1


@given(st.lists(WORDS, max_size=12))
def test_every_statement_is_in_exactly_one_group(texts):
    groups = alike(dict(enumerate(texts)))
    assert sorted(key for group in groups for key in group) == list(range(len(texts)))


def test_the_same_complaint_in_other_words_is_found_and_another_is_not():
    texts = {
        1: "Công tác phối hợp giữa các ngành có lúc chưa thường xuyên.",
        2: "công tác phối hợp giữa các ngành chưa được thường xuyên",
        3: "Kinh phí hỗ trợ xây cầu còn thiếu.",
    }
    assert alike(texts) == [(1, 2), (3,)]


@pytest.mark.parametrize(
    ("code", "final", "kind"),
    [
        ("2022Q3", False, ReviewKind.QUARTER),
        ("2022H1", False, ReviewKind.HALF),
        ("2022", False, ReviewKind.YEAR),
        ("2020-01..2023-05", False, ReviewKind.MID_TERM),
        ("2020-01..2024-12", True, ReviewKind.FINAL),
    ],
)
def test_the_window_suggests_the_kind(code, final, kind):
    assert kind_of(parse_period(code), is_final=final) is kind


@given(st.sampled_from(RecordKind), st.text(max_size=20), st.text(max_size=20), st.booleans())
def test_a_line_of_the_file_is_kept_whole_or_refused_with_what_to_do(kind, name, detail, has_file):
    try:
        kept, _ = check_record(kind, name=name, detail=detail, has_file=has_file)
    except BadRecord as refused:
        assert "Hãy" in str(refused)
        return
    assert kept and kept == " ".join(kept.split())
    assert has_file or kind not in NEEDS_FILE


def test_statements_become_sentences():
    assert listed(["Một việc", "Hai việc;", "Ba việc."]) == "Một việc. Hai việc. Ba việc."
