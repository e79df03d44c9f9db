"""A dataset as files, batch by batch: CSV and Parquet from its rows, JSON from the Parquet. Equal rows give equal bytes."""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from chungtay.opendata.rules import DECIMALS, DIGITS, Dataset, Kind, Row, as_json, plain, tidy

AT_ONCE = 5_000
ROWS_IN_GROUP = 50_000
ARROW = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.NUMBER: pa.decimal128(DIGITS, DECIMALS),
    Kind.BOOLEAN: pa.bool_(),
    Kind.DATE: pa.date32(),
}


def write_tables(dataset: Dataset, rows: Iterable[Row], folder: Path) -> int:
    """Write rows as NAME.csv (UTF-8 without a mark, RFC 4180) and NAME.parquet; return how many they were."""
    schema = arrow_schema(dataset)
    count = 0
    with (
        (folder / f"{dataset.name}.csv").open("w", encoding="utf-8", newline="") as file,
        pq.ParquetWriter(
            folder / f"{dataset.name}.parquet", schema, compression="zstd", store_schema=False, version="2.6"
        ) as parquet,
    ):
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow(dataset.names)
        held: list[pa.RecordBatch] = []
        for batch in batches(rows, AT_ONCE):
            table.writerows([plain(cell) for cell in row] for row in batch)
            held.append(_batch(batch, schema))
            count += len(batch)
            if len(held) * AT_ONCE >= ROWS_IN_GROUP:
                parquet.write_table(pa.Table.from_batches(held, schema))
                held = []
        if held:
            parquet.write_table(pa.Table.from_batches(held, schema))
    return count


def write_json(dataset: Dataset, folder: Path) -> None:
    """Write NAME.json out of NAME.parquet: a list with one object in a line."""
    heads = [f'"{name}": ' for name in dataset.names]
    with (folder / f"{dataset.name}.json").open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        before = "\n"
        for row in read_rows(dataset, folder / f"{dataset.name}.parquet"):
            file.write(f"{before}{{{', '.join(map(str.__add__, heads, map(as_json, row)))}}}")
            before = ",\n"
        file.write("\n]\n")


def read_rows(dataset: Dataset, parquet: Path) -> Iterator[Row]:
    """Yield the rows of a Parquet file."""
    with pq.ParquetFile(parquet) as file:
        for batch in file.iter_batches(AT_ONCE):
            columns = [
                [tidy(cell) for cell in column.to_pylist()] if one.kind is Kind.NUMBER else column.to_pylist()
                for one, column in zip(dataset.fields, batch.columns, strict=True)
            ]
            yield from zip(*columns, strict=True)


def arrow_schema(dataset: Dataset) -> pa.Schema:
    """Return a dataset's columns with their types, and what it is called."""
    columns = [pa.field(one.name, ARROW[one.kind], nullable=not one.is_required) for one in dataset.fields]
    return pa.schema(columns, metadata={"title": dataset.title, "description": dataset.description})


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield rows some at a time."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def _batch(rows: list[Row], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, one.type) for column, one in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
