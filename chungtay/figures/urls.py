"""Addresses of the figures, under /con-so/."""

from django.urls import path

from chungtay.figures import views

urlpatterns = [
    path("", views.figure_index, name="figure-index"),
    path("chi-tieu/<str:code>/", views.indicator_detail, name="indicator-detail"),
    path("<str:trace_id>/", views.figure_trace, name="figure-trace"),
]
