"""The folder of a workspace: beside the database live its secret key, readable by its owner alone, and its clock."""

import os
import secrets
from datetime import timedelta
from pathlib import Path

CLOCK = "clock-shift"  # whole seconds between the wall clock and the day a demonstration lives on


def clock_shift(data_dir: Path) -> timedelta:
    """Return what is added to the wall clock in this workspace: zero unless the file says otherwise."""
    try:
        return timedelta(seconds=int((data_dir / CLOCK).read_text(encoding="ascii")))
    except FileNotFoundError:
        return timedelta(0)


def secret_key(data_dir: Path) -> str:
    """Return the workspace's signing key, made at the first call."""
    path = data_dir / "secret-key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        data_dir.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(48)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first
            return path.read_text(encoding="ascii").strip()
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key + "\n")
        return key
