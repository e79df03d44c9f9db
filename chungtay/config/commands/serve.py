"""chungtay serve --bind HOST:PORT"""

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the address and the number of workers."""
    parser.add_argument(
        "--bind", default="127.0.0.1:8000", metavar="HOST:PORT", help="address (default 127.0.0.1:8000)"
    )
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")


def run(args: argparse.Namespace) -> int:
    """Serve until stopped. Refuses a database that is not migrated."""
    import django

    django.setup()
    if missing := pending_migrations():
        sys.stderr.write(f"The database lacks {missing} migration(s). Run: chungtay migrate\n")
        return 1
    sys.stdout.write(f"{database_note()}\n")
    sys.stdout.flush()
    serve(args.bind, args.workers)
    return 0


def database_note() -> str:
    """Return which database serves and, for SQLite, which journal its version allows."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return f"Cơ sở dữ liệu: {connection.vendor} {connection.settings_dict['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = str(cursor.fetchone()[0]).upper()
        cursor.execute("SELECT sqlite_version()")
        version = cursor.fetchone()[0]
    why = "" if mode == "WAL" else " (bản dưới 3.51.3 có lỗi WAL nên dùng nhật ký hoàn tác)"
    return f"Cơ sở dữ liệu: SQLite {version}, nhật ký {mode}{why}"


def pending_migrations() -> int:
    """Return how many migrations the database still lacks."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def serve(bind: str, workers: int) -> None:
    """Run the server in the foreground."""
    from django.conf import settings
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    host, _, port = bind.rpartition(":")
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # served by finders; whitenoise warns when it is not there
    connections.close_all()  # a connection must not be shared with the workers
    Granian(
        "chungtay.config.wsgi:application",
        address=host.strip("[]") or "127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
        websockets=False,
    ).serve()
