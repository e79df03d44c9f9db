"""The limited child process that opens a register's workbook from outside: bytes in, rows of plain values out."""

import json
import resource
import subprocess
import sys
from datetime import date, datetime
from typing import Any

from chungtay.banking.grids import is_workbook, workbook_sheets
from chungtay.banking.guards import UPLOAD, check_size
from chungtay.banking.statement import UnreadableStatement
from chungtay.kernel.errors import DomainError

MEMORY = 512 * 1024 * 1024
SECONDS = 30
MOST_ROWS = 5_000
TOO_HEAVY = "Tệp quá nặng hoặc bất thường nên không đọc được. Hãy tải lại biểu mẫu và nhập vào đó."


class UnreadableWorkbook(DomainError):
    """The file is no workbook that can be taken in."""


def rows_of(data: bytes) -> list[list[Any]]:
    """Return the rows of the first sheet, read apart: text, int, float, bool, None; days as {"date": iso}.

    Raises UnreadableWorkbook.
    """
    command = [sys.executable, "-m", "chungtay.community.registers.child"]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter on our own module
            command, input=data, capture_output=True, timeout=2 * SECONDS, check=False
        )
        said: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise UnreadableWorkbook(TOO_HEAVY) from None
    if "refused" in said:
        raise UnreadableWorkbook(said["refused"])
    rows: list[list[Any]] = said["rows"]
    return rows


def _rows(data: bytes) -> dict[str, Any]:
    if not is_workbook(data):
        return {"refused": "Tệp này không phải Excel (.xlsx). Hãy tải biểu mẫu, nhập vào đó rồi nộp lại."}
    try:
        check_size(data, UPLOAD)
        rows = []
        for row in next(workbook_sheets(data, UPLOAD), iter(())):
            rows.append([_plain(value) for value in row])
            if len(rows) > MOST_ROWS:
                return {"refused": f"Tệp có hơn {MOST_ROWS} dòng. Hãy chia thành nhiều tệp."}
    except UnreadableStatement as refused:
        return {"refused": str(refused)}
    return {"rows": rows}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return {"date": value.date().isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def main() -> None:
    """Answer for the bytes on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    json.dump(_rows(sys.stdin.buffer.read()), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
