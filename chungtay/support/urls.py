"""Addresses of the cases, all under /ho-tro/."""

from django.urls import path

from chungtay.support.views import acting, board, case_lists, detail, exporting, limits, lines, proposing

urlpatterns = [
    path("", board.support_list, name="support-list"),
    path("ho-so.xlsx", exporting.support_export, name="support-export"),
    path("suat.xlsx", exporting.handover_export, name="handover-export"),
    path("suat/", board.handover_list, name="handover-list"),
    path("con-bo-lai/", board.left_out, name="left-out"),
    path("dinh-muc/", limits.limit_list, name="limit-list"),
    path("moi/", proposing.kind_list, name="case-kinds"),
    path("moi/<slug:kind>/mau.xlsx", case_lists.case_template, name="case-template"),
    path("moi/<slug:kind>/nap/", case_lists.case_import, name="case-import"),
    path("moi/<slug:kind>/nap/<str:token>/", case_lists.case_import_preview, name="case-import-preview"),
    path("moi/<slug:kind>/", proposing.case_create, name="case-create"),
    path("<uuid:case_id>/", detail.case_detail, name="case-detail"),
    path("<uuid:case_id>/sua/", proposing.case_edit, name="case-edit"),
    path("<uuid:case_id>/buoc/<slug:act>/", acting.case_act, name="case-act"),
    path("<uuid:case_id>/phieu-chi/", acting.case_link, name="case-link"),
    path("<uuid:case_id>/phieu-chi/<int:voucher_id>/go/", acting.case_unlink, name="case-unlink"),
    path("<uuid:case_id>/y-kien/", acting.comment_create, name="comment-create"),
    path("<uuid:case_id>/y-kien/<int:comment_id>/", acting.comment_answer, name="comment-answer"),
    path("<uuid:case_id>/giay-to/", acting.evidence_create, name="evidence-create"),
    path("<uuid:case_id>/giay-to/<int:evidence_id>/", detail.evidence_file, name="evidence-file"),
    path("<uuid:case_id>/nguon/", detail.case_trail, name="case-trail"),
    path("<uuid:case_id>/in/<slug:paper>.<str:form>", detail.case_paper, name="case-paper"),
    path("<uuid:case_id>/danh-sach/", lines.line_list, name="line-list"),
    path("<uuid:case_id>/danh-sach/them/", lines.line_create, name="line-create"),
    path("<uuid:case_id>/danh-sach/trao/", lines.lines_give, name="lines-give"),
    path("<uuid:case_id>/danh-sach/<int:line_id>/gach/", lines.line_strike, name="line-strike"),
    path("<uuid:case_id>/danh-sach/nap/", lines.list_import, name="list-import"),
    path("<uuid:case_id>/danh-sach/nap/<str:token>/", lines.list_preview, name="list-preview"),
]
