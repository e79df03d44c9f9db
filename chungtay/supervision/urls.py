"""Addresses of supervision, all under /giam-sat/."""

from django.urls import path

from chungtay.supervision.views import (
    boards,
    counts,
    criticisms,
    feedback,
    notes,
    plans,
    recommendation_board,
    recommendations,
    supervisions,
    timers,
)

urlpatterns = [
    path("", recommendation_board.recommendation_list, name="recommendation-list"),
    path("kien-nghi.xlsx", recommendation_board.recommendation_excel, name="recommendation-excel"),
    path("kien-nghi/lap/", recommendation_board.recommendation_create, name="recommendation-create"),
    path("kien-nghi/<uuid:recommendation_id>/", recommendations.recommendation_detail, name="recommendation-detail"),
    path("kien-nghi/<uuid:recommendation_id>/buoc/", recommendations.recommendation_step, name="recommendation-step"),
    path(
        "kien-nghi/<uuid:recommendation_id>/tra-loi/",
        recommendations.recommendation_answer,
        name="recommendation-answer",
    ),
    path(
        "kien-nghi/<uuid:recommendation_id>/tep/<uuid:answer_id>/",
        recommendations.recommendation_file,
        name="recommendation-file",
    ),
    path("ke-hoach/", plans.plan_list, name="plan-list"),
    path("ke-hoach/lap/", plans.plan_create, name="plan-create"),
    path("ke-hoach/<uuid:plan_id>/", plans.plan_detail, name="plan-detail"),
    path("ke-hoach/<uuid:plan_id>/sua/", plans.plan_edit, name="plan-edit"),
    path("ke-hoach/<uuid:plan_id>/buoc/", plans.plan_step, name="plan-step"),
    path("cuoc/", supervisions.supervision_list, name="supervision-list"),
    path("cuoc/lap/", supervisions.supervision_create, name="supervision-create"),
    path("cuoc/<uuid:supervision_id>/", supervisions.supervision_detail, name="supervision-detail"),
    path("cuoc/<uuid:supervision_id>/buoc/", supervisions.supervision_step, name="supervision-step"),
    path("cuoc/<uuid:supervision_id>/ghi/", notes.supervision_note, name="supervision-note"),
    path("cuoc/<uuid:supervision_id>/bao-cao/", supervisions.supervision_report, name="supervision-report"),
    path(
        "cuoc/<uuid:supervision_id>/tep/<uuid:attachment_id>/", supervisions.supervision_file, name="supervision-file"
    ),
    path("phan-bien/", criticisms.criticism_list, name="criticism-list"),
    path("phan-bien/nhan/", criticisms.criticism_create, name="criticism-create"),
    path("phan-bien/<uuid:criticism_id>/", criticisms.criticism_detail, name="criticism-detail"),
    path("phan-bien/<uuid:criticism_id>/buoc/", criticisms.criticism_step, name="criticism-step"),
    path("phan-bien/<uuid:criticism_id>/van-ban/", criticisms.criticism_report, name="criticism-report"),
    path("phan-bien/<uuid:criticism_id>/tep/<uuid:attachment_id>/", criticisms.criticism_file, name="criticism-file"),
    path("ban/", boards.board_list, name="board-list"),
    path("ban/ghi/", boards.board_create, name="board-create"),
    path("ban/<uuid:board_id>/", boards.board_detail, name="board-detail"),
    path("ban/<uuid:board_id>/tep/<uuid:attachment_id>/", boards.board_file, name="board-file"),
    path("phan-anh/", feedback.feedback_list, name="feedback-list"),
    path("phan-anh/<uuid:feedback_id>/", feedback.feedback_detail, name="feedback-detail"),
    path("phan-anh/<uuid:feedback_id>/buoc/", feedback.feedback_step, name="feedback-step"),
    path("phan-anh/<uuid:feedback_id>/nguoi/", feedback.feedback_contact, name="feedback-contact"),
    path("phan-anh/<uuid:feedback_id>/anh/<uuid:attachment_id>/", feedback.feedback_picture, name="feedback-picture"),
    path("so-lieu/", counts.supervision_figures, name="supervision-figures"),
    path("thoi-han/", timers.timer_list, name="timer-list"),
]
