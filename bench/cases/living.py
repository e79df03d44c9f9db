"""What people wait for, on a real database with a province's million facts: a dashboard, and a commune's figures after an approval."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from bench import workspace
from bench.harness import LIMIT, OURS, Goal
from bench.province import FIRST_YEAR, FLOWS, SERIES, Province, commune_id, make_province
from chungtay.kernel.periods import parse_period

TOP = UUID(int=1)
SQLITE = "sqlite"


class _Living:
    def prepare(self, folder: Path) -> None:
        self.province = make_province()
        workspace.open_workspace(folder)
        workspace.make_map(_units(self.province))
        self.ids = workspace.define(range(SERIES))
        p = self.province
        rows = zip(p.series.tolist(), p.commune.tolist(), p.month.tolist(), p.value.tolist(), strict=True)
        self.facts = workspace.tell((self.ids[s], commune_id(c), month, value) for s, c, month, value in rows)
        workspace.expect_all(self.ids.values(), [commune_id(c) for c in range(len(p.district))])
        self.district_of = {commune_id(c): _district_id(int(d)) for c, d in enumerate(p.district)}

    def _sums(self, codes: list[str], months: list[str]) -> dict[tuple[str, UUID, str], int]:
        """Ask the database itself: the last word on every cell, added up by unit, with SQL."""
        from django.db import connection

        sql = f"""
            SELECT i.code, f.area_id, f.period_code, f.value FROM figures_fact f JOIN indicators_indicator i ON i.id = f.indicator_id
            WHERE i.code IN ({", ".join(["%s"] * len(codes))}) AND f.period_code IN ({", ".join(["%s"] * len(months))})
            ORDER BY f.batch_id"""
        with connection.cursor() as cursor:
            cursor.execute(sql, [*codes, *months])
            last = {(code, area, month): value for code, area, month, value in cursor.fetchall()}
        sums: dict[tuple[str, UUID, str], int] = {}
        for (code, area, month), value in last.items():
            commune = UUID(area)
            for unit in (commune, self.district_of[commune], TOP):
                sums[code, unit, month] = sums.get((code, unit, month), 0) + value
        return sums

    def _assert_equal(self, figures: list[Any]) -> int:
        codes = list(dict.fromkeys(f.indicator_code for f in figures))
        sums = self._sums(codes, list(dict.fromkeys(f.period.code for f in figures)))
        for f in figures:
            assert f.value == sums.get((f.indicator_code, f.area_id, f.period.code)), f
        return len(figures)


class Dashboard(_Living):
    """One page's question through the product's own door."""

    name = "dashboard"
    title = "Dashboard: 20 indicators × 12 units × 12 months, of a province's million facts"
    rounds = 60
    goals = (Goal(OURS, p95_ms=5), Goal(OURS, faster_than=SQLITE, times=50))

    def check(self) -> str:
        return f"{self._assert_equal(self._ours()):,} figures equal to sums made by SQL"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        values = np.arange(20 * 12 * 143, dtype=np.int64)
        return {LIMIT: values.sum, OURS: self._ours, SQLITE: lambda: self._sums(self._codes, self._months)}

    _codes = [workspace.code_of(s) for s in range(0, FLOWS, 5)] + [
        workspace.code_of(FLOWS),
        workspace.code_of(FLOWS + 1),
    ]
    _months = [f"{FIRST_YEAR + 4}-{month:02d}" for month in range(1, 13)]

    def _ours(self) -> list[Any]:
        from chungtay.figures import selectors

        return selectors.consolidate(
            indicators=self._codes,
            area_ids=[_district_id(number) for number in range(12)],
            periods=[parse_period(code) for code in self._months],
        )


class RestatedCommune(_Living):
    """A commune restates all its 120 values of a month; every total that holds them is asked right after the commit."""

    name = "restated-commune"
    title = "One commune restated: 120 values, seen in the totals of commune, district and province"
    rounds = 40
    goals = (Goal(OURS, p95_ms=50),)

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        self.numbers = count(1)

    def check(self) -> str:
        self._commit()
        return f"{self._assert_equal(self._ours()):,} figures after a restatement equal to sums made by SQL"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        """In this order: the commit is a way of its own, what follows it is ours."""
        codes, months = [workspace.code_of(s) for s in range(SERIES)], [self._month]
        return {
            LIMIT: self._read_batch,
            "commit": self._commit,
            OURS: self._ours,
            SQLITE: lambda: self._sums(codes, months),
        }

    _month = f"{FIRST_YEAR + 4}-06"

    def _commit(self) -> None:
        from chungtay.figures import services
        from chungtay.figures.rules import Statement

        number = next(self.numbers)
        period = parse_period(self._month)
        services.record_facts(
            [Statement(workspace.code_of(s), "", commune_id(7), period, number * 1000 + s) for s in range(SERIES)],
            status="approved",
            source_kind="bench-restated",
            source_id=str(number),
            now=workspace.TOLD + timedelta(minutes=number),
            by=None,
        )

    def _ours(self) -> list[Any]:
        from chungtay.figures import selectors

        return selectors.consolidate(
            indicators=[workspace.code_of(s) for s in range(SERIES)],
            area_ids=[commune_id(7), self.district_of[commune_id(7)], TOP],
            periods=[parse_period(self._month)],
        )

    def _read_batch(self) -> int:
        """Read the facts of the last batch: whoever brings totals up to date must at least do that."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM figures_fact WHERE id > (SELECT max(id) FROM figures_fact) - %s", [SERIES])
            return len(cursor.fetchall())


def _units(province: Province) -> list[workspace.Unit]:
    units = [workspace.Unit(TOP, "Tỉnh Minh Họa", "01", "province", None)]
    units += [
        workspace.Unit(_district_id(d), f"Huyện {d}", f"{d:03d}", "district", TOP)
        for d in sorted(set(province.district.tolist()))
    ]
    return units + [
        workspace.Unit(commune_id(c), f"Xã {c}", f"{c:05d}", "commune", _district_id(int(d)))
        for c, d in enumerate(province.district)
    ]


def _district_id(number: int) -> UUID:
    return UUID(int=100 + number)


CASES = [Dashboard(), RestatedCommune()]
