"""Addresses of community life, all under /cong-dong/."""

from django.urls import path

from chungtay.community.views import (
    activities,
    activity_writing,
    group_writing,
    groups,
    hamlets,
    leavings,
    movements,
    workbooks,
)

urlpatterns = [
    path("", groups.group_list, name="group-list"),
    path("nhom/ghi/<slug:kind>/", group_writing.group_create, name="group-create"),
    path("nhom/<uuid:group_id>/", groups.group_detail, name="group-detail"),
    path("nhom/<uuid:group_id>/sua/", group_writing.group_edit, name="group-edit"),
    path("nhom/<uuid:group_id>/ghi/<slug:what>/", group_writing.group_write, name="group-write"),
    path("hoat-dong/", activities.activity_list, name="activity-list"),
    path("hoat-dong/lich/", activities.activity_calendar, name="activity-calendar"),
    path("hoat-dong/ghi/<slug:kind>/", activity_writing.activity_create, name="activity-create"),
    path("hoat-dong/<uuid:activity_id>/", activities.activity_detail, name="activity-detail"),
    path("hoat-dong/<uuid:activity_id>/sua/", activity_writing.activity_edit, name="activity-edit"),
    path("hoat-dong/<uuid:activity_id>/buoc/", activities.activity_step, name="activity-step"),
    path("hoat-dong/<uuid:activity_id>/tep/<int:picture_id>/", activities.activity_picture, name="activity-picture"),
    path("phong-trao/", movements.movement_list, name="movement-list"),
    path("phong-trao/ghi/", movements.movement_create, name="movement-create"),
    path("phong-trao/<uuid:movement_id>/", movements.movement_detail, name="movement-detail"),
    path("phong-trao/<uuid:movement_id>/sua/", movements.movement_edit, name="movement-edit"),
    path("phong-trao/<uuid:movement_id>/dang-ky/", movements.movement_join, name="movement-join"),
    path("khom-ap/", hamlets.hamlet_list, name="hamlet-list"),
    path("khom-ap/ghi/", hamlets.hamlet_create, name="hamlet-create"),
    path("khom-ap/<uuid:hamlet_id>/", hamlets.hamlet_detail, name="hamlet-detail"),
    path("sau-sap-xep/", leavings.leaving_list, name="leaving-list"),
    path("xuat/<slug:register>.xlsx", workbooks.register_export, name="register-export"),
    path("mau/<slug:register>.xlsx", workbooks.register_template, name="register-template"),
    path("nap/<slug:register>/", workbooks.register_upload, name="register-upload"),
    path("nap/<slug:register>/<str:token>/", workbooks.register_preview, name="register-preview"),
]
