"""The first filled sheet of a foreign workbook as plain rows, read by a child process with bounds of time and memory.

The parent writes one line of JSON (the bounds) and the bytes of the file; the child answers one line of JSON. When it dies, the
parent has a sentence and no crash.
"""

import json
import resource
import subprocess
import sys
from datetime import date, datetime
from typing import Any

from chungtay.banking.grids import is_workbook, workbook_sheets
from chungtay.banking.guards import Limits, check_size
from chungtay.banking.statement import UnreadableStatement
from chungtay.kernel.errors import DomainError

MEMORY = 768 * 1024 * 1024
SECONDS = 30
LARGEST = 20 * 1024 * 1024
UNPACKED = 100 * 1024 * 1024
COLUMNS = 200
NOT_A_WORKBOOK = "Tệp không phải bảng tính .xlsx."
WHAT_TO_DO = "Hãy tải mẫu, nhập vào đó, lưu dạng .xlsx rồi nộp lại."
TOO_HEAVY = "Tệp quá nặng hoặc bất thường nên không đọc được trong giới hạn cho phép. Hãy tải mẫu và nhập vào đó."

Cell = Any
"""str, int, float, bool or date; "" for an empty cell."""


class UnreadableTable(DomainError):
    """The file is no workbook that can be taken in; the sentence says why and what to do."""


def rows_apart(data: bytes, *, most_rows: int, largest: int = LARGEST) -> list[list[Cell]]:
    """Return the rows of the first sheet that holds anything, [] when none does. Raises UnreadableTable.

    most_rows: of a sheet, heads included; largest: bytes of the file. A day with a time is its day.
    """
    asked = json.dumps({"rows": most_rows, "size": largest}).encode() + b"\n"
    command = [sys.executable, "-m", "chungtay.tables.apart"]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter on our own module
            command, input=asked + data, capture_output=True, timeout=2 * SECONDS, check=False
        )
        said: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise UnreadableTable(TOO_HEAVY) from None
    if "refused" in said:
        raise UnreadableTable(said["refused"])
    return [
        [date.fromisoformat(cell["day"]) if isinstance(cell, dict) else cell for cell in row] for row in said["rows"]
    ]


def _rows(data: bytes, limits: Limits) -> list[list[object]]:
    """Raises UnreadableStatement, the word of the guards that it shares with the readers of statements."""
    check_size(data, limits)
    if not is_workbook(data):
        raise UnreadableStatement(NOT_A_WORKBOOK)
    for sheet in workbook_sheets(data, limits):
        rows = [[_plain(cell) for cell in row] for row in sheet]
        if any(cell != "" for row in rows for cell in row):
            return rows
    return []


def _plain(cell: object) -> object:
    if isinstance(cell, date):
        return {"day": (cell.date() if isinstance(cell, datetime) else cell).isoformat()}
    if cell is None:
        return ""
    return cell if isinstance(cell, str | int | float) else str(cell)


def main() -> None:
    """Answer for the bounds and the file on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    asked = json.loads(sys.stdin.buffer.readline())
    last = asked["rows"] - 1  # the reader numbers its rows from zero
    limits = Limits(size=asked["size"], unpacked=UNPACKED, rows=last, columns=COLUMNS)
    try:
        said: dict[str, Any] = {"rows": _rows(sys.stdin.buffer.read(), limits)}
    except UnreadableStatement as refused:
        wrong, _, _ = str(refused).partition(". ")  # what to do about a bank's file does not fit a list
        said = {"refused": f"{wrong.rstrip('.')}. {WHAT_TO_DO}"}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
