"""Addresses of the desk of open data, under /du-lieu-mo/; what everybody reads stands under /data/, in the portal."""

from django.urls import path

from chungtay.opendata import views

urlpatterns = [
    path("", views.desk, name="open-data-desk"),
    path("phat-hanh/", views.make_release, name="open-data-release"),
]
