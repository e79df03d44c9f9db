"""The database of a workspace: SQLite in its folder, or PostgreSQL by URL."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# Below this version two connections that write and checkpoint at once can corrupt a WAL file, so those use a rollback journal.
WAL_SAFE = (3, 51, 3)


def database_settings(url: str, data_dir: Path, sqlite_version: tuple[int, ...]) -> dict[str, Any]:
    """Return Django's settings for `url` ("" means SQLite in `data_dir`). Raises ValueError for another scheme."""
    if not url:
        return _sqlite(data_dir / "chungtay.sqlite3", sqlite_version)
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"Unknown database scheme {parts.scheme!r}: use postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "options": "-c statement_timeout=60000 -c lock_timeout=20000 -c idle_in_transaction_session_timeout=60000"
        },
    }


def _sqlite(path: Path, version: tuple[int, ...]) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    journal = "WAL" if version >= WAL_SAFE else "TRUNCATE"
    return {
        "ENGINE": "chungtay.config.sqlite",
        "NAME": path,
        # Opening a file with its settings costs more than most pages: each thread of a server keeps its connection for a while.
        "CONN_MAX_AGE": 60,
        # A write transaction that starts as a reader fails when another writes first: 1,756 of 2,000 were lost that way.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: NORMAL lost acknowledged commits in simulated power cuts. recursive_triggers: else INSERT OR REPLACE
            # walks round an append-only trigger. cache_size: 16 MB, else a large import spills into the file halfway.
            # secure_delete: else what was erased stays readable in the file.
            "init_command": (
                f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA recursive_triggers=ON; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16000; "
                "PRAGMA secure_delete=ON;"
            ),
        },
        # Test databases are files: an in-memory one has other locking.
        "TEST": {"NAME": str(path.with_name(f"test-{path.name}"))},
    }
