"""Writes a Parquet file aside, hashes it and gives it the name that its content has. Nothing is ever written in place."""

import hashlib
import os
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from chungtay.figures.lake.layout import ROWS_IN_GROUP, delta_columns
from chungtay.figures.lake.manifest import File, settle

ASIDE = ".new-"
_READ_AT_ONCE = 1 << 20


def write_file(lake: Path, stem: str, table: pa.Table) -> File:
    """Write a table as `STEM.HASH.parquet` and return the file; the same content keeps the file that is there.

    stem: path inside the lake. Raises OSError when the disk refuses.
    """
    folder = (lake / stem).parent
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{ASIDE}{uuid4().hex}.parquet"
    try:
        _write(aside, table)
        sha256 = sha256_of(aside)
        final = lake / f"{stem}.{sha256[:12]}.parquet"
        size = aside.stat().st_size
        aside.replace(final)
        settle(folder)
    finally:
        aside.unlink(missing_ok=True)
    return File(final.relative_to(lake).as_posix(), sha256, size, table.num_rows)


def sha256_of(path: Path) -> str:
    """Return the hash of a file's content."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_READ_AT_ONCE):
            found.update(block)
    return found.hexdigest()


def is_sound(lake: Path, file: File) -> bool:
    """Whether a file of the lake is there with exactly the content that was written."""
    path = lake / file.path
    try:
        return path.stat().st_size == file.bytes and sha256_of(path) == file.sha256
    except OSError:
        return False


def _write(path: Path, table: pa.Table) -> None:
    delta = delta_columns(table.schema)
    pq.write_table(
        table,
        path,
        row_group_size=ROWS_IN_GROUP,
        compression="zstd",
        use_dictionary=[name for name in table.schema.names if name not in delta],
        column_encoding=delta,
        store_schema=False,  # only what Parquet itself says: every reader understands that alike
    )
    with path.open("rb+") as file:
        os.fsync(file.fileno())
