"""chungtay lake export [--out DIR] | lake consolidate --engine E --period P… [--lake DIR] [--map-as-of D] [--out FILE]"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

_SECONDS_BETWEEN_LINES = 1.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the two things that are done with a lake: writing it, and adding it up."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    summary = "write the live facts as Parquet files, only what is new since the last time"
    export = actions.add_parser("export", help=summary, description=summary)
    export.add_argument("--out", type=Path, metavar="DIR", help="folder of the lake (default: lake in the workspace)")
    summary = "add the lake up over units and periods, on DuckDB or on Spark; needs the lake's folder only"
    total = actions.add_parser("consolidate", help=summary, description=summary)
    total.add_argument(
        "--engine",
        required=True,
        metavar="E",
        help="duckdb, local-spark, or spark://HOST:PORT (see docs/domain/figures.md)",
    )
    total.add_argument("--lake", type=Path, metavar="DIR", help="folder of the lake (default: lake in the workspace)")
    total.add_argument(
        "--period", required=True, action="append", metavar="P", help="2022, 2022Q3, 2022-05, … (may be repeated)"
    )
    total.add_argument("--indicator", action="append", metavar="CODE", help="only this indicator (may be repeated)")
    total.add_argument("--view", choices=["approved", "all"], default="approved")
    total.add_argument(
        "--map-as-of", metavar="DATE", help="add up on the map of this day (default: of each period's last day)"
    )
    total.add_argument("--all-units", action="store_true", help="also the units that have none below them")
    total.add_argument("--out", type=Path, metavar="FILE", help="write the cells to a .parquet or .csv file")
    total.add_argument("--conf", action="append", metavar="KEY=VALUE", help="a setting for Spark (may be repeated)")
    for action in (export, total):
        action.add_argument("--json", action="store_true", help="print JSON instead of lines")
        # Also here, so that they may stand after the action; absent, they leave what was given before it.
        action.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="folder of the workspace")
        action.add_argument("--db", metavar="URL", default=argparse.SUPPRESS, help="database of the workspace")


def run(args: argparse.Namespace) -> int:
    """Do one of the two."""
    return _export(args) if args.action == "export" else _consolidate(args)


def _export(args: argparse.Namespace) -> int:
    """Write the lake; say what was written."""
    import django

    django.setup()
    from chungtay.figures.lake.export import export
    from chungtay.web import clock

    started = time.perf_counter()
    lines = _Lines()
    folder = args.out or _default_folder(args)
    done = export(
        folder,
        now=clock.now(),
        tell=lambda step: lines.say(f"{step.done}/{step.total} {step.what}: {step.rows} dòng", step.done == step.total),
    )
    size = sum(file.bytes for file in done.manifest.files())
    result = {
        "lake": str(folder),
        "batch": done.manifest.batch,
        "facts": done.manifest.rows,
        "bytes": size,
        "written": len(done.written),
        "kept": done.kept,
        "rebuilt": done.rebuilt,
        "seconds": round(time.perf_counter() - started, 3),
    }
    if args.json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(
            f"{folder}: {result['facts']} số liệu, {size / 1e6:.1f} MB; ghi {result['written']} tệp, giữ {done.kept} tệp\n"
        )
    return 0


def _consolidate(args: argparse.Namespace) -> int:
    """Add the lake up and print or write the cells."""
    from chungtay.figures.lake.consolidating import consolidate
    from chungtay.figures.lake.output import JsonLines, file_output
    from chungtay.figures.lake.question import Question
    from chungtay.figures.lake.reading import Lake
    from chungtay.figures.rules import view_of
    from chungtay.kernel.periods import parse_period

    started = time.perf_counter()
    lake = Lake(args.lake or _default_folder(args))
    question = Question(
        lake=lake,
        definitions=lake.chosen(args.indicator or []),
        periods=list(dict.fromkeys(parse_period(code) for code in args.period)),
        view=view_of(args.view),
        on_map=_day(args.map_as_of),
        all_units=args.all_units,
    )
    lines = _Lines()
    found = consolidate(
        question,
        args.engine,
        settings=args.conf,
        tell=lambda done, total: lines.say(f"{done}/{total} chỉ tiêu", done == total),
    )
    if args.out is None:
        with JsonLines() if args.json else _Table() as shown:
            for table in found:
                shown.write(table)
        return 0
    count = 0
    with file_output(args.out) as file:
        for table in found:
            file.write(table)
            count += table.num_rows
    result = {
        "file": str(args.out),
        "engine": args.engine,
        "cells": count,
        "batch": lake.manifest.batch,
        "seconds": round(time.perf_counter() - started, 3),
    }
    sys.stdout.write(
        json.dumps(result, ensure_ascii=False) + "\n"
        if args.json
        else f"{args.out}: {count} ô số liệu ({args.engine})\n"
    )
    return 0


def _default_folder(args: argparse.Namespace) -> Path:
    return Path(args.data or os.environ.get("CHUNGTAY_DATA", "var/workspace")) / "lake"


def _day(text: str | None) -> Any:
    from datetime import date

    from chungtay.kernel.errors import DomainError

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DomainError(f"“{text}” không phải một ngày. Viết dạng 2025-07-01.") from None


class _Table:
    """Prints cells as lines."""

    def __enter__(self) -> "_Table":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def write(self, table: Any) -> None:
        for row in table.to_pylist():
            value = row["value"] if row["kind"] != "ratio" else f"{row['numerator']}/{row['denominator']}"
            shown = f"{value}" if row["known"] else "chưa có số"
            coverage = f"{row['reported']}/{row['expected']}" + (" ước tính" if row["estimated"] else "")
            sys.stdout.write(
                f"{row['indicator']:32} {row['area_code']:8} {row['area_name']:28} {row['period']:18} {shown:>22} {coverage}\n"
            )


class _Lines:
    """Says how far a long work is, at most once a second and at its end; nothing about work that is done at once."""

    def __init__(self) -> None:
        self._started = self._said = time.monotonic()

    def say(self, line: str, is_last: bool) -> None:
        now = time.monotonic()
        if now - self._said >= _SECONDS_BETWEEN_LINES or (is_last and self._said > self._started):
            self._said = now
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()
