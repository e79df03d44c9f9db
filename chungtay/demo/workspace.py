"""The folder of the demonstration, made before Django starts: its clock, and the mark of a run that was cut short."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from chungtay.demo.story import lives_on

READY = "demo-ready"
BUILDING = "demo-building"
MADE = ("chungtay.sqlite3", "chungtay.sqlite3-journal", "chungtay.sqlite3-wal", "chungtay.sqlite3-shm")
CLOCK = "clock-shift"


class NotADemo(SystemExit):
    """The folder holds something else; the demonstration never writes into a workspace that is in use."""


def prepare(data: Path) -> None:
    """Make the folder ready: empty and with the story's clock, or as an earlier run left it. Raises NotADemo."""
    if (data / READY).exists():
        return
    if (data / MADE[0]).exists() and not (data / BUILDING).exists():
        raise NotADemo(f"{data} holds a workspace that is not the demonstration. Choose another folder with --data.")
    data.mkdir(parents=True, exist_ok=True)
    (data / BUILDING).touch()
    for name in MADE:
        (data / name).unlink(missing_ok=True)
    for folder in ("cube", "workbooks", "statements", "published", "open-data", "evidence", "media"):
        shutil.rmtree(data / folder, ignore_errors=True)
    shift = lives_on() - datetime.now(UTC)
    (data / CLOCK).write_text(str(int(shift.total_seconds())), encoding="ascii")


def finish(data: Path) -> None:
    """Mark the demonstration as whole."""
    (data / READY).touch()
    (data / BUILDING).unlink(missing_ok=True)
