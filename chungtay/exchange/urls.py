"""Addresses of the exchange, under /trao-doi-so-lieu/."""

from django.urls import path

from chungtay.exchange import views

urlpatterns = [path("", views.partner_list, name="partner-list")]
