"""What the portal's templates ask: the figures of a page, a text with its figures, lists of news."""

from fractions import Fraction
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy
from wagtail.rich_text import expand_db_html

from chungtay.figures.trace_ids import decode_trace
from chungtay.indicators.rules import Kind
from chungtay.indicators.selectors import indicator_by_code
from chungtay.portal import selectors
from chungtay.portal.models import ArticlePage, HomePage
from chungtay.portal.rules import split_keys
from chungtay.portal.selectors import Figures
from chungtay.web.formats import said_here, unit_here
from chungtay.web.languages import front_address
from chungtay.web.nav import NavLink

register = template.Library()
A_PAGE = 12
PARTS = (
    (gettext_lazy("Chương trình"), "public-programmes"),
    (gettext_lazy("Quỹ"), "public-fund"),
    (gettext_lazy("Tra cứu đóng góp"), "statement-search"),
    (gettext_lazy("Cộng đồng"), "public-groups"),
    (gettext_lazy("Kiến nghị"), "public-recommendations"),
    (gettext_lazy("Khen thưởng"), "public-commendations"),
    (gettext_lazy("Dữ liệu mở"), "data-home"),
    (gettext_lazy("Góp ý, phản ánh"), "feedback-send"),
)


@register.simple_tag
def portal_home() -> HomePage | None:
    """Return the front page: whose portal it is."""
    return selectors.home()


@register.simple_tag(takes_context=True)
def portal_nav(context: template.Context) -> list[NavLink]:
    """Return the main navigation of the portal."""
    request: HttpRequest | None = context.get("request")
    path = request.path if request is not None else ""
    entries = [
        (gettext("Trang chủ"), front_address()),
        (gettext("Tin tức"), selectors.news_url()),
        *((str(label), reverse(name)) for label, name in PARTS),
    ]
    return [NavLink(label, url, _current(path, url)) for label, url in entries]


def _current(path: str, url: str) -> str:
    if path == url:
        return "page"
    return "true" if url != front_address() and path.startswith(url) else ""


@register.simple_tag
def news_address() -> str:
    """Return where the list of news stands."""
    return selectors.news_url()


@register.simple_tag(takes_context=True)
def article_parts(context: template.Context, page: ArticlePage) -> dict[str, Any]:
    """Return what surrounds an article: its figures, what is related. A preview reads the account as it is now."""
    request = context.get("request")
    is_draft = bool(getattr(request, "is_preview", False)) or not page.live
    return {
        "figures": selectors.figures_of(page, is_draft=is_draft),
        "related": [] if is_draft else selectors.related_to(page),
        "editions": selectors.editions_of(page) if page.pk else [],
        "is_draft": is_draft,
    }


@register.simple_tag
def newest(count: int) -> list[ArticlePage]:
    """Return the newest articles."""
    return list(selectors.articles()[:count])


@register.simple_tag(takes_context=True)
def found_news(context: template.Context) -> dict[str, Any]:
    """Return the page of news that the address asks for, with its sections."""
    request: HttpRequest = context["request"]
    query, category, tag = (request.GET.get(name, "").strip()[:100] for name in ("q", "muc", "the"))
    found = selectors.found_articles(query, category, tag)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "query": query, "category": category, "tag": tag, "categories": selectors.categories()}


@register.simple_tag
def with_figures(text: Any, figures: Figures, *, is_plain: bool = False) -> SafeString:
    """Return a text with its {keys} as live figures; `is_plain` for a place that holds no links (a title, a card)."""
    source = getattr(text, "source", None)
    markup = expand_db_html(source) if source is not None else conditional_escape(text)
    out = []
    for words, key in split_keys(str(markup)):
        out.append(words)
        if not key:
            continue
        shown = figures.by_key.get(key)
        if shown is None:
            out.append(f"{{{key}}}")
        elif is_plain:
            out.append(str(conditional_escape(shown.text)))
        else:
            out.append(render_to_string("portal/live.html", {"shown": shown}).strip())
    return mark_safe("".join(out))  # noqa: S308 - words are escaped or Wagtail's own clean HTML; figures come from a template


@register.simple_tag(takes_context=True)
def whole_address(context: template.Context, path: str) -> str:
    """Return a path of this site as the reader would hand it on."""
    request: HttpRequest | None = context.get("request")
    return path if request is None else request.build_absolute_uri(path)


@register.simple_tag
def plain_lead(page: ArticlePage) -> str:
    """Return an article's lead in plain words, as published."""
    return selectors.plain_lead(page)


@register.simple_tag
def shown_of(figures: Figures, key: str) -> Any:
    """Return one figure of an article."""
    return figures.by_key.get(key)


@register.simple_tag
def chart_of(figures: Figures, key: str) -> dict[str, Any]:
    """Return the points of a figure's chart as `{% spark %}` reads them, its kind and unit, and the rows of its table."""
    rows = list(figures.points.get(key, ()))
    if not rows:
        return {"points": [], "rows": []}
    kind = Kind(indicator_by_code(decode_trace(rows[0].trace).indicator_code).kind)
    points = [
        {
            "label": row.label,
            "value": float(Fraction(row.mark)) if row.mark else None,
            "text": said_here(row.text),
            "partial": row.state == "part",
        }
        for row in rows
    ]
    return {
        "points": points,
        "rows": rows,
        "kind": "bar" if kind is Kind.FLOW else "line",
        "unit": unit_here(rows[0].unit),
    }
