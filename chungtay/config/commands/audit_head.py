"""chungtay audit-head"""

import argparse
import json
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing more."""


def run(args: argparse.Namespace) -> int:
    """Print the day, the number of events and the hash of the last one, as JSON."""
    import django

    django.setup()
    from chungtay.audit import selectors

    head = selectors.head()
    sys.stdout.write(
        json.dumps({"day": str(head.day) if head.day else None, "count": head.count, "hash": head.hash}) + "\n"
    )
    return 0
