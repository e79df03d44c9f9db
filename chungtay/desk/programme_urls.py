"""Addresses of the programme pages, under /chuong-trinh/."""

from django.urls import path

from chungtay.desk import programme_allocation_views as allocation
from chungtay.desk import programme_views as views

urlpatterns = [
    path("", views.programme_list, name="programme-list"),
    path("<str:code>/", views.programme_detail, name="programme-detail"),
    path("<str:code>/chi-tieu/", views.programme_indicators, name="programme-indicators"),
    path("<str:code>/phan-bo/", allocation.programme_allocation, name="programme-allocation"),
    path("<str:code>/phan-bo/<str:indicator>/<str:period>/", allocation.programme_allocate, name="programme-allocate"),
    path("<str:code>/cac-ben/", views.programme_parties, name="programme-parties"),
]
