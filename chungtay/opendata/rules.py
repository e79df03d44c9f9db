"""What a dataset is: its fields with their types, its key, and one reader of rows; and how a cell is written, the same everywhere.

A row is a tuple in the order of the fields. An empty text is None, so that every form of a dataset says the same.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from chungtay.kernel.errors import DomainError

DECIMALS = 6
DIGITS = 28
LARGEST = 2**63 - 1
Cell = str | int | Decimal | bool | date | None
Row = tuple[Cell, ...]


class Kind(StrEnum):
    """The type of a field, by its name in Frictionless schemas."""

    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "number"  # exact: at most DIGITS digits, DECIMALS of them after the point
    BOOLEAN = "boolean"
    DATE = "date"


KIND_LABELS = {
    Kind.TEXT: "chữ",
    Kind.INTEGER: "số nguyên",
    Kind.NUMBER: "số",
    Kind.BOOLEAN: "đúng/sai",
    Kind.DATE: "ngày (năm-tháng-ngày)",
}
_TYPES: Mapping[Kind, tuple[type, ...]] = {
    Kind.TEXT: (str,),
    Kind.INTEGER: (int,),
    Kind.NUMBER: (int, Decimal),
    Kind.BOOLEAN: (bool,),
    Kind.DATE: (date,),
}

_SIMPLE: Mapping[Kind, type] = {Kind.TEXT: str, Kind.BOOLEAN: bool, Kind.DATE: date}


class NotAsDeclared(DomainError):
    """A row is not what its dataset declares: a fault of the software or of a record, so nothing is released."""

    def __init__(self, dataset: str, row: int, field_name: str, why: str) -> None:
        super().__init__(
            f"Bộ dữ liệu {dataset}, dòng {row}, cột {field_name}: {why}. Chưa phát hành gì; hãy báo người quản trị phần mềm."
        )


@dataclass(frozen=True)
class Field:
    """A column. `points_to` is "dataset.field" of the row that it names; `choices` are the only values it has."""

    name: str
    kind: Kind
    title: str
    description: str
    is_required: bool = True
    choices: tuple[str, ...] = ()
    points_to: str = ""
    minimum: int | None = None


@dataclass(frozen=True)
class Asked:
    """When a release is made: what stands on `day`, as known at `now`."""

    now: datetime
    day: date


@dataclass(frozen=True)
class Dataset:
    """A dataset. `rows` gives them one by one in a fixed order; `searched` are the texts that a full-text index takes in."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: Callable[[Asked], Iterator[Row]] = field(compare=False)
    keywords: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(one.name for one in self.fields)


def tidy(cell: Cell) -> Cell:
    """Return a cell as every form has it: no empty text, no number with useless zeros."""
    if type(cell) is Decimal:
        return int(cell) if cell == cell.to_integral_value() else cell.normalize()
    return None if cell == "" else cell


def checked(dataset: Dataset, rows: Iterable[Sequence[Cell]]) -> Iterator[Row]:
    """Yield rows tidied and held against the declaration. Raises NotAsDeclared at the first that differs."""
    # Of a text, a day, a yes or no any value will do: millions of cells are not asked more than their type.
    columns = [(one, None if one.choices else _SIMPLE.get(one.kind)) for one in dataset.fields]
    for number, row in enumerate(rows, 1):
        cells = tuple(map(tidy, row))
        if len(cells) != len(dataset.fields):
            raise NotAsDeclared(dataset.name, number, "–", f"có {len(cells)} ô, phải có {len(dataset.fields)}")
        for (one, kind), cell in zip(columns, cells, strict=True):
            if type(cell) is not kind and (why := fault_of(one, cell)):
                raise NotAsDeclared(dataset.name, number, one.name, why)
        yield cells


def fault_of(one: Field, cell: Cell) -> str:
    """Return what is wrong with a cell in words, "" when nothing is."""
    if cell is None:
        return "thiếu giá trị" if one.is_required else ""
    wanted = _TYPES[one.kind]
    if (
        not isinstance(cell, wanted)
        or (isinstance(cell, bool) and one.kind is not Kind.BOOLEAN)
        or isinstance(cell, datetime)
    ):
        return f"giá trị không phải {KIND_LABELS[one.kind]}"
    if one.choices and cell not in one.choices:
        return f"“{cell}” không có trong các giá trị đã khai"
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return _fault_of_number(one, cell)
    return ""


def _fault_of_number(one: Field, cell: int | Decimal) -> str:
    if one.minimum is not None and cell < one.minimum:
        return f"nhỏ hơn {one.minimum}"
    if not -LARGEST <= cell <= LARGEST:
        return "quá lớn"
    exponent = cell.as_tuple().exponent if isinstance(cell, Decimal) else 0
    return f"quá {DECIMALS} số lẻ" if isinstance(exponent, int) and exponent < -DECIMALS else ""


# -- how a cell is written ---------------------------------------------------------------------------------------------

_CALCULATED = "=+-@\t\r'"


def guarded(text: str) -> str:
    """Return a text for a table of a spreadsheet: one that would be calculated begins with an apostrophe."""
    return f"'{text}" if text[:1] and text[:1] in _CALCULATED else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    return text[1:] if text[:1] == "'" else text


_PLAIN: dict[type, Callable[[Any], str]] = {
    type(None): lambda cell: "",
    str: guarded,
    int: str,
    bool: lambda cell: "true" if cell else "false",
    Decimal: lambda cell: format(cell, "f"),
    date: date.isoformat,
}
_JSON = _PLAIN | {
    type(None): lambda cell: "null",
    str: json.encoder.encode_basestring,
    date: lambda cell: f'"{cell.isoformat()}"',
}


def plain(cell: Cell) -> str:
    """Return a cell as CSV has it, before quotes: "" for none, true and false, days as 2025-03-01, numbers without grouping."""
    return _PLAIN[type(cell)](cell)


def parsed(one: Field, text: str) -> Cell:
    """Return the cell that `plain` wrote. Raises ValueError for what it never writes."""
    if text == "":
        return None
    if one.kind is Kind.BOOLEAN:
        return {"true": True, "false": False}[text]
    if one.kind is Kind.DATE:
        return date.fromisoformat(text)
    if one.kind is Kind.INTEGER:
        return int(text)
    return tidy(Decimal(text)) if one.kind is Kind.NUMBER else unguarded(text)


def as_json(cell: Cell) -> str:
    """Return a cell as JSON; numbers keep every digit."""
    return _JSON[type(cell)](cell)


# -- what a release says -----------------------------------------------------------------------------------------------


def schema_of(dataset: Dataset) -> dict[str, Any]:
    """Return the Frictionless table schema of a dataset."""
    schema: dict[str, Any] = {
        "fields": [_field_of(one) for one in dataset.fields],
        "missingValues": [""],
        "primaryKey": list(dataset.key),
    }
    if keys := [_foreign_key(one) for one in dataset.fields if one.points_to]:
        schema["foreignKeys"] = keys
    return schema


def _field_of(one: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if one.is_required else {}
    if one.choices:
        constraints["enum"] = list(one.choices)
    if one.minimum is not None:
        constraints["minimum"] = one.minimum
    said: dict[str, Any] = {
        "name": one.name,
        "type": one.kind.value,
        "title": one.title,
        "description": one.description,
    }
    return said | ({"constraints": constraints} if constraints else {})


def _foreign_key(one: Field) -> dict[str, Any]:
    resource, _, name = one.points_to.partition(".")
    return {"fields": [one.name], "reference": {"resource": resource, "fields": [name]}}


def digest_of(
    hashes: Mapping[str, str], datasets: Iterable[Dataset], licence: Mapping[str, Any], said: Mapping[str, str]
) -> str:
    """Return the SHA-256 of what a release says: the hash of each table, what its fields mean, the licence, who publishes.

    Only tables as CSV count: another version of a library writes another Parquet of the same rows, which is no news.
    """
    told = {
        "tables": dict(sorted(hashes.items())),
        "schemas": {one.name: [one.title, one.description, schema_of(one)] for one in datasets},
        "licence": dict(licence),
        "said": dict(said),
    }
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


# -- files -------------------------------------------------------------------------------------------------------------

FORMATS = ("csv", "json", "parquet")
BASE, PACKAGE, DATASETTE = "chung-tay.db", "datapackage.json", "metadata.json"
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "db": "application/vnd.sqlite3",
}
FORMAT_LABELS = {"csv": "CSV", "json": "JSON", "parquet": "Parquet", "db": "SQLite"}


def format_of(name: str) -> str:
    """Return the format of a file by its name: "csv", "json", "parquet", "db"."""
    return name.rpartition(".")[2]
