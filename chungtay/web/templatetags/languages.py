"""Tags about the language of a page; built into the engine, so no template loads them."""

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString

from chungtay.web import languages

register = template.Library()
NAMES = {"vi": "Tiếng Việt", "en": "English"}


@register.simple_tag
def front_address() -> str:
    """Return where the public portal begins, in the language of this page."""
    return languages.front_address()


@register.simple_tag
def in_vietnamese() -> SafeString:
    """Mark words that stay Vietnamese where the page around them does not: ` lang="vi"`."""
    return SafeString(' lang="vi"' if languages.is_english() else "")


@register.simple_tag
def in_page_language() -> SafeString:
    """Mark the page's own words inside something that stays Vietnamese: ` lang="en"`."""
    return SafeString(' lang="en"' if languages.is_english() else "")


@register.simple_tag(takes_context=True)
def other_language(context: template.Context) -> dict[str, str] | None:
    """Return the same page in the other language: its code, name and address with what was asked; None where there is none."""
    request: HttpRequest | None = context.get("request")
    if request is None or not languages.is_in_both(request):
        return None
    code = "vi" if languages.is_english() else languages.ENGLISH
    address = languages.in_both(request.path)[code == languages.ENGLISH]
    asked = request.META.get("QUERY_STRING", "") if request.method == "GET" else ""
    return {"code": code, "name": NAMES[code], "url": f"{address}?{asked}" if asked else address}
