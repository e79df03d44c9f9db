"""A private PostgreSQL cluster from the system's server programs: unix socket only, fsync on, gone afterwards.

    python -m tests.databases.cluster -- .venv/bin/python -m pytest -n 2 chungtay -k "services or selectors or
    concurrency"

runs a command with DATABASE_URL pointing at it. The application's role owns its database and is no superuser.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

PACKAGE = "postgresql"
ROLE = "chungtay"


class NoServer(Exception):
    """PostgreSQL's server programs are not installed, or cannot be run by anybody here."""


def programs() -> Path:
    """Return the folder of initdb and pg_ctl, the newest if there are several. Raises NoServer."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin_: _number(bin_.parent.name), reverse=True
    )
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoServer(
        f"PostgreSQL's server programs (initdb, pg_ctl) were not found: install the Debian package {PACKAGE}"
    )


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Start a cluster, yield its DATABASE_URL, stop and remove it. Raises NoServer."""
    folder = programs()
    home = Path(tempfile.mkdtemp(prefix="chungtay-pg-", dir=_lower_case_folder()))
    data, log = home / "data", home / "log"
    try:
        as_user = _server_user(home)
        # C sorts alike everywhere; UTF-8 holds every Vietnamese letter.
        _run(
            [*as_user, folder / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"], log
        )
        options = f"-k {home} -c listen_addresses='' -c fsync=on -c max_connections=60"
        _run(
            [
                *as_user,
                folder / "pg_ctl",
                "-D",
                data,
                "-w",
                "-t",
                "60",
                "-l",
                home / "server.log",
                "-o",
                options,
                "start",
            ],
            log,
        )
        try:
            _run([folder / "createuser", "-h", home, "-U", "postgres", "--createdb", ROLE], log)
            _run([folder / "createdb", "-h", home, "-U", "postgres", "-O", ROLE, ROLE], log)
            yield f"postgresql://{ROLE}@{quote(str(home), safe='')}/{ROLE}"
        finally:
            _run([*as_user, folder / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop"], log)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(arguments: Sequence[str]) -> int:
    """Run a command under a cluster and return its exit code; without server programs 0, in CI (CI=true) 1."""
    command = list(arguments[1:] if arguments[:1] == ["--"] else arguments)
    if not command:
        print("usage: python -m tests.databases.cluster -- COMMAND …", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped too
    try:
        with running() as url:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except NoServer as reason:
        print(f"Not run on PostgreSQL: {reason}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _lower_case_folder() -> str:
    """Return where temporary files go. The path becomes the host of a URL, which is read in lower case."""
    folder = tempfile.gettempdir()
    return folder if folder == folder.lower() and len(folder) < 60 else "/tmp"


def _server_user(home: Path) -> list[str]:
    """Return the words that run a program as somebody other than root, to whom `home` now belongs."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            person = pwd.getpwnam(name)
            os.chown(home, person.pw_uid, person.pw_gid)
            home.chmod(0o755)
            return ["runuser", "-u", name, "--"]
    raise NoServer("PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it")


def _run(command: Sequence[str | Path], log: Path) -> None:
    """Run a program; its output goes to a file (pg_ctl's server would keep a pipe open) and into the error."""
    with log.open("w") as output:
        code = subprocess.run(
            [str(word) for word in command], stdout=output, stderr=subprocess.STDOUT, cwd=log.parent, check=False
        ).returncode
    if code:
        raise RuntimeError(f"{Path(command[-1]).name or command}: exit {code}\n{log.read_text(errors='replace')}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
