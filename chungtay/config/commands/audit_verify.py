"""chungtay audit-verify [--json] [--head HASH]"""

import argparse
import json
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take a head that was kept elsewhere."""
    parser.add_argument("--json", action="store_true", help="print a JSON object instead of sentences")
    parser.add_argument(
        "--head", metavar="HASH", help="a head printed earlier by audit-head: it must still be in the chain"
    )


def run(args: argparse.Namespace) -> int:
    """Check every event; fail and name the first bad row when anything was altered, removed or added."""
    import django

    django.setup()
    from chungtay.audit import selectors

    problems = selectors.verify(published=[args.head] if args.head else [])
    head = selectors.head()
    if args.json:
        found = {"ok": not problems, "count": head.count, "head": head.hash, "problems": [p.sentence for p in problems]}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    elif problems:
        sys.stderr.writelines(f"{p.where} {p.sentence}\n".lstrip() for p in problems)
    else:
        sys.stdout.write(f"{head.count} sự kiện, chuỗi nguyên vẹn, đầu chuỗi {head.hash}\n")
    return 1 if problems else 0
