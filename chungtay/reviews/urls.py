"""Addresses of the reviews, under /so-ket/."""

from django.urls import path

from chungtay.reviews.views import editor, lists, paper

urlpatterns = [
    path("", lists.review_list, name="review-list"),
    path("lap/", lists.review_create, name="review-create"),
    path("<uuid:review_id>/", editor.review_detail, name="review-detail"),
    path("<uuid:review_id>/doan/<uuid:block_id>/", editor.block_edit, name="review-block-edit"),
    path("<uuid:review_id>/doan/<uuid:block_id>/lay-lai/", editor.block_restore, name="review-block-restore"),
    path("<uuid:review_id>/soan-lai/", editor.review_refresh, name="review-refresh"),
    path("<uuid:review_id>/phan-dau/", paper.review_head, name="review-head"),
    path("<uuid:review_id>/ban-in/", paper.review_preview, name="review-preview"),
    path("<uuid:review_id>/tai/<str:kind>", paper.review_download, name="review-download"),
    path("<uuid:review_id>/trinh-ky/", paper.review_submit, name="review-submit"),
    path("<uuid:review_id>/mo-lai/", paper.review_reopen, name="review-reopen"),
]
