"""A lake of the random accounts that the cube is tested with, on random maps, written without a database; and the cube's answer."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pyarrow as pa

from chungtay.figures.account import Account
from chungtay.figures.answering import Area, Asked, Row, answer
from chungtay.figures.cube import Cube, rows_of
from chungtay.figures.expectations import Expectations
from chungtay.figures.lake.facts import facts_table
from chungtay.figures.lake.layout import TABLES
from chungtay.figures.lake.manifest import FactFile, Manifest, write_manifest
from chungtay.figures.lake.reading import Lake
from chungtay.figures.lake.writing import write_file
from chungtay.figures.restating import MapOf
from chungtay.figures.rules import Figure, View
from chungtay.figures.tests.test_oracle import World
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import bin_start, period_of
from tests.lake.random_maps import RandomMaps

Cells = dict[tuple[str, UUID, str], tuple]


class RandomLake:
    """A world whose map changes, ratios between any two indicators, and periods of all three kinds."""

    def __init__(self, seed: int) -> None:
        self.world = World(seed)
        self.maps = RandomMaps(self.world.rng, [*self.world.areas, *(UUID(int=500 + i) for i in range(10))])
        self.periods = list(dict.fromkeys(period_of(*map(bin_start, window)) for window in self.world.windows()))
        count = len(self.world.indicators)
        self.ratios = [(above, int(self.world.rng.integers(0, count))) for above in range(count)]

    def write(self, folder: Path) -> Lake:
        """Write the lake."""
        numbers = {indicator: n for n, (indicator, _, _) in enumerate(self.world.indicators, 1)}
        lives = self.maps.successions().lives
        areas = {area: n for n, area in enumerate([*lives, *self.maps.lost], 1)}
        facts = []
        for indicator, number in numbers.items():
            stated = (
                (batch, status == "approved", key, areas[area], bin_start(first), bin_start(end), value)
                for batch, _, told, key, area, first, end, value, status in self.world.facts
                if told == indicator
            )
            file = write_file(folder, f"facts/i{number}", facts_table(number, stated))
            facts.append(FactFile(**vars(file), indicator=f"i{number}", number=number, batch=1))
        tables = {
            name: write_file(folder, f"tables/{name}", _table(name, rows))
            for name, rows in {
                "indicators": self._indicators(numbers),
                "areas": self._areas(areas),
                "versions": self._versions(areas),
                "successions": [(areas[old], areas[new], *more) for old, new, *more in self.maps.links],
                "expectations": self._expected(numbers, areas),
                "standing": [],
            }.items()
        }
        write_manifest(folder, Manifest("0" * 32, 1, None, "2026-01-01", tuple(facts), tables))
        return Lake(folder)

    def by_the_cube(self, view: View, on_map: date | None) -> Cells:
        """Return the cells of every line, unit of each period's map and period, as the account gives them."""
        seen = [f for f in self.world.facts if view is View.ALL or f[-1] == "approved"]
        cube = Cube()
        cube.apply(rows_of((i, key, area, first, end, value) for _, _, i, key, area, first, end, value, _ in seen))
        expectations = Expectations(self.world.expected)
        cube.grow(place_ids=sorted(expectations.area_ids))
        account, rows, successions = Account(cube, expectations), self._rows(), self.maps.successions()
        found: Cells = {}
        for period in self.periods:
            day = self.maps.since(on_map or period.last_day)
            tree = self.maps.tree_on(day)
            areas = [Area(node.area_id, *tree.span(node.area_id)) for node in tree]
            on, asked = MapOf(day, tree, successions), Asked(view, None, on_map)
            for by_area in answer(account, rows, areas, [period], on=on, breakdowns={}, asked=asked):
                found |= {(f.indicator_code, f.area_id, f.period.code): _cell(f) for [f] in by_area}
        return found

    def _rows(self) -> list[Row]:
        plain = [
            Indicator(id=indicator, code=f"i{n}", kind=kind)
            for n, (indicator, kind, _) in enumerate(self.world.indicators, 1)
        ]
        ratios = [
            Indicator(code=_code(terms), kind=Kind.RATIO, numerator=plain[terms[0]], denominator=plain[terms[1]])
            for terms in self.ratios
        ]
        return [Row(indicator) for indicator in (*plain, *ratios)]

    def _indicators(self, numbers: dict[UUID, int]) -> list[tuple]:
        plain = [
            (numbers[i], str(i), f"i{numbers[i]}", "", "", kind.value, 0, None, None)
            for i, kind, _ in self.world.indicators
        ]
        ratios = [
            (100 + n, str(UUID(int=9000 + n)), _code(terms), "", "", "ratio", 0, terms[0] + 1, terms[1] + 1)
            for n, terms in enumerate(self.ratios)
        ]
        return plain + ratios

    def _areas(self, areas: dict[UUID, int]) -> list[tuple]:
        """What was lost comes last, without a life."""
        known = self.maps.successions()
        rows = []
        for area, number in areas.items():
            parent = known.parents[area]
            life = known.lives.get(area, (None, None))
            rows.append((number, str(area), "", "", "commune", areas[parent] if parent else None, *life))
        return rows

    def _versions(self, areas: dict[UUID, int]) -> list[tuple]:
        rows = [
            (areas[v.area], f"{v.area.int:04d}", "Xã", "commune", areas[v.parent] if v.parent else None, v.first, v.end)
            for v in self.maps.versions
        ]
        return sorted(rows, key=lambda row: (row[0], row[5]))

    def _expected(self, numbers: dict[UUID, int], areas: dict[UUID, int]) -> list[tuple]:
        last = {(numbers[i], areas[area], start): end for i, area, start, end in self.world.expected}
        return sorted((*key, end) for key, end in last.items() if end is None or end > key[2])


def cells_of(tables: list[pa.Table]) -> Cells:
    """Return the cells that an engine gave."""
    return {
        (row["indicator"], UUID(row["area"]), row["period"]): (
            row["numerator"] if row["kind"] == "ratio" else row["value"],
            row["denominator"],
            row["reported"],
            row["expected"],
            row["as_of"],
            row["known"],
            row["estimated"],
        )
        for table in tables
        for row in table.to_pylist()
    }


def _cell(f: Figure) -> tuple:
    numbers = (f.numerator, f.denominator) if f.kind is Kind.RATIO else (f.value, None)
    return (*numbers, f.reported, f.expected, f.as_of, f.is_known, f.is_estimated)


def _code(terms: tuple[int, ...]) -> str:
    return "/".join(f"i{n + 1}" for n in terms)


def _table(name: str, rows: list[tuple]) -> pa.Table:
    schema = TABLES[name]
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
