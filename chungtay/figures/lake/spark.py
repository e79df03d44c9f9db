"""Spark, for a lake that one machine cannot read any more. The workers must see the lake's folder under the same path."""

import os
import shutil
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from chungtay.figures.lake.engines import EngineFailed, Facts, NotInstalled, TooLarge
from chungtay.figures.lake.layout import FACTS

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_OVERFLOW = ("ARITHMETIC_OVERFLOW", "CAST_OVERFLOW")
_PARTITIONS = "spark.sql.shuffle.partitions"
_FACTS_IN_PARTITION = 500_000
_FEWEST_PARTITIONS = 4

# ANSI: an overflow is an error and not a wrong number. The rest pins what a machine's own settings could change.
_PINNED = {
    "spark.app.name": "chungtay lake",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "false",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


class Spark:
    """A session on a cluster (`spark://…`) or in this machine (`local[*]`)."""

    rows_at_once = 100_000_000

    def __init__(self, master: str, scratch: Path, settings: Sequence[str]) -> None:
        if shutil.which("java") is None and not _java_home():
            raise NotInstalled("Spark cần Java 17 trở lên, máy này chưa có. Hãy cài Java hoặc dùng --engine duckdb.")
        try:
            self._pyspark: Any = import_module("pyspark.sql")
        except ImportError:
            raise NotInstalled("Máy này chưa cài Spark. Hãy chạy: pip install 'chungtay[spark]'.") from None
        self._master, self._scratch = master, scratch
        self._settings = dict(pair.split("=", 1) for pair in settings)

    def __enter__(self) -> "Spark":
        chosen = _PINNED | {"spark.sql.warehouse.dir": str(self._scratch)}
        if self._is_on_this_machine:
            chosen |= {"spark.local.dir": str(self._scratch)}
            chosen |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        builder = self._pyspark.SparkSession.builder.master(self._master)
        for key, value in (chosen | self._settings).items():
            builder = builder.config(key, value)
        try:
            self._session = builder.getOrCreate()
        except Exception as error:  # the bridge to Java raises whatever Java did
            raise EngineFailed(f"Không nối được tới Spark ở {self._master}: {_first_line(error)}") from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._session.stop()

    def share(self, tables: Mapping[str, pa.Table]) -> None:
        """Make tables known to all queries that follow."""
        for name, table in tables.items():
            self._session.createDataFrame(table).createOrReplaceTempView(name)

    def run(self, sql: str, facts: Facts, tables: Mapping[str, pa.Table]) -> pa.Table:
        """Return the answer of a query."""
        self.share(tables)
        if _PARTITIONS not in self._settings:  # Spark's own 200 keep a small lake busy with nothing for half a minute
            partitions = max(_FEWEST_PARTITIONS, facts.rows // _FACTS_IN_PARTITION)
            self._session.conf.set(_PARTITIONS, str(partitions))
        try:
            reader = self._session
            read = reader.read.parquet(*facts.paths) if facts.paths else reader.createDataFrame(FACTS.empty_table())
            read.where(read.views.isin(list(facts.views))).createOrReplaceTempView("facts")
            answer: pa.Table = self._session.sql(sql).toArrow()
        except Exception as error:
            if any(code in str(error) for code in _OVERFLOW):
                raise TooLarge from None
            raise EngineFailed(f"Spark không tính được: {_first_line(error)}") from error
        return answer

    @property
    def _is_on_this_machine(self) -> bool:
        return self._master.startswith("local") or urlsplit(self._master.split(",")[0]).hostname in _LOOPBACK


def _java_home() -> bool:
    home = os.environ.get("JAVA_HOME", "")
    return bool(home) and (Path(home) / "bin" / "java").exists()


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
