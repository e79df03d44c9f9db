"""Pages do not wait for a long rebuild of the account: they say how far it is, and ask again by themselves."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from chungtay.figures.rebuilding import Rebuilding, in_a_hurry

AGAIN_S = 3


class Rebuilds:
    """Answer 503 with the progress while the account is being read anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with in_a_hurry():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Rebuilding):
            return None
        page = render_to_string("figures/rebuilding.html", {"progress": error.progress, "again": AGAIN_S})
        # A page that is only looked at comes back by itself; what was sent is sent again by the person.
        again = {"Refresh": str(AGAIN_S)} if request.method in ("GET", "HEAD") else {}
        return HttpResponse(
            page, status=503, headers={"Retry-After": str(AGAIN_S), "Cache-Control": "no-store"} | again
        )
