"""Runs a question on an engine, batch by batch, and gives the cells with the names that people and files know them by.

One row per indicator × unit × period, as a Figure has it: `value` scaled by 10**decimals, null without any data and for a
ratio, which has `numerator` and `denominator`; `reported` of `expected` units; `as_of` for stocks and ratios with one;
`estimated` where part of it is a stated share of a unit that was divided.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chungtay.figures.lake.duck import Duck
from chungtay.figures.lake.engines import Engine, Facts
from chungtay.figures.lake.question import Question
from chungtay.figures.lake.spark import Spark
from chungtay.figures.lake.sql import consolidation
from chungtay.indicators.rules import Kind
from chungtay.kernel.errors import DomainError

_NAME = pa.dictionary(pa.int32(), pa.string())
CELLS = pa.schema(
    [
        ("indicator", _NAME),
        ("kind", _NAME),
        ("decimals", pa.int32()),
        ("area", _NAME),
        ("area_code", _NAME),
        ("area_name", _NAME),
        ("period", _NAME),
        ("value", pa.int64()),
        ("numerator", pa.int64()),
        ("denominator", pa.int64()),
        ("reported", pa.int32()),
        ("expected", pa.int32()),
        ("as_of", pa.date32()),
        ("known", pa.bool_()),
        ("estimated", pa.bool_()),
    ]
)

LOCAL_SPARK = "local-spark"

Tell = Callable[[int, int], None]
"""Told after each batch: lines done, lines in all."""


class UnknownEngine(DomainError):
    """The engine is neither DuckDB nor a Spark."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Không có máy tính toán “{name}”: hãy dùng duckdb, local-spark hoặc spark://MÁY:CỔNG.")


def cells(question: Question, engine: Engine, tell: Tell = lambda done, total: None) -> Iterator[pa.Table]:
    """Yield the cells in the order of indicators, units of the map, periods. Raises TooLarge, EngineFailed, LakeDamaged."""
    if not question.definitions or not question.periods:
        return
    sql = consolidation(question.cuts)
    names = _Names(question)
    engine.share(question.shared_tables())
    for lines in question.batches(engine.rows_at_once):
        numbers = {term for at in lines for term in question.definitions[at].terms}
        facts = Facts(question.lake.fact_paths(numbers), question.views, question.lake.rows_of(numbers))
        yield names.given(engine.run(sql, facts, question.line_tables(lines)))
        tell(lines.stop, len(question.definitions))


def consolidate(
    question: Question, engine: str, *, settings: list[str] | None = None, tell: Tell = lambda done, total: None
) -> Iterator[pa.Table]:
    """Yield the cells of a question, worked out by the engine of this name. Raises also UnknownEngine, NotInstalled."""
    with (
        TemporaryDirectory(prefix="chungtay-lake-") as scratch,
        _engine_of(engine, scratch=Path(scratch), settings=settings or []) as opened,
    ):
        yield from cells(question, opened, tell)


def _engine_of(name: str, *, scratch: Path, settings: Sequence[str] = ()) -> AbstractContextManager[Engine]:
    """Return the engine of a name: "duckdb", "local-spark" or "spark://HOST:PORT".

    scratch: a folder where it may put what does not fit into memory. settings: KEY=VALUE for Spark.
    Raises UnknownEngine, NotInstalled.
    """
    if name == "duckdb":
        return Duck(scratch)
    if name == LOCAL_SPARK or re.fullmatch(r"spark://[\w.\[\]:-]+:\d+(,[\w.\[\]:-]+:\d+)*", name):
        return Spark("local[*]" if name == LOCAL_SPARK else name, scratch, settings)
    raise UnknownEngine(name)


class _Names:
    """What stands behind the numbers of an answer."""

    def __init__(self, question: Question) -> None:
        definitions, names, ids = question.definitions, question.names(), question.lake.maps.ids
        self._units = np.array(sorted(names), np.int32)
        units = self._units.tolist()
        self._ids = pa.array([str(ids[unit]) for unit in units])
        self._codes = pa.array([names[unit][0] for unit in units])
        self._names = pa.array([names[unit][1] for unit in units])
        self._periods = pa.array([period.code for period in question.periods])
        self._indicators = pa.array([d.code for d in definitions])
        self._kinds = pa.array([d.kind.value for d in definitions])
        self._decimals = pa.array([d.decimals for d in definitions], pa.int32())
        self._is_ratio = pa.array([d.kind is Kind.RATIO for d in definitions])

    def given(self, answer: pa.Table) -> pa.Table:
        """Return an answer with names."""
        line, w = answer["line"].combine_chunks(), answer["w"].combine_chunks()
        unit = pa.array(np.searchsorted(self._units, answer["node"].to_numpy()).astype(np.int32))
        is_ratio, total = self._is_ratio.take(line), answer["total"]
        none = pa.scalar(None, pa.int64())
        columns = [
            _named(line, self._indicators),
            _named(line, self._kinds),
            self._decimals.take(line),
            _named(unit, self._ids),
            _named(unit, self._codes),
            _named(unit, self._names),
            _named(w, self._periods),
            pc.if_else(is_ratio, none, total),
            pc.if_else(is_ratio, total, none),
            answer["below"],
            answer["reported"].cast(pa.int32()),
            answer["expected"].cast(pa.int32()),
            answer["as_of"],
            pc.is_valid(total),
            answer["is_estimate"],
        ]
        return pa.table(columns, schema=CELLS)


def _named(numbers: pa.Array, names: pa.Array) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(numbers.cast(pa.int32()), names)
