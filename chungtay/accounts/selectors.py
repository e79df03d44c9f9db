"""Reads of accounts: who a request comes from, and the person's own roles in words."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from chungtay.access import selectors as access
from chungtay.access.rules import ROLE_LABELS, Role
from chungtay.accounts.models import User
from chungtay.kernel.errors import DomainError
from chungtay.places import selectors as places
from chungtay.web import clock


@dataclass(frozen=True)
class PostLine:
    """A role in words: what, where, since when."""

    role: str
    place: str
    since: date


def user_of(request: HttpRequest) -> User:
    """Return the person of a request behind `login_required`. Raises Http404 for a visitor."""
    if isinstance(request.user, User):
        return request.user
    raise Http404


def person_named(username: str | None) -> User | None:
    """Return the person of a user name, None when none is given. Raises DomainError when nobody bears it."""
    if not username:
        return None
    person = User.objects.filter(username=username).first()
    if person is None:
        raise DomainError(f"Không có tài khoản “{username}”.")
    return person


def posts_of(user: User, *, on: date) -> list[PostLine]:
    """Return a person's live roles, the oldest first."""
    assignments = access.roles_of(user, on)
    names = places.names_on({assignment.area_id for assignment in assignments}, on)
    return [
        PostLine(ROLE_LABELS[Role(assignment.role)], names[assignment.area_id], assignment.valid_from)
        for assignment in assignments
    ]


def place_name_of(request: HttpRequest) -> str:
    """Return the name of the place where a request's person works, "" for visitors and people without a role."""
    today = clock.today()
    area_id = access.home_area(request.user, today)
    return places.name_on(area_id, today) if area_id else ""
