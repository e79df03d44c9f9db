"""Addresses of the staff home, of the programme pages, and of the administrative units."""

from django.urls import include, path

from chungtay.desk import views

urlpatterns = [
    path("ban-lam-viec/", views.desk_home, name="desk-home"),
    path("tro-giup/", views.desk_help, name="help"),
    path("chuong-trinh/", include("chungtay.desk.programme_urls")),
    path("dia-ban/sap-xep/", include("chungtay.desk.wizard.urls")),
    path("dia-ban/", include("chungtay.desk.units.urls")),
]
