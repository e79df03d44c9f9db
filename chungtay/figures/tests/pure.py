"""A small account without a database: facts by name in, answers by name out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import numpy as np

from chungtay.figures.consolidation import Line, Term, consolidate
from chungtay.figures.cube import Cube, rows_of
from chungtay.figures.expectations import Expectations
from chungtay.figures.grouping import groups_of
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import bin_start, parse_period

ORDER = ["P", "D1", "A", "B", "D2", "C"]
RANGES = {"P": (0, 6), "D1": (1, 4), "A": (2, 3), "B": (3, 4), "D2": (4, 6), "C": (5, 6)}
INDICATORS = {"gifts": 1, "houses": 2, "members": 3, "households": 4, "bridges": 5}
KINDS = {"gifts": Kind.FLOW, "houses": Kind.FLOW, "bridges": Kind.FLOW, "members": Kind.STOCK, "households": Kind.STOCK}


def area(name: str) -> UUID:
    return UUID(int=100 + ORDER.index(name))


def indicator(name: str) -> UUID:
    return UUID(int=INDICATORS[name])


@dataclass(frozen=True)
class Seen:
    """One answered cell."""

    total: int | None
    below: int | None
    reported: int
    expected: int
    as_of: date | None
    missing: list[str]


@dataclass
class Small:
    """Say facts as (indicator, area, period code, value[, key]) and ask for cells."""

    cube: Cube = field(default_factory=Cube)
    expected: list[tuple] = field(default_factory=list)

    def tell(self, *facts: tuple) -> "Small":
        self.cube.apply(rows_of(self._tuple(*fact) for fact in facts))
        return self

    def expect(self, name: str, *areas: str, valid_from: str = "2020-01-01", valid_to: str = "") -> "Small":
        until = date.fromisoformat(valid_to) if valid_to else None
        self.expected += [(indicator(name), area(a), date.fromisoformat(valid_from), until) for a in areas]
        return self

    def ask(self, names: str | tuple[str, str], where: str, period: str) -> Seen:
        names = (names,) if isinstance(names, str) else names
        expectations = Expectations(self.expected)
        self.cube.grow(place_ids=sorted(expectations.area_ids))
        order = [area(name) for name in ORDER]
        groups = groups_of(self.cube.place_at, order, [RANGES[where]])
        first, end = (np.array([b], np.int32) for b in parse_period(period).bins())
        masks, [mask] = expectations.masks(
            [frozenset(map(indicator, names))], self.cube.place_ids, groups.order, first, end
        )
        line = Line(tuple(self.term(name) for name in names), mask)
        answer = consolidate(self.cube, [line], groups, first, end, masks)
        known = bool(answer.known[0, 0, 0])
        as_of = int(answer.as_of[0, 0, 0])
        return Seen(
            total=int(answer.total[0, 0, 0]) if known else None,
            below=int(answer.below[0, 0, 0]) if known and len(names) == 2 else None,
            reported=int(answer.reported[0, 0, 0]),
            expected=int(answer.expected[0, 0, 0]),
            as_of=None if as_of < 0 else date.fromordinal(bin_start(as_of + 1).toordinal() - 1),
            missing=[ORDER[self.cube.place_ids[p].int - 100] for p in answer.missing(0, 0, 0)],
        )

    def value(self, name: str, where: str, period: str) -> int | None:
        return self.ask(name, where, period).total

    def term(self, name: str) -> Term:
        keys: Sequence[str] = self.cube.keys_of.get(indicator(name), [])
        return Term(KINDS[name], tuple(self.cube.series_at[indicator(name), key] for key in keys))

    @staticmethod
    def _tuple(name: str, where: str, period: str, value: int | None, key: str = "") -> tuple:
        first, end = parse_period(period).bins()
        return indicator(name), key, area(where), first, end, value
