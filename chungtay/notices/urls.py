"""Addresses of the inbox and of what was sent, all under /thong-bao/."""

from django.urls import path

from chungtay.notices import chain_views, views

urlpatterns = [
    path("", views.inbox, name="notice-inbox"),
    path("da-doc/", views.notice_read_all, name="notice-read-all"),
    path("cach-nhan/", views.notice_choices, name="notice-choices"),
    path("da-gui/", views.delivery_list, name="delivery-list"),
    path("da-gui/<uuid:delivery_id>/", views.delivery_detail, name="delivery-detail"),
    path("trinh-tu/", chain_views.chain_list, name="chain-list"),
    path("trinh-tu/<str:code>/", chain_views.chain_detail, name="chain-detail"),
    path("<uuid:notice_id>/mo/", views.notice_open, name="notice-open"),
]
