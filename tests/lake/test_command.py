"""`chungtay lake`: what it prints, writes and refuses."""

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from chungtay.config import cli
from chungtay.figures.lake import duck
from chungtay.figures.lake.export import export
from chungtay.figures.tests.ground import Ground

pytestmark = pytest.mark.django_db


@pytest.fixture
def lake(ground: Ground, folder: Path) -> Path:
    ground.tell(("HOUSES", "A", "2022-01", 10), ("HOUSES", "B", "2022-01", 11), ("HOUSES", "C", "2022-02", 12))
    ground.tell(("POOR", "A", "2022-01", 5), ("HOUSEHOLDS", "A", "2022-01", 50), ("HOUSEHOLDS", "B", "2022-01", 70))
    ground.expect("HOUSES", "A", "B", "C")
    export(folder, now=ground.now)
    return folder


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Run a command; return its status, what it printed, and what it complained of."""
    with pytest.raises(SystemExit) as ended:
        cli.main([str(word) for word in words])
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def consolidated(capsys: pytest.CaptureFixture[str], lake: Path, *more: object) -> tuple[int, str, str]:
    return said(capsys, "lake", "consolidate", "--engine", "duckdb", "--lake", lake, "--period", "2022-01", *more)


def test_export_says_what_it_wrote_and_the_second_time_that_nothing_was_new(ground, folder, capsys):
    ground.tell(("HOUSES", "A", "2022-01", 10))
    code, first, _ = said(capsys, "lake", "export", "--out", folder, "--json")
    assert (code, json.loads(first)["facts"], json.loads(first)["rebuilt"]) == (0, 1, True)
    again = json.loads(said(capsys, "lake", "export", "--out", folder, "--json")[1])
    assert (again["written"], again["batch"], again["rebuilt"]) == (0, 1, False)
    assert "1 số liệu" in said(capsys, "lake", "export", "--out", folder)[1]


def test_cells_are_printed_as_json_with_coverage(lake, capsys):
    code, printed, _ = consolidated(capsys, lake, "--indicator", "HOUSES", "--indicator", "POOR_RATE", "--json")
    rows = {(row["indicator"], row["area_name"]): row for row in json.loads(printed)}
    assert code == 0 and len(rows) == 6
    houses, rate = rows["HOUSES", "Xã D1"], rows["POOR_RATE", "Xã P"]
    assert [houses[name] for name in ("value", "reported", "expected", "as_of", "known")] == [21, 2, 2, None, True]
    assert [rate[name] for name in ("value", "numerator", "denominator", "as_of")] == [None, 5, 50, "2022-01-31"]
    assert not rows["HOUSES", "Xã D2"]["known"] and rows["HOUSES", "Xã D2"]["value"] is None


def test_cells_are_printed_as_lines_for_people(lake, capsys):
    printed = consolidated(capsys, lake, "--indicator", "HOUSES", "--all-units")[1].splitlines()
    assert len(printed) == 6
    assert printed[0].split()[-2:] == ["21", "2/3"] and "chưa có số 0/1" in printed[-1]


def test_cells_are_written_as_parquet_and_as_csv(lake, capsys, tmp_path):
    parquet, table = tmp_path / "cells.parquet", tmp_path / "cells.csv"
    result = json.loads(consolidated(capsys, lake, "--out", parquet, "--json")[1])
    assert (result["cells"], result["engine"]) == (21, "duckdb")
    consolidated(capsys, lake, "--out", table)
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    kept = pq.read_table(parquet).to_pylist()
    assert [row["value"] for row in rows] == ["" if row["value"] is None else str(row["value"]) for row in kept]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cells.csv", "cells.parquet", "lake"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--engine", "oracle"], "Không có máy tính toán “oracle”"),
        (["--indicator", "KHONG"], "không có chỉ tiêu KHONG"),
        (["--period", "2022-13"], "2022-13"),
        (["--map-as-of", "hôm nay"], "không phải một ngày"),
        (["--out", "cells.xls"], ".parquet hoặc .csv"),
        (["--lake", "nowhere"], "chưa có kho số liệu"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(lake, capsys, more, sentence):
    code, printed, complaint = consolidated(capsys, lake, *more)
    assert (code, printed) == (1, "") and sentence in complaint


def test_a_missing_engine_is_named_with_the_way_to_get_it(lake, capsys, monkeypatch):
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(duck, "import_module", absent)
    code, _, complaint = consolidated(capsys, lake)
    assert code == 1 and "pip install 'chungtay[duckdb]'" in complaint


def test_a_sum_beyond_64_bits_is_refused(ground, folder, capsys):
    from chungtay.figures.models import Fact

    for month in range(1, 11):
        ground.tell(("HOUSES", "A", f"2022-{month:02d}", 10**15))
    assert Fact.objects.count() == 10
    export(folder, now=ground.now)
    lake_file = next(folder.glob("facts/HOUSES.*"))
    table = pq.read_table(lake_file)
    pq.write_table(table.set_column(5, "value", [[2**62] * 10]), lake_file)
    _fit(folder, lake_file)
    command = ("lake", "consolidate", "--engine", "duckdb", "--lake", folder, "--period", "2022")
    code, _, complaint = said(capsys, *command, "--indicator", "HOUSES")
    assert code == 1 and "9 tỷ tỷ" in complaint


def _fit(folder: Path, file: Path) -> None:
    """Let the manifest know the size of a file that was changed."""
    path = folder / "manifest.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    entry = next(entry for entry in said["facts"] if entry["path"].endswith(file.name))
    entry["bytes"] = file.stat().st_size
    path.write_text(json.dumps(said), encoding="utf-8")
