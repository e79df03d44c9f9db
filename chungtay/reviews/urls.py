"""Addresses of the reviews, under /so-ket/."""

from django.urls import path

from chungtay.reviews.views import assessments, dossier, editor, lists, paper, publishing, templates

urlpatterns = [
    path("", lists.review_list, name="review-list"),
    path("lap/", lists.review_create, name="review-create"),
    path("<uuid:review_id>/", editor.review_detail, name="review-detail"),
    path("<uuid:review_id>/doan/<uuid:block_id>/", editor.block_edit, name="review-block-edit"),
    path("<uuid:review_id>/doan/<uuid:block_id>/lay-lai/", editor.block_restore, name="review-block-restore"),
    path("<uuid:review_id>/soan-lai/", editor.review_refresh, name="review-refresh"),
    path("<uuid:review_id>/phan-dau/", paper.review_head, name="review-head"),
    path("mau/", templates.template_list, name="office-templates"),
    path("mau/goc/<str:form>/", templates.template_start, name="office-template-start"),
    path("mau/<uuid:template_id>/tep/", templates.template_file, name="office-template-file"),
    path("<uuid:review_id>/mau/", templates.review_template, name="review-template"),
    path("<uuid:review_id>/ban-in/", paper.review_preview, name="review-preview"),
    path("<uuid:review_id>/tai/<str:kind>", paper.review_download, name="review-download"),
    path("<uuid:review_id>/trinh-ky/", paper.review_submit, name="review-submit"),
    path("<uuid:review_id>/mo-lai/", paper.review_reopen, name="review-reopen"),
    path("nhan-dinh/", assessments.assessment_list, name="assessment-list"),
    path("nhan-dinh/<uuid:assessment_id>/rut/", assessments.assessment_end, name="assessment-end"),
    path("<uuid:review_id>/nhan-dinh/", assessments.review_assessments, name="review-assessments"),
    path("<uuid:review_id>/nhan-dinh/gop/", assessments.assessment_join, name="review-assessment-join"),
    path(
        "<uuid:review_id>/nhan-dinh/<str:aspect>/dua-vao/",
        assessments.assessment_take_up,
        name="review-assessment-take-up",
    ),
    path("<uuid:review_id>/ho-so/", dossier.review_dossier, name="review-dossier"),
    path("<uuid:review_id>/ho-so/ke-hoach/", dossier.review_arrange, name="review-arrange"),
    path("<uuid:review_id>/ho-so/diem-danh/", dossier.review_attendance, name="review-attendance"),
    path("<uuid:review_id>/ho-so/vao-so-hop/", dossier.review_hold, name="review-hold"),
    path("<uuid:review_id>/ho-so/them/<str:kind>/", dossier.record_add, name="review-record-add"),
    path("<uuid:review_id>/ho-so/<uuid:record_id>/bo/", dossier.record_end, name="review-record-end"),
    path("<uuid:review_id>/ho-so/<uuid:record_id>/tep/", dossier.record_file, name="review-record-file"),
    path(
        "<uuid:review_id>/ho-so/<uuid:record_id>/giay-moi/", dossier.record_invitation, name="review-record-invitation"
    ),
    path("<uuid:review_id>/gop-y/", publishing.comment_list, name="review-comments"),
    path("<uuid:review_id>/gop-y/doan/<uuid:block_id>/", publishing.comment_add, name="review-comment-add"),
    path("<uuid:review_id>/gop-y/<uuid:comment_id>/khep/", publishing.comment_settle, name="review-comment-settle"),
    path("<uuid:review_id>/ban-hanh/", publishing.review_publish, name="review-publish"),
    path("<uuid:review_id>/ban-hanh/<int:number>/", publishing.review_changes, name="review-changes"),
    path(
        "<uuid:review_id>/ban-hanh/<int:number>/tai/<str:kind>",
        publishing.publication_download,
        name="review-publication-download",
    ),
    path("<uuid:review_id>/tin/", publishing.review_news, name="review-news"),
]
