"""A page stands on one map: who only reads asks once whether the map has changed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from chungtay.places.selectors import steady


class OneMap:
    """Hold the state of the map while a page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with steady():
            return self.get_response(request)
