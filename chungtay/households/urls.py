"""Addresses of the register of households, all under /ho/."""

from django.urls import path

from chungtay.households.views import detail, files, leaving, lists, writing

urlpatterns = [
    path("", lists.household_list, name="household-list"),
    path("tim-so/", lists.household_by_number, name="household-by-number"),
    path("danh-sach.xlsx", lists.household_export, name="household-export"),
    path("nghi-trung/", lists.duplicate_list, name="household-duplicates"),
    path("sau-sap-xep/", leaving.leaving_list, name="household-leavings"),
    path("them/<uuid:area_id>/", writing.household_create, name="household-create"),
    path("nhan/<uuid:area_id>/", files.file_send, name="household-file"),
    path("nhan/<uuid:area_id>/mau.xlsx", files.file_template, name="household-template"),
    path("nhan/<uuid:area_id>/<str:token>/", files.file_preview, name="household-preview"),
    path("<uuid:household_id>/", detail.household_detail, name="household-detail"),
    path("<uuid:household_id>/xem/", detail.household_disclose, name="household-disclose"),
    path("<uuid:household_id>/sua/", writing.household_revise, name="household-revise"),
    path("<uuid:household_id>/loai/", writing.class_add, name="household-class-add"),
    path("<uuid:household_id>/loai/<int:class_id>/thoi/", writing.class_end, name="household-class-end"),
    path("<uuid:household_id>/loai/<int:class_id>/rut/", writing.class_withdraw, name="household-class-withdraw"),
    path("<uuid:household_id>/nhu-cau/", writing.need_add, name="household-need-add"),
    path("<uuid:household_id>/nhu-cau/<int:need_id>/het/", writing.need_meet, name="household-need-meet"),
    path("<uuid:household_id>/can-cu/", writing.basis_add, name="household-basis-add"),
    path("<uuid:household_id>/gop/<uuid:other_id>/", writing.household_merge, name="household-merge"),
    path("<uuid:household_id>/tach/", writing.household_unmerge, name="household-unmerge"),
    path("<uuid:household_id>/xoa/", writing.household_erase, name="household-erase"),
]
