"""A province's whole account on the map of another year: 143 communes have become some fifty, their districts are gone."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from uuid import UUID

import numpy as np

from bench.cubes import all_cells, assert_equal, cells_of_groups, mapped
from bench.duck import Answers, Duck
from bench.harness import LIMIT, OURS, Goal
from bench.province import FIRST_YEAR, YEARS, commune_id, make_province
from chungtay.figures import compiled
from chungtay.figures.consolidation import Answer, Memory
from chungtay.figures.restating import MapOf, restate, standing_of
from chungtay.kernel.periods import bin_of
from chungtay.places.rules import WHOLE, Level, Place, build_tree
from chungtay.places.succession import Successions

TOP = UUID(int=1)
CHANGED_ON = date(FIRST_YEAR + YEARS, 7, 1)
PLAIN = "plain"


class OtherMap:
    """Ours puts the cube into the order of the new map and adds it up; plain adds it up as it stands."""

    name = "other-map"
    title = "R-prov of 2020–2024 on the map of 1/7/2025: 143 communes merged into 48, every unit, with coverage"
    rounds = 15
    goals = (Goal(OURS, times_limit=2, of=PLAIN),)

    def prepare(self, folder: Path) -> None:
        self.province = province = make_province()
        self.cube = mapped(folder, province.cube())
        dice = np.random.default_rng(2025)
        # Neighbours in the order of the map merge; a new unit bears an id of its own.
        cuts = np.sort(dice.choice(np.arange(1, len(province.district)), 47, replace=False))
        self.new_of = np.searchsorted(cuts, np.arange(len(province.district)), side="right")
        new = [UUID(int=90_000 + number) for number in range(48)]
        tree = build_tree(
            [
                Place(TOP, "Tỉnh Minh Họa", "01", Level.PROVINCE, None),
                *(Place(one, f"Xã mới {n}", f"{n:05d}", Level.COMMUNE, TOP) for n, one in enumerate(new)),
            ]
        )
        since = date(FIRST_YEAR, 1, 1)
        lives = dict.fromkeys(new, (CHANGED_ON, None)) | {TOP: (since, None)}
        lives |= {commune_id(c): (since, CHANGED_ON) for c in range(len(self.new_of))}
        forward = {commune_id(c): ((new[int(n)], WHOLE),) for c, n in enumerate(self.new_of)}
        self.on = MapOf(CHANGED_ON, tree, Successions(lives=lives, forward=forward, backward={}, parents={}))
        facts = {name: getattr(province, name) for name in ("series", "commune", "month", "value")}
        self.duck = Duck(facts, windows=province.windows, since=province.since, ratios=province.ratios)
        self.memory = Memory(), Memory()
        compiled.warm_up()

    def check(self) -> str:
        cells = assert_equal(self._ours(), self._theirs(), bin_of(self.province.windows[0].start))
        return f"{cells:,} cells on the new map equal to DuckDB's"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        ranges = self.province.upper + self.province.communes
        return {
            LIMIT: self.cube.values.copy,
            OURS: self._ours,
            PLAIN: lambda: all_cells(self.cube, self.province, ranges, self.memory[1]),
            "duckdb": self._theirs,
        }

    def _ours(self) -> Answer:
        standing = standing_of(self.cube.place_ids, self.on)
        units = [standing.units(*self.on.tree.span(node.area_id)) for node in self.on.tree]
        return cells_of_groups(restate(self.cube, standing), self.province, standing.groups(units), self.memory[0])

    def _theirs(self) -> Answers:
        everybody = list(range(len(self.new_of)))
        return self.duck.answers([everybody, *(np.flatnonzero(self.new_of == n).tolist() for n in range(48))])


CASES = [OtherMap()]
