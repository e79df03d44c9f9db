"""Addresses of the portal beside the pages that editors write: everything under /cong-khai/, and the feeds; also under /en/."""

from django.urls import path
from django.views.decorators.http import require_safe

from chungtay.portal.views import common_life, data, feeds, figures, finding, fund, fund_books, helping, programmes

urlpatterns = [
    path("tin-tuc.rss", require_safe(feeds.News()), name="news-rss"),
    path("tin-tuc.atom", require_safe(feeds.NewsAtom()), name="news-atom"),
    path("manifest.webmanifest", helping.manifest, name="manifest"),
    path("cong-khai/tro-giup/<str:name>/", helping.about, name="public-about"),
    path("cong-khai/chuong-trinh/", programmes.programme_list, name="public-programmes"),
    path("cong-khai/chuong-trinh/<str:code>/", programmes.programme_detail, name="public-programme"),
    path("cong-khai/quy/", fund.fund_home, name="public-fund"),
    path("cong-khai/quy/<uuid:account_id>/", fund.fund_days, name="public-fund-days"),
    path("cong-khai/quy/so/<uuid:fund_id>/", fund_books.fund_book, name="public-fund-book"),
    path("cong-khai/quy/so/<uuid:fund_id>/<int:year>/", fund_books.fund_year, name="public-fund-year"),
    path("cong-khai/van-dong/", fund_books.campaign_list, name="public-campaigns"),
    path("cong-khai/van-dong/<uuid:fund_id>/<slug:code>/", fund_books.campaign_detail, name="public-campaign"),
    path("cong-khai/tra-cuu/", fund.statement_search, name="statement-search"),
    path("cong-khai/tra-cuu/<int:line_id>/", fund.published_line, name="published-line"),
    path("cong-khai/cong-dong/", common_life.group_list, name="public-groups"),
    path("cong-khai/kien-nghi/", common_life.recommendation_list, name="public-recommendations"),
    path("cong-khai/khen-thuong/", common_life.commendation_list, name="public-commendations"),
    path("data/", data.data_home, name="data-home"),
    path("data/ban/<int:version>/", data.data_release, name="data-release"),
    path("data/<slug:name>/", data.data_set, name="data-set"),
    path("cong-khai/tim/", finding.search, name="public-search"),
    path("cong-khai/con-so/<str:trace_id>/", figures.public_trace, name="public-trace"),
    path("cong-khai/bai/<int:page_id>/ban/", figures.article_editions, name="article-editions"),
]
