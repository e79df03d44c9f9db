"""Addresses of the portal beside the pages that editors write: everything under /cong-khai/, feeds, pictures."""

from django.urls import path

from chungtay.portal.views import feeds, figures, files, finding, helping, programmes

urlpatterns = [
    path("tin-tuc.rss", feeds.News(), name="news-rss"),
    path("tin-tuc.atom", feeds.NewsAtom(), name="news-atom"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("anh/<path:name>", files.picture, name="picture"),
    path("manifest.webmanifest", helping.manifest, name="manifest"),
    path("cong-khai/tro-giup/<str:name>/", helping.about, name="public-about"),
    path("cong-khai/chuong-trinh/", programmes.programme_list, name="public-programmes"),
    path("cong-khai/chuong-trinh/<str:code>/", programmes.programme_detail, name="public-programme"),
    path("cong-khai/tim/", finding.search, name="public-search"),
    path("cong-khai/con-so/<str:trace_id>/", figures.public_trace, name="public-trace"),
    path("cong-khai/bai/<int:page_id>/con-so.csv", figures.article_figures, name="article-figures"),
    path("cong-khai/bai/<int:page_id>/ban/", figures.article_editions, name="article-editions"),
]
