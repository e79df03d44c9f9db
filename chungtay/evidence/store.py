"""The folder of kept files: each under the hash of its content, written whole or not at all."""

import hashlib
import os
from pathlib import Path

from django.conf import settings

FOLDER = "evidence"


def put(data: bytes) -> str:
    """Keep bytes and return their SHA-256 in hex. The same bytes are kept once; they are on disk when this returns."""
    name = hashlib.sha256(data).hexdigest()
    path = path_of(name)
    if not path.exists():
        write_beside(path, data)
    return name


def path_of(sha256: str, *, thumbnail: bool = False) -> Path:
    """Return where a file or its small form lies."""
    return Path(settings.DATA_DIR) / FOLDER / sha256[:2] / (f"{sha256}.small" if thumbnail else sha256)


def write_beside(path: Path, data: bytes) -> None:
    """Write a file under a name of its own and move it into place: a cut leaves the old or the new, never half."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    waiting = path.with_name(f"{path.name}.{os.getpid()}.part")
    with waiting.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    waiting.chmod(0o600)
    waiting.replace(path)
