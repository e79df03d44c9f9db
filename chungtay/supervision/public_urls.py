"""Addresses for citizens without an account, under /phan-anh/."""

from django.urls import path

from chungtay.supervision.views import public

urlpatterns = [
    path("", public.feedback_send, name="feedback-send"),
    path("tra-cuu/", public.feedback_status, name="feedback-status"),
]
