"""Random accounts, with gaps, random maps, corrections and withdrawals: the cube and SQL must agree in every cell."""

from datetime import date, timedelta
from unittest.mock import patch
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.figures import compiled
from chungtay.figures.consolidation import Line, Lives, Term, consolidate
from chungtay.figures.cube import Cube, rows_of
from chungtay.figures.expectations import Expectations
from chungtay.figures.grouping import groups_of
from chungtay.figures.setting import FOREVER
from chungtay.figures.tests.oracle import Tables, cells
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import bin_of, bin_start

START = bin_of(date(2020, 1, 1))


class World:
    """A random account over some areas and half-months. `regular`: every period of an indicator is equally long."""

    def __init__(self, seed: int, *, regular: bool = False) -> None:
        rng = self.rng = np.random.default_rng(seed)
        self.regular = int(rng.choice([1, 2, 6])) if regular else 0
        self.areas = [UUID(int=i + 1) for i in range(int(rng.integers(1, 14)))]
        self.bins = int(rng.integers(2, 40))
        self.indicators = [
            (
                UUID(int=1000 + i),
                Kind.FLOW if rng.random() < 0.5 else Kind.STOCK,
                [f"k{k}" for k in range(rng.integers(1, 2 if regular else 4))],
            )
            for i in range(int(rng.integers(1, 6)))
        ]
        self.facts: list[tuple] = []
        for indicator, _, keys in self.indicators:
            for key in keys:
                for area in self.areas:
                    if rng.random() < 0.85:
                        self._tell(indicator, key, area)
        self.facts = [(batch, seq, *fact) for seq, (batch, *fact) in enumerate(sorted(self.facts, key=lambda f: f[0]))]
        self.expected = [
            (indicator, area, start, None if rng.random() < 0.4 else start + timedelta(days=int(rng.integers(0, 500))))
            for indicator, _, _ in self.indicators
            for area in self.areas
            for start in {
                date(2019, 12, 1) + timedelta(days=int(rng.integers(0, 700))) for _ in range(rng.integers(0, 3))
            }
        ]
        self.lives = [
            (area, START + int(rng.integers(-30, 10)), START + int(rng.integers(10, 60)))
            if rng.random() < 0.3
            else (area, -FOREVER, FOREVER)
            for area in self.areas
        ]
        self.heirs = [
            (area, heir)
            for area in self.areas
            for heir in self.areas
            if heir != area and rng.random() < 0.5 / len(self.areas)
        ]
        self.parents = [
            None if i == 0 else (int(rng.integers(0, i)) if rng.random() < 0.9 else None) for i in range(20)
        ]

    def _tell(self, indicator: UUID, key: str, area: UUID) -> None:
        """State non-overlapping periods, each perhaps more than once, perhaps withdrawn and split afterwards."""
        rng, position = self.rng, 0 if self.regular else int(self.rng.integers(0, 4))
        while position < self.bins:
            span = self.regular or int(rng.choice([1, 2, 2, 2, 6, 12]))
            first, end = START + position, START + position + span
            if rng.random() < 0.8:
                batches = np.sort(rng.integers(1, 20, int(rng.integers(1, 4))))
                for batch in batches:
                    self._add(int(batch), indicator, key, area, first, end)
                if span > 2 and not self.regular and rng.random() < 0.3:
                    self.facts.append((21, indicator, key, area, first, end, None, "approved"))
                    for part in range(first, end, 2):
                        self._add(int(rng.integers(22, 30)), indicator, key, area, part, min(part + 2, end))
            position += span + (0 if self.regular or rng.random() < 0.7 else int(rng.integers(0, 5)))

    def _add(self, batch: int, indicator: UUID, key: str, area: UUID, first: int, end: int) -> None:
        value = (
            None if self.rng.random() < 0.1 else int(self.rng.integers(-5, 10)) * 10 ** int(self.rng.integers(0, 14))
        )
        status = "approved" if self.rng.random() < 0.7 else "provisional"
        self.facts.append((batch, indicator, key, area, first, end, value, status))

    def tree(self) -> tuple[list[UUID], list[tuple[int, int]]]:
        """Return a random map in pre-order (some areas off the map, some places unknown to the account) and its ranges."""
        ids = [*self.areas, *(UUID(int=500 + i) for i in range(20))]
        self.rng.shuffle(ids)
        nodes = ids[: int(self.rng.integers(1, 20))]
        below: dict[int | None, list[int]] = {}
        for i in range(len(nodes)):
            below.setdefault(self.parents[i], []).append(i)
        order: list[UUID] = []
        ranges: list[tuple[int, int]] = []

        def visit(i: int) -> None:
            start, slot = len(order), len(ranges)
            order.append(nodes[i])
            ranges.append((0, 0))
            for child in below.get(i, []):
                visit(child)
            ranges[slot] = (start, len(order))

        for root in below.get(None, []):
            visit(root)
        return order, ranges

    def windows(self) -> list[tuple[int, int]]:
        starts = self.rng.integers(0, self.bins, 6)
        spans = self.rng.choice([1, 2, 2, 6, 12, 24], 6)
        return [(START + int(a), START + int(a + b)) for a, b in zip(starts, spans, strict=True)]


@given(
    seed=st.integers(0, 2**32),
    view=st.sampled_from([("approved",), ("approved", "provisional")]),
    at_once=st.booleans(),
    regular=st.booleans(),
)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("way", ["general", "compiled"])
def test_every_cell_equals_the_sql_over_the_raw_facts(
    way: str, seed: int, view: tuple[str, ...], at_once: bool, regular: bool
) -> None:
    if way == "compiled" and not compiled.is_available():
        pytest.skip("numba is not installed: the general way is the only one")
    if way == "compiled" and not compiled.is_ready():
        compiled.warm_up()
    world = World(seed, regular=regular)
    order, ranges = world.tree()
    windows = world.windows()
    lines = [(i, indicator, None) for i, (indicator, _, _) in enumerate(world.indicators)]
    for above in range(len(world.indicators)):
        below = int(world.rng.integers(0, len(world.indicators)))
        lines.append((len(lines), world.indicators[above][0], world.indicators[below][0]))
    kinds = {indicator: kind for indicator, kind, _ in world.indicators}
    has_stock = [Kind.STOCK in {kinds[a], kinds.get(b)} for _, a, b in lines]
    truth = cells(
        Tables(
            facts=world.facts,
            seen=list(view),
            windows=[(i, a, b, bin_start(a), bin_start(b)) for i, (a, b) in enumerate(windows)],
            terms=[(indicator, kind.value) for indicator, kind, _ in world.indicators],
            lines=[(*line, stock) for line, stock in zip(lines, has_stock, strict=True)],
            members=[(g, order[n]) for g, (a, b) in enumerate(ranges) for n in range(a, b)],
            expected=world.expected,
            heirs=world.heirs,
            lives=[*world.lives, *((UUID(int=500 + i), -FOREVER, FOREVER) for i in range(20))],
        )
    )

    cube = Cube()
    seen = [fact for fact in world.facts if fact[-1] in view]
    batches = [seen] if at_once else [[f for f in seen if f[0] == batch] for batch in sorted({f[0] for f in seen})]
    for batch in batches:
        cube.apply(rows_of((i, k, a, first, end, value) for _, _, i, k, a, first, end, value, _ in batch))
    expectations = Expectations(world.expected)
    cube.grow(place_ids=sorted(expectations.area_ids))
    if world.rng.random() < 0.5 or way == "compiled":  # which wants the units side by side
        cube.sort_places(order)
    groups = groups_of(cube.place_at, order, ranges)
    first, end = (np.array(side, np.int32) for side in zip(*windows, strict=True))
    unit_at = {cube.place_ids[place]: unit for unit, place in enumerate(groups.order)}
    wanted = [frozenset({a, b} - {None}) for _, a, b in lines]
    masks, chosen = expectations.masks(wanted, cube.place_ids, groups.order, first, end)
    life = {area: (a, b) for area, a, b in world.lives}
    heirs = [
        (unit_at[area], cube.place_at[heir]) for area, heir in world.heirs if area in unit_at and heir in cube.place_at
    ]
    came_after = np.array(sorted(heirs), np.intp).reshape(-1, 2)
    lived = np.array([life[cube.place_ids[place]] for place in groups.order], np.int32).reshape(-1, 2)

    def term(indicator: UUID) -> Term:
        return Term(kinds[indicator], tuple(cube.series_at[indicator, k] for k in cube.keys_of.get(indicator, [])))

    asked = [Line(tuple(term(i) for i in (a, b) if i), mask) for (_, a, b), mask in zip(lines, chosen, strict=True)]
    with patch.object(compiled, "CELLS_WORTH_COMPILING", 0 if way == "compiled" else 2**62):
        answer = consolidate(cube, asked, groups, first, end, masks, Lives(lived[:, 0], lived[:, 1], came_after))
    for line, _, below in lines:
        for group in range(len(ranges)):
            for window in range(len(windows)):
                at = (line, window, group)
                known = bool(answer.known[at])
                as_of = int(answer.as_of[at])
                ours = (
                    int(answer.total[at]) if known else None,
                    int(answer.below[at]) if known and below is not None else None,
                    int(answer.reported[at]),
                    int(answer.expected[at]),
                    as_of if as_of >= 0 else None,
                )
                assert ours == truth[line, group, window]
                assert ours[3] - ours[2] == len(answer.missing(*at))
