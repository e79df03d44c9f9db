"""Addresses of the room, all under /thi-dua/."""

from django.urls import path

from chungtay.emulation.views import contests

urlpatterns = [path("", contests.contest_list, name="contest-list")]
