"""Addresses of the funds, all under /quy/."""

from django.urls import include, path

from chungtay.funds.views import books, closing_year, deciding, drafting, funds, months, transfers, vouchers

urlpatterns = [
    path("", funds.fund_list, name="fund-list"),
    path("<uuid:fund_id>/", funds.fund_detail, name="fund-detail"),
    path("<uuid:fund_id>/chung-tu/", vouchers.voucher_list, name="voucher-list"),
    path("<uuid:fund_id>/chung-tu/<str:label>/", vouchers.voucher_detail, name="voucher-detail"),
    path("<uuid:fund_id>/chung-tu/<str:label>/in.pdf", vouchers.voucher_print, name="voucher-print"),
    path("<uuid:fund_id>/chung-tu/<str:label>/chi/", deciding.voucher_pay, name="voucher-pay"),
    path("<uuid:fund_id>/chung-tu/<str:label>/de-nghi-dao/", deciding.reversal_ask, name="reversal-ask"),
    path("<uuid:fund_id>/chung-tu/<str:label>/dao/", deciding.reversal_decide, name="reversal-decide"),
    path("<uuid:fund_id>/lap/<slug:kind>/", drafting.draft_create, name="draft-create"),
    path("<uuid:fund_id>/nhap/<uuid:draft_id>/", drafting.draft_detail, name="draft-detail"),
    path("<uuid:fund_id>/nhap/<uuid:draft_id>/sua/", drafting.draft_edit, name="draft-edit"),
    path("<uuid:fund_id>/nhap/<uuid:draft_id>/ghi-so/", deciding.draft_post, name="draft-post"),
    path("<uuid:fund_id>/nhap/<uuid:draft_id>/bo/", deciding.draft_drop, name="draft-drop"),
    path("<uuid:fund_id>/ngan-hang/", include("chungtay.funds.bank_urls")),
    path("<uuid:fund_id>/van-dong/", include("chungtay.funds.giving_urls")),
    path("<uuid:fund_id>/khoa-so/ket-chuyen/", closing_year.year_close, name="year-close"),
    path("<uuid:fund_id>/cong-khai/", include("chungtay.funds.disclosure_urls")),
    path("<uuid:fund_id>/khoa-so/", months.month_list, name="month-list"),
    path("<uuid:fund_id>/chuyen-tien/", transfers.transfer_list, name="transfer-list"),
    path("<uuid:fund_id>/so/", books.book_list, name="book-list"),
    path("<uuid:fund_id>/so/<slug:code>/", books.book_detail, name="book-detail"),
    path("<uuid:fund_id>/so/<slug:code>/tep.<str:form>", books.book_file, name="book-file"),
]
