"""What the frame of every page learns here: the way home, the help, whether the figures are samples."""

from django.http import HttpRequest

from chungtay.programmes.models import Programme
from chungtay.web import nav
from chungtay.web.context import sample_provider


def has_samples(request: HttpRequest) -> bool:
    """Say whether any programme holds invented figures: then every page says so."""
    return Programme.objects.filter(is_sample=True).exists()


def register() -> None:
    """Put home and help into the navigation, and say whether figures are invented."""
    nav.register(nav.NavItem("Việc của tôi", "desk-home", order=10))
    nav.register(nav.NavItem("Trợ giúp", "help", order=90))
    sample_provider.register(has_samples)
