"""chungtay webhooks send [--json]"""

import argparse
import json
import sys
from dataclasses import asdict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what is to be done, and the shape of the answer."""
    parser.add_argument(
        "act", choices=["send"], help="tell other systems what changed, once round; run it every minute"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object instead of a sentence")


def run(args: argparse.Namespace) -> int:
    """Tell what changed; 1 when something was given up or an address was stopped, so that whoever watches the timer hears of it."""
    import django

    django.setup()
    from chungtay.web import clock
    from chungtay.webhooks import services

    done = services.send_round(now=clock.now())
    if args.json:
        sys.stdout.write(json.dumps(asdict(done)) + "\n")
    else:
        sys.stdout.write(
            f"Ghi {done.told} tin mới, {done.sent} tin đã tới, {done.again} tin sẽ thử lại, {done.failed} tin không gửi được, "
            f"{done.stopped} webhook bị dừng.\n"
        )
    return 1 if done.failed or done.stopped else 0
