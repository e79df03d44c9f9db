"""Addresses of a person's tokens, under /tai-khoan/ma-truy-cap/."""

from django.urls import path

from chungtay.api.views import pages

urlpatterns = [
    path("", pages.tokens, name="token-list"),
    path("<uuid:token_id>/thu-hoi/", pages.token_revoke, name="token-revoke"),
]
