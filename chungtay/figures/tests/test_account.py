"""The shared cube: derived, replayed, thrown away and rebuilt, and always what the facts say."""

import json
import shutil
import threading
from datetime import timedelta

import pytest
from django.db import transaction

from chungtay.figures import account, selectors, snapshot
from chungtay.figures.models import BatchHead
from chungtay.figures.rules import Figure
from chungtay.figures.tests.ground import Ground, new_process
from chungtay.kernel.periods import parse_period
from tests.databases.at_once import at_once


def everything(ground: Ground, **options) -> list[Figure]:
    return selectors.consolidate(
        indicators=["HOUSES", "POOR", "POOR_RATE", "GIFTS"],
        area_ids=[area.id for area in ground.areas.values()],
        periods=[parse_period(p) for p in ("2022-01", "2022-02", "2022Q1", "2022", "2021")],
        **options,
    )


def fill(ground: Ground) -> None:
    ground.expect("HOUSES", "A", "B", "C")
    ground.tell(("HOUSES", "A", "2022-01", 5), ("POOR", "A", "2022-01", 3), ("HOUSEHOLDS", "A", "2022-01", 30))
    ground.tell(("GIFTS", "A", "2022-01", 5, "food"), ("GIFTS", "B", "2022-01", 7, "study"), status="provisional")


def snapshots() -> list:
    return sorted(path.name for path in account._folder().glob("approved-*"))


def test_new_batches_are_seen_at_once_and_in_place_equals_rebuilt(live: Ground) -> None:
    fill(live)
    everything(live)
    live.tell(("HOUSES", "B", "2022-02", 6), ("POOR", "A", "2022-01", None), ("HOUSES", "C", "2021", 1))
    live.expect("POOR", "A", "C")
    in_place = {view: everything(live, status=view) for view in ("approved", "all")}
    assert by(in_place["approved"], "HOUSES", live.id("P"), "2022") == 11
    new_process()
    shutil.rmtree(account._folder())
    assert {view: everything(live, status=view) for view in ("approved", "all")} == in_place


def test_a_lost_cube_is_rebuilt_and_answers_the_same(live: Ground) -> None:
    fill(live)
    before = everything(live)
    assert snapshots() == ["approved-000000000002"]
    shutil.rmtree(account._folder())
    new_process()
    assert everything(live) == before
    assert snapshots() == ["approved-000000000002"]


def test_a_new_process_maps_the_snapshot_and_replays_only_what_came_after(live: Ground, monkeypatch) -> None:
    fill(live)
    everything(live)
    live.tell(("HOUSES", "B", "2022-02", 6))
    new_process()
    read = []
    real = account.fact_tuples
    monkeypatch.setattr(account, "fact_tuples", lambda facts: (read.append(fact) or fact for fact in real(facts)))
    assert by(everything(live), "HOUSES", live.id("P"), "2022") == 11
    assert len(read) == 1


@pytest.mark.parametrize("harm", ["flip", "cut", "header", "shape", "gone", "format"])
def test_a_corrupt_snapshot_is_thrown_away_and_rebuilt(live: Ground, harm: str) -> None:
    fill(live)
    before = everything(live)
    folder = next(account._folder().glob("approved-*"))
    values, header = folder / "values.npy", folder / "header.json"
    match harm:
        case "flip":
            raw = bytearray(values.read_bytes())
            raw[-1] ^= 1
            values.write_bytes(raw)
        case "cut":
            values.write_bytes(values.read_bytes()[:-9])
        case "header":
            header.write_text(header.read_text()[:40])
        case "shape":
            header.write_text(json.dumps(json.loads(header.read_text()) | {"places": []}))
        case "gone":
            (folder / "spans.npy").unlink()
        case "format":
            header.write_text(json.dumps(json.loads(header.read_text()) | {"format": 999}))
    new_process()
    assert snapshot.load(account._folder(), BatchHead.objects.get().identity, "approved") is None
    assert everything(live) == before
    assert snapshot.load(account._folder(), BatchHead.objects.get().identity, "approved") is not None


def test_a_snapshot_of_another_database_is_not_taken(live: Ground) -> None:
    fill(live)
    before = everything(live)
    BatchHead.objects.update(identity="11111111-1111-4111-8111-111111111111")
    header = next(account._folder().glob("approved-*")) / "header.json"
    assert snapshot.load(account._folder(), BatchHead.objects.get().identity, "approved") is None
    assert everything(live) == before
    assert json.loads(header.read_text())["identity"] == "1" * 12 + "4" + "111" + "8" + "1" * 15


def test_a_database_that_went_back_in_time_throws_the_cube_away(live: Ground) -> None:
    """As after restoring a backup: the same ids come again with other stamps."""
    fill(live)
    everything(live)
    shared = account._registry[next(key for key in account._registry)]
    shared._mark = snapshot.Mark(shared._mark.identity, "approved", 1, shared._mark.identity)  # batch 1 as it never was
    shared._account.cube.values[:] = 999
    assert by(everything(live), "HOUSES", live.id("P"), "2022") == 5


def test_what_an_open_transaction_adds_is_seen_by_it_alone_and_gone_after_a_rollback(live: Ground) -> None:
    fill(live)
    before = everything(live)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        live.tell(("HOUSES", "B", "2022-02", 6))
        assert by(everything(live), "HOUSES", live.id("P"), "2022") == 11
        raise ZeroDivisionError
    assert everything(live) == before
    live.tell(("HOUSES", "B", "2022-02", 7))  # takes the same batch id again
    assert by(everything(live), "HOUSES", live.id("P"), "2022") == 12


def test_a_disk_that_refuses_the_snapshot_does_not_refuse_the_answer(live: Ground, monkeypatch, caplog) -> None:
    def full(*args: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(snapshot, "save", full)
    fill(live)
    assert by(everything(live), "HOUSES", live.id("P"), "2022") == 5
    assert "could not be saved" in caplog.text


def test_readers_never_see_half_an_approval(live: Ground) -> None:
    """Each batch states the same number for all three communes, so every total divides by three."""
    stop = threading.Event()

    def work(number: int) -> None:
        if number == 0:
            for turn in range(25):
                Ground.tell(live, *(("HOUSES", area, "2022-01", turn) for area in "ABC"), after=timedelta(seconds=1))
            stop.set()
            return
        while not stop.is_set():
            value = live.value("HOUSES", "P", "2022-01")
            assert value is None or value % 3 == 0

    assert at_once(work, 4) == [None] * 4
    assert live.value("HOUSES", "P", "2022-01") == 72


def test_writers_at_once_lose_no_batch(live: Ground) -> None:
    def work(number: int) -> None:
        for month in range(1, 13):
            live.tell(("HOUSES", "ABC"[number], f"2022-{month:02d}", 1), source=f"{number}-{month}")

    assert at_once(work, 3) == [None] * 3
    assert (selectors.last_batch_id(), live.value("HOUSES", "P", "2022")) == (36, 36)


def by(figures: list[Figure], code: str, area_id, period: str) -> int | None:
    return next(f.value for f in figures if (f.indicator_code, f.area_id, f.period.code) == (code, area_id, period))
