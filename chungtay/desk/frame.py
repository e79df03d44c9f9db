"""What the frame of every page learns here: the way home, the person's own place, whether the figures are samples."""

from django.http import HttpRequest

from chungtay.access import selectors as access
from chungtay.places import selectors as places
from chungtay.programmes.models import Programme
from chungtay.web import clock, nav
from chungtay.web.context import place_provider, sample_provider


def place_of(request: HttpRequest) -> str:
    """Return the name of the place where the person works, "" for visitors and people without a post."""
    if not request.user.is_authenticated:
        return ""
    area_id = access.home_area(request.user, clock.today())
    return places.name_on(area_id, clock.today()) if area_id else ""


def has_samples(request: HttpRequest) -> bool:
    """Say whether any programme holds invented figures: then every page says so."""
    return Programme.objects.filter(is_sample=True).exists()


def register() -> None:
    """Put “Việc của tôi” into the navigation and answer the questions of the frame."""
    nav.register(nav.NavItem("Việc của tôi", "desk-home", order=10))
    place_provider.register(place_of)
    sample_provider.register(has_samples)
