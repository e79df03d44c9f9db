"""Addresses of an office's webhooks, under /tai-khoan/webhook/."""

from django.urls import path

from chungtay.webhooks import views

urlpatterns = [
    path("", views.hook_list, name="hook-list"),
    path("<uuid:hook_id>/", views.hook_detail, name="hook-detail"),
    path("<uuid:hook_id>/khoa-moi/", views.hook_rotate, name="hook-rotate"),
    path("<uuid:hook_id>/tin/<uuid:delivery_id>/gui-lai/", views.hook_resend, name="hook-resend"),
    path("<uuid:hook_id>/<slug:act>/", views.hook_act, name="hook-act"),
]
