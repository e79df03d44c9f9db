"""How many notices wait, at the head of every page."""

from django.http import HttpRequest
from django.urls import reverse

from chungtay.accounts.models import User
from chungtay.notices.selectors import unread_count
from chungtay.web.context import Bell


def bell(request: HttpRequest) -> Bell | None:
    """Return the bell of the person of a request, None for nobody."""
    user = request.user
    return Bell(reverse("notice-inbox"), unread_count(user)) if isinstance(user, User) else None
