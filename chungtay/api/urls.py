"""Addresses of the API, under /api/v1/."""

from django.urls import path

from chungtay.api.views import pages, setting

urlpatterns = [
    path("openapi.json", pages.openapi, name="api-openapi"),
    path("docs", pages.docs, name="api-docs"),
    *setting.addresses(),
]
