"""Looks through a template that somebody sends in a process of its own, with bounds of time and memory.

The parent writes one line of JSON (the format) and the bytes of the file; the child answers one line of JSON. When it dies, the
parent has a finding and no crash.
"""

import json
import resource
import subprocess
import sys

from chungtay.papers.tags import Format
from chungtay.papers.templatelint import Finding, lint

MEMORY = 768 * 1024 * 1024
SECONDS = 30
TOO_HEAVY = "quá nặng hoặc bất thường nên không đọc được trong giới hạn cho phép; hãy bắt đầu lại từ tệp mẫu tải về."


def lint_apart(data: bytes, form: Format = Format.REPORT) -> list[Finding]:
    """Return what `lint` finds; one finding that stops when the file was too much for its bounds."""
    command = [sys.executable, "-m", "chungtay.papers.lintapart"]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter on our own module
            command,
            input=json.dumps({"format": form}).encode() + b"\n" + data,
            capture_output=True,
            timeout=2 * SECONDS,
            check=False,
        )
        return [Finding(**said) for said in json.loads(done.stdout)]
    except (subprocess.TimeoutExpired, ValueError):
        return [Finding("Tệp", TOO_HEAVY)]


def main() -> None:
    """Answer for the format and the file on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    asked = json.loads(sys.stdin.buffer.readline())
    found = lint(sys.stdin.buffer.read(), Format(asked["format"]))
    sys.stdout.write(json.dumps([vars(one) for one in found]))


if __name__ == "__main__":
    main()
