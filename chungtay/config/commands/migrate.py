"""chungtay migrate"""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing more."""


def run(args: argparse.Namespace) -> int:
    """Bring the database up to date; triggers are put back after every migration."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    return 0
