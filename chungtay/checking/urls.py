"""Addresses of the checks, under /doi-chieu/."""

from django.urls import path

from chungtay.checking import narrative_views, views

urlpatterns = [
    path("", views.check_list, name="check-list"),
    path("bao-cao/<uuid:return_id>/", narrative_views.return_from_text, name="return-from-text"),
    path("<uuid:text_id>/", views.check_detail, name="check-detail"),
    path("<uuid:text_id>/nghia/", views.check_choose, name="check-choose"),
    path("<uuid:text_id>/tai.docx", views.check_download, name="check-download"),
]
