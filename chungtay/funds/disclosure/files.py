"""Public lines as bytes: a table for spreadsheets, a database for whoever counts again."""

import csv
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from io import StringIO

from chungtay.funds.disclosure.lines import COLUMNS, PublicLine

_KINDS = {"id": "INTEGER PRIMARY KEY", "received": "INTEGER", "paid": "INTEGER", "corrects": "INTEGER"}


def as_csv(lines: Iterable[PublicLine]) -> bytes:
    """Return lines as CSV (UTF-8, RFC 4180). A text that a spreadsheet would calculate begins with an apostrophe."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([f"'{c}" if isinstance(c, str) and c[:1] in "=+-@\t\r" and c else c for c in line.cells])
    return out.getvalue().encode("utf-8")


def as_sqlite(lines: Iterable[PublicLine]) -> bytes:
    """Return lines as a database of one table `lines`; equal lines give equal bytes from one version of SQLite."""
    columns = ", ".join(f"{name} {_KINDS.get(name, 'TEXT')} NOT NULL" for name in COLUMNS)
    marks = ", ".join("?" * len(COLUMNS))
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"CREATE TABLE lines ({columns})")
        base.executemany(f"INSERT INTO lines VALUES ({marks})", (line.cells for line in lines))  # noqa: S608  # names of ours
        base.commit()
        return base.serialize()
