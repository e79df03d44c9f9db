"""Addresses that are open to everybody, all under /khen-thuong/kiem-tra/: they stand on certificates, so they never change."""

from django.urls import path

from chungtay.emulation.views import public

urlpatterns = [
    path("", public.certificate_find, name="certificate-find"),
    path("<str:code>/", public.certificate_check, name="certificate-check"),
]
