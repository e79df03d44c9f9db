"""What every page of the site is given: the navigation, the place of the person, whether the figures are samples.

The answers come from rooms above, which register a function here; without one the default stands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest

from chungtay.web import nav

T = TypeVar("T")


class Provider(Generic[T]):
    """A question that a room above answers: register(function of the request), then value(request)."""

    def __init__(self, default: T) -> None:
        self._default = default
        self._answer: Callable[[HttpRequest], T] | None = None

    def register(self, answer: Callable[[HttpRequest], T] | None) -> None:
        """Set the function that answers; None returns to the default."""
        self._answer = answer

    def value(self, request: HttpRequest) -> T:
        """Return the answer for this request, the default when nobody registered or nobody is known yet."""
        if self._answer is None or not hasattr(request, "user"):
            return self._default
        return self._answer(request)


# True: the mark “Số liệu minh họa” stands on every page, on screen and on paper.
sample_provider: Provider[bool] = Provider(False)
# The name under “Chung Tay” in the masthead: the person's own unit.
place_provider: Provider[str] = Provider("")


@dataclass(frozen=True)
class Bell:
    """Where a person's notices are, and how many are unread."""

    url: str
    count: int


# At the head of every page; None where there are no notices.
bell_provider: Provider[Bell | None] = Provider(None)


def page(request: HttpRequest) -> dict[str, Any]:
    """Return `nav` (list of NavLink), `sample`, `place` and `bell`; empty before sign-in is known (an early error page)."""
    return {
        "nav": nav.links(request) if hasattr(request, "user") else [],
        "sample": sample_provider.value(request),
        "place": place_provider.value(request),
        "bell": bell_provider.value(request),
    }
