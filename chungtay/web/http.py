"""The two answers of a view: a page, or a message and the way on."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect


def render_page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """Return the page. `status` 422 suits a form that was sent back to its writer."""
    return render(request, template, dict(context), status=status)


def redirect_with(
    request: HttpRequest, message: str, url: str, level: int = messages.SUCCESS
) -> HttpResponseRedirect | HttpResponseClientRedirect:
    """Leave `message` (a Vietnamese sentence, "" for none) on the next page; go to `url`, from an htmx request too."""
    if message:
        messages.add_message(request, level, message)
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)
