"""Lists old → new: every planted fault is found at its row, and nothing is said of rows without one."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.nation_lists import MOVE_HEADS, UNIT_HEADS, as_csv
from chungtay.places.tests import planted
from chungtay.places.tests.planted import ERRORS, WARNINGS, Planting, atlas, nation
from chungtay.places.unit_atlas import Atlas
from chungtay.places.unit_checking import check_lists
from chungtay.places.unit_findings import Kind, Weight
from chungtay.places.unit_lists import ListKind, read_list

PAIRS = ("mã 1", "mã 2")


def moves(content=None):
    return read_list("chuyen.csv", as_csv(MOVE_HEADS, nation().moves) if content is None else content)


def borders(rows=None):
    rows = nation().neighbours if rows is None else rows
    return read_list("giap.csv", as_csv(PAIRS, rows), ListKind.NEIGHBOURS)


def errors(checked):
    return [finding for finding in checked.findings if finding.weight is Weight.ERROR]


def test_the_clean_lists_have_no_error_and_make_the_map_they_say():
    before, after = (read_list("x.csv", as_csv(UNIT_HEADS, rows)) for rows in (nation().before, nation().after))
    checked = check_lists([before, moves(), after], Atlas([]), borders())
    assert [f.kind for f in checked.findings] == [Kind.ENDS_BY_ITSELF]
    assert checked.counts["added"] == len(nation().before)
    assert checked.counts["abolished"] == 39  # 40 districts, one of which becomes a special zone
    units = len(nation().after)
    assert checked.counts["formed"] + checked.counts["revised"] <= units


@pytest.mark.parametrize("fault", [*ERRORS, *WARNINGS], ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_found_at_its_row(fault):
    assert_found([fault], seed=1)


@settings(max_examples=30)
@given(st.lists(st.sampled_from([*ERRORS, *WARNINGS]), min_size=2, max_size=6), st.integers(0, 10**6))
def test_planted_faults_are_all_found_at_their_rows_and_no_other_row_is_blamed(faults, seed):
    assert_found(faults, seed)


def assert_found(faults, seed):
    planting = Planting(random.Random(seed))
    for fault in faults:
        fault(planting)
    for neighbours in (None, borders()):
        checked = check_lists([moves(planting.content())], atlas(), neighbours)
        at = {(f.line, f.kind) for f in checked.findings}
        for line, kinds in planting.expected:
            assert any((line, kind) in at for kind in kinds), (line, kinds, checked.findings)
        told = " ".join(f.sentence for f in checked.findings if f.kind is Kind.MISSING_UNIT)
        assert all(f"mã {code}," in told for code in planting.missing), (planting.missing, checked.findings)
        if any(fault in ERRORS for fault in faults):
            assert (bool(checked.errors), checked.steps) == (True, [])
        blamed = [f for f in errors(checked) if f.line and not _about(planting, f.line)]
        assert blamed == []


def _about(planting, line):
    row = planting.rows[line - 2]
    codes = {row[planted.OLD_CODE], row[planted.CODE]} | {one[planted.OLD_CODE] for one in planting.group(row)}
    return bool(codes & planting.touched) or any(line == expected for expected, _ in planting.expected)


@pytest.mark.parametrize("fault", WARNINGS[:2], ids=lambda fault: fault.__name__)
def test_a_spelling_or_a_lost_zero_stops_nothing(fault):
    planting = Planting(random.Random(3))
    fault(planting)
    checked = check_lists([moves(planting.content())], atlas(), borders())
    assert (checked.errors, checked.warnings, len(checked.steps)) == (0, 1, 1)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_faults_are_found_whatever_program_wrote_the_file(delimiter):
    planting = Planting(random.Random(5))
    planted.other_tone(planting)
    checked = check_lists([moves(b"\xef\xbb\xbf" + planting.content(delimiter))], atlas())
    assert [f.line for f in errors(checked) if f.line] == [planting.expected[0][0]]


def test_a_name_with_district_and_province_needs_no_code():
    rows = [["", *row[1:]] if len(row[0]) == 5 else row for row in nation().moves]
    checked = check_lists([moves(as_csv(MOVE_HEADS, rows))], atlas(), borders())
    assert checked.errors == 0
    assert checked.counts == check_lists([moves()], atlas(), borders()).counts


def test_an_ambiguous_name_lists_who_bears_it():
    planting = Planting(random.Random(2))
    planted.bare_name(planting)
    found = next(f for f in check_lists([moves(planting.content())], atlas()).findings if f.kind is Kind.AMBIGUOUS)
    assert found.suggestion.count("mã ") >= 2


def test_a_code_of_another_era_says_whose_it_was_and_when():
    planting = Planting(random.Random(2))
    planted.code_that_is_gone(planting)
    found = next(f for f in check_lists([moves(planting.content())], atlas()).findings if f.kind is Kind.WRONG_ERA)
    assert "Xã Tên Xưa từ 01/01/2010 đến 31/12/2019" in found.sentence
    assert found.suggestion.startswith(next(row[1] for row in nation().moves if row[6] == planting.rows[found.line - 2][6]
                                            and row[1] == planting.rows[found.line - 2][1]))  # fmt: skip


def test_a_province_that_all_its_units_leave_without_a_row_of_its_own_is_called_missing():
    rows = [list(row) for row in nation().moves]
    lost = next(row for row in rows if len(row[0]) == 2 and row[0] != row[6])
    left = [row for row in rows if row is not lost]
    checked = check_lists([moves(as_csv(MOVE_HEADS, left))], atlas())
    assert [(f.kind, f.line) for f in errors(checked)] == [(Kind.MISSING_UNIT, 0)]
    assert errors(checked)[0].sentence.startswith(f"{lost[1]} (mã {lost[0]})")


def test_without_a_table_of_neighbours_a_namesake_in_the_other_district_is_doubtful():
    """The join by bare name: the code of the namesake one district further."""
    planting = Planting(random.Random(4))
    row = planting.choose(planted.many)
    clash = next(one for one in planting.rows if one[planted.DISTRICT] not in ("", row[planted.DISTRICT])
                 and one[planted.PROVINCE] == row[planted.PROVINCE])  # fmt: skip
    before = [list(unit) for unit in nation().before]
    namesake = next(unit for unit in before if unit[0] == clash[planted.OLD_CODE])
    namesake[1] = row[planted.OLD_NAME]
    checked = check_lists(
        [
            read_list("truoc.csv", as_csv(UNIT_HEADS, before)),
            moves(as_csv(MOVE_HEADS, _swapped(planting.rows, row, clash, namesake[1]))),
        ],
        Atlas([]),
    )
    found = [f for f in checked.findings if f.kind is Kind.FAR_SOURCES and "tên ấy" in f.sentence]
    assert [row[planted.OLD_CODE] in f.suggestion for f in found if f.line == planting.line(row)] == [True]


def _swapped(rows, one, two, name):
    """Return the rows with the old units of two exchanged; the second bears the name of the first."""
    columns = (planted.OLD_CODE, planted.DISTRICT)
    changed = {id(one): list(one), id(two): list(two)}
    for column in columns:
        changed[id(one)][column], changed[id(two)][column] = two[column], one[column]
    changed[id(two)][planted.OLD_NAME] = name
    return [changed.get(id(row), row) for row in rows]


def test_an_unknown_code_in_the_table_of_neighbours_is_an_error_at_its_row():
    checked = check_lists([moves()], atlas(), borders([*nation().neighbours, ["1", "00000"]]))
    (found,) = errors(checked)
    assert (found.file, found.line, found.kind) == ("giap.csv", len(nation().neighbours) + 2, Kind.UNKNOWN_UNIT)


def test_a_list_of_the_new_units_checks_the_result():
    after = [list(row) for row in nation().after]
    gone, kept = after.pop(), after[-1]
    kept[1] = "Xã Tên Khác"
    extra = ["88888", "Xã Không Nguồn", "xã", after[0][0], "01/07/2025", ""]
    checked = check_lists([moves(), read_list("sau.csv", as_csv(UNIT_HEADS, [*after, extra]))], atlas(), borders())
    found = {(f.file, f.kind, f.line) for f in checked.findings if f.kind is not Kind.ENDS_BY_ITSELF}
    first = next(number for number, row in enumerate(nation().moves) if row[6] == gone[0]) + 2
    assert found == {
        ("sau.csv", Kind.TWO_NAMES, len(after) + 1),
        ("sau.csv", Kind.NO_SOURCE, len(after) + 2),
        ("chuyen.csv", Kind.NOT_LISTED, first),
    }


def test_what_the_recorder_of_plans_would_refuse_is_said_too(monkeypatch):
    from chungtay.kernel.errors import Problem
    from chungtay.places import unit_checking

    monkeypatch.setattr(unit_checking, "check_plan", lambda plan, ground: [Problem("không được", "chỗ này")])
    checked = check_lists([moves()], atlas(), borders())
    assert [(f.kind, f.sentence) for f in errors(checked)] == [(Kind.REFUSED, "chỗ này: không được")]
    assert replace(checked.findings[0], line=3).where.endswith("dòng 3")
