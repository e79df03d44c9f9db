"""Workbooks through the door that users use: previewed, taken in once, refused whole."""

import pytest

from chungtay.audit import selectors as audit
from chungtay.returns import intake, selectors
from chungtay.returns.rules import Entry, State
from chungtay.returns.tests.making import NOW, WHOLE, approve, make_form, make_programme, make_round, return_at, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(cast):
    return make_round(cast)


@pytest.fixture
def mine(cast, opened):
    return return_at(opened, cast.communes[0])


def written(tmp_path, of, entries=WHOLE, name="a.xlsx"):
    path = tmp_path / name
    path.write_bytes(intake.workbook_of(of, entries=entries))
    return path


def test_a_workbook_is_previewed_then_taken_in_and_the_second_time_changes_nothing(cast, mine, tmp_path):
    path = written(tmp_path, mine)
    (preview,) = intake.preview_files([path])
    assert (preview.state, len(preview.changes)) == ("changed", 5)
    intake.take_in(preview, now=NOW, by=cast.clerk)
    mine.refresh_from_db()
    assert selectors.draft_entries(mine) == WHOLE
    revision, events = mine.revision, audit.head().count
    (again,) = intake.preview_files([path])
    assert again.state == "unchanged"
    intake.take_in(again, now=NOW, by=cast.clerk)
    mine.refresh_from_db()
    assert (mine.revision, audit.head().count) == (revision, events)


def test_a_workbook_read_again_after_approval_changes_nothing(cast, mine, tmp_path):
    path = written(tmp_path, mine)
    intake.take_in(intake.preview_files([path])[0], now=NOW, by=cast.clerk)
    send(mine, cast.clerk, cast.leader, {})
    approve(mine, cast.officer)
    assert intake.preview_files([path])[0].state == "unchanged"


def test_another_content_for_a_return_that_was_sent_is_refused(cast, mine, tmp_path):
    send(mine, cast.clerk, cast.leader)
    other = written(tmp_path, mine, WHOLE | {"groups.clubs": Entry(value=9)})
    (preview,) = intake.preview_files([other])
    assert preview.state == "refused"
    with pytest.raises(intake.Refused):
        intake.take_in(preview, now=NOW, by=cast.clerk)


def test_the_workbook_of_another_unit_is_refused_by_name(cast, opened, mine, tmp_path):
    theirs = written(tmp_path, return_at(opened, cast.communes[1]))
    (preview,) = intake.preview_files([theirs], wanted=mine)
    assert "Phường 1" in preview.problems[0].sentence
    assert "Phường 11" in preview.problems[0].sentence
    assert "ô D3" in preview.problems[0].where


def test_the_workbook_of_another_period_is_refused(cast, opened, mine, tmp_path):
    last = make_round(cast, opened.form, "2022Q2")
    path = written(tmp_path, return_at(last, cast.communes[0]))
    (preview,) = intake.preview_files([path], wanted=mine)
    assert "Quý II/2022" in preview.problems[0].sentence
    assert "Quý III/2022" in preview.problems[0].sentence


def test_the_workbook_of_an_older_form_is_refused(cast, tmp_path):
    programme = make_programme(cast)
    old = make_round(cast, make_form(cast, programme), "2022Q2")
    new = make_round(cast, make_form(cast, programme), "2022Q3")
    path = written(tmp_path, return_at(old, cast.communes[0]))
    target = return_at(new, cast.communes[0])
    (preview,) = intake.preview_files([path], wanted=target)
    assert any("lần 1" in p.sentence and "lần 2" in p.sentence for p in preview.problems)


def test_a_workbook_with_one_bad_cell_imports_nothing(cast, mine, tmp_path):
    import openpyxl

    path = written(tmp_path, mine)
    book = openpyxl.load_workbook(path)
    book.active["F10"] = "ba"
    book.save(path)
    (preview,) = intake.preview_files([path], wanted=mine)
    assert preview.state == "refused"
    with pytest.raises(intake.Refused):
        intake.take_in(preview, now=NOW, by=cast.clerk)
    mine.refresh_from_db()
    assert (mine.state, mine.draft) == (State.NOT_STARTED, {})


def test_previous_values_come_from_the_round_before(cast, opened, mine):
    before = make_round(cast, opened.form, "2022Q2")
    send(return_at(before, cast.communes[0]), cast.clerk, cast.leader)
    assert selectors.previous_values(mine)["support.houses:repair"] == 4
