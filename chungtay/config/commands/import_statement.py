"""chungtay import-statement FILE --account CODE [--profile NAME] [--dry-run] [--keep-good] [--as USERNAME] [--json]"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECONDS_BETWEEN_WORDS = 1
WIDTH = 40
"""Letters that the bar takes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file and the account it belongs to."""
    parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .xls, CSV, PDF, MT940 or camt.053")
    parser.add_argument("--account", required=True, metavar="CODE", help="code of the fund's account at the bank")
    parser.add_argument("--profile", metavar="NAME", help="“remembered” (default) or “guess”: how the columns are read")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be added and what is wrong")
    parser.add_argument("--keep-good", action="store_true", help="add the good lines although others are wrong")
    parser.add_argument("--as", dest="username", metavar="USERNAME", help="in whose name (default: the system's)")
    parser.add_argument("--json", action="store_true", help="print a JSON object")


def run(args: argparse.Namespace) -> int:
    """Take a bank's file in, whole or not at all; fail when a line is broken or contradicts what is known."""
    import django

    django.setup()
    from chungtay.accounts.selectors import person_named
    from chungtay.banking.guards import COMMAND_LINE
    from chungtay.banking.profiles import GENERIC
    from chungtay.funds import selectors, services
    from chungtay.kernel.errors import DomainError
    from chungtay.web import clock

    def content() -> bytes:
        try:
            return bytes(args.file.read_bytes())
        except OSError as error:
            raise DomainError(f"Không mở được tệp {args.file}: {error.strerror}.") from None

    account = selectors.account_by_code(args.account)
    profile = GENERIC if args.profile == "guess" else None
    started = time.perf_counter()
    result: dict[str, Any] = {"account": account.code, "file": args.file.name, "applied": False}
    if args.dry_run:
        findings = selectors.look_into(account, content(), args.file.name, profile=profile, limits=COMMAND_LINE)
    else:
        try:
            _, findings = services.import_statement(
                account=account,
                data=content(),
                name=args.file.name,
                profile=profile,
                limits=COMMAND_LINE,
                keep_good=args.keep_good,
                progress=_teller(),
                now=clock.now(),
                by=person_named(args.username),
            )
            result["applied"] = True
        except services.NotTakenIn as refused:
            findings = refused.findings
    result |= {
        "lines": len(findings.statement.lines),
        "added": len(findings.added),
        "known": findings.known,
        "conflicts": len(findings.conflicts),
        "broken": len(findings.problems),
        "total_in": findings.statement.total_in,
        "total_out": findings.statement.total_out,
        "problems": findings.sentences,
        "seconds": round(time.perf_counter() - started, 3),
    }
    _show(args, result)
    return 0 if findings.is_clean or (result["applied"] and args.keep_good) else 1


def _show(args: argparse.Namespace, result: dict[str, Any]) -> None:
    if args.json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
        return
    from chungtay.kernel.numerals import format_integer

    sys.stderr.writelines(f"{sentence}\n" for sentence in result["problems"])
    verb = "Đã nhận" if result["applied"] else "Sẽ nhận" if args.dry_run else "Chưa nhận gì; có thể nhận"
    added, known = format_integer(result["added"]), format_integer(result["known"])
    sys.stdout.write(f"{verb} {added} dòng mới, {known} dòng đã có.\n")


def _teller() -> Callable[[int, int], None]:
    """Return what tells of the writing on standard error: a bar drawn over on a terminal, else a line every second."""
    is_terminal, last = sys.stderr.isatty(), time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if is_terminal:
            full = WIDTH * done // total
            sys.stderr.write(f"\r{'█' * full}{'░' * (WIDTH - full)} {100 * done // total}% · {done}/{total} dòng")
            sys.stderr.write("\n" if done == total else "")
        elif time.monotonic() - last >= SECONDS_BETWEEN_WORDS:
            last = time.monotonic()
            sys.stderr.write(f"Đã ghi {done} trên {total} dòng.\n")
        sys.stderr.flush()

    return tell
