"""Public pages that were made are given again while nothing has happened: every write of the house leaves an event in the chain.

The head of that chain is asked at each request, so a page is never older than the last write. Only visitors without a session are
given such pages, and only pages that set no cookie are kept: nobody is ever given somebody else's.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from chungtay.audit.selectors import chain_state
from chungtay.web import clock
from chungtay.web.packing import accepts_gzip, packed

SHOWN = ("/cong-khai/", "/data/", "/tin-tuc/", "/tin-tuc.")
PUBLIC = (*SHOWN, *(f"/en{path}" for path in SHOWN), "/sitemap.xml")
FRONTS = ("/", "/en/")  # the address says the language, so pages of two languages never stand in each other's place
MOST_BYTES = 48 * 1024 * 1024
LONGEST_ADDRESS = 500
KEEP = "public, no-cache"  # keep it, but ask each time whether it still stands


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as it was sent, and the state of the house at which it was made."""

    state: tuple[object, ...]
    body: bytes
    packed: bytes
    headers: tuple[tuple[str, str], ...]


class _Kept:
    """Pages by address, those longest unasked leave first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, str], _Page] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: tuple[str, str], state: tuple[object, ...]) -> _Page | None:
        """Return the page of an address if it was made in this state."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.state != state:
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: tuple[str, str], page: _Page) -> None:
        """Keep a page."""
        with self._lock:
            if key in self._pages:
                self._drop(key)
            self._pages[key] = page
            self._bytes += len(page.body) + len(page.packed)
            while self._bytes > MOST_BYTES:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _drop(self, key: tuple[str, str]) -> None:
        page = self._pages.pop(key)
        self._bytes -= len(page.body) + len(page.packed)


kept = _Kept()


class PublicPages:
    """Give a visitor the page that was made for another visitor, while the house is as it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_be_kept(request):
            return self.get_response(request)
        # Before the page is made: what is written meanwhile makes it old, never the other way round.
        state = house_state()
        key = (request.get_host(), request.get_full_path())
        page = kept.get(key, state)
        if page is None:
            response = self.get_response(request)
            if not _is_everybodys(response):
                return response
            page = _page_of(response, state)
            kept.put(key, page)
        made = HttpResponse(page.body, headers=dict(page.headers))
        if accepts_gzip(request):  # a page that is the same for everybody has no secret that packing could give away
            made.content = page.packed
            made.headers["Content-Encoding"] = "gzip"
        made.headers["Content-Length"] = str(len(made.content))  # else the server sends it in pieces
        patch_vary_headers(made, ("Accept-Encoding",))
        conditional = get_conditional_response(request, etag=page_tag(page.headers), response=made)
        if isinstance(conditional, HttpResponseNotModified):
            for name, value in page.headers:
                if name in ("Content-Security-Policy", "Cache-Control"):
                    conditional.headers[name] = value
        return conditional or made


def house_state() -> tuple[object, ...]:
    """Return what every public page depends on: the last event of the chain, and the day."""
    day: date = clock.today()
    return (*chain_state(), day)


def page_tag(headers: tuple[tuple[str, str], ...]) -> str:
    """Return the tag of a kept page."""
    return dict(headers)["ETag"]


def _may_be_kept(request: HttpRequest) -> bool:
    path = request.path
    return (
        request.method in ("GET", "HEAD")
        and (path in FRONTS or path.startswith(PUBLIC))
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def _is_everybodys(response: HttpResponseBase) -> bool:
    """A whole page that says nothing to one reader alone."""
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and "Content-Disposition" not in response.headers
        and "no-store" not in response.headers.get("Cache-Control", "")
    )


def _page_of(response: HttpResponseBase, state: tuple[object, ...]) -> _Page:
    assert isinstance(response, HttpResponse)  # noqa: S101 - `_is_everybodys` has looked
    body = response.content
    tag = f'"{hashlib.blake2s(body, digest_size=16).hexdigest()}"'
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return _Page(state, body, packed(body), tuple((headers | {"ETag": tag, "Cache-Control": KEEP}).items()))
