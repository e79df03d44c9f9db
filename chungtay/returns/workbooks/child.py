"""The limited child process that opens foreign workbooks.

The parent writes one path a line; the child answers one JSON line each: {"sheet": …} or {"refused": sentence}. Limits of
time and memory are the child's; when it dies the parent has a sentence, not a crash.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from chungtay.returns.workbooks.opening import NotAWorkbook, RawSheet, open_workbook

MEMORY = 512 * 1024 * 1024
SECONDS_PER_FILE = 2
MOST_CHILDREN, FILES_WORTH_A_CHILD = 4, 16
TOO_HEAVY = (
    "Tệp quá nặng hoặc bất thường nên không đọc được trong giới hạn cho phép. Hãy tải lại biểu mẫu và nhập vào đó."
)


def open_files(paths: Sequence[Path]) -> list[RawSheet | str]:
    """Open every file in a child process, many files in several at once.

    Each answer is the sheet, or the sentence that says why it is refused.
    """
    children = max(1, min(os.cpu_count() or 1, MOST_CHILDREN, len(paths) // FILES_WORTH_A_CHILD))
    cuts = [len(paths) * child // children for child in range(children + 1)]
    with ThreadPoolExecutor(children) as pool:
        shares = pool.map(_open_share, (paths[low:high] for low, high in pairwise(cuts)))
        return [answer for share in shares for answer in share]


def _open_share(paths: Sequence[Path]) -> list[RawSheet | str]:
    answers: list[RawSheet | str] = []
    while len(answers) < len(paths):  # a file that kills the child is refused; the rest goes on in another
        rest = paths[len(answers) :]
        answers.extend(_run(rest))
        if len(answers) < len(paths):
            answers.append(TOO_HEAVY)
    return answers


def _run(paths: Sequence[Path]) -> list[RawSheet | str]:
    command = [sys.executable, "-m", "chungtay.returns.workbooks.child"]
    asked = "".join(f"{json.dumps(str(path))}\n" for path in paths)
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter on our own module
            command,
            input=asked,
            capture_output=True,
            text=True,
            timeout=10 + SECONDS_PER_FILE * len(paths),
            check=False,
        )
        lines = done.stdout.splitlines()
    except subprocess.TimeoutExpired as late:
        out: object = late.stdout  # bytes or text, by the platform
        lines = (out.decode() if isinstance(out, bytes) else str(out or "")).splitlines()
    return [_answer(json.loads(line)) for line in lines if line.endswith("}")]


def _answer(said: dict[str, Any]) -> RawSheet | str:
    if "refused" in said:
        return str(said["refused"])
    sheet = said["sheet"]
    return RawSheet(**sheet | {"merged": [tuple(m) for m in sheet["merged"]]})


def _plain(value: object) -> object:
    if isinstance(value, datetime | date | time | timedelta):
        return {"date": str(value)}
    return str(value)


def main() -> None:
    """Answer for each path on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    paths = [Path(json.loads(line)) for line in sys.stdin]
    seconds = 5 + SECONDS_PER_FILE * len(paths)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    for path in paths:
        try:
            said: dict[str, object] = {"sheet": asdict(open_workbook(path.read_bytes()))}
        except NotAWorkbook as refused:
            said = {"refused": str(refused)}
        except OSError:
            said = {"refused": f"Không mở được tệp {path.name}. Hãy kiểm tra tên và quyền đọc tệp."}
        sys.stdout.write(json.dumps(said, ensure_ascii=False, default=_plain) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
