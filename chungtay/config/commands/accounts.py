"""chungtay accounts link USERNAME SUBJECT | unlink USERNAME [--issuer URL] [--as USERNAME]"""

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what is to be done with whose account."""
    parser.add_argument(
        "act", choices=["link", "unlink"], help="let somebody sign in by the identity provider, or no more"
    )
    parser.add_argument("username", metavar="USERNAME", help="the account")
    parser.add_argument(
        "subject", metavar="SUBJECT", nargs="?", default="", help="what the provider calls the person (link)"
    )
    parser.add_argument("--issuer", metavar="URL", help="the provider (default: CHUNGTAY_OIDC_ISSUER)")
    parser.add_argument("--as", dest="by", metavar="USERNAME", help="in whose name (default: the system's)")


def run(args: argparse.Namespace) -> int:
    """Link or unlink one account; 1 when there was nothing to unlink."""
    import django

    django.setup()
    from django.conf import settings

    from chungtay.accounts import selectors, services
    from chungtay.web import clock

    user, by = selectors.person_named(args.username), selectors.person_named(args.by)
    issuer = args.issuer or settings.OIDC_ISSUER
    assert user is not None  # noqa: S101  # the name is never empty here
    if args.act == "link":
        services.link_identity(user=user, issuer=issuer, subject=args.subject, now=clock.now(), by=by)
        sys.stdout.write(f"{user.username} đăng nhập được bằng {issuer}.\n")
        return 0
    ended = services.unlink_identity(user=user, issuer=issuer, now=clock.now(), by=by)
    sys.stdout.write(f"{user.username} {'không còn' if ended else 'vốn không'} đăng nhập bằng {issuer}.\n")
    return 0 if ended else 1
