"""Cubes on other maps, kept for the next question: few, thrown away when the account changes, rebuilt from it in moments.

A small account is restated whole; of a large one only the indicators that are asked for.
"""

from collections import OrderedDict
from collections.abc import Collection
from uuid import UUID

from chungtay.figures.cube import Cube
from chungtay.figures.restating import MapOf, Standing, restate, standing_of
from chungtay.places.rules import Tree
from chungtay.places.succession import Successions

_MOST_STANDINGS = 24
_MOST_BYTES = 384 << 20
_SMALL = 48 << 20


class Restated:
    """What one account looks like on other maps. Not to be used by two threads at once."""

    def __init__(self) -> None:
        self._standings: OrderedDict[tuple[int, int], tuple[list[UUID], Tree, Successions, Standing]] = OrderedDict()
        self._cubes: OrderedDict[int, tuple[Standing, frozenset[UUID] | None, Cube]] = OrderedDict()

    def after(self, cube: Cube) -> "Restated":
        """Return what is still true when facts have come in: where places stand, as long as there are no new ones."""
        later = Restated()
        later._standings.update((key, held) for key, held in self._standings.items() if held[0] is cube.place_ids)
        return later

    def standing(self, cube: Cube, on: MapOf) -> Standing:
        """Return where the cube's places stand on a map."""
        key = (id(on.tree), id(on.successions))
        held = self._standings.get(key)
        if held is None or held[0] is not cube.place_ids:
            standing = standing_of(cube.place_ids, on)
            held = (cube.place_ids, on.tree, on.successions, standing)  # what is held keeps its id
            self._standings[key] = held
            while len(self._standings) > _MOST_STANDINGS:
                self._standings.popitem(last=False)
        self._standings.move_to_end(key)
        return held[3]

    def cube(self, cube: Cube, standing: Standing, indicator_ids: Collection[UUID]) -> Cube:
        """Return the cube in the order of a standing, with at least these indicators."""
        if standing.is_as_the_cube:
            return cube
        held = self._cubes.get(id(standing))
        if held is None or not (held[1] is None or held[1].issuperset(indicator_ids)):
            held = (standing, *self._restate(cube, standing, frozenset(indicator_ids), held[1] if held else None))
            self._cubes[id(standing)] = held
            while len(self._cubes) > 1 and sum(_bytes(one) for _, _, one in self._cubes.values()) > _MOST_BYTES:
                self._cubes.popitem(last=False)
        self._cubes.move_to_end(id(standing))
        return held[2]

    def _restate(
        self, cube: Cube, standing: Standing, wanted: frozenset[UUID], before: frozenset[UUID] | None
    ) -> tuple[frozenset[UUID] | None, Cube]:
        if _bytes(cube) <= _SMALL:
            return None, restate(cube, standing)
        each = _bytes(cube) // len(cube.series_keys)
        for ids in (wanted | (before or frozenset()), wanted):
            series = [at for at, (indicator_id, _) in enumerate(cube.series_keys) if indicator_id in ids]
            if len(series) * each <= _MOST_BYTES // 2:
                break
        return ids, restate(cube, standing, series)


def _bytes(cube: Cube) -> int:
    return cube.values.nbytes + cube.spans.nbytes
