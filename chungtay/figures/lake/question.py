"""A question to a lake as the small tables of `sql.py`: what is asked, when, on which maps, and who is expected."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chungtay.figures.lake.layout import ALL, APPROVED
from chungtay.figures.lake.maps import Standing
from chungtay.figures.lake.reading import Definition, Lake
from chungtay.figures.rules import View
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import Period, bin_of
from chungtay.places.rules import WHOLE

_FOREVER = 2**30
_LAST_DAY = date(9999, 12, 31)
_VIEW_BITS = {View.APPROVED: APPROVED, View.ALL: ALL}


@dataclass(frozen=True)
class Question:
    """on_map: the day whose map adds up; None takes for each period the map of its last day. all_units: also those below."""

    lake: Lake
    definitions: Sequence[Definition]
    periods: Sequence[Period]
    view: View
    on_map: date | None = None
    all_units: bool = False

    @property
    def views(self) -> list[int]:
        """The values of `facts.views` whose rows are in the view."""
        bit = _VIEW_BITS[self.view]
        return [bits for bits in (APPROVED, ALL, APPROVED | ALL) if bits & bit]

    def batches(self, most_rows: int) -> Iterator[range]:
        """Yield ranges of lines whose facts are at most so many rows, at least one line each."""
        start, rows = 0, 0
        for at, definition in enumerate(self.definitions):
            mine = self.lake.rows_of(definition.terms)
            if at > start and rows + mine > most_rows:
                yield range(start, at)
                start, rows = at, 0
            rows += mine
        if start < len(self.definitions):
            yield range(start, len(self.definitions))

    @cached_property
    def _maps(self) -> tuple[list[Standing], list[int]]:
        """The maps that are needed, and for each period which one."""
        maps = self.lake.maps
        days = [maps.same_map_since(self.on_map or period.last_day) for period in self.periods]
        distinct = list(dict.fromkeys(days))
        return [maps.standing_on(day) for day in distinct], [distinct.index(day) for day in days]

    @property
    def cuts(self) -> int:
        """How many cuts, one within the other, the parts of divided places need."""
        return max((standing.cuts for standing in self._maps[0]), default=0)

    def names(self) -> dict[int, tuple[str, str]]:
        """Return code and name of every unit; where periods stand on several maps, those of the last period."""
        standings, chosen = self._maps
        found: dict[int, tuple[str, str]] = {}
        for at in chosen:
            found |= standings[at].names
        return found

    def shared_tables(self) -> dict[str, pa.Table]:
        """Return the tables that are the same for every batch of lines."""
        standings, chosen = self._maps
        windows = [
            (w, *period.bins(), _parity(period), period.start, period.end, on)
            for w, (period, on) in enumerate(zip(self.periods, chosen, strict=True))
        ]
        nodes = [
            (on, node, place)
            for on, standing in enumerate(standings)
            for place, node in enumerate(standing.nodes if self.all_units else standing.upper)
        ]
        asked = {(on, node) for on, node, _ in nodes}
        members = [
            (on, member.node, member.area, member.part, member.counts, member.is_estimate)
            for on, standing in enumerate(standings)
            for member in standing.members()
            if (on, member.node) in asked
        ]
        lives = [(area, *self._life(area)) for area in self.lake.maps.ids]
        day, number = pa.date32(), pa.int32()
        return {
            "windows": _table(
                windows,
                {
                    "w": number,
                    "first_bin": number,
                    "end_bin": number,
                    "parity": number,
                    "period_start": day,
                    "period_end": day,
                    "map": number,
                },
            ),
            "nodes": _table(nodes, dict.fromkeys(("map", "node", "place"), number)),
            "members": _table(
                members,
                dict.fromkeys(("map", "node", "area", "part"), number)
                | dict.fromkeys(("counts", "is_estimate"), pa.bool_()),
            ),
            "lives": _table(lives, dict.fromkeys(("area", "first_bin", "end_bin"), number)),
            "heirs": _table(self._heirs(), dict.fromkeys(("area", "heir"), number)),
            **({"parts": _parts(standings, self.cuts)} if self.cuts else {}),
        }

    def _heirs(self) -> list[tuple[int, int]]:
        """Return every pair of an area and one that came after it."""
        maps = self.lake.maps
        number_of = {area_id: number for number, area_id in maps.ids.items()}
        return [
            (number, number_of[heir])
            for number, area_id in maps.ids.items()
            for heir in maps.successions.after(area_id)
        ]

    def _life(self, area: int) -> tuple[int, int]:
        """Return the life of an area in bins; nothing is said against one that no map has."""
        if area not in self.lake.maps.lives:
            return -_FOREVER, _FOREVER
        first, end = self.lake.maps.lives[area]
        return bin_of(first), _FOREVER if end is None else bin_of(end)

    def line_tables(self, lines: range) -> dict[str, pa.Table]:
        """Return the tables of one batch of lines."""
        definitions = {at: self.definitions[at] for at in lines}
        kinds = {d.number: d.kind for d in self.lake.definitions.values()}
        due, expected = self._due([d.terms for d in definitions.values()])
        rows = [
            (line, d.terms[0], d.terms[1] if len(d.terms) == 2 else None, mine, Kind.STOCK in map(kinds.get, d.terms))
            for (line, d), mine in zip(definitions.items(), due, strict=True)
        ]
        terms = sorted({(term, kinds[term].value) for d in definitions.values() for term in d.terms})
        number = pa.int32()
        return {
            "lines": _table(rows, dict.fromkeys(("line", "above", "below", "due"), number) | {"has_stock": pa.bool_()}),
            "terms": _table(terms, {"indicator": number, "kind": pa.string()}),
            "expected": expected,
        }

    def _due(self, lines: Sequence[tuple[int, ...]]) -> tuple[list[int], pa.Table]:
        """Return for each line the number of its expectations, and all that are different: most lines share theirs."""
        table, starts = self._expectations
        numbers: dict[frozenset[bytes], int] = {}
        slices: dict[bytes, pa.Table] = {}
        chosen = []
        for terms in lines:
            mine = set()
            for term in terms:
                low, high = np.searchsorted(starts, [term, term + 1]).tolist()
                rows = table.slice(low, high - low)
                key = b"".join(column.to_numpy().tobytes() for column in rows.columns)
                slices.setdefault(key, rows)
                mine.add(key)
            chosen.append(numbers.setdefault(frozenset(mine), len(numbers)))
        parts = [
            slices[key].append_column("due", pa.array(np.full(slices[key].num_rows, due, np.int32)))
            for keys, due in numbers.items()
            for key in sorted(keys)
        ]
        return chosen, pa.concat_tables(parts).combine_chunks()

    @cached_property
    def _expectations(self) -> tuple[pa.Table, npt.NDArray[np.int32]]:
        """The lake's expectations, an open end as the last of all days, and their indicators, in order."""
        table = self.lake.table("expectations").combine_chunks()
        until = table["valid_to"].fill_null(pa.scalar(_LAST_DAY, pa.date32()))
        return table.drop_columns(["indicator"]).set_column(2, "valid_to", until), table["indicator"].to_numpy()


def _parity(period: Period) -> int:
    """Return 0 for calendar periods, 1 for the windows from a 15th to a 14th, -1 for what is neither."""
    first, end = period.bins()
    return first % 2 if first % 2 == end % 2 else -1


def _parts(standings: Sequence[Standing], cuts: int) -> pa.Table:
    whole = (0, WHOLE)
    rows = [
        (on, area, at, *(bound for cut in (*part.cuts, *[whole] * (cuts - len(part.cuts))) for bound in cut))
        for on, standing in enumerate(standings)
        for area, parts in standing.parts.items()
        for at, part in enumerate(parts)
    ]
    bounds = [f"{side}{n}" for n in range(1, cuts + 1) for side in ("low", "high")]
    return _table(rows, dict.fromkeys(("map", "area", "part"), pa.int32()) | dict.fromkeys(bounds, pa.int64()))


def _table(rows: Sequence[tuple[object, ...]], columns: dict[str, pa.DataType]) -> pa.Table:
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table(
        {name: pa.array(column, kind) for (name, kind), column in zip(columns.items(), values, strict=True)}
    )
