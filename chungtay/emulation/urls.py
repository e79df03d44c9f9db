"""Addresses of the room, all under /thi-dua/."""

from django.urls import path

from chungtay.emulation.views import award_writing, book, contests, decisions, sheets, voting, writing

urlpatterns = [
    path("", contests.contest_list, name="contest-list"),
    path("lap/", writing.contest_create, name="contest-create"),
    path("bo-tieu-chi/", writing.criteria_list, name="criteria-list"),
    path("bo-tieu-chi/ghi/", writing.criteria_create, name="criteria-create"),
    path("bo-tieu-chi/<uuid:criteria_id>/", writing.criteria_detail, name="criteria-detail"),
    path("dot/<uuid:contest_id>/", contests.contest_detail, name="contest-detail"),
    path("dot/<uuid:contest_id>/buoc/", contests.contest_step, name="contest-step"),
    path("phieu/<uuid:sheet_id>/", sheets.sheet_detail, name="sheet-detail"),
    path("phieu/<uuid:sheet_id>/cham/", sheets.sheet_score, name="sheet-score"),
    path("phieu/<uuid:sheet_id>/buoc/", sheets.sheet_step, name="sheet-step"),
    path("phieu/<uuid:sheet_id>/tra-loi/<uuid:appeal_id>/", sheets.appeal_answer, name="appeal-answer"),
    path("phieu/<uuid:sheet_id>/bao-cao.<str:kind>", sheets.sheet_paper, name="sheet-paper"),
    path("phieu/<uuid:sheet_id>/minh-chung/<int:score_id>/", sheets.sheet_evidence, name="sheet-evidence"),
    path("bo-phieu/<uuid:vote_id>/", voting.vote_cast, name="vote-cast"),
    path("bo-phieu/<uuid:vote_id>/khong-bo/<uuid:sheet_id>/", voting.interest_declare, name="interest-declare"),
    path("bo-phieu/<uuid:vote_id>/bien-ban.<str:kind>", voting.vote_minutes, name="vote-minutes"),
    path("quyet-dinh/", decisions.decision_list, name="decision-list"),
    path("quyet-dinh/lap/", award_writing.decision_create, name="decision-create"),
    path("quyet-dinh/<uuid:decision_id>/", decisions.decision_detail, name="decision-detail"),
    path("quyet-dinh/<uuid:decision_id>/sua/", award_writing.decision_edit, name="decision-edit"),
    path("quyet-dinh/<uuid:decision_id>/buoc/", decisions.decision_step, name="decision-step"),
    path("quyet-dinh/<uuid:decision_id>/giay-khen.pdf", decisions.decision_certificates, name="decision-certificates"),
    path("quyet-dinh/<uuid:decision_id>/<str:paper>.<str:kind>", decisions.decision_paper, name="decision-paper"),
    path("so/", book.reward_book, name="reward-book"),
    path("so/<uuid:entry_id>/", book.certificate_detail, name="certificate-detail"),
    path("so/<uuid:entry_id>/buoc/", book.certificate_step, name="certificate-step"),
    path("so/<uuid:entry_id>/giay-khen.pdf", book.certificate_file, name="certificate-file"),
    path("quy-dinh/", book.rule_list, name="rule-list"),
    path("quy-dinh/hinh/", book.artwork_set, name="artwork-set"),
]
