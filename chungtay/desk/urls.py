"""Addresses of the staff home and of the programme pages."""

from django.urls import include, path

from chungtay.desk import views

urlpatterns = [
    path("", views.desk_home, name="desk-home"),
    path("tro-giup/", views.desk_help, name="help"),
    path("chuong-trinh/", include("chungtay.desk.programme_urls")),
]
