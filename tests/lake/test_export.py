"""What an export writes: the live facts, only what is new, and never half of it."""

import json
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from chungtay.figures.lake import export as export_module
from chungtay.figures.lake.export import Exported, ExportRunning, NotALake, Step, export
from chungtay.figures.lake.manifest import Manifest, read_manifest, write_manifest
from chungtay.figures.lake.reading import Lake, LakeDamaged, NoLake
from chungtay.figures.lake.writing import is_sound
from chungtay.figures.tests.ground import START, Ground

pytestmark = pytest.mark.django_db


def exported(ground: Ground, folder: Path) -> Exported:
    return export(folder, now=ground.now)


def facts_of(folder: Path, code: str) -> list[tuple]:
    """Return (dimension, area number, start, value, views) of an indicator's file, as it stands there."""
    lake = Lake(folder)
    rows = lake.facts([lake.definitions[code].number]).to_pylist()
    return [(r["dimension"], r["area"], str(r["period_start"]), r["value"], r["views"]) for r in rows]


def told(ground: Ground) -> Ground:
    ground.tell(("HOUSES", "A", "2022-01", 10), ("HOUSES", "B", "2022-01", 11), ("POOR", "A", "2022-01", 5))
    ground.tell(
        ("HOUSES", "A", "2022-02", 12), ("GIFTS", "A", "2022-01", 3, "food"), ("GIFTS", "A", "2022-01", 4, "study")
    )
    ground.expect("HOUSES", "A", "B", "C")
    return ground


def test_the_newest_statement_of_each_view_is_there(ground, folder):
    ground.tell(("HOUSES", "A", "2022-01", 10), ("HOUSES", "B", "2022-01", 7))
    ground.tell(("HOUSES", "A", "2022-01", 11), ("HOUSES", "C", "2022-01", 1), status="provisional")
    ground.tell(("HOUSES", "B", "2022-01", None))
    exported(ground, folder)
    areas = {row["number"]: row["name"][-1] for row in Lake(folder).table("areas").to_pylist()}
    found = [(areas[area], value, views) for _, area, _, value, views in facts_of(folder, "HOUSES")]
    assert found == [("A", 10, 1), ("A", 11, 2), ("C", 1, 2)]


def test_files_are_sorted_by_key_place_in_tree_order_and_time_and_kept_as_differences(ground, folder):
    for period in ("2022-03", "2022-01", "2022-02"):
        ground.tell(*((("GIFTS", name, period, 1, key)) for name in "CBA" for key in ("study", "food")))
    exported(ground, folder)
    rows = facts_of(folder, "GIFTS")
    assert rows == sorted(rows) and len(rows) == 18
    areas = Lake(folder).table("areas").to_pylist()
    assert [row["name"][3:] for row in areas] == ["P", "D1", "A", "B", "D2", "C"]
    path = next((folder / "facts").glob("GIFTS.*"))
    column = pq.ParquetFile(path).metadata.row_group(0).column
    for at in (2, 3, 4, 5):
        assert (column(at).compression, "DELTA_BINARY_PACKED" in column(at).encodings) == ("ZSTD", True)


def test_nothing_new_writes_nothing_but_the_manifest(ground, folder):
    first = exported(told(ground), folder)
    again = exported(ground, folder)
    assert len(first.written) == first.kept + len(first.written) and first.rebuilt
    assert (again.written, again.rebuilt) == ((), False)
    assert list(again.manifest.files()) == list(first.manifest.files())


def test_only_indicators_with_new_batches_are_written_again(ground, folder):
    exported(told(ground), folder)
    stamps = {path: path.stat().st_mtime_ns for path in folder.glob("facts/*.parquet")}
    ground.tell(("HOUSES", "A", "2022-01", 13))
    again = exported(ground, folder)
    assert [path.split(".")[0] for path in again.written] == ["facts/HOUSES"]
    untouched = [path for path in stamps if not path.name.startswith("HOUSES")]
    assert untouched and all(path.stat().st_mtime_ns == stamps[path] for path in untouched)
    assert [row[3] for row in facts_of(folder, "HOUSES")] == [13, 12, 11]


def test_new_places_and_indicators_get_new_numbers_and_old_ones_keep_theirs(ground, folder):
    from chungtay.figures.tests.ground import Kind, Level, _define, add_area, define_indicators

    exported(told(ground), folder)
    before = {row["id"]: row["number"] for row in Lake(folder).table("areas").to_pylist()}
    ground.areas["Z"] = add_area(
        name="Xã Z", code="00001", level=Level.COMMUNE, parent=ground.areas["D1"], valid_from=START.date(),
        legal_basis="Nghị định thử", now=START, by=None,
    )  # fmt: skip
    define_indicators([_define("AAA", Kind.FLOW)], now=START, by=None)
    ground.tell(("AAA", "Z", "2022-01", 1))
    again = exported(ground, folder)
    after = {row["id"]: row["number"] for row in Lake(folder).table("areas").to_pylist()}
    assert {area: after[area] for area in before} == before and len(set(after.values())) == 7
    assert not again.rebuilt and sorted(path.split(".")[0] for path in again.written) == [
        "facts/AAA", "tables/areas", "tables/indicators", "tables/standing", "tables/versions",
    ]  # fmt: skip


def test_a_lake_of_another_database_is_written_anew(ground, folder):
    first = exported(told(ground), folder)
    write_manifest(folder, Manifest(**{**vars(first.manifest), "identity": "f" * 32}))
    assert exported(ground, folder).rebuilt


@pytest.mark.parametrize("seen", [{"stamp": "e" * 32}, {"batch": 99}])
def test_a_lake_that_has_seen_what_a_restored_backup_lacks_is_written_anew(ground, folder, seen):
    first = exported(told(ground), folder)
    write_manifest(folder, Manifest(**{**vars(first.manifest), **seen}))
    again = exported(ground, folder)
    assert again.rebuilt
    assert list(again.manifest.files()) == list(first.manifest.files())


def test_a_lost_or_altered_file_is_written_again(ground, folder):
    first = exported(told(ground), folder)
    houses, poor = (next(folder.glob(f"facts/{code}.*")) for code in ("HOUSES", "POOR"))
    houses.unlink()
    poor.write_bytes(poor.read_bytes()[:-5] + b"xxxxx")
    with pytest.raises(LakeDamaged, match="HOUSES"):
        facts_of(folder, "HOUSES")
    again = exported(ground, folder)
    assert len(again.written) == 2 and again.manifest.facts == first.manifest.facts
    assert all(is_sound(folder, file) for file in again.manifest.files())


def test_files_of_the_manifest_before_stay_for_readers_and_go_with_the_next_export(ground, folder):
    exported(told(ground), folder)
    reader, number = Lake(folder), 0
    number = reader.definitions["HOUSES"].number
    ground.tell(("HOUSES", "A", "2022-01", 13))
    exported(ground, folder)
    assert reader.facts([number]).num_rows == 3
    exported(ground, folder)
    assert len(list(folder.glob("facts/HOUSES.*"))) == 1


def test_two_exports_do_not_write_at_once(ground, folder):
    def second(step: Step) -> None:
        with pytest.raises(ExportRunning, match="Đang có một lần xuất khác"):
            export(folder, now=ground.now)

    export(folder, now=ground.now, tell=second)


def test_a_folder_with_other_things_is_left_alone(ground, folder):
    folder.mkdir()
    (folder / "thư.txt").write_text("của người khác", encoding="utf-8")
    with pytest.raises(NotALake):
        exported(ground, folder)
    with pytest.raises(NoLake, match="chungtay lake export"):
        Lake(folder)
    assert [path.name for path in folder.iterdir()] == ["thư.txt"]


def test_an_account_without_facts_is_a_lake_too(ground, folder):
    done = exported(ground, folder)
    assert (done.manifest.rows, done.manifest.batch) == (0, 0)
    assert exported(ground, folder).written == ()


def test_progress_counts_every_file(ground, folder):
    steps: list[Step] = []
    export(folder, now=told(ground).now, tell=steps.append)
    assert [step.done for step in steps] == list(range(1, steps[-1].total + 1))
    assert {step.what for step in steps} >= {"HOUSES", "tables/areas"}


def test_the_manifest_says_what_is_there(ground, folder):
    exported(told(ground), folder)
    said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (said["format"], said["batch"], said["rows"]) == (1, 2, 6)
    for file in [*said["facts"], *said["tables"].values()]:
        assert pq.read_metadata(folder / file["path"]).num_rows == file["rows"]


def test_a_manifest_of_another_format_counts_as_none(ground, folder):
    exported(told(ground), folder)
    path = folder / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 1', '"format": 99'), encoding="utf-8")
    assert read_manifest(folder) is None
    assert exported(ground, folder).rebuilt


def test_a_map_that_moves_while_it_is_read_is_read_again(ground, folder, monkeypatch):
    states = iter(range(100))
    seen = []
    monkeypatch.setattr(export_module, "_state", lambda: next(states) if len(seen) < 3 else "still")
    original = export_module._tables_of
    monkeypatch.setattr(export_module, "_tables_of", lambda *given: seen.append(1) or original(*given))
    ground.now += timedelta(hours=1)
    exported(ground, folder)
    assert len(seen) == 4  # the third read still began before the last change
