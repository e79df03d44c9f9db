"""Many rows of a table written at once, or sums added to: prepared statements on SQLite, COPY on PostgreSQL.

The ORM spends more on a row than the database does. Constraints and triggers of the tables hold here as everywhere.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import chain, islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

AT_ONCE = 5_000
FEW = 20
"""So many rows are sent one by one; COPY has a cost of its own."""
Row = Sequence[Any]
Made = TypeVar("Made", bound=models.Model)


def insert(model: type[models.Model], rows: Iterable[Row], *, told: Callable[[int], None] | None = None) -> int:
    """Write rows, each the values of all columns in their order (foreign keys by id); return how many.

    `told` hears after every AT_ONCE rows how many are written.
    """
    source, done = iter(rows), 0
    while part := list(islice(source, AT_ONCE)):
        _write(model, part)
        done += len(part)
        if told is not None:
            told(done)
    return done


def insert_saved(model: type[models.Model], made: Sequence[models.Model]) -> None:
    """Write instances that bear their keys already; they count as saved afterwards."""
    insert(model, _values(model._meta.concrete_fields, made))
    for one in made:
        one._state.adding, one._state.db = False, connection.alias


def insert_made(model: type[Made], rows: Sequence[Row]) -> list[Made]:
    """Write rows that bear their keys already; return them as instances."""
    insert(model, rows)
    names = [field.attname for field in model._meta.concrete_fields]
    return [model.from_db(connection.alias, names, row) for row in rows]


def insert_free(model: type[models.Model], rows: Iterable[Row]) -> int:
    """Write those rows that no unique constraint refuses; return how many."""
    sql = f"{_inserting(model, model._meta.concrete_fields)} ON CONFLICT DO NOTHING"
    with connection.cursor() as cursor:
        cursor.executemany(sql, _plain_rows(list(rows)))
        return int(cursor.rowcount)


def insert_new(model: type[models.Model], made: Iterable[models.Model]) -> None:
    """Write instances whose keys the database gives; the instances do not learn them."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    source = _values(fields, made)
    while part := list(islice(source, AT_ONCE)):
        _write(model, part, fields)


def _values(fields: Sequence[Any], made: Iterable[models.Model]) -> Iterator[Row]:
    """Yield the values of instances as their columns take them."""
    takes = [
        (field.attname, field.get_db_prep_save if isinstance(field, models.JSONField) else None) for field in fields
    ]
    for one in made:
        yield [
            getattr(one, name) if prepared is None else prepared(getattr(one, name), connection)
            for name, prepared in takes
        ]


def add(model: type[models.Model], keys: Sequence[str], sums: Sequence[str], rows: Iterable[Row]) -> None:
    """Add to columns of the rows of these keys, which a unique constraint holds; a row that is not there is made."""
    with connection.cursor() as cursor:
        cursor.executemany(_adding(model, keys, sums), [_plain_row(row) for row in rows])


def add_one(model: type[models.Model], keys: Sequence[str], column: str, row: Row) -> int:
    """Add to one column of one row as `add` does; return what it comes to."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_adding(model, keys, [column])} RETURNING {_quoted(column)}", _plain_row(row))
        return int(cursor.fetchone()[0])


def _write(model: type[models.Model], rows: list[Row], fields: Sequence[Any] = ()) -> None:
    fields = fields or model._meta.concrete_fields
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite" and len(rows) > FEW:
            with connection.wrap_database_errors, cursor.copy(f"COPY {_into(model, fields)} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        cursor.executemany(_inserting(model, fields), _plain_rows(rows))


def _inserting(model: type[models.Model], fields: Sequence[Any]) -> str:
    return f"INSERT INTO {_into(model, fields)} VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608  # names of ours


def _into(model: type[models.Model], fields: Sequence[Any]) -> str:
    return f"{_quoted(model._meta.db_table)} ({', '.join(_quoted(str(field.column)) for field in fields)})"


def _plain_rows(rows: list[Row]) -> list[Row]:
    """SQLite takes text for days, moments and ids; whole columns at a time, for most hold none of these."""
    if connection.vendor != "sqlite":
        return rows
    columns = [_plain_column(column) for column in zip(*rows, strict=True)]
    return list(zip(*columns, strict=True))


def _plain_column(column: Sequence[Any]) -> Iterable[Any]:
    first = next((value for value in column if value is not None), None)
    return map(_plain, column) if isinstance(first, date | UUID) else column


def _plain_row(row: Row) -> Row:
    return [_plain(value) for value in row] if connection.vendor == "sqlite" else row


@lru_cache(maxsize=4096, typed=True)
def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.hex if isinstance(value, UUID) else value


def _adding(model: type[models.Model], keys: Sequence[str], sums: Sequence[str]) -> str:
    table = _quoted(model._meta.db_table)
    columns = ", ".join(map(_quoted, chain(keys, sums)))
    marks = ", ".join(["%s"] * (len(keys) + len(sums)))
    added = ", ".join(f"{_quoted(name)} = {table}.{_quoted(name)} + excluded.{_quoted(name)}" for name in sums)
    into = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608  # names of ours
    return f"{into} ON CONFLICT ({', '.join(map(_quoted, keys))}) DO UPDATE SET {added}"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
