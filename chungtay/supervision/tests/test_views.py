"""The screens of supervision: every page opens, both sides do their part on them, a citizen follows a matter by its code."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from chungtay.supervision.models import Board, ContactLook, Criticism, Feedback, Recommendation, Supervision, YearPlan
from chungtay.supervision.rules import BoardKind, State
from chungtay.supervision.tests.making import Office

pytestmark = pytest.mark.django_db
LISTS = (
    "recommendation-list",
    "plan-list",
    "supervision-list",
    "criticism-list",
    "board-list",
    "feedback-list",
    "timer-list",
    "supervision-figures",
)


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "0907000111"
    Image.new("RGB", (640, 480), "teal").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_1.jpg", out.getvalue(), "image/jpeg")


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_empty_and_teaches(office: Office, web, name: str) -> None:
    for who in (office.writer, office.cast.clerk, office.cast.auditor):
        assert web(who).get(reverse(name)).status_code == 200


def test_a_plan_is_written_proposed_declined_and_agreed_on_the_screens(office: Office, web) -> None:
    front, other = web(office.writer), web(office.cast.upper_leader)
    line = {
        "i0-subject": "Bình xét hộ nghèo", "i0-form": "supervision:team", "i0-target": str(office.unit.pk),
        "i0-starts_on": "01/04/2022", "i0-ends_on": "20/04/2022", "i0-lead": "Ban Thường trực",
    }  # fmt: skip
    head = {"body": str(office.front.pk), "target": str(office.ubnd.pk), "year": "2022", "lines": "2", "do": "save"}
    wrong = front.post(reverse("plan-create"), head | line | {"i0-ends_on": "31/02/2022"})
    assert (wrong.status_code, "31/02/2022" in text_of(wrong)) == (422, True)
    assert front.post(reverse("plan-create"), head | line | {"do": "add-row"}).status_code == 200
    front.post(reverse("plan-create"), head | line)
    plan = YearPlan.objects.get()
    step, page = reverse("plan-step", args=[plan.pk]), reverse("plan-detail", args=[plan.pk])
    assert other.get(page).status_code == 404, "a draft is its own side's"
    front.post(step, {"verb": "propose", "revision": 1})
    assert "Thống nhất kế hoạch" in text_of(other.get(page))
    assert front.post(step, {"verb": "agree", "revision": 2}).status_code == 403
    refused = other.post(step, {"verb": "decline", "revision": 2, "note": ""})
    assert refused.status_code == 422
    other.post(step, {"verb": "decline", "revision": 2, "note": "Thêm một cuộc phản biện"})
    assert "Thêm một cuộc phản biện" in text_of(front.get(page))
    front.post(reverse("plan-edit", args=[plan.pk]), head | line | {"revision": 3, "note": "Đã sửa"})
    front.post(step, {"verb": "propose", "revision": 4})
    other.post(step, {"verb": "agree", "revision": 5})
    plan.refresh_from_db()
    assert (plan.state, plan.agreed_by) == (State.AGREED, office.cast.upper_leader)
    assert "Tổ chức" in text_of(front.get(page))
    item = plan.items.get()
    form = text_of(front.get(reverse("supervision-create"), {"dong": item.pk}))
    assert 'value="Bình xét hộ nghèo"' in form


def test_a_supervision_runs_from_announcement_to_a_report_that_another_issues(office: Office, web) -> None:
    front, chair, unit = web(office.writer), web(office.chair), web(office.cast.clerk)
    front.post(
        reverse("supervision-create"),
        {
            "body": str(office.front.pk), "target": str(office.unit.pk), "subject": "Bình xét hộ nghèo", "form": "team",
            "starts_on": "12/03/2022", "ends_on": "20/03/2022",
        },
    )  # fmt: skip
    row = Supervision.objects.get()
    page, step, note = (reverse(f"supervision-{name}", args=[row.pk]) for name in ("detail", "step", "note"))
    assert unit.get(page).status_code == 404, "not announced yet"

    def post(url, **said):
        row.refresh_from_db()
        office.tick()
        response = front.post(url, {"revision": row.revision} | said)
        assert response.status_code == 302, text_of(response)

    post(note, verb="team", members="Mai Thị Sen - Trưởng đoàn\nLê Văn Ba - Hội Nông dân")
    post(step, verb="announce", decision="12/QĐ-MTTQ")
    assert "ngắn hơn 15 ngày" in text_of(front.get(page)), "notice of two days is told, not refused"
    assert "12/QĐ-MTTQ" in text_of(unit.get(page))
    post(step, verb="start")
    post(note, verb="visit", place="Nhà văn hóa khóm 2", planned_on="15/03/2022")
    visit = row.visits.get()
    future = front.post(
        note, {"verb": "made", "revision": 9, "visit": visit.pk, "made_on": "15/03/2030", "summary": "x"}
    )
    assert "đến hôm nay" in text_of(future)
    post(note, verb="made", visit=visit.pk, made_on="10/03/2022", summary="Nghe 12 hộ")
    post(note, verb="question", said_by="Đoàn", text="Vì sao chưa niêm yết?")
    post(note, verb="answer", question=row.questions.get().pk, said_by="UBND phường", text="Sẽ niêm yết")
    post(note, verb="finding", is_lack="1", text="Khóm 2 chưa niêm yết danh sách", file=picture())
    finding = row.findings.get()
    file = reverse("supervision-file", args=[row.pk, finding.files.get().attachment_id])
    assert front.get(file)["Content-Type"] == "image/jpeg"
    assert unit.get(file).status_code == 404, "the team's notes are its own"
    assert "Khóm 2 chưa niêm yết" not in text_of(unit.get(page))
    post(f"{note}?nhan-dinh={finding.pk}", verb="withdraw", note="Ghi nhầm khóm")
    report = reverse("supervision-report", args=[row.pk])
    post(report, verb="write", strengths="Họp dân đủ", limits="Khóm 2 chưa niêm yết", proposals="Niêm yết")
    row.refresh_from_db()
    seen = row.reports.get().content_hash
    said = {"verb": "publish", "revision": row.revision, "number": "05/BC-MTTQ", "content_hash": seen}
    assert front.post(report, said).status_code == 403, "who wrote it does not issue it"
    assert chair.post(report, said | {"content_hash": "0"}).status_code == 422
    chair.post(report, said)
    row.refresh_from_db()
    assert row.state == State.PUBLISHED
    assert "05/BC-MTTQ" in text_of(unit.get(page))


def test_a_late_draft_is_told_and_its_conclusion_issued(office: Office, web) -> None:
    front = web(office.writer)
    front.post(
        reverse("criticism-create"),
        {
            "body": str(office.front.pk), "target": str(office.ubnd.pk), "subject": "Dự thảo quy chế", "form": "conference",
            "received_on": "01/03/2022", "submits_on": "10/03/2022",
        },
    )  # fmt: skip
    row = Criticism.objects.get()
    page = reverse("criticism-detail", args=[row.pk])
    assert "Dự thảo gửi muộn" in text_of(front.get(page))
    step = reverse("criticism-step", args=[row.pk])
    opinion = {"verb": "opinion", "revision": 1, "said_by": "Ông Ba", "text": "Nên bỏ Điều 5", "about": "Điều 5"}
    assert "chưa bắt đầu" in text_of(front.post(step, opinion))
    front.post(step, {"verb": "start", "revision": 1})
    front.post(step, opinion)
    assert "Nên bỏ Điều 5" in text_of(front.get(page))


def test_both_sides_do_their_part_of_a_recommendation_on_its_page(office: Office, web) -> None:
    front, clerk, leader = web(office.writer), web(office.cast.clerk), web(office.cast.leader)
    said = {
        "body": str(office.front.pk),
        "target": str(office.unit.pk),
        "text": "=Niêm yết danh sách",
        "legal_basis": "Quy chế",
    }
    assert clerk.get(reverse("recommendation-create")).status_code == 403
    front.post(reverse("recommendation-create"), said)
    row = Recommendation.objects.get()
    page, step = reverse("recommendation-detail", args=[row.pk]), reverse("recommendation-step", args=[row.pk])
    assert clerk.get(page).status_code == 404
    front.post(step, {"verb": "send", "revision": 1})
    answer = reverse("recommendation-answer", args=[row.pk])
    wrong = clerk.post(
        answer, {"verb": "draft", "revision": 2, "outcome": "part", "text": "Đã làm một phần", "reason": ""}
    )
    assert "phải ghi lý do" in text_of(wrong)
    assert "Đã làm một phần" in text_of(wrong), "what was typed stays"
    clerk.post(
        answer,
        {"verb": "draft", "revision": 2, "outcome": "part", "text": "Đã làm một phần", "reason": "Thiếu kinh phí"},
    )
    assert "Đã làm một phần" not in text_of(front.get(page)), "the other side's draft is its own"
    waits = text_of(leader.get(reverse("desk-home")))
    assert "Dự thảo trả lời chờ ký" in waits
    shown = text_of(leader.get(page))
    seen = re.search(r'name="content_hash" value="([0-9a-f]{64})"', shown).group(1)
    leader.post(step, {"verb": "sign", "revision": 3, "content_hash": seen})
    assert "Tiếp thu một phần" in text_of(front.get(page))
    front.post(step, {"verb": "accept", "revision": 4})
    row.refresh_from_db()
    assert row.state == State.ACCEPTED
    found = text_of(front.get(reverse("recommendation-list"), {"q": "niem yet danh"}))
    assert "Niêm yết danh sách" in found
    assert "Không có kiến nghị nào như vậy" in text_of(front.get(reverse("recommendation-list"), {"q": "cau duong"}))
    book = openpyxl.load_workbook(io.BytesIO(front.get(reverse("recommendation-excel")).content))
    cell = book.active["B2"]
    assert (cell.value, cell.data_type) == ("=Niêm yết danh sách", "s"), "text stays text"


def test_the_board_counts_who_owes_for_how_long(office: Office, web) -> None:
    office.sent()
    office.tick(50)
    page = text_of(web(office.writer).get(reverse("recommendation-list")))
    assert "Quá hạn 20 ngày" in page
    late = text_of(web(office.writer).get(reverse("recommendation-list"), {"tinh_trang": "late"}))
    assert "Niêm yết đủ danh sách" in late
    assert "Soạn trả lời kiến nghị" in text_of(web(office.cast.clerk).get(reverse("desk-home")))


def test_a_citizen_follows_a_matter_by_its_code_and_nobody_reads_who_it_was_without_a_purpose(
    office: Office, web
) -> None:
    web(office.writer)  # the clock stands still
    citizen = Client()
    said = {
        "area": str(office.cast.communes[0].pk), "text": "Đèn đường khóm 2 hỏng", "place": "Khóm 2", "phone": "0907 000 111",
        "name": "Bà Năm", "picture": picture(),
    }  # fmt: skip
    sent = citizen.post(reverse("feedback-send"), said)
    code = re.search(r"<strong>([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})</strong>", text_of(sent)).group(1)
    row = Feedback.objects.get()
    status = reverse("feedback-status")
    assert "Mới tiếp nhận" in text_of(citizen.post(status, {"code": code.lower()}))
    missing = citizen.post(status, {"code": "ABCD-EFGH-2345"})
    assert (missing.status_code, "Không tìm thấy" in text_of(missing)) == (200, True)
    page, step = reverse("feedback-detail", args=[row.pk]), reverse("feedback-step", args=[row.pk])
    clerk, front, leader = web(office.cast.clerk), web(office.unit_writer), web(office.cast.leader)
    assert clerk.get(page).status_code == 404, "not moderated yet"
    shown = text_of(front.get(page))
    assert "0907" not in shown
    assert "Bà Năm" not in shown
    kept = front.get(reverse("feedback-picture", args=[row.pk, row.pictures.get().attachment_id])).content
    assert b"0907000111" not in kept, "nothing of the camera is left"
    front.post(step, {"verb": "route", "revision": 1, "body": str(office.unit.pk)})
    contact = reverse("feedback-contact", args=[row.pk])
    assert front.post(contact, {"verb": "look", "revision": 2, "note": ""}).status_code == 422
    assert "0907 000 111" in text_of(clerk.post(contact, {"verb": "look", "revision": 2, "note": "Hẹn ngày sửa"}))
    assert leader.post(contact, {"verb": "look", "revision": 2, "note": "Xem"}).status_code == 403
    look = ContactLook.objects.get()
    assert (look.by, look.purpose) == (office.cast.clerk, "Hẹn ngày sửa")
    clerk.post(step, {"verb": "reply", "revision": 2, "text": "Đã thay bóng đèn ngày 9/3"})
    assert clerk.post(step, {"verb": "sign", "revision": 3}).status_code == 403
    assert "Đã thay bóng" not in text_of(citizen.post(status, {"code": code}))
    leader.post(step, {"verb": "sign", "revision": 3})
    assert "Đã thay bóng" in text_of(citizen.post(status, {"code": code}))
    assert "checked" in text_of(citizen.post(status, {"code": code, "do": "rate", "satisfaction": "unhappy"}))
    citizen.post(status, {"code": code, "do": "ask", "text": "Vẫn còn tối ở cuối hẻm"})
    row.refresh_from_db()
    assert (row.state, row.satisfaction) == (State.ROUTED, "")
    assert "Vẫn còn tối" in text_of(front.get(page))


def test_a_machine_is_answered_alike_and_kept_nowhere_and_a_flood_is_stopped(office: Office, web) -> None:
    web(office.writer)
    citizen, said = Client(), {"area": str(office.cast.communes[0].pk), "text": "Mua hàng giá rẻ"}
    trapped = citizen.post(reverse("feedback-send"), said | {"website": "http://spam"})
    assert "Đã nhận phản ánh" in text_of(trapped)
    assert not Feedback.objects.exists()
    answers = [citizen.post(reverse("feedback-send"), said).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 422]
    wrong = citizen.post(
        reverse("feedback-send"), said | {"picture": SimpleUploadedFile("a.pdf", b"%PDF-1.4", "application/pdf")}
    )
    assert wrong.status_code == 422


def test_boards_and_timers_are_kept_by_their_place(office: Office, web) -> None:
    front = web(office.unit_writer)
    said = {
        "area": str(office.cast.communes[0].pk), "kind": BoardKind.INSPECTION.value, "decision": "01/NQ-MTTQ",
        "term_from": "01/01/2022", "term_to": "31/12/2023", "member_count": "7", "head": "Ông Bảy",
    }  # fmt: skip
    front.post(reverse("board-create"), said)
    assert "trùng với một nhiệm kỳ" in text_of(front.post(reverse("board-create"), said))
    board = Board.objects.get()
    page = reverse("board-detail", args=[board.pk])
    front.post(page, {"held_on": "05/03/2022", "subject": "Đường khóm 3", "result": "Đúng thiết kế"})
    assert "Đường khóm 3" in text_of(web(office.cast.officer).get(page))
    assert (
        web(office.cast.clerk).post(page, {"held_on": "05/03/2022", "subject": "x", "result": "y"}).status_code == 403
    )
    timer = {
        "area": str(office.cast.communes[0].pk), "what": "answer:supervision", "days": "12", "valid_from": "01/03/2022",
        "legal_basis": "Quy chế 02/QC",
    }  # fmt: skip
    front.post(reverse("timer-list"), timer)
    assert "Quy chế 02/QC (chưa kiểm chứng)" in text_of(front.get(reverse("timer-list")))
    assert web(office.cast.clerk).post(reverse("timer-list"), timer).status_code == 403


def test_a_count_of_the_board_opens_to_what_was_counted(office, web) -> None:
    """Two bodies of one name are two lines; a count leads to its recommendations and no others."""
    from chungtay.places.models import Body

    office.sent(text="Kiến nghị cũ")
    office.tick(days=40)
    office.sent(text="Kiến nghị mới")
    other = office.cast.body(office.cast.communes[1])
    office.sent(addressee=other, text="Kiến nghị nơi khác")
    Body.objects.filter(pk=other.pk).update(name=office.unit.name)
    client = web(office.writer)
    shown = client.get(reverse("recommendation-list")).content.decode()
    assert shown.count(f'<a href="?co_quan={office.unit.pk}">') == shown.count(f'<a href="?co_quan={other.pk}">') == 1
    late = client.get(reverse("recommendation-list"), {"co_quan": str(office.unit.pk), "tinh_trang": "age-1"})
    listed = late.content.decode().rpartition("<table")[2]
    assert "Kiến nghị cũ" in listed
    assert "Kiến nghị mới" not in listed and "nơi khác" not in listed
