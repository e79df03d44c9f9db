"""The main navigation: rooms above register their entries in `AppConfig.ready()`, this room orders and shows them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


def _signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


@dataclass(frozen=True)
class NavItem:
    """One entry: `label` in Vietnamese, the url name without arguments, `order` (small first), who sees it.

    `prefix` is the path under which the entry is the current one ("/bao-cao/"); empty means the entry's own address.
    """

    label: str
    url_name: str
    order: int
    visible: Callable[[HttpRequest], bool] = _signed_in
    prefix: str = ""


@dataclass(frozen=True)
class NavLink:
    """What the frame draws. `current` is the value of aria-current: "page", "true" (somewhere below) or ""."""

    label: str
    url: str
    current: str


_items: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Add an entry; registering the same url name again replaces it."""
    _items[item.url_name] = item


def registered() -> list[NavItem]:
    """Return every entry in the order of the page."""
    return sorted(_items.values(), key=lambda item: (item.order, item.label))


def address_of(item: NavItem) -> str | None:
    """Return the entry's address, None when its url name does not exist (the system check reports it)."""
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return None


def links(request: HttpRequest) -> list[NavLink]:
    """Return the entries that the request's person may see; the longest matching prefix is the current one."""
    addressed = [(item, address_of(item)) for item in registered()]
    seen = [(item, url) for item, url in addressed if url is not None and item.visible(request)]
    matches = [prefix for item, url in seen if _stands_under(request.path, prefix := item.prefix or url)]
    longest = max(matches, key=len, default=None)
    return [
        NavLink(item.label, url, _current(request.path, url) if (item.prefix or url) == longest else "")
        for item, url in seen
    ]


def _stands_under(path: str, prefix: str) -> bool:
    return path == prefix or (prefix != "/" and path.startswith(prefix))


def _current(path: str, url: str) -> str:
    return "page" if path == url else "true"
