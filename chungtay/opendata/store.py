"""The folder of released files: each under the name of its hash, written aside and moved in whole, never written twice.

A file that no release names yet is harmless; what an interrupted release left aside is swept away a day later.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from django.conf import settings

ASIDE = ".new-"
_AT_ONCE = 1 << 20
_A_DAY = 86_400


@dataclass(frozen=True)
class Kept:
    """A file in the folder: the hash that names it, and its bytes."""

    sha256: str
    size: int


def folder() -> Path:
    """Return where released files lie."""
    return Path(settings.DATA_DIR) / "open-data"


def path_of(sha256: str) -> Path:
    """Return where the file of a hash lies."""
    return folder() / sha256[:2] / sha256


@contextmanager
def aside() -> Iterator[Path]:
    """Give a folder beside the others to write into; it is gone afterwards."""
    folder().mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix=ASIDE, dir=folder()))
    _sweep(made)
    try:
        yield made
    finally:
        rmtree(made, ignore_errors=True)


def keep(written: Path) -> Kept:
    """Move a written file in under the name of its hash; the same content twice is one file."""
    sha256, size = sha256_of(written), written.stat().st_size
    there = path_of(sha256)
    there.parent.mkdir(exist_ok=True)
    with written.open("rb") as file:
        os.fsync(file.fileno())
    written.replace(there)
    _settle(there.parent)
    return Kept(sha256, size)


def is_sound(sha256: str, size: int) -> bool:
    """Return whether the file of a hash is there, whole and unaltered."""
    with suppress(OSError):
        return path_of(sha256).stat().st_size == size and sha256_of(path_of(sha256)) == sha256
    return False


def sha256_of(path: Path) -> str:
    """Return the hash of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_AT_ONCE):
            found.update(block)
    return found.hexdigest()


def _sweep(made: Path) -> None:
    """Take away what interrupted releases left aside more than a day before, by the disk's own time."""
    now = made.stat().st_mtime
    for left in folder().glob(f"{ASIDE}*"):
        with suppress(OSError):
            if now - left.stat().st_mtime > _A_DAY:
                rmtree(left, ignore_errors=True)


def _settle(where: Path) -> None:
    """A name that was given is on the disk."""
    handle = os.open(where, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
