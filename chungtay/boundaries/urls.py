"""Addresses of the boundaries, under /dia-ban/ranh-gioi/."""

from django.urls import path

from chungtay.boundaries import views

urlpatterns = [
    path("", views.boundary_list, name="boundary-list"),
    path("nhan/", views.boundary_create, name="boundary-create"),
    path("<uuid:set_id>/", views.boundary_detail, name="boundary-detail"),
]
