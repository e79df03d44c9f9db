"""Addresses of the portal that stand in one language: files, pictures, what machines read, and what staff do for it."""

from django.urls import path

from chungtay.portal.views import data, editors, feeds, figures, files, fund, fund_books, writing

urlpatterns = [
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("anh/<path:name>", files.picture, name="picture"),
    path("cong-khai/quy/<uuid:account_id>/<str:day>/<int:edition>.<str:kind>", fund.fund_file, name="public-file"),
    path(
        "cong-khai/quy/so/<uuid:fund_id>/<int:year>.<str:kind>", fund_books.fund_year_file, name="public-fund-year-file"
    ),
    path("data/catalog.jsonld", data.data_catalogue, name="data-catalogue"),
    path("data/ban/<int:version>/<str:name>", data.data_file, name="data-file"),
    path("data/<str:name>", data.data_newest, name="data-newest"),
    path("cong-khai/bai/<int:page_id>/con-so.csv", figures.article_figures, name="article-figures"),
    path("bai-viet/tu-bao-cao/<uuid:review_id>/", writing.article_from_review, name="review-article"),
    path("bien-tap/jsi18n/", editors.EditorsWords.as_view(), name="editors-words"),
]
