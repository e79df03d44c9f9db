"""chungtay migrate"""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing more."""


def run(args: argparse.Namespace) -> int:
    """Bring the database up to date; triggers are put back after every migration."""
    import django

    django.setup()
    from chungtay.audit import schema

    schema.bring_up_to_date()
    return 0
