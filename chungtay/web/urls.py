"""The kit's own page."""

from django.urls import path

from chungtay.web import views

urlpatterns = [path("ui/", views.kit, name="ui-kit")]
