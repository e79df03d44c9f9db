"""Addresses of the reorganisations, under /dia-ban/sap-xep/: those recorded, and the steps that record one."""

from django.urls import path

from chungtay.desk.wizard import recorded_views as recorded
from chungtay.desk.wizard import views

urlpatterns = [
    path("", recorded.reorganisation_list, name="reorganisation-list"),
    path("ghi/", views.reorganise_start, name="reorganise-start"),
    path("ghi/<str:token>/", views.reorganise_head, name="reorganise-head"),
    path("ghi/<str:token>/don-vi/", views.reorganise_units, name="reorganise-units"),
    path("ghi/<str:token>/ket-qua/", views.reorganise_result, name="reorganise-result"),
    path("ghi/<str:token>/xem-truoc/", views.reorganise_preview, name="reorganise-preview"),
    path("<uuid:pk>/", recorded.reorganisation_detail, name="reorganisation-detail"),
    path("<uuid:pk>/ke-hoach.json", recorded.reorganisation_plan, name="reorganisation-plan"),
]
