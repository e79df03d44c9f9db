"""All datasets as one SQLite file: typed tables with keys between them, a full-text index, and tables that say what everything means.

It is made from the Parquet files of the release alone, in a new file, so no byte of it ever held anything else.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from chungtay.kernel.errors import DomainError
from chungtay.opendata.rules import Cell, Dataset, Field, Kind, plain
from chungtay.opendata.writing import AT_ONCE, batches, read_rows

SQL_TYPES = {
    Kind.TEXT: "TEXT",
    Kind.INTEGER: "INTEGER",
    Kind.NUMBER: "NUMERIC",
    Kind.BOOLEAN: "INTEGER",
    Kind.DATE: "TEXT",
}
_ABOUT = (
    "CREATE TABLE datasets (name TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, description TEXT NOT NULL, rows INTEGER NOT NULL)",
    "CREATE TABLE fields (dataset TEXT NOT NULL REFERENCES datasets (name), position INTEGER NOT NULL, name TEXT NOT NULL, "
    "type TEXT NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL, required INTEGER NOT NULL, PRIMARY KEY (dataset, name))",
    "CREATE TABLE licence (code TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, basis TEXT NOT NULL, "
    "verified INTEGER NOT NULL)",
    "CREATE TABLE about (title TEXT NOT NULL, description TEXT NOT NULL, publisher TEXT NOT NULL)",
)


class NotOnePicture(DomainError):
    """Rows that name each other do not fit: something changed while they were read."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Dữ liệu không khớp nhau ({what}): có thể vừa có người sửa trong lúc đọc. Chưa phát hành gì; hãy phát hành lại."
        )


def write_base(
    datasets: Sequence[Dataset], licence: Mapping[str, Any], said: Mapping[str, str], folder: Path, path: Path
) -> None:
    """Write the database. Raises NotOnePicture where a key is there twice or points to nothing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("BEGIN")
        for statement in _ABOUT:
            base.execute(statement)
        base.execute("INSERT INTO licence VALUES (?, ?, ?, ?, ?)", [licence[name] for name in _LICENCE])
        base.execute("INSERT INTO about VALUES (?, ?, ?)", (said["title"], said["description"], said["office"]))
        for dataset in datasets:
            base.execute(create(dataset))
            count = _fill(base, dataset, folder / f"{dataset.name}.parquet")
            base.execute(
                "INSERT INTO datasets VALUES (?, ?, ?, ?)", (dataset.name, dataset.title, dataset.description, count)
            )
            base.executemany("INSERT INTO fields VALUES (?, ?, ?, ?, ?, ?, ?)", _fields(dataset))
        base.execute("COMMIT")
        if broken := base.execute("PRAGMA foreign_key_check").fetchone():
            raise NotOnePicture(f"{broken[0]} chỉ đến dòng không có ở {broken[2]}")
        base.execute("ANALYZE")
        base.execute("VACUUM")


_LICENCE = ("code", "name", "url", "basis", "is_verified")


def create(dataset: Dataset) -> str:
    """Return the statement that makes the table of a dataset."""
    columns = [_column(one) for one in dataset.fields]
    columns.append(f"PRIMARY KEY ({', '.join(dataset.key)})")
    for one in dataset.fields:
        if one.points_to:
            table, _, name = one.points_to.partition(".")
            columns.append(f"FOREIGN KEY ({one.name}) REFERENCES {table} ({name})")
    inside = ",\n  ".join(columns)
    return f"CREATE TABLE {dataset.name} (\n  {inside}\n)"


def _column(one: Field) -> str:
    return f"{one.name} {SQL_TYPES[one.kind]}{' NOT NULL' if one.is_required else ''}"


def _fill(base: sqlite3.Connection, dataset: Dataset, parquet: Path) -> int:
    marks = ", ".join("?" * len(dataset.fields))
    count = 0
    try:
        for batch in batches(read_rows(dataset, parquet), AT_ONCE):
            rows = ([_stored(cell) for cell in row] for row in batch)
            base.executemany(f"INSERT INTO {dataset.name} VALUES ({marks})", rows)  # noqa: S608 - names of ours
            count += len(batch)
    except sqlite3.IntegrityError as twice:
        raise NotOnePicture(f"{dataset.name}: {twice}") from twice
    for one in dataset.fields:
        if one.points_to:
            base.execute(f"CREATE INDEX {dataset.name}_{one.name} ON {dataset.name} ({one.name})")
    if dataset.searched:
        names = ", ".join(dataset.searched)
        base.execute(
            f"CREATE VIRTUAL TABLE {dataset.name}_fts USING fts5({names}, content='{dataset.name}', "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        base.execute(f"INSERT INTO {dataset.name}_fts({dataset.name}_fts) VALUES ('rebuild')")  # noqa: S608 - names of ours
    return count


def _fields(dataset: Dataset) -> Iterable[tuple[Any, ...]]:
    for position, one in enumerate(dataset.fields, 1):
        yield dataset.name, position, one.name, one.kind.value, one.title, one.description, int(one.is_required)


def _stored(cell: Cell) -> str | int | None:
    """As SQLite keeps it: days as text, exact numbers as text that its column makes a number of."""
    if isinstance(cell, bool):
        return int(cell)
    return plain(cell) if isinstance(cell, Decimal) else cell.isoformat() if isinstance(cell, date) else cell
