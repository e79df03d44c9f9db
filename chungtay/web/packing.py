"""Style sheets, scripts and drawings go out packed: they hold no secret that packing could give away, as a signed-in page might."""

import gzip
from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

KINDS = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")
STATIC = "/static/"


class PackedStatic:
    """Pack static texts for browsers that can unpack them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        kind = response.headers.get("Content-Type", "").split(";")[0]
        if not request.path.startswith(STATIC) or response.status_code != 200 or kind not in KINDS:
            return response
        if not accepts_gzip(request) or response.has_header("Content-Encoding"):
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        made = HttpResponse(packed(_body(response)), headers=dict(response.items()))
        del made.headers["Content-Length"]
        made.headers["Content-Encoding"] = "gzip"
        patch_vary_headers(made, ("Accept-Encoding",))
        response.close()
        return made


def accepts_gzip(request: HttpRequest) -> bool:
    """Return whether the browser can unpack gzip."""
    return "gzip" in request.headers.get("Accept-Encoding", "")


@lru_cache(maxsize=256)
def packed(data: bytes) -> bytes:
    """Return bytes packed; the same bytes are packed once."""
    return gzip.compress(data, 6, mtime=0)


def _body(response: HttpResponseBase) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        return b"".join(response)  # a file, never asynchronous
    assert isinstance(response, HttpResponse)  # noqa: S101 - the only other kind
    return response.content
