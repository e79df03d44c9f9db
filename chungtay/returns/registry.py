"""Other ways to fill a return that rooms above offer beside its form; they register when they start."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WayIn:
    """A page that fills a draft: `url_name` takes the return's id; `words` say what it does."""

    title: str
    words: str
    label: str
    url_name: str
    icon: str


_ways: list[WayIn] = []


def register_way_in(way: WayIn) -> None:
    """Offer a page beside the form."""
    if way not in _ways:
        _ways.append(way)


def ways_in() -> tuple[WayIn, ...]:
    """Return the pages on offer."""
    return tuple(_ways)
