"""A page stands on one state of things: who only reads asks once what the map is, what the words mean and who acts where."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from chungtay.access.selectors import one_staff
from chungtay.indicators.selectors import one_dictionary
from chungtay.places.selectors import steady as one_map


class OneState:
    """Hold the map, the dictionary and the posts of people while a page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with one_map(), one_dictionary(), one_staff():
            return self.get_response(request)
