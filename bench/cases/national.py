"""A nation: the trace of one of its figures, and how the time to consolidate it grows with the years."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from bench import workspace
from bench.cubes import MemoryProbe, all_cells, mapped
from bench.harness import LIMIT, OURS, Goal, Timing
from bench.nation import COMMUNES, Nation, make_nation
from bench.plot import line_chart
from bench.province import FIRST_YEAR, commune_id
from chungtay.figures import compiled
from chungtay.figures.consolidation import Answer, Memory
from chungtay.kernel.periods import parse_period

NATION = UUID(int=1)
MONTHS = 60


class Trace:
    """A national figure of one flow over five years is opened: its parts, and the first page of its 600,000 facts."""

    name = "trace"
    title = f"Trace of one national figure: {COMMUNES:,} communes × {MONTHS} months, first page"
    rounds = 30
    goals = (Goal(OURS, most_ms=100),)

    def prepare(self, folder: Path) -> None:
        workspace.open_workspace(folder)
        from chungtay.figures import selectors  # its models cannot be imported before Django is set up

        nation = make_nation(MONTHS // 12)
        workspace.make_map(_units(nation))
        [indicator_id] = workspace.define([0]).values()
        communes, months = np.nonzero(nation.known[0])
        values = nation.values[0][communes, months].tolist()
        rows = zip(communes.tolist(), months.tolist(), values, strict=True)
        self.facts = workspace.tell((indicator_id, commune_id(c), month, value) for c, month, value in rows)
        workspace.expect_all([indicator_id], [commune_id(c) for c in range(COMMUNES)])
        period = parse_period(f"{FIRST_YEAR}-01..{FIRST_YEAR + 4}-12")
        self.figure = selectors.figure(workspace.code_of(0), NATION, period)

    def check(self) -> str:
        trace, total = self._ours(), self._sqlite()
        assert self.figure.value == trace.figure.value == trace.fact_total == total
        assert sum(part.value or 0 for part in trace.by_child) + (trace.own.value or 0) == total
        assert trace.fact_count == self.facts
        return f"{self.facts:,} facts counted, their sum equal to the figure, to its parts and to SQL's"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {LIMIT: self._page_of_rows, OURS: self._ours, "sqlite": self._sqlite}

    def _ours(self) -> Any:
        from chungtay.figures import selectors

        return selectors.trace(self.figure.trace)

    def _sqlite(self) -> int:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT sum(value) FROM figures_fact")
            return int(cursor.fetchone()[0])

    def _page_of_rows(self) -> int:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM figures_fact ORDER BY id LIMIT 50")
            return len(cursor.fetchall())


class Growth:
    """The whole of a nation over 1, 2, 4 and 8 years, on one machine: the time should grow as the data do."""

    name = "growth"
    title = "R-upper over 1, 2, 4 and 8 years: 769 units above 10,595 communes"
    rounds = 5
    years = (1, 2, 4, 8)
    goals = (Goal(OURS, times_limit=1.25 * 8, of="ours, 1 year"), Goal(OURS, times_limit=1.25 * 2, of="ours, 4 years"))

    def prepare(self, folder: Path) -> None:
        compiled.warm_up()
        self.nations: dict[int, tuple[Nation, Any, Memory]] = {}
        for years in self.years:
            nation = make_nation(years)
            self.nations[years] = nation, mapped(folder / str(years), nation.cube), Memory()

    def check(self) -> str:
        """The nation is the sum of its provinces, and what numpy adds up from the raw values."""
        cells = 0
        for years in self.years:
            nation, answer = self.nations[years][0], self._ours(years)
            month = list(range(12 * years))
            windows = [12 * (p.start.year - FIRST_YEAR) + p.start.month - 1 for p in nation.windows[: 12 * years]]
            assert windows == month
            totals = nation.values[:90].sum(axis=1)
            np.testing.assert_array_equal(answer.total[:90, : 12 * years, 0], totals)
            cells += int(totals.size)
        return f"{cells:,} monthly totals of the nation equal to numpy's sums"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        most = self.years[-1]
        probe = MemoryProbe(self.nations[most][1].values, self._ours(most).total.size)
        smaller = {_name(years): self._runner(years) for years in self.years[:-1]}
        return {LIMIT: probe, **smaller, OURS: self._runner(most)}

    def draw(self, timings: Sequence[Timing]) -> str:
        """Return the times as a chart, SVG."""
        ms = {timing.runner: timing.median_ms for timing in timings}
        points = [(years, ms[_name(years)] if years != self.years[-1] else ms[OURS]) for years in self.years]
        return line_chart(points, x_title="years", y_title="ms", title=self.title)

    def _runner(self, years: int) -> Callable[[], object]:
        return lambda: self._ours(years)

    def _ours(self, years: int) -> Answer:
        nation, cube, memory = self.nations[years]
        return all_cells(cube, nation, nation.upper, memory)


def _name(years: int) -> str:
    return f"ours, {years} year{'s' if years > 1 else ''}"


def _units(nation: Nation) -> list[workspace.Unit]:
    units = [workspace.Unit(NATION, "Cả nước (minh họa)", "VN", "province", None)]
    provinces = sorted(set(nation.province.tolist()))
    above = {int(d): int(p) for d, p in zip(nation.district, nation.province, strict=True)}
    units += [workspace.Unit(_province_id(p), f"Tỉnh {p}", f"{p:02d}", "city", NATION) for p in provinces]
    units += [
        workspace.Unit(_district_id(d), f"Huyện {d}", f"H{d:03d}", "district", _province_id(p))
        for d, p in sorted(above.items())
    ]
    return units + [
        workspace.Unit(commune_id(c), f"Xã {c}", f"{c:05d}", "commune", _district_id(int(d)))
        for c, d in enumerate(nation.district)
    ]


def _province_id(number: int) -> UUID:
    return UUID(int=30_000_000 + number)


def _district_id(number: int) -> UUID:
    return UUID(int=40_000_000 + number)


CASES = [Trace(), Growth()]
