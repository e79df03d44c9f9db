"""Writes cells as Parquet, CSV or JSON, as they come: never more than one batch in memory."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from chungtay.figures.lake.consolidating import CELLS
from chungtay.kernel.errors import DomainError

_ROWS_AT_ONCE = 10_000
_PLAIN = pa.schema([(f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type) for f in CELLS])


class UnknownOutput(DomainError):
    """The file's name says neither Parquet nor CSV."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Không biết ghi tệp “{path.name}” theo dạng nào: hãy đặt tên kết thúc bằng .parquet hoặc .csv."
        )


class Output(Protocol):
    """Takes tables of cells, one after the other."""

    def write(self, table: pa.Table) -> None: ...


@contextmanager
def file_output(path: Path) -> Iterator[Output]:
    """Give an output that becomes the file when all went well. Raises UnknownOutput, OSError."""
    if path.suffix not in {".parquet", ".csv"}:
        raise UnknownOutput(path)
    aside = path.with_name(f".new-{path.name}")
    try:
        if path.suffix == ".csv":
            with aside.open("wb") as file:
                file.write("\ufeff".encode())  # so that office programs read Vietnamese letters
                with pa_csv.CSVWriter(file, _PLAIN) as csv:
                    yield _Plain(csv)
        else:
            with pq.ParquetWriter(aside, CELLS, compression="zstd") as parquet:
                yield parquet
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


class _Plain:
    """CSV knows no dictionaries."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def write(self, table: pa.Table) -> None:
        self._writer.write(table.cast(_PLAIN))


class JsonLines:
    """A JSON list with one object in a line."""

    def __init__(self, file: IO[str] | None = None) -> None:
        self._file, self._rows = file or sys.stdout, 0

    def __enter__(self) -> "JsonLines":
        self._file.write("[")
        return self

    def __exit__(self, *_: object) -> None:
        self._file.write("\n]\n" if self._rows else "]\n")

    def write(self, table: pa.Table) -> None:
        """Write every row."""
        for batch in table.to_batches(_ROWS_AT_ONCE):
            for row in batch.to_pylist():
                row["as_of"] = str(row["as_of"]) if row["as_of"] else None
                self._file.write(",\n" if self._rows else "\n")
                self._file.write(json.dumps(row, ensure_ascii=False))
                self._rows += 1
