"""`python -m bench [CASE…]`: measure, print a table, write bench/results.json; exit 1 when a goal is missed."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from bench import cases
from bench.harness import Case, Outcome, measure

HERE = Path(__file__).resolve().parent


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("case", nargs="*", help="names of cases (default: all)")
    parser.add_argument("--list", action="store_true", help="list the cases and stop")
    parser.add_argument("--out", type=Path, default=HERE / "results.json", help="where the results go")
    args = parser.parse_args()
    known = {case.name: case for case in found_cases()}
    if args.list:
        for case in known.values():
            print(f"{case.name:18} {case.title}")
        return 0
    if unknown := set(args.case) - set(known):
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    outcomes = []
    for name, case in known.items():
        if not args.case or name in args.case:
            outcomes.append(measured(case))
            show(outcomes[-1])
            if (draw := getattr(case, "draw", None)) is not None:
                (args.out.parent / f"{name}.svg").write_text(draw(outcomes[-1].timings), encoding="utf-8")
    args.out.write_text(
        json.dumps(
            {
                "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "commit": commit(),
                "machine": machine(),
                "cases": [outcome.as_json() for outcome in outcomes],
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n",
        encoding="utf-8",
    )
    return 0 if all(goal["met"] for outcome in outcomes for goal in outcome.goals) else 1


def measured(case: Case) -> Outcome:
    """Measure a case in a folder that goes away afterwards."""
    with tempfile.TemporaryDirectory(prefix="chungtay-bench-") as folder:
        return measure(case, Path(folder))


def found_cases() -> list[Case]:
    """Return the cases of every module in bench/cases, by module name."""
    names = sorted(module.name for module in iter_modules(cases.__path__))
    return [case for name in names for case in import_module(f"bench.cases.{name}").CASES]


def show(outcome: Outcome) -> None:
    print(f"\n{outcome.name}  {outcome.title}\n    {outcome.compared}")
    print(f"    {'way':34}{'median ms':>12}{'best':>10}{'p95':>10}{'× limit':>10}{'peak MB':>10}")
    for t in outcome.timings:
        limit = f"{t.times_limit:.1f}" if t.times_limit is not None else "–"
        peak = f"{t.peak_mb:.0f}" if t.peak_mb is not None else "–"
        print(f"    {t.runner:34}{t.median_ms:12.2f}{t.best_ms:10.2f}{t.p95_ms:10.2f}{limit:>10}{peak:>10}")
    for goal in outcome.goals:
        print(f"    {'met   ' if goal['met'] else 'MISSED'} {goal['goal']}: {goal['is']}")


def machine() -> dict[str, Any]:
    """Return what the times depend on."""
    cpu = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "unknown"
    )
    memory = next(
        (int(line.split()[1]) // 1024 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), None
    )
    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "memory_mb": memory,
        "system": platform.system(),
        "python": platform.python_version(),
        **{name: import_module(name).__version__ for name in ("numpy", "duckdb")},
    }


def commit() -> str:
    """Return the commit that was measured, with "+" when files have changed since; "" outside a repository."""
    try:
        head = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"], cwd=HERE, capture_output=True, text=True, check=True
        )
        changed = subprocess.run(
            ["git", "status", "--porcelain", "--untracked-files=no"],
            cwd=HERE,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head.stdout.strip() + ("+" if changed.stdout.strip() else "")


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


if __name__ == "__main__":
    sys.exit(main())
