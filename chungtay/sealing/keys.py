"""Where the workspace's key is: in the environment of a server, else in a file beside the database.

It is never in the database: a copy of that alone opens nothing. A back-up without the key is a back-up of sealed identifiers,
so the key is kept apart (docs/domain/households.md). Its name is of the first room that had personal data to seal.
"""

import base64
import os
import secrets
from functools import cache
from pathlib import Path

from chungtay.sealing.seals import KEY_BYTES, WorkspaceKeys

ENVIRONMENT = "CHUNGTAY_HOUSEHOLD_KEY"
FILE = "household-key"


class KeyUnusable(Exception):
    """What should be the key is none: whoever runs the workspace put something else there."""


def keys_of(room: str, data_dir: Path) -> WorkspaceKeys:
    """Return a room's keys in the workspace of a folder; its file is made at the first call. Raises KeyUnusable."""
    return _keys(room, os.environ.get(ENVIRONMENT, ""), data_dir)


@cache
def _keys(room: str, given: str, data_dir: Path) -> WorkspaceKeys:
    text = given or _from_file(data_dir)
    try:
        return WorkspaceKeys.of(base64.urlsafe_b64decode(text), room)
    except ValueError:
        where = ENVIRONMENT if given else str(data_dir / FILE)
        raise KeyUnusable(f"{where} must hold {KEY_BYTES} random bytes as URL-safe base64") from None


def _from_file(data_dir: Path) -> str:
    path = data_dir / FILE
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    """Write a new key under another name and link it: whoever comes second finds a whole file, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{FILE}.{secrets.token_hex(8)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(beside)
    except FileExistsError:  # another process was first
        pass
    finally:
        beside.unlink()
