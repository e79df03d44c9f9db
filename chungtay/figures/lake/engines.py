"""The engines that can read a lake: DuckDB in this process, or Spark on a cluster. Both are given tables and one SQL text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from chungtay.kernel.errors import DomainError


class NotInstalled(DomainError):
    """A program that the engine needs is not on this machine."""


class TooLarge(DomainError):
    """A sum does not fit 64 bits."""

    def __init__(self) -> None:
        super().__init__("Tổng vượt quá 9 tỷ tỷ đơn vị: chắc chắn có số liệu nhập sai, hãy kiểm tra lại số chữ số.")


class EngineFailed(DomainError):
    """The engine could not do the work."""


@dataclass(frozen=True)
class Facts:
    """Which facts a query reads: Parquet files, and of them the rows whose `views` is one of these; `rows`: of all files."""

    paths: Sequence[str]
    views: Sequence[int]
    rows: int


class Engine(Protocol):
    """Runs queries one after the other, until it is closed by leaving its `with` block."""

    rows_at_once: int

    def share(self, tables: Mapping[str, pa.Table]) -> None:
        """Make tables known to all queries that follow."""

    def run(self, sql: str, facts: Facts, tables: Mapping[str, pa.Table]) -> pa.Table:
        """Return the answer of a query over `facts`, some tables of its own and the shared ones. Raises TooLarge, EngineFailed."""
