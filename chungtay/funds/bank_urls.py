"""Addresses of a fund's bank, all under /quy/<fund>/ngan-hang/."""

from django.urls import path

from chungtay.funds.bank_views import accounts, comparing, deciding, lines, taking_in

urlpatterns = [
    path("", accounts.bank_account_list, name="bank-account-list"),
    path("mo/", accounts.bank_account_open, name="bank-account-open"),
    path("dong/<int:line_id>/", lines.bank_line_detail, name="bank-line-detail"),
    path("dong/<int:line_id>/khop/", deciding.bank_line_settle, name="bank-line-settle"),
    path("dong/<int:line_id>/loai-ra/", deciding.bank_line_leave_out, name="bank-line-leave-out"),
    path("dong/<int:line_id>/lay-lai/", deciding.bank_line_take_back, name="bank-line-take-back"),
    path("dong/<int:line_id>/tai-khoan/", deciding.bank_line_reveal, name="bank-line-reveal"),
    path("<uuid:account_id>/", lines.bank_line_list, name="bank-line-list"),
    path("<uuid:account_id>/nhan/", taking_in.bank_import, name="bank-import"),
    path("<uuid:account_id>/nhan/<str:token>/", taking_in.bank_import_preview, name="bank-import-preview"),
    path("<uuid:account_id>/nhan/<str:token>/cot/", taking_in.bank_import_columns, name="bank-import-columns"),
    path("<uuid:account_id>/doi-chieu/", comparing.bank_month, name="bank-month"),
    path("<uuid:account_id>/doi-chieu/<str:day>/", comparing.bank_day, name="bank-day"),
    path("<uuid:account_id>/ma-nhan-tien/", accounts.bank_code, name="bank-code"),
]
