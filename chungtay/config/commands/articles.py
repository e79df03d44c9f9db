"""chungtay articles publish [--json]"""

import argparse
import json
import sys
from dataclasses import asdict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what is to be done, and the shape of the answer."""
    parser.add_argument("act", choices=["publish"], help="let out and take down what is due; run it every minute")
    parser.add_argument("--json", action="store_true", help="print a JSON object instead of sentences")


def run(args: argparse.Namespace) -> int:
    """Do what was decided for this hour; 1 when an article could not go out, each said with its reason."""
    import django

    django.setup()
    from chungtay.portal import services
    from chungtay.web import clock

    done = services.publish_due(now=clock.now())
    if args.json:
        sys.stdout.write(json.dumps(asdict(done), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"Đã đăng {done.published} bài hẹn giờ, gỡ {done.taken_down} bài hết hạn.\n")
        sys.stderr.writelines(f"{title}: {sentence}\n" for title, sentence in done.refused.items())
    return 1 if done.refused else 0
