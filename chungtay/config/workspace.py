"""The folder of a workspace: its secret key lives beside the database, readable by its owner alone."""

import os
import secrets
from pathlib import Path


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
