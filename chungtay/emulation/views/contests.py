"""Contests."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse


@login_required
def contest_list(request: HttpRequest) -> HttpResponse:
    """Show the contests."""
    return HttpResponse()
