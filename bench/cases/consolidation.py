"""Workload R: every figure of a province and of a nation, five years, every period, with coverage beside each value."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from bench.cubes import MemoryProbe, all_cells, assert_equal, mapped
from bench.duck import Answers, Duck
from bench.harness import LIMIT, OURS, Goal
from bench.nation import make_nation
from bench.province import commune_id, make_province
from chungtay.figures import compiled
from chungtay.figures.consolidation import Answer, Memory
from chungtay.kernel.periods import bin_of

DUCKDB, DUCKDB_FLOWS = "duckdb", "duckdb, flows, no coverage"
_FIRST_COMMUNE = commune_id(0).int


class _Consolidation:
    """Ways: a probe of memory, our cube mapped from disk, DuckDB on a native table, and DuckDB asked for far less."""

    name = title = ""
    rounds = 15
    goals: Sequence[Goal] = ()

    def prepare(self, folder: Path) -> None:
        workload, facts, cube, self.ranges = self._made()
        self.workload, self.cube = workload, mapped(folder, cube)
        self.duck = Duck(facts, windows=workload.windows, since=workload.since, ratios=workload.ratios)
        ids = [area_id.int - _FIRST_COMMUNE for area_id in workload.tree_order]
        communes = {number for number, area_id in enumerate(workload.tree_order) if area_id in set(self.cube.place_ids)}
        self.members = [[ids[n] for n in range(first, end) if n in communes] for first, end in self.ranges]
        self.memory = Memory()
        self.probe = MemoryProbe(self.cube.values, self._ours().total.size)
        compiled.warm_up()

    def check(self) -> str:
        cells = assert_equal(self._ours(), self._theirs(), bin_of(self.workload.windows[0].start))
        least, totals = self._least(), self._ours().total
        np.testing.assert_array_equal(totals[least["series"], least["w"], least["g"]], least["total"])
        return f"{cells:,} cells equal to DuckDB's: value, both terms of a ratio, reported, expected, as-of"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {LIMIT: self.probe, OURS: self._ours, DUCKDB: self._theirs, DUCKDB_FLOWS: self._least}

    def _ours(self) -> Answer:
        return all_cells(self.cube, self.workload, self.ranges, self.memory)

    def _least(self) -> Answers:
        return self.duck.flows_without_coverage(self.members)

    def _theirs(self) -> Answers:
        return self.duck.answers(self.members)


class OfProvince(_Consolidation):
    """143 communes: the 13 units above them, or all 156."""

    goals = (Goal(OURS, most_ms=20), Goal(OURS, faster_than=DUCKDB, times=50))

    def __init__(self, name: str, *, everything: bool) -> None:
        self.name, self.everything = name, everything
        units = "all 156 units" if everything else "the 13 units above the communes"
        self.title = f"R-prov: 120 series + 20 ratios × 155 windows × {units}, with coverage"

    def _made(self):
        province = make_province()
        facts = {name: getattr(province, name) for name in ("series", "commune", "month", "value")}
        ranges = province.upper + (province.communes if self.everything else [])
        return province, facts, province.cube(), ranges


class OfNation(_Consolidation):
    """10,595 communes: the 769 units above them."""

    name = "r-upper"
    title = "R-upper: 120 series + 20 ratios × 155 windows × 769 units above 10,595 communes, with coverage"
    rounds = 5
    goals = (
        Goal(OURS, times_limit=2),
        Goal(OURS, faster_than=DUCKDB, times=50),
        Goal(OURS, most_peak_mb=1024),
    )

    def _made(self):
        nation = make_nation()
        series, commune, month = np.nonzero(nation.known)
        facts = {
            "series": series.astype(np.int32),
            "commune": commune.astype(np.int32),
            "month": month.astype(np.int32),
            "value": nation.values[nation.known],
        }
        return nation, facts, nation.cube, nation.upper


CASES = [OfProvince("r-prov", everything=False), OfProvince("r-prov-all", everything=True), OfNation()]
