"""The language of a page is in its address: /en/… is English, everything else Vietnamese; never a cookie, never what a browser prefers.

So a page that is kept for everybody (`portal.caching`) is the same for everybody, and a link says in which language it opens.
"""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import LocalePrefixPattern, URLResolver, get_resolver
from django.utils import translation

ENGLISH = "en"
PREFIX = f"/{ENGLISH}/"


class LanguageOfAddress:
    """Speak the language of the address, error pages included, and say it in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = ENGLISH if request.path_info.startswith(PREFIX) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if response.status_code == 200 and is_in_both(request):
            response.headers["Link"] = _links(request)
        return response


def _links(request: HttpRequest) -> str:
    """Tell machines where a page stands in each language, and which address is its own when nothing was asked of it."""
    vietnamese, english = (request.build_absolute_uri(path) for path in in_both(request.path))
    named = (("vi", vietnamese), (ENGLISH, english), ("x-default", vietnamese))
    links = [f'<{address}>; rel="alternate"; hreflang="{language}"' for language, address in named]
    if not request.GET:
        links.append(f'<{request.build_absolute_uri(request.path)}>; rel="canonical"')
    return ", ".join(links)


def is_english() -> bool:
    """Return whether the page that is being made is English."""
    return translation.get_language() == ENGLISH


def front_address() -> str:
    """Return where the public portal begins, in the language of this page."""
    return PREFIX if is_english() else "/"


def in_both(path: str) -> tuple[str, str]:
    """Return the Vietnamese and the English address of one page."""
    plain = path[len(PREFIX) - 1 :] if path.startswith(PREFIX) else path
    return plain, PREFIX + plain.removeprefix("/")


def is_in_both(request: HttpRequest) -> bool:
    """Return whether the page of a request stands in both languages: pages of staff do not, nor files and previews."""
    match = request.resolver_match
    return (
        match is not None
        and match.url_name in _names_in_both(get_resolver())
        and not getattr(request, "is_preview", False)
    )


@cache
def _names_in_both(site: URLResolver) -> frozenset[str]:
    found: set[str] = set()

    def walk(resolver: URLResolver) -> None:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                walk(entry)
            elif entry.name:
                found.add(entry.name)

    for entry in site.url_patterns:
        if isinstance(entry, URLResolver) and isinstance(entry.pattern, LocalePrefixPattern):
            walk(entry)
    return frozenset(found)
