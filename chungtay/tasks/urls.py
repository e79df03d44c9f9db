"""Addresses of tasks, meetings and letters, all under /nhiem-vu/."""

from django.urls import path

from chungtay.tasks.views import days, deciding, detail, exchange, lists, workbook, writing

urlpatterns = [
    path("", lists.task_list, name="task-list"),
    path("bang/", lists.task_board, name="task-board"),
    path("lich/", days.task_calendar, name="task-calendar"),
    path("lich.ics", days.task_ics, name="task-ics"),
    path("tien-do/", days.task_timeline, name="task-timeline"),
    path("ma-tran/", lists.task_matrix, name="task-matrix"),
    path("lap/", writing.task_create, name="task-create"),
    path("nap/", workbook.task_import, name="task-import"),
    path("tep.xlsx", workbook.task_excel, name="task-excel"),
    path("mau.xlsx", workbook.task_template, name="task-template"),
    path("duyet/", deciding.task_approve_all, name="task-approve-all"),
    path("nhac-viec/", exchange.reminder_setting, name="reminder-setting"),
    path("hop/", exchange.meeting_list, name="meeting-list"),
    path("hop/ghi/", exchange.meeting_create, name="meeting-create"),
    path("hop/<uuid:meeting_id>/", exchange.meeting_detail, name="meeting-detail"),
    path("hop/<uuid:meeting_id>/bien-ban/<int:number>/", exchange.meeting_file, name="meeting-file"),
    path("trao-doi/", exchange.letter_list, name="letter-list"),
    path("trao-doi/ghi/", exchange.letter_create, name="letter-create"),
    path("trao-doi/<uuid:letter_id>/tep/", exchange.letter_file, name="letter-file"),
    path("<uuid:task_id>/", detail.task_detail, name="task-detail"),
    path("<uuid:task_id>/sua/", writing.task_edit, name="task-edit"),
    path("<uuid:task_id>/buoc/", deciding.task_step, name="task-step"),
    path("<uuid:task_id>/minh-chung/", deciding.task_prove, name="task-prove"),
    path("<uuid:task_id>/minh-chung/rut/", deciding.task_withdraw, name="task-withdraw"),
    path("<uuid:task_id>/minh-chung/<uuid:evidence_id>/", detail.task_evidence, name="task-evidence"),
    path("<uuid:task_id>/uoc-luong/", deciding.task_judge, name="task-judge"),
]
