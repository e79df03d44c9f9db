"""The command `chungtay`: every command says what it does with --help and exits non-zero when it fails.

The workspace is chosen before Django starts: --data (or CHUNGTAY_DATA), and --db for another database than its SQLite file.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module

COMMANDS = {
    "demo": ("demo", "set up the demonstration of Programme 500, run its main job and serve it"),
    "serve": ("serve", "serve the site of a workspace"),
    "migrate": ("migrate", "bring the database of a workspace up to date"),
    "import-return": ("import_return", "take filled workbooks in as drafts of their returns"),
    "figures": ("figures", "print figures with their coverage and trace"),
    "trace": ("trace", "print what one figure is made of"),
    "review": ("review", "build the papers of a review"),
    "template-lint": ("template_lint", "say what is broken in an office's Word template"),
    "check": ("check", "hold every figure of a text against the account"),
    "units": ("units", "print the map of a day, record reorganisations of it, import lists of units"),
    "lake": ("lake", "write the account as Parquet files, and add them up on DuckDB or Spark"),
    "exchange": ("exchange", "take figures of other systems in, write ours as they read them: DHIS2, ADX, CSV, SDMX"),
    "import-statement": ("import_statement", "take a bank's file in: nothing twice, nothing half"),
    "disclosure": ("disclosure", "freeze days of bank statements for the public, verify what was published"),
    "opendata": ("opendata", "release what the portal shows as open data, verify what was released"),
    "statement": ("statement", "search the lines of bank statements"),
    "read": ("read", "print the figures of a report or an article"),
    "vietqr": ("vietqr", "write and read VietQR codes"),
    "ledger-verify": ("ledger_verify", "check every invariant of the books of all funds"),
    "ledger-export": ("ledger_export", "write the books as a journal of hledger or beancount"),
    "daily": ("daily", "do what a day brings: tell the account of months that are over, carry registers over, remind"),
    "articles": ("articles", "let out and take down the articles that are due"),
    "accounts": ("accounts", "let somebody sign in by the office's identity provider"),
    "notices": ("notices", "send the messages that are due"),
    "webhooks": ("webhooks", "tell other systems what changed, and try again what did not arrive"),
    "tasks": ("tasks", "record the reminders of tasks that are due"),
    "bench": ("bench", "measure the product beside its limits and ordinary engines (source checkouts)"),
    "audit-verify": ("audit_verify", "check the whole chain of audit events"),
    "audit-head": ("audit_head", "print the head of the chain, to be kept elsewhere"),
    "check-migrations": ("check_migrations", "fail when a model has changed without a migration"),
}

SECONDS_BETWEEN_WORDS = 2


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command. Building it starts no Django: a command's module only imports that when run."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data", metavar="DIR", help="folder of the workspace (default: $CHUNGTAY_DATA or var/workspace)"
    )
    common.add_argument(
        "--db", metavar="URL", help="database of the workspace, postgresql://… (default: SQLite in --data)"
    )
    top = argparse.ArgumentParser(prog="chungtay", description="Coordination programmes: every figure has a source.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, summary) in COMMANDS.items():
        command = commands.add_parser(name, parents=[common], help=summary, description=summary)
        import_module(f"chungtay.config.commands.{module}").add_arguments(command)
    return top


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command and exit with its status: 0 done, 1 refused or failed, 2 wrong use."""
    args = parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chungtay.config.settings")
    if args.data:
        os.environ["CHUNGTAY_DATA"] = args.data
    if args.db:
        os.environ["DATABASE_URL"] = args.db
    run: Callable[[argparse.Namespace], int] = import_module(
        f"chungtay.config.commands.{COMMANDS[args.command][0]}"
    ).run
    sys.exit(_guarded(run, args))


def _guarded(run: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    from chungtay.figures.rebuilding import watched
    from chungtay.kernel.errors import DomainError

    try:
        with watched(_teller()):
            return run(args)
    except DomainError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except BrokenPipeError:  # the reader of our output went away
        sys.stderr.close()
        return 1


def _teller() -> Callable[[object], None]:
    """Return what tells of a long rebuild, on standard error, every few seconds."""
    last = 0.0

    def tell(progress: object) -> None:
        nonlocal last
        if time.monotonic() - last >= SECONDS_BETWEEN_WORDS:
            last = time.monotonic()
            sys.stderr.write(f"Đang dựng lại bảng số liệu: {progress}.\n")

    return tell
