"""Addresses of accounts."""

from django.urls import path

from chungtay.accounts import oidc_views, views

urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign-in"),
    path("dang-nhap/co-quan/", oidc_views.oidc_begin, name="oidc-begin"),
    path("dang-nhap/co-quan/ve/", oidc_views.oidc_return, name="oidc-return"),
    path("dang-xuat/co-quan/", oidc_views.oidc_leave, name="oidc-leave"),
    path("dang-xuat/", views.sign_out, name="sign-out"),
    path("tai-khoan/", views.profile, name="profile"),
]
