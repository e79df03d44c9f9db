"""Rules of returns: reading what is typed, the checks of cells, states, frozen content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.kernel.errors import Severity
from chungtay.returns import rules
from chungtay.returns.checks import Known, check_cells
from chungtay.returns.rules import CellSpec, Content, Entry, RuleSpec, State

HOUSES = CellSpec("support.houses:repair", "Nhà sửa chữa", "căn")
MONEY = CellSpec("fund.raised:cash", "Tiền thực nhận", "đồng", is_money=True)
LENGTH = CellSpec("roads.length", "Đường", "km", decimals=2)


def problems(cell, entry, last=None, relations=()):
    return check_cells([cell], relations, {cell.key: entry}, Known(previous={cell.key: last}))


def test_an_empty_cell_is_missing_not_zero():
    (problem,) = problems(HOUSES, Entry())
    assert problem.severity is Severity.MISSING
    assert "ghi 0" in problem.sentence


def test_no_number_with_a_reason_is_no_problem():
    assert problems(HOUSES, Entry(absent="Đang rà soát")) == []


def test_zero_is_a_number():
    assert problems(HOUSES, Entry(value=0)) == []


@pytest.mark.parametrize("value", [-1, 10**15, 10**17])
def test_negative_and_impossible_numbers_are_wrong(value):
    (problem,) = problems(HOUSES, Entry(value=value))
    assert problem.severity is Severity.WRONG


def test_words_in_a_number_cell_are_kept_and_named():
    entry = rules.read_cell(HOUSES, "ba căn")
    assert entry.text == "ba căn"
    (problem,) = problems(HOUSES, entry)
    assert problem.severity is Severity.WRONG
    assert "ba căn" in problem.sentence


def test_a_dot_too_many_is_pointed_at():
    (problem,) = problems(MONEY, rules.read_cell(MONEY, "25.000.000.00"))
    assert "25.000.000" in problem.sentence


def test_vietnamese_thousands_are_read():
    assert rules.read_cell(MONEY, " 25.000.000 ") == Entry(value=25_000_000)


def test_decimals_are_scaled():
    assert rules.read_cell(LENGTH, "2,5") == Entry(value=250)
    assert rules.spoken_value(LENGTH, 250) == "2,50"


def test_a_figure_many_times_the_last_one_goes_on_only_with_an_explanation():
    found = problems(HOUSES, Entry(value=1240), last=210)
    assert [p.severity for p in found] == [Severity.EXPLAIN]
    assert "Gấp 5,9 lần" in found[0].sentence
    assert rules.stops_sending(found) == found
    assert problems(HOUSES, Entry(value=1240, explain="Doanh nghiệp tặng 1.000 suất"), last=210) == []


def test_small_changes_are_not_asked_about():
    assert problems(HOUSES, Entry(value=3), last=1) == []


def test_relations_between_cells():
    clubs, members = CellSpec("clubs", "Hội quán", "hội"), CellSpec("members", "Thành viên", "người")
    rule = RuleSpec("at_most", "clubs", "members", "Có {left} Hội quán nhưng chỉ {right} thành viên.")
    found = check_cells([clubs, members], [rule], {"clubs": Entry(value=3), "members": Entry(value=2)})
    assert [(p.key, p.sentence) for p in found] == [("clubs", "Có 3 Hội quán nhưng chỉ 2 thành viên.")]
    needs = RuleSpec("needs", "clubs", "members", "Thiếu thành viên.")
    assert check_cells([clubs, members], [needs], {"clubs": Entry(value=3), "members": Entry(value=0)})
    assert not check_cells([clubs, members], [needs], {"clubs": Entry(value=0), "members": Entry(value=0)})


def test_every_change_of_state_is_in_the_table_and_nothing_else():
    assert rules.next_state(State.SUBMITTED, "approve") is State.APPROVED
    with pytest.raises(rules.WrongState):
        rules.next_state(State.APPROVED, "approve")
    with pytest.raises(rules.WrongState):
        rules.next_state(State.DRAFT, "sign")


entries = st.builds(
    Entry,
    value=st.one_of(st.none(), st.integers(0, 10**14)),
    absent=st.text(max_size=20),
    explain=st.text(max_size=20),
    reply=st.text(max_size=20),
)


@given(entry=entries)
def test_an_entry_survives_being_stored(entry):
    assert rules.entry_from_json(entry.as_json()) == entry


@given(cells=st.dictionaries(st.sampled_from("abcdef"), entries, min_size=1), other=entries)
def test_the_hash_changes_with_any_cell_and_only_then(cells, other):
    content = Content("B01", 1, "2022Q3", "unit", cells)
    assert content.hash() == Content("B01", 1, "2022Q3", "unit", dict(reversed(cells.items()))).hash()
    assert content.hash() != Content("B01", 2, "2022Q3", "unit", cells).hash()
    key = next(iter(cells))
    changed = Content("B01", 1, "2022Q3", "unit", cells | {key: other})
    same = (cells[key].value, cells[key].absent, cells[key].explain) == (other.value, other.absent, other.explain)
    assert (changed.hash() == content.hash()) is same


@given(before=st.dictionaries(st.just(HOUSES.key), entries), after=st.dictionaries(st.just(HOUSES.key), entries))
def test_no_change_is_reported_for_equal_content(before, after):
    found = rules.changes([HOUSES], before, after)
    assert rules.changes([HOUSES], before, before) == []
    assert len(found) <= 1
