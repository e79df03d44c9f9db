"""Spark on a cluster of its own, DuckDB and the cube give the same cells of an exported lake."""

import gc
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pyarrow.parquet as pq
import pytest

from chungtay.config import cli
from chungtay.figures import selectors
from chungtay.figures.lake.export import export
from chungtay.figures.rules import Figure
from chungtay.figures.tests.ground import Ground
from chungtay.kernel.periods import parse_period
from chungtay.places.plan_json import plan_from_json
from chungtay.places.plans import Plan
from chungtay.places.selectors import area_by_ref, reorganisations, tree_on
from chungtay.places.services import correct_reorganisation, reorganise
from tests.lake.cluster import MEMORY, QUICK, NoSpark, cluster, spark_class

# Little memory, and less compiling than a large lake deserves: this one is small.
SMALL = [
    f"spark.executor.memory={MEMORY}",
    "spark.driver.memory=512m",
    "spark.cores.max=2",
    "spark.sql.shuffle.partitions=2",
    f"spark.driver.extraJavaOptions={QUICK}",
    f"spark.executor.extraJavaOptions={QUICK}",
]
BEFORE = date(2022, 3, 31)
PERIODS = ["2021-12", "2022-01", "2022Q1", "2022H1", "2022", "2021-12..2022-05", "2022Q1@15", "2022-01-15..2022-02-28"]


def reorganised(ground: Ground) -> None:
    """Divide A and give B to one half, then half of C to the other; what a corrected act made is on no map any more."""
    unit = {"code": "29899", "name": "Xã G", "level": "commune", "parent": "866"}
    _act(ground, "2022-03-01", {"do": "create", "unit": unit})
    ground.areas["G"] = area_by_ref("29899")
    for month in ("2022-03", "2022-04"):
        ground.tell(("HOUSES", "G", month, 77), ("POOR", "G", month, 5))
    ground.now += timedelta(hours=1)
    renamed = _plan("2022-03-01", {"do": "revise", "unit": "867", "name": "Huyện Mới"})
    correct_reorganisation(earlier=reorganisations()[0], plan=renamed, now=ground.now, by=None)
    _act(
        ground,
        "2022-04-01",
        _formed("29880", "866", ("29866", "0.6"), ("29869", "1")),
        _formed("29881", "866", ("29866", "0.4")),
    )
    _act(
        ground,
        "2022-05-01",
        _formed("29890", "867", ("29881", "1"), ("29872", "0.5")),
        _formed("29891", "867", ("29872", "0.5")),
    )
    for code in ("29880", "29881", "29890", "29891"):
        ground.areas[code] = area_by_ref(code)
        ground.expect("HOUSES", code, valid_from=date(2022, 5, 1))
        for month in (5, 6):
            ground.tell(("HOUSES", code, f"2022-{month:02d}", 1001), ("POOR", code, f"2022-{month:02d}", 333))


def _act(ground: Ground, day: str, *changes: dict[str, Any]) -> None:
    ground.now += timedelta(hours=1)
    reorganise(plan=_plan(day, *changes), now=ground.now, by=None)


def _plan(day: str, *changes: dict[str, Any]) -> Plan:
    return plan_from_json({"kind": "mixed", "effective_on": day, "legal_basis": "NQ thử", "changes": list(changes)})


def _formed(code: str, parent: str, *sources: tuple[str, str]) -> dict[str, Any]:
    parts = [{"unit": unit, "share": share, "basis": "dân số"} for unit, share in sources]
    unit = {"code": code, "name": f"Xã {code}", "level": "commune", "parent": parent}
    return {"do": "form", "unit": unit, "from": parts}


def spoken(ground: Ground, seed: int = 500) -> None:
    """State months with gaps, some quarters and windows of the 15th, corrections and withdrawals. Số liệu minh họa."""
    rng = Random(seed)
    for code, keys in {
        "HOUSES": [""],
        "PLAN": [""],
        "POOR": [""],
        "HOUSEHOLDS": [""],
        "GIFTS": ["food", "study"],
    }.items():
        for name in "ABC":
            ground.expect(code, name, valid_from=date(2021, rng.randint(1, 12), 1))
            for period in rng.choice([[f"2022-{m:02d}" for m in range(1, 7)], ["2022Q1", "2022Q2"], ["2022Q1@15"]]):
                for key in keys:
                    if rng.random() < 0.85:
                        status = rng.choice(["approved", "approved", "provisional"])
                        ground.tell((code, name, period, rng.randint(-3, 10**9), key), status=status)
                    if rng.random() < 0.15:
                        ground.tell((code, name, period, rng.choice([None, 7]), key))


def consolidated(lake: Path, engine: str, view: str, out: Path, *more: str) -> list[tuple]:
    """Run `chungtay lake consolidate` and return its cells."""
    periods = [word for period in PERIODS for word in ("--period", period)]
    command = ["lake", "consolidate", "--engine", engine, "--lake", str(lake), "--view", view, "--out", str(out)]
    with pytest.raises(SystemExit) as ended:
        cli.main([*command, "--all-units", *periods, *more])
    assert ended.value.code == 0
    names = ("value", "numerator", "denominator", "reported", "expected", "as_of", "known", "estimated")
    return [
        (row["indicator"], UUID(row["area"]), row["period"], *(row[name] for name in names))
        for row in pq.read_table(out).to_pylist()
    ]


def as_cell(f: Figure) -> tuple:
    numbers = (f.value, f.numerator, f.denominator, f.reported, f.expected, f.as_of, f.is_known, f.is_estimated)
    return (f.indicator_code, f.area_id, f.period.code, *numbers)


def by_the_cube(view: str, cells: list[tuple], on_map: date | None = None) -> list[tuple]:
    """Return the same cells in the same order as the account gives them; of units that are on a period's map, no more."""
    figures = selectors.consolidate(
        indicators=sorted({cell[0] for cell in cells}),
        area_ids=list({cell[1] for cell in cells}),
        periods=[parse_period(code) for code in PERIODS],
        status=view,
        on_map=on_map,
    )
    trees = {code: tree_on(on_map or parse_period(code).last_day) for code in PERIODS}
    found = {
        (f.indicator_code, f.area_id, f.period.code): as_cell(f) for f in figures if f.area_id in trees[f.period.code]
    }
    assert len(found) == len(cells)
    return [found[cell[:3]] for cell in cells]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "on_map"),
    [
        ("approved", None),
        ("all", None),
        ("all", BEFORE),
        ("approved", date(2022, 4, 1)),
        ("all", date(2023, 1, 1)),
    ],
)
def test_duckdb_on_an_exported_lake_gives_every_figure_of_the_account(
    ground: Ground, folder: Path, tmp_path: Path, view: str, on_map: date | None
) -> None:
    """On the map of each period, and on those of before, between and after two divisions."""
    spoken(ground)
    reorganised(ground)
    export(folder, now=ground.now)
    asked = ["--map-as-of", on_map.isoformat()] if on_map else []
    cells = consolidated(folder, "duckdb", view, tmp_path / "duck.parquet", *asked)
    assert cells == by_the_cube(view, cells, on_map)
    assert sum(cell[-2] for cell in cells) > 100
    holds_a_part = any(cell[-1] for cell in cells)
    assert holds_a_part == (on_map != BEFORE), (
        "a part of a divided unit is an estimate; before the division none is divided"
    )


@pytest.mark.spark
@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:.*unclosed <socket:ResourceWarning")  # the bridge to Java leaves one behind
@pytest.mark.filterwarnings("ignore:.*<socket:pytest.PytestUnraisableExceptionWarning")
def test_a_cluster_of_two_workers_gives_every_cell_of_duckdb_and_of_the_cube(
    ground: Ground, folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    try:
        spark_class()
    except NoSpark as missing:
        pytest.skip(f"Spark: {missing}")
    spoken(ground)
    reorganised(ground)
    export(folder, now=ground.now)
    conf = [word for setting in SMALL for word in ("--conf", setting)]
    with cluster(tmp_path / "spark") as address:
        assert address.startswith("spark://127.0.0.1:")
        by_spark = consolidated(folder, address, "all", tmp_path / "spark.parquet", *conf)
        workers = (tmp_path / "spark").glob("worker*")
        used = [path for worker in workers for path in (worker / "work").glob("app-*") if path.is_dir()]
    assert len(used) == 2, "both workers have run a part of it"
    assert by_spark == consolidated(folder, "duckdb", "all", tmp_path / "duck.parquet")
    assert by_spark == by_the_cube("all", by_spark)
    gc.collect()  # what Spark left behind is found here, and not in another test
    capfd.readouterr()
