"""chungtay disclosure freeze|verify [--account CODE] [--day D | --to D] [--json]"""

import argparse
import json
import sys
from datetime import date
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what is to be done, and for which account and days."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    freeze = acts.add_parser(
        "freeze", help="write the days that are over as files that never change, with their hashes"
    )
    days = freeze.add_mutually_exclusive_group()
    days.add_argument("--day", type=date.fromisoformat, metavar="D", help="only this day: 2025-03-01")
    days.add_argument(
        "--to", dest="last", type=date.fromisoformat, metavar="D", help="up to this day (default: yesterday)"
    )
    verify = acts.add_parser("verify", help="count the hashes of all published files again; fail where one differs")
    for act in (freeze, verify):
        act.add_argument("--account", metavar="CODE", help="only this account (default: all)")
        act.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="folder of the workspace")
        act.add_argument("--json", action="store_true", help="print a JSON object instead of sentences")


def run(args: argparse.Namespace) -> int:
    """Freeze days, or check what is frozen; 1 when a file is gone or altered."""
    import django

    django.setup()
    from chungtay.funds import selectors
    from chungtay.funds.models import BankAccount

    if args.account:
        accounts = [selectors.account_by_code(args.account)]
    else:
        accounts = list(BankAccount.objects.select_related("fund__body").order_by("code"))
    return _freeze(args, accounts) if args.act == "freeze" else _verify(args, accounts)


def _freeze(args: argparse.Namespace, accounts: list[Any]) -> int:
    from datetime import timedelta

    from django.utils.timezone import localdate

    from chungtay.funds import services
    from chungtay.kernel.text import date_text
    from chungtay.web import clock

    now = clock.now()
    made = []
    for account in accounts:
        if args.day:
            made.append(services.freeze_day(account=account, day=args.day, now=now, by=None))
        else:
            last = args.last or localdate(now) - timedelta(days=1)
            made += services.freeze_days(account=account, last=last, now=now, by=None)
    if args.json:
        _print({"frozen": [_told(frozen) for frozen in made]})
        return 0
    for frozen in made:
        sys.stdout.write(f"{frozen.account.code} {date_text(frozen.day)}, lần {frozen.edition}: {frozen.lines} dòng\n")
    sys.stdout.write(f"Đã chốt {len(made)} ngày.\n")
    return 0


def _verify(args: argparse.Namespace, accounts: list[Any]) -> int:
    from chungtay.funds import selectors
    from chungtay.funds.models import FrozenDay

    faults = [fault for account in accounts for fault in selectors.faults_of(account)]
    count = FrozenDay.objects.filter(account__in=accounts).count()
    if args.json:
        found = [
            {"account": f.day.account.code, "day": f.day.day.isoformat(), "file": f.file, "said": f.sentence}
            for f in faults
        ]
        _print({"ok": not faults, "editions": count, "faults": found})
    elif faults:
        sys.stderr.writelines(f"{fault.sentence}\n" for fault in faults)
    else:
        sys.stdout.write(f"{count} lần chốt: mọi tệp còn nguyên, đúng mã SHA-256.\n")
    return 1 if faults else 0


def _told(frozen: Any) -> dict[str, Any]:
    return {
        "account": frozen.account.code,
        "day": frozen.day.isoformat(),
        "edition": frozen.edition,
        "lines": frozen.lines,
        "received": frozen.received,
        "paid": frozen.paid,
        "csv_sha256": frozen.csv_sha256,
        "sqlite_sha256": frozen.sqlite_sha256,
        "manifest_sha256": frozen.manifest_sha256,
        "head": frozen.book_hash,
    }


def _print(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
