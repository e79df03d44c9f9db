"""The limited child process that opens a workbook of households; the parent gets plain rows or a sentence."""

import json
import resource
import subprocess
import sys
from datetime import date, datetime
from typing import Any

from chungtay.banking.grids import is_workbook, workbook_sheets
from chungtay.banking.guards import Limits, check_size
from chungtay.banking.statement import UnreadableStatement
from chungtay.households.intake.columns import MOST_ROWS, NotTheForm

MEMORY = 768 * 1024 * 1024
SECONDS = 30
LARGEST = 8 * 1024 * 1024
_LIMITS = Limits(size=LARGEST, unpacked=60 * 1024 * 1024, rows=MOST_ROWS + 200, columns=60)
UNREADABLE = "Tệp không đọc được: không phải .xlsx, bị hỏng, có mật khẩu, có macro hoặc quá lớn. Hãy tải mẫu, chép dữ liệu vào rồi nộp lại."


def rows_apart(data: bytes) -> list[list[Any]]:
    """Return the rows of the first sheet that holds anything, days as dates. Raises NotTheForm."""
    command = [sys.executable, "-m", "chungtay.households.intake.child"]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter on our own module
            command, input=data, capture_output=True, timeout=2 * SECONDS, check=False
        )
        rows: list[list[Any]] | None = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        rows = None
    if rows is None:
        raise NotTheForm(UNREADABLE)
    return [[_back(cell) for cell in row] for row in rows]


def _back(cell: Any) -> Any:
    return date.fromisoformat(cell["day"]) if isinstance(cell, dict) else cell


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return {"day": cell.date().isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return cell if isinstance(cell, (int, float, str)) and not isinstance(cell, bool) else str(cell or "")


def _rows(data: bytes) -> list[list[Any]] | None:
    try:
        check_size(data, _LIMITS)
        if not is_workbook(data):
            return None
        for sheet in workbook_sheets(data, _LIMITS):
            rows = [[_plain(cell) for cell in row] for row in sheet]
            if any(cell != "" for row in rows for cell in row):
                return rows
    except UnreadableStatement:
        return None
    return []


def main() -> None:
    """Answer for the file on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.write(json.dumps(_rows(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
