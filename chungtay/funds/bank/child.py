"""The limited child process that opens a bank's file from outside.

The parent writes one line of JSON (what to do) and then the bytes of the file; the child answers one line of JSON.
Limits of time and memory are the child's; when it dies the parent has a sentence, not a crash.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from typing import Any

from chungtay.banking.guards import UPLOAD, Limits
from chungtay.banking.peeking import first_rows
from chungtay.banking.profiles import InvalidProfile, Profile
from chungtay.banking.reading import read_statement
from chungtay.banking.statement import LineProblem, NoHeader, Statement, StatementLine, UnreadableStatement

MEMORY = 768 * 1024 * 1024
SECONDS = 40
TOO_HEAVY = "Tệp quá nặng hoặc bất thường nên không đọc được trong giới hạn cho phép. Hãy tải sao kê theo khoảng thời gian ngắn hơn."


def read_apart(data: bytes, name: str, profile: Profile | None = None, limits: Limits = UPLOAD) -> Statement:
    """Read a bank's file in a child process. Raises UnreadableStatement (NoHeader), also when the child is cut off."""
    asked = {"do": "read", "name": name, "profile": profile.to_json() if profile else "", "limits": asdict(limits)}
    return _statement(_answer(asked, data)["statement"])


def peek_apart(data: bytes) -> list[list[str]]:
    """Return the first rows of a table, read in a child process. Raises UnreadableStatement."""
    rows: list[list[str]] = _answer({"do": "peek"}, data)["rows"]
    return rows


def _answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    command = [sys.executable, "-m", "chungtay.funds.bank.child"]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter on our own module
            command,
            input=json.dumps(asked).encode() + b"\n" + data,
            capture_output=True,
            timeout=2 * SECONDS,
            check=False,
        )
        said: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise UnreadableStatement(TOO_HEAVY) from None
    if "refused" in said:
        raise (NoHeader if said["no_header"] else UnreadableStatement)(said["refused"])
    return said


def _statement(said: dict[str, Any]) -> Statement:
    return Statement(
        **said
        | {
            "from_on": _day(said["from_on"]),
            "to_on": _day(said["to_on"]),
            "lines": [_line(values) for values in said["lines"]],
            "problems": tuple(LineProblem(*values) for values in said["problems"]),
        }
    )


def _line(values: list[Any]) -> StatementLine:
    row, booked_on, value_on, *rest = values
    return StatementLine(row, date.fromisoformat(booked_on), _day(value_on), *rest)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _told(statement: Statement) -> dict[str, Any]:
    return {
        "account": statement.account,
        "currency": statement.currency,
        "opening": statement.opening,
        "closing": statement.closing,
        "from_on": statement.from_on,
        "to_on": statement.to_on,
        "lines": [
            (
                line.row,
                line.booked_on,
                line.value_on,
                line.ref,
                line.debit,
                line.credit,
                line.balance,
                line.text,
                line.counterparty_name,
                line.counterparty_account,
                line.counterparty_bank,
            )
            for line in statement.lines
        ],
        "problems": [(problem.row, problem.column, problem.sentence) for problem in statement.problems],
    }


def _done(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    if asked["do"] == "peek":
        return {"rows": first_rows(data)}
    profile = Profile.from_json(asked["profile"]) if asked["profile"] else None
    return {"statement": _told(read_statement(data, asked["name"], profile, Limits(**asked["limits"])))}


def main() -> None:
    """Answer for the file on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        said = _done(asked, sys.stdin.buffer.read())
    except (UnreadableStatement, InvalidProfile) as refused:
        said = {"refused": str(refused), "no_header": isinstance(refused, NoHeader)}
    sys.stdout.write(json.dumps(said, default=date.isoformat))


if __name__ == "__main__":
    main()
