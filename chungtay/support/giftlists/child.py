"""The limited child process that opens a foreign workbook: bytes in, one line of JSON out. When it dies there is a sentence."""

import json
import resource
import subprocess
import sys
from typing import Any

from chungtay.support.giftlists.reading import NotAList, rows_of

MEMORY = 512 * 1024 * 1024
SECONDS = 10
TOO_HEAVY = "Tệp quá nặng hoặc bất thường nên không đọc được trong giới hạn cho phép. Hãy tải mẫu và nhập vào đó."


def rows_apart(data: bytes) -> list[list[Any]]:
    """Return the cells of a workbook's first sheet, read in a child process. Raises NotAList, also when it is cut off."""
    command = [sys.executable, "-m", "chungtay.support.giftlists.child"]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter on our own module
            command, input=data, capture_output=True, timeout=2 * SECONDS, check=False
        )
        said: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise NotAList(TOO_HEAVY) from None
    if "refused" in said:
        raise NotAList(said["refused"])
    rows: list[list[Any]] = said["rows"]
    return rows


def main() -> None:
    """Answer for the file on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        said: dict[str, Any] = {"rows": rows_of(sys.stdin.buffer.read())}
    except NotAList as refused:
        said = {"refused": str(refused)}
    sys.stdout.write(json.dumps(said, ensure_ascii=False, default=str))


if __name__ == "__main__":
    main()
