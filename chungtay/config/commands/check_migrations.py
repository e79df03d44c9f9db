"""chungtay check-migrations"""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing more."""


def run(args: argparse.Namespace) -> int:
    """Fail when the models and the migrations differ, or when Django's own checks complain."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("check", fail_level="WARNING")
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    return 0
