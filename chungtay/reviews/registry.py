"""Where the news of a review goes on: a room above that publishes registers its way, and the page of the news offers it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chungtay.accounts.models import User
from chungtay.reviews.models import Review


@dataclass(frozen=True)
class Way:
    """Where the news can go: what the button says, its address, and whether it is already there (a link, else a POST)."""

    label: str
    url: str
    is_there: bool = False


NewsWay = Callable[[Review, User, date], Way | None]
_ways: list[NewsWay] = []


def register_news_way(way: NewsWay) -> None:
    """Offer a way; it answers None to whoever may not take it."""
    if way not in _ways:
        _ways.append(way)


def news_ways(review: Review, by: User, on: date) -> list[Way]:
    """Return the ways on that a person may take with the news of a review."""
    return [found for way in _ways if (found := way(review, by, on)) is not None]
