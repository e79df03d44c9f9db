"""Pages."""

from django.http import HttpRequest, HttpResponse


def partner_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
