"""Addresses of the returns, all under /bao-cao/."""

from django.urls import path

from chungtay.returns.views import checking, detail, entry, grid, signing, versions, workbook

urlpatterns = [
    path("", grid.return_grid, name="return-grid"),
    path("<uuid:return_id>/", detail.return_detail, name="return-detail"),
    path("<uuid:return_id>/thu-hoi/", detail.return_withdraw, name="return-withdraw"),
    path("<uuid:return_id>/in/", detail.return_print, name="return-print"),
    path("<uuid:return_id>/nhap/", entry.return_entry, name="return-entry"),
    path("<uuid:return_id>/nhap/xem-lai/", entry.return_entry_check, name="return-entry-check"),
    path("<uuid:return_id>/xem-truoc/", entry.return_preview, name="return-preview"),
    path("<uuid:return_id>/gui/", entry.return_submit, name="return-submit"),
    path("<uuid:return_id>/bieu.xlsx", workbook.return_workbook, name="return-workbook"),
    path("<uuid:return_id>/nop-tep/", workbook.return_upload, name="return-upload"),
    path("<uuid:return_id>/nop-tep/<str:token>/", workbook.return_upload_preview, name="return-upload-preview"),
    path("<uuid:return_id>/ky/", signing.return_sign, name="return-sign"),
    path("<uuid:return_id>/duyet/", checking.return_check, name="return-check"),
    path("<uuid:return_id>/duyet/quyet-dinh/", checking.return_decide, name="return-decide"),
    path("<uuid:return_id>/gia-han/", checking.return_extend, name="return-extend"),
    path("<uuid:return_id>/mo-lai/", checking.return_reopen, name="return-reopen"),
    path("<uuid:return_id>/ban/<int:number>/", versions.return_version, name="return-version"),
    path("<uuid:return_id>/so-sanh/<int:older>/<int:newer>/", versions.return_diff, name="return-diff"),
]
