"""A1: a province's whole account, five years, every period and every unit, with coverage beside each value."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import numpy as np

from bench.harness import LIMIT, Goal
from bench.province import (
    COMMUNES,
    DISTRICTS,
    FIRST_YEAR,
    RATIOS,
    SERIES,
    Province,
    indicator_id,
    kind_of,
    make_province,
)
from chungtay.figures import compiled, snapshot
from chungtay.figures.consolidation import Answer, Line, Term, consolidate
from chungtay.figures.grouping import groups_of
from chungtay.kernel.periods import bin_of

LINES = SERIES + RATIOS

UNITS = """
create or replace temp table unit as
select series, commune, w.id as w, sum(value) as value, null::int as newest, count(*) = any_value(w.months) as done
from facts f join windows w on f.month >= w.low and f.month < w.high where series < $flows group by all
union all
select series, commune, w.id, arg_max(value, month), max(month), true
from facts f join windows w on f.month >= w.low and f.month < w.high where series >= $flows group by all
"""
LINE_UNITS = """
create or replace temp table line_unit as
select series as line, commune, w, value as total, null::bigint as below, newest, done from unit
union all
select r.line, a.commune, a.w, a.value, b.value, least(a.newest, b.newest), a.done and b.done
from ratios r join unit a on a.series = r.above join unit b on b.series = r.below and b.commune = a.commune and b.w = a.w
"""
CELLS = """
with summed as (
  select line, g, w, sum(total)::bigint as total, sum(below)::bigint as below, max(newest) as newest
  from line_unit u join members m on m.commune = u.commune group by all
), counted as (
  select u.line, m.g, u.w, count(*) as reported
  from line_unit u join members m on m.commune = u.commune join windows v on v.id = u.w
  join communes c on c.id = u.commune and c.since < v.high
  join summed s on s.line = u.line and s.g = m.g and s.w = u.w
  where u.done and u.newest is not distinct from s.newest group by all
), due as (
  select m.g, w.id as w, count(*) as expected
  from members m join communes c on c.id = m.commune join windows w on c.since < w.high group by all
)
select l.line, g.g, w.id as w, total, below, newest, coalesce(reported, 0) as reported, coalesce(expected, 0) as expected
from (select unnest(range($lines)) as line) l cross join (select distinct g from members) g cross join windows w
left join summed s on s.line = l.line and s.g = g.g and s.w = w.id
left join counted n on n.line = l.line and n.g = g.g and n.w = w.id
left join due d on d.g = g.g and d.w = w.id
order by l.line, w.id, g.g
"""


class Consolidation:
    """Ways: probe of memory, DuckDB on a native table, our cube mapped from disk."""

    name = "A1"
    title = "R-prov: 120 series + 20 ratios × 155 windows; value and coverage of 13 upper units (and of all 156)"
    rounds = 15
    goals = (
        Goal("cube, 13 upper units", most_ms=20),
        Goal("cube, all 156 units", most_ms=20),
        Goal("cube, 13 upper units", faster_than="DuckDB, 13 upper units", times=50),
    )

    def prepare(self, folder: Path) -> None:
        self.province = make_province()
        mark = snapshot.Mark(UUID(int=7), "approved", 1, UUID(int=8))
        snapshot.save(folder, self.province.cube(), mark)
        found = snapshot.load(folder, mark.identity, mark.view)
        assert found is not None
        self.cube = found[0]
        self.connection = _tables(self.province)
        compiled.warm_up()

    def check(self) -> str:
        cells = 0
        for ranges in (self.province.upper, self._all()):
            ours, theirs = self._ours(ranges), self._theirs(ranges)
            shape = (LINES, len(self.province.windows), len(ranges))
            start = bin_of(self.province.windows[0].start)
            known = ~np.ma.getmaskarray(theirs["total"]).reshape(shape)
            expected = {
                "known": known,
                "total": np.where(known, theirs["total"].filled(0).reshape(shape), ours.total),
                "below": np.where(known, np.ma.filled(theirs["below"], 0).reshape(shape), ours.below),
                "reported": theirs["reported"].reshape(shape),
                "expected": theirs["expected"].reshape(shape),
                "as_of": np.where(
                    np.ma.getmaskarray(theirs["newest"]).reshape(shape),
                    -1,
                    start + 2 * np.ma.filled(theirs["newest"], 0).reshape(shape) + 1,
                ),
            }
            for name, array in expected.items():
                np.testing.assert_array_equal(getattr(ours, name), array, err_msg=name)
            cells += int(np.prod(shape))
        return f"{cells:,} cells equal to DuckDB's: value, both terms of a ratio, reported, expected, as-of"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        upper, everything = self.province.upper, self._all()
        return {
            LIMIT: self._probe,
            "cube, 13 upper units": lambda: self._ours(upper),
            "cube, all 156 units": lambda: self._ours(everything),
            "DuckDB, 13 upper units": lambda: self._theirs(upper),
        }

    def _all(self) -> list[tuple[int, int]]:
        return self.province.upper + self.province.communes

    def _ours(self, ranges: list[tuple[int, int]]) -> Answer:
        """From the mapped arrays to every cell: who belongs where, who is expected, sums, coverage."""
        province, cube = self.province, self.cube
        groups = groups_of(cube.place_at, province.tree_order, ranges)
        bins = np.array([window.bins() for window in province.windows], np.int32)
        unit_at = {cube.place_ids[place]: unit for unit, place in enumerate(groups.order.tolist())}
        sides = [(s,) for s in range(SERIES)] + province.ratios
        wanted = [frozenset(indicator_id(s) for s in side) for side in sides]
        masks, chosen = province.expectations.masks(wanted, unit_at, bins[:, 0], bins[:, 1])
        terms = [Term(kind_of(s), (cube.series_at[indicator_id(s), ""],)) for s in range(SERIES)]
        lines = [Line(tuple(terms[s] for s in side), mask) for side, mask in zip(sides, chosen, strict=True)]
        return consolidate(cube, lines, groups, bins[:, 0], bins[:, 1], masks)

    def _theirs(self, ranges: list[tuple[int, int]]) -> dict[str, np.ma.MaskedArray]:
        run = self.connection.execute
        ids = self.province.tree_order
        members = [
            (g, ids[n].int - 1_000) for g, (a, b) in enumerate(ranges) for n in range(a, b) if ids[n].int >= 1_000
        ]
        member = {
            "g": np.array([g for g, _ in members], np.int32),
            "commune": np.array([c for _, c in members], np.int32),
        }
        self.connection.register("member", member)
        run("create or replace temp table members as select * from member")
        run(UNITS, {"flows": 90})
        run(LINE_UNITS)
        columns = run(CELLS, {"lines": LINES}).fetchnumpy()
        return {name: np.ma.asarray(column) for name, column in columns.items()}

    def _probe(self) -> int:
        """Read every value and span once and write every upper cell's value and coverage once."""
        cells = LINES * len(self.province.windows) * (1 + DISTRICTS)
        np.empty(cells, np.int64).fill(1)
        np.empty(2 * cells, np.int32).fill(1)
        return int(self.cube.values.sum()) + int(np.bitwise_xor.reduce(self.cube.spans.reshape(-1).view(np.int64)))


def _tables(province: Province) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    arrays = {name: getattr(province, name) for name in ("series", "commune", "month", "value")}
    connection.register("columns", arrays)
    connection.execute("create table facts as select * from columns order by series, commune, month")
    months = [(p.start.year - FIRST_YEAR) * 12 + p.start.month - 1 for p in province.windows]
    ends = [(p.last_day.year - FIRST_YEAR) * 12 + p.last_day.month for p in province.windows]
    tables: dict[str, dict[str, Any]] = {
        "windows": {"id": range(len(months)), "low": months, "high": ends, "months": np.subtract(ends, months)},
        "communes": {"id": range(COMMUNES), "since": province.since},
        "ratios": {
            "line": range(SERIES, LINES),
            "above": [above for above, _ in province.ratios],
            "below": [below for _, below in province.ratios],
        },
    }
    for name, columns in tables.items():
        connection.register("columns", {key: np.array(values, np.int32) for key, values in columns.items()})
        connection.execute(f"create table {name} as select * from columns")
    return connection


CASES = [Consolidation()]
