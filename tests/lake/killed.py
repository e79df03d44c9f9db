"""`python -m tests.lake.killed DATABASE LAKE NOW`: kill an export at every point where it touches the disk, one after the other.

Each time a copy of the lake is brought up to the database by a process that is killed (SIGKILL) just before its n-th write
gets its name or reaches the disk, until one comes through. Prints a JSON list: of each process, whether it was killed, which
batch the lake then shows, and whether every file that the manifest names is whole.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import django


def main(database: str, lake: str, now: str) -> None:
    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    results: list[dict[str, Any]] = []
    while not results or results[-1]["killed"]:
        copy = Path(f"{lake}-{len(results) + 1}")
        shutil.copytree(lake, copy)
        killed = run_until(len(results) + 1, copy, datetime.fromisoformat(now))
        results.append({"killed": killed, "lake": str(copy)} | seen_in(copy))
    print(json.dumps(results))


def run_until(point: int, lake: Path, now: datetime) -> bool:
    """Export in a child that dies at the given point; return whether it got there."""
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
            raise RuntimeError("the export failed")
        return os.WIFSIGNALED(status)
    from chungtay.figures.lake.export import export

    left = point

    def counted(act: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*given: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return act(*given, **named)

        return counting

    os.fsync = counted(os.fsync)
    Path.replace = counted(Path.replace)  # type: ignore[method-assign]
    Path.unlink = counted(Path.unlink)  # type: ignore[method-assign]
    try:
        export(lake, now=now)
    finally:
        os._exit(0 if sys.exc_info()[0] is None else 1)


def seen_in(lake: Path) -> dict[str, Any]:
    from chungtay.figures.lake.reading import Lake
    from chungtay.figures.lake.writing import is_sound

    found = Lake(lake)
    return {
        "batch": found.manifest.batch,
        "whole": all(is_sound(lake, file) for file in found.manifest.files()),
        "values": sorted(found.facts([found.definitions["HOUSES"].number])["value"].to_pylist()),
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
