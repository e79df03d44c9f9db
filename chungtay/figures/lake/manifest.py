"""The manifest: which files are the lake, of which database, and up to which batch. What it does not name is not there.

It is replaced in one step after every file that it names is safe on the disk, so a lake is always whole.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from chungtay.figures.lake.layout import FORMAT, MANIFEST


@dataclass(frozen=True)
class File:
    """A Parquet file of the lake; `path` is inside its folder, with forward slashes."""

    path: str
    sha256: str
    bytes: int
    rows: int


@dataclass(frozen=True)
class FactFile(File):
    """The facts of one indicator; `batch` is the last one it has seen."""

    indicator: str
    number: int
    batch: int


@dataclass(frozen=True)
class Manifest:
    """identity: of which database; batch and stamp: the last batch that is in; facts in the order of codes."""

    identity: str
    batch: int
    stamp: str | None
    exported_at: str
    facts: tuple[FactFile, ...] = ()
    tables: dict[str, File] = field(default_factory=dict)
    format: int = FORMAT

    def files(self) -> Iterator[File]:
        """Yield every file of the lake."""
        yield from self.facts
        yield from self.tables.values()

    @property
    def rows(self) -> int:
        """How many facts there are."""
        return sum(file.rows for file in self.facts)


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a lake; None when there is none, or none that can be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if found["format"] == FORMAT:
            return _manifest(found)
    return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step, after everything before it is on the disk."""
    aside = folder / f".new-{MANIFEST}"
    with aside.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest) | {"rows": manifest.rows}, file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(folder / MANIFEST)
    settle(folder)


def settle(folder: Path) -> None:
    """Make sure that names given in a folder outlive a power cut, where the system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _manifest(found: dict[str, Any]) -> Manifest:
    return Manifest(
        identity=str(found["identity"]),
        batch=int(found["batch"]),
        stamp=found["stamp"],
        exported_at=str(found["exported_at"]),
        facts=tuple(FactFile(**file) for file in found["facts"]),
        tables={str(name): File(**file) for name, file in found["tables"].items()},
    )
