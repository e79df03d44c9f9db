"""Files that come in: what is taken, what is not, twice the same, and what a second person makes of it."""

import pytest

from chungtay.access.selectors import NotAllowed
from chungtay.exchange import services
from chungtay.exchange.faults import Code
from chungtay.exchange.models import DataImport
from chungtay.exchange.rules import NotThisStep, State, Strategy, Verb
from chungtay.exchange.selectors import Options
from chungtay.exchange.tests.making import AREA, HOUSES, VISITS, said
from chungtay.figures.models import Batch, Fact

A, B = "29863", "29866"  # communes of the cast


def codes(received) -> list[str]:
    return [one.code for one in received.look.judged.conflicts]


def test_good_lines_wait_for_a_second_person_and_then_count(world):
    done = world.send(
        said(VISITS, A, "202201", 12),
        said(AREA, B, "2021", "4.50"),
        said(HOUSES, A, "2022Q1", 3, categoryOptionCombo="new"),
    )
    assert done.of.written_count == 3
    assert done.of.access_state == State.WAITING
    assert world.value(VISITS, 0, "2022-01") is None
    assert world.value(VISITS, 0, "2022-01", status="all") == 12
    with pytest.raises(NotAllowed):
        world.move(done.of, Verb.APPROVE, world.cast.officer)
    world.approve(done.of)
    assert (
        world.value(VISITS, None, "2022-01"),
        world.value(AREA, 1, "2021"),
        world.value(HOUSES, 0, "2022Q1", "new"),
    ) == (12, 450, 3)


def test_the_same_again_writes_nothing(world):
    first = world.send(said(VISITS, A, "202201", 12))
    facts, batches = Fact.objects.count(), Batch.objects.count()
    again = world.send(said(VISITS, A, "202201", 12))
    other_words = world.send(said(VISITS, A, "202201", "12.0", comment="như cũ"))
    assert (again.of, other_words.of) == (first.of, None)
    assert (again.look.judged.unchanged, other_words.look.judged.unchanged) == (1, 1)
    world.approve(first.of)
    assert world.send(said(VISITS, A, "202201", 12)).look.judged.written == []
    assert (Fact.objects.count(), Batch.objects.count()) == (facts + 1, batches + 1)  # the approval's
    assert DataImport.objects.count() == 1


def test_a_correction_is_an_update_and_a_deletion_takes_back(world):
    first = world.send(said(VISITS, A, "202201", 12), said(VISITS, B, "202201", 5))
    world.approve(first.of)
    second = world.send(said(VISITS, A, "202201", 13), {**said(VISITS, B, "202201", 5), "deleted": True})
    assert (second.of.updated_count, second.of.deleted_count) == (1, 1)
    world.approve(second.of)
    assert (world.value(VISITS, 0, "2022-01"), world.value(VISITS, 1, "2022-01")) == (13, None)
    third = world.send(
        said(VISITS, A, "202201", 14), said(VISITS, B, "202201", 6), options=Options(strategy=Strategy.CREATE)
    )
    assert (third.of.imported_count, third.of.updated_count, third.of.ignored_count) == (1, 0, 1)


def test_what_a_return_keeps_is_not_overwritten(world):
    done = world.send(said("groups.clubs", A, "202201", 2), said(VISITS, A, "202012", 7))
    assert codes(done) == [Code.OWNED, Code.OWNED]
    assert done.of.access_state == State.NOTHING
    assert not Fact.objects.exists()
    assert world.send(said("groups.clubs", A, "202201", 2), said(VISITS, A, "202012", 7)).of == done.of


def test_a_total_is_not_a_fact(world):
    done = world.send(said(VISITS, A, "202201", 12), said(VISITS, B, "202201", 5), said(VISITS, "866", "202201", 17))
    assert codes(done) == [Code.TOTAL]
    world.approve(done.of)
    assert world.value(VISITS, None, "2022-01") == 17
    assert codes(world.send(said(VISITS, "866", "202201", 20))) == [Code.TOTAL]
    alone = world.send(said(VISITS, "866", "202202", 20))
    assert codes(alone) == []
    assert codes(world.send(said(VISITS, A, "202202", 20))) == [Code.TOTAL]


def test_periods_of_a_cell_do_not_overlap(world):
    world.approve(world.send(said(VISITS, A, "202201", 12)).of)
    assert codes(world.send(said(VISITS, A, "2022Q1", 30))) == [Code.OVERLAP]
    both = world.send(said(VISITS, B, "2022Q2", 30), said(VISITS, B, "202204", 10), said(VISITS, B, "202201", 1))
    assert codes(both) == [Code.OVERLAP, Code.OVERLAP]
    swapped = world.send({**said(VISITS, A, "202201", 0), "deleted": True}, said(VISITS, A, "2022Q1", 30))
    world.approve(swapped.of)
    assert world.value(VISITS, 0, "2022Q1") == 30


def test_another_file_does_not_speak_over_one_that_waits(world):
    first = world.send(said(VISITS, A, "202201", 12))
    assert codes(world.send(said(VISITS, A, "202201", 13))) == [Code.WAITING]
    world.move(first.of, Verb.REJECT, world.cast.upper_leader, "Sai kỳ.")
    assert world.value(VISITS, 0, "2022-01", status="all") is None
    with pytest.raises(NotAllowed):
        world.approve(first.of)
    assert codes(world.send(said(VISITS, A, "202201", 13))) == []


def test_an_import_is_undone_by_two_and_only_while_it_is_the_last_word(world):
    first = world.send(said(VISITS, A, "202201", 12))
    world.approve(first.of)
    second = world.send(said(VISITS, A, "202201", 13))
    world.approve(second.of)
    world.move(first.of, Verb.ASK_UNDO, world.cast.officer, "Tệp cũ.")
    with pytest.raises(services.CellsMoved):
        world.move(first.of, Verb.UNDO, world.cast.upper_leader)
    with pytest.raises(services.ReasonNeeded):
        world.move(second.of, Verb.ASK_UNDO, world.cast.officer)
    world.move(second.of, Verb.ASK_UNDO, world.cast.officer, "Nhầm tệp.")
    world.move(second.of, Verb.UNDO, world.cast.upper_leader)
    assert world.value(VISITS, 0, "2022-01") == 12
    with pytest.raises((NotThisStep, NotAllowed)):
        world.move(second.of, Verb.UNDO, world.cast.upper_leader)


def test_a_unit_of_another_office_is_out_of_reach(world):
    assert codes(world.send(said(VISITS, "867", "202201", 12))) == [Code.UNIT_OUTSIDE]
    with pytest.raises(NotAllowed):
        world.send(said(VISITS, A, "202201", 12), by=world.cast.clerk)
