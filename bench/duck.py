"""The ordinary engine that every consolidation is compared with: the same rows in DuckDB, the same questions in SQL."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import numpy as np

from bench.province import FIRST_YEAR, FLOWS, SERIES
from chungtay.kernel.periods import Period

SPANS = """
create table span as select w.id as w, unnest(range(low, high))::int as month, months from windows w
"""
UNITS = """
create or replace temp table unit as
select series, commune, w, sum(value) as value, null::int as newest, count(*) = any_value(months) as done
from facts join span using (month) where series < $flows and series in (select series from asked) group by all
union all
select series, commune, w, arg_max(value, month), max(month), true
from facts join span using (month) where series >= $flows and series in (select series from asked) group by all
"""
ASKED = """
create or replace temp table asked as
select line, line as series from (select unnest(range($low, $high)) as line) where line < $series
union all select line, unnest([above, below]) from ratios where line >= $low and line < $high
"""
LINE_UNITS = """
create or replace temp table line_unit as
select series as line, commune, w, value as total, null::bigint as below, newest, done
from unit where series >= $low and series < $high
union all
select r.line, a.commune, a.w, a.value, b.value, least(a.newest, b.newest), a.done and b.done
from ratios r join unit a on a.series = r.above join unit b on b.series = r.below and b.commune = a.commune and b.w = a.w
where r.line >= $low and r.line < $high
"""
CELLS = """
with by_day as (
  select line, g, w, newest, sum(total) as total, sum(below) as below, count(*) filter (done) as reported
  from line_unit u join members m on m.commune = u.commune group by all
), summed as (
  select line, g, w, sum(total)::bigint as total, sum(below)::bigint as below, max(newest) as newest,
    arg_max(reported, coalesce(newest, -1)) as reported
  from by_day group by all
), due as (
  select m.g, w.id as w, count(*) as expected
  from members m join communes c on c.id = m.commune join windows w on c.since < w.high group by all
)
select l.line, g.g, w.id as w, total, below, newest, coalesce(reported, 0) as reported, coalesce(expected, 0) as expected
from (select unnest(range($low, $high)) as line) l cross join (select distinct g from members) g cross join windows w
left join summed s on s.line = l.line and s.g = g.g and s.w = w.id
left join due d on d.g = g.g and d.w = w.id
order by l.line, w.id, g.g
"""
FLOWS_ONLY = """
with monthly as (
  select series, g, month, sum(value) as value from facts f join members m on m.commune = f.commune
  where series < $flows group by all
)
select series, g, w, sum(value)::bigint as total
from monthly join span using (month) group by all
"""
ROWS_AT_ONCE = 20_000_000
Answers = dict[str, np.ma.MaskedArray]


class Duck:
    """The facts of a workload as a table sorted by series, commune and month, in memory."""

    def __init__(
        self,
        facts: Mapping[str, np.ndarray],
        *,
        windows: Sequence[Period],
        since: np.ndarray,
        ratios: Sequence[tuple[int, int]],
    ) -> None:
        self.lines = SERIES + len(ratios)
        # Tables of all lines of a nation would not fit the memory.
        self.at_once = max(1, ROWS_AT_ONCE // (len(since) * len(windows)))
        self.connection = duckdb.connect()
        self.connection.register("columns", dict(facts))
        self.connection.execute("create table facts as select * from columns order by series, commune, month")
        months = [(p.start.year - FIRST_YEAR) * 12 + p.start.month - 1 for p in windows]
        ends = [(p.last_day.year - FIRST_YEAR) * 12 + p.last_day.month for p in windows]
        tables: dict[str, dict[str, Any]] = {
            "windows": {"id": range(len(months)), "low": months, "high": ends, "months": np.subtract(ends, months)},
            "communes": {"id": range(len(since)), "since": since},
            "ratios": {
                "line": range(SERIES, self.lines),
                "above": [above for above, _ in ratios],
                "below": [below for _, below in ratios],
            },
        }
        for name, columns in tables.items():
            self.connection.register("columns", {key: np.array(values, np.int32) for key, values in columns.items()})
            self.connection.execute(f"create table {name} as select * from columns")
        self.connection.execute(SPANS)

    def answers(self, groups: Sequence[Sequence[int]]) -> Answers:
        """Return every cell, lines × windows × groups of communes: total, below, newest month, reported, expected."""
        run = self.connection.execute
        self._group(groups)
        parts = []
        for low in range(0, self.lines, self.at_once):
            some = {"low": low, "high": min(low + self.at_once, self.lines)}
            run(ASKED, some | {"series": SERIES})
            run(UNITS, {"flows": FLOWS})
            run(LINE_UNITS, some)
            parts.append(run(CELLS, some).fetchnumpy())
        return {name: np.ma.concatenate([part[name] for part in parts]) for name in parts[0]}

    def flows_without_coverage(self, groups: Sequence[Sequence[int]]) -> Answers:
        """Return the totals of the flows alone, in no order: the least that a report could ask for."""
        self._group(groups)
        columns = self.connection.execute(FLOWS_ONLY, {"flows": FLOWS}).fetchnumpy()
        return {name: np.ma.asarray(column) for name, column in columns.items()}

    def _group(self, groups: Sequence[Sequence[int]]) -> None:
        member = {
            "g": np.concatenate([np.full(len(group), g, np.int32) for g, group in enumerate(groups)]),
            "commune": np.concatenate([np.asarray(group, np.int32) for group in groups]),
        }
        self.connection.register("member", member)
        self.connection.execute("create or replace temp table members as select * from member")
