"""DuckDB in this process. It reads the files itself and spills to the scratch folder what does not fit into memory."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa

from chungtay.figures.lake.engines import EngineFailed, Facts, NotInstalled, TooLarge
from chungtay.figures.lake.layout import FACTS


class Duck:
    """A database of its own in memory."""

    rows_at_once = 4_000_000
    """At 155 windows these take about 4 GB at most; the rest is spilled."""

    def __init__(self, scratch: Path) -> None:
        try:
            self._duckdb: Any = import_module("duckdb")
        except ImportError:
            raise NotInstalled("Máy này chưa cài DuckDB. Hãy chạy: pip install 'chungtay[duckdb]'.") from None
        self._scratch = scratch

    def __enter__(self) -> "Duck":
        self._connection = self._duckdb.connect()
        self._connection.execute("set temp_directory = ?", [str(self._scratch)])
        self._connection.execute("set preserve_insertion_order = false")
        self.share({"no_facts": FACTS.empty_table()})
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    def share(self, tables: Mapping[str, pa.Table]) -> None:
        """Make tables known to all queries that follow."""
        for name, table in tables.items():
            self._connection.execute(f"drop table if exists {name}")
            self._connection.from_arrow(table).create(name)

    def run(self, sql: str, facts: Facts, tables: Mapping[str, pa.Table]) -> pa.Table:
        """Return the answer of a query."""
        self.share(tables)
        views = [self._duckdb.ConstantExpression(bits) for bits in facts.views]
        try:
            read = self._connection.read_parquet(facts.paths) if facts.paths else self._connection.table("no_facts")
            read.filter(self._duckdb.ColumnExpression("views").isin(*views)).create_view("facts", replace=True)
            answer: pa.Table = self._connection.sql(sql).to_arrow_table()
        except (self._duckdb.ConversionException, self._duckdb.OutOfRangeException):
            raise TooLarge from None
        except self._duckdb.Error as error:
            raise EngineFailed(f"DuckDB không tính được: {str(error).splitlines()[0]}") from error
        return answer
