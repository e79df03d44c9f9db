"""chungtay bench [CASE…] [--list] [--json]: the measurements of a source checkout, each with its limit and its oracles."""

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import chungtay
from chungtay.kernel.errors import DomainError


class NoBench(DomainError):
    """The cases are not installed with the product."""

    def __init__(self) -> None:
        super().__init__(
            "Các phép đo nằm trong mã nguồn, không đi cùng bản cài đặt. Hãy chạy lệnh này từ một bản mã nguồn đã chạy “make setup-dev”."
        )


class UnknownCase(DomainError):
    """There is no case of that name."""

    def __init__(self, names: list[str], known: list[str]) -> None:
        super().__init__(f"Không có phép đo {', '.join(names)}. Các phép đo: {', '.join(known)}.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take names of cases."""
    parser.add_argument("case", nargs="*", metavar="CASE", help="name of a case (default: all)")
    parser.add_argument("--list", action="store_true", help="list the cases and stop")
    parser.add_argument("--json", action="store_true", help="print a JSON object per case (a list for several)")


def run(args: argparse.Namespace) -> int:
    """Measure; exit 1 when a goal is missed. A case compares all answers before it times anything."""
    bench = _bench()
    known = {case.name: case for case in bench.found_cases()}
    if args.list:
        for case in known.values():
            sys.stdout.write(f"{case.name:18} {case.title}\n")
        return 0
    if unknown := [name for name in args.case if name not in known]:
        raise UnknownCase(unknown, list(known))
    outcomes = []
    for name in args.case or known:
        outcomes.append(bench.measured(known[name]))
        if not args.json:
            bench.show(outcomes[-1])
    if args.json:
        short = [outcome.in_short() for outcome in outcomes]
        sys.stdout.write(json.dumps(short[0] if len(args.case) == 1 else short, ensure_ascii=False, indent=1) + "\n")
    return 0 if all(goal["met"] for outcome in outcomes for goal in outcome.goals) else 1


def _bench() -> Any:
    """Return the module that measures, which stands beside the product in its source."""
    top = Path(chungtay.__file__).resolve().parents[1]
    if not (top / "bench" / "harness.py").exists():
        raise NoBench
    sys.path.insert(0, str(top))
    try:
        return import_module("bench.__main__")
    except ModuleNotFoundError:  # an engine to compare with is not installed
        raise NoBench from None
