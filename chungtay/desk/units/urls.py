"""Addresses of the administrative units, under /dia-ban/."""

from django.urls import path

from chungtay.desk.units import views

urlpatterns = [
    path("", views.unit_list, name="unit-list"),
    path("<str:ref>/", views.unit_history, name="unit-history"),
]
