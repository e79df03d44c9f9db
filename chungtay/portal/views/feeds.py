"""What machines read of the news: RSS, Atom, the map of the site, and what may be looked at."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from chungtay.opendata import selectors as open_data
from chungtay.portal import selectors
from chungtay.portal.models import ArticlePage
from chungtay.web.http import render_page
from chungtay.web.languages import in_both

NEWEST = 30


class News(Feed[ArticlePage, None]):
    """The newest articles as RSS 2.0."""

    title = gettext_lazy("Chung Tay: tin tức")
    description = gettext_lazy("Tin của cổng công khai; mỗi con số mở được đến nguồn.")
    language = "vi"  # of the articles, also where the frame of the feed is English

    def link(self) -> str:
        return selectors.news_url()

    def items(self) -> Any:
        return list(selectors.articles()[:NEWEST])

    def item_title(self, item: ArticlePage) -> str:
        return str(item.title)

    def item_description(self, item: ArticlePage) -> str:
        return selectors.plain_lead(item)

    def item_link(self, item: ArticlePage) -> str:
        return str(item.url)

    def item_pubdate(self, item: ArticlePage) -> datetime | None:
        return item.published_on

    def item_categories(self, item: ArticlePage) -> list[str]:
        return [item.category.name]


class NewsAtom(News):
    """The same as Atom 1.0."""

    feed_type = Atom1Feed
    subtitle = News.description


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page of the portal in both languages, each with the other."""
    days = {page.url: page.published_on for page in selectors.articles()}
    rows = [
        {"both": [request.build_absolute_uri(one) for one in in_both(path)], "day": days.get(path)}
        for path in ("/", selectors.news_url(), *_data_pages(), *days)
    ]
    response = render_page(request, "portal/sitemap.xml", {"rows": rows})
    response.headers["Content-Type"] = "application/xml"
    return response


def _data_pages() -> list[str]:
    """The catalogue of open data and the page of each dataset, once there is a release."""
    newest = open_data.newest()
    if newest is None:
        return []
    return [reverse("data-home"), *(reverse("data-set", args=[one.dataset.name]) for one in open_data.listed(newest))]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say that the portal may be read, and the rest needs no visitor."""
    lines = ["User-agent: *", "Disallow: /bien-tap/", "Disallow: /dang-nhap/", "Allow: /"]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
