"""Addresses of the programme pages, under /chuong-trinh/."""

from django.urls import path

from chungtay.desk import programme_views as views

urlpatterns = [
    path("", views.programme_list, name="programme-list"),
    path("<str:code>/", views.programme_detail, name="programme-detail"),
    path("<str:code>/chi-tieu/", views.programme_indicators, name="programme-indicators"),
    path("<str:code>/cac-ben/", views.programme_parties, name="programme-parties"),
]
