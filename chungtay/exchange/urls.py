"""Addresses of the exchange, under /trao-doi-so-lieu/."""

from django.urls import path

from chungtay.exchange.views import imports, partners

urlpatterns = [
    path("", partners.partner_list, name="partner-list"),
    path("lan-nap/", imports.import_list, name="import-list"),
    path("lan-nap/<uuid:import_id>/", imports.import_detail, name="import-detail"),
    path("lan-nap/<uuid:import_id>/vuong-mac.csv", imports.import_conflicts, name="import-conflicts"),
    path("<uuid:partner_id>/", partners.partner_detail, name="partner-detail"),
    path("<uuid:partner_id>/bang-quy-doi/", partners.partner_mapping, name="partner-mapping"),
    path("<uuid:partner_id>/mau-bang/", partners.partner_profile, name="partner-profile"),
    path("<uuid:partner_id>/xuat/", partners.partner_export, name="partner-export"),
    path("<uuid:partner_id>/nap/", imports.import_send, name="import-send"),
    path("<uuid:partner_id>/nap/<str:token>/", imports.import_preview, name="import-preview"),
]
