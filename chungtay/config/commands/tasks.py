"""chungtay tasks remind [--json]"""

import argparse
import json
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what is to be done, and the shape of the answer."""
    parser.add_argument(
        "act", choices=["remind"], help="record the reminders that are due; run it as often as you like"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object instead of a sentence")


def run(args: argparse.Namespace) -> int:
    """Record each reminder once; the second run of a day says nothing new."""
    import django

    django.setup()
    from chungtay.tasks import services
    from chungtay.web import clock

    made = services.remind(now=clock.now())
    counted = {kind: sum(1 for one in made if one.notice == kind) for kind in ("before", "late", "escalated")}
    if args.json:
        sys.stdout.write(json.dumps(counted) + "\n")
    else:
        sys.stdout.write(
            f"Đã ghi {len(made)} lời nhắc mới: {counted['before']} sắp đến hạn, {counted['late']} quá hạn, "
            f"{counted['escalated']} báo cấp trên.\n"
        )
    return 0
