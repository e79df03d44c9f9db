"""chungtay notices send [--json]"""

import argparse
import json
import sys
from dataclasses import asdict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what is to be done, and the shape of the answer."""
    parser.add_argument("act", choices=["send"], help="send what is due, once round; run it every minute")
    parser.add_argument("--json", action="store_true", help="print a JSON object instead of a sentence")


def run(args: argparse.Namespace) -> int:
    """Send what is due; 1 when something was given up or is uncertain, so that whoever watches the timer hears of it."""
    import django

    django.setup()
    from chungtay.notices import services
    from chungtay.web import clock

    done = services.send_due(now=clock.now())
    if args.json:
        sys.stdout.write(json.dumps(asdict(done)) + "\n")
    else:
        sys.stdout.write(
            f"Đã gửi {done.sent} thư, {done.again} thư sẽ thử lại, {done.failed} thư không gửi được, "
            f"{done.uncertain} thư không rõ đã gửi chưa.\n"
        )
    return 1 if done.failed or done.uncertain else 0
