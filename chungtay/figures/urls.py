"""Addresses of the figures, under /con-so/."""

from django.urls import path

from chungtay.figures import claim_views, views
from chungtay.figures.pivot import views as pivot_views

urlpatterns = [
    path("", views.figure_index, name="figure-index"),
    path("chi-tieu/<str:code>/", views.indicator_detail, name="indicator-detail"),
    path("bang/", pivot_views.pivot, name="pivot"),
    path("bang/<str:kind>/", pivot_views.pivot_file, name="pivot-file"),
    path("lech-so/", claim_views.discrepancy_list, name="discrepancy-list"),
    path("lech-so/moi/", claim_views.claim_create, name="claim-create"),
    path("lech-so/<uuid:claim_id>/", claim_views.claim_detail, name="claim-detail"),
    path("lech-so/<uuid:claim_id>/bo/", claim_views.claim_withdraw, name="claim-withdraw"),
    path("<str:trace_id>/", views.figure_trace, name="figure-trace"),
]
