"""The screens of tasks through a browser's eyes: every page opens, every form does what it says, every refusal is a sentence."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chungtay.tasks import services
from chungtay.tasks.models import ConclusionTask, Evidence, Letter, Meeting, Task
from chungtay.tasks.rules import Kind, State
from chungtay.tasks.sheets import HEADS
from chungtay.tasks.tests.making import Office

pytestmark = pytest.mark.django_db
VIEWS = ("task-list", "task-board", "task-calendar", "task-timeline", "task-matrix", "meeting-list", "letter-list")


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_opens_empty_and_full_and_teaches(office: Office, web, name: str) -> None:
    client = web(office.cast.officer)
    assert client.get(reverse(name)).status_code == 200
    task = office.active()
    office.draft(kind=Kind.MILESTONE, title="Tổng kết năm")
    page = client.get(reverse(name)).content.decode()
    assert (task.title in page) == (name not in ("meeting-list", "letter-list"))
    assert client.get(reverse(name), {"ct": "khong-co"}).status_code == 404


def test_the_list_finds_without_marks_and_names_who_is_late(office: Office, web) -> None:
    office.active()
    office.active(title="Trồng cây", product="500 cây", parts=())
    client = web(office.cast.clerk)
    page = client.get(reverse("task-list"), {"q": "dai doan ket", "ct": "500-cl"}).content.decode()
    assert "Xây 15 căn" in page
    assert "Trồng cây" not in page
    assert f"{office.commune_ubnd.name} đang trễ 9 ngày." in page
    late = client.get(reverse("task-list"), {"tinh_trang": "late", "ct": "500-cl"}).content.decode()
    assert "Trồng cây" not in late
    assert web(office.cast.outsider).get(reverse("task-list")).content.decode().count("Trồng cây") == 0


def form_of(office: Office, **more: str) -> dict[str, str]:
    said = {
        "title": "Xây 3 căn nhà", "product": "Biên bản", "lead": str(office.city_mttq.pk), "kind": "once", "parts": "1",
        "aims": "0", "starts_on": "01/03/2022", "due_on": "30/06/2022", "p0-body": str(office.commune_ubnd.pk),
        "p0-what": "Lập danh sách", "p0-due_on": "30/04/2022", "do": "save",
    }  # fmt: skip
    return said | more


def test_a_task_is_written_corrected_approved_and_done_on_the_screens(office: Office, web) -> None:
    officer, leader = web(office.cast.officer), web(office.city_leader)
    wrong = officer.post(reverse("task-create"), form_of(office, due_on="31/02/2022", **{"p0-what": ""}))
    assert wrong.status_code == 422
    assert "31/02/2022" in wrong.content.decode()
    assert "Ghi cơ quan này làm gì." in wrong.content.decode()
    assert officer.post(reverse("task-create"), form_of(office, do="add-row")).status_code == 200
    officer.post(reverse("task-create"), form_of(office))
    task = Task.objects.get()
    edit = reverse("task-edit", args=[task.pk])
    assert "Lập danh sách" in officer.get(edit).content.decode()
    officer.post(edit, form_of(office, title="Xây 4 căn nhà", revision="1"))
    stale = officer.post(edit, form_of(office, title="Xây 5 căn nhà", revision="1"))
    assert "vừa được người khác thay đổi" in stale.content.decode()
    assert officer.post(reverse("task-approve-all")).status_code == 403
    leader.post(reverse("task-approve-all"))
    task.refresh_from_db()
    assert (task.title, task.state) == ("Xây 4 căn nhà", State.ACTIVE)
    step = reverse("task-step", args=[task.pk])
    duty = task.duties.get()
    said = {"verb": "report", "revision": task.revision, "finished_on": "10/03/2022"}
    web(office.cast.clerk).post(step, said | {"duty": duty.pk})
    task.refresh_from_db()
    refused = officer.post(step, said | {"revision": task.revision, "finished_on": "10/03/2031"})
    assert refused.status_code == 422
    assert "Ngày xong phải từ" in refused.content.decode()
    officer.post(step, said | {"revision": task.revision})
    task.refresh_from_db()
    assert task.state == State.REPORTED
    assert "không thể tự" in officer.post(step, {"verb": "confirm", "revision": task.revision}).content.decode()
    for part in (duty.pk, ""):
        task.refresh_from_db()
        leader.post(step, {"verb": "confirm", "revision": task.revision, "duty": part})
    task.refresh_from_db()
    assert task.state == State.DONE
    assert leader.post(step, {"verb": "nonsense", "revision": 1}).status_code == 404


def test_evidence_is_kept_shown_and_taken_back(office: Office, web, settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path
    task = office.active()
    client = web(office.cast.officer)
    url = reverse("task-prove", args=[task.pk])
    assert "Chưa chọn tệp" in client.post(url, {"note": "Kế hoạch"}).content.decode()
    client.post(url, {"note": "Kế hoạch 12", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")})
    row = Evidence.objects.get()
    assert client.get(reverse("task-evidence", args=[task.pk, row.pk])).content == b"%PDF-1.4 x"
    assert web(office.cast.outsider).get(reverse("task-evidence", args=[task.pk, row.pk])).status_code == 404
    client.post(reverse("task-judge", args=[task.pk]), {"percent": "40", "reason": "6 căn"})
    page = client.get(reverse("task-detail", args=[task.pk])).content.decode()
    assert "40%, ước lượng của người phụ trách" in page
    client.post(reverse("task-withdraw", args=[task.pk]), {"evidence": row.pk, "reason": "nhầm tệp"})
    assert "nhầm tệp" in client.get(reverse("task-detail", args=[task.pk])).content.decode()


def test_the_calendar_shows_its_month_and_goes_as_a_file(office: Office, web) -> None:
    office.active(title="Báo cáo quý; gấp, ngay")
    client = web(office.cast.officer)
    assert "Báo cáo quý" in client.get(reverse("task-calendar"), {"thang": "2022-03"}).content.decode()
    assert "Báo cáo quý" not in client.get(reverse("task-calendar"), {"thang": "2022-07"}).content.decode()
    data = client.get(reverse("task-ics"))
    assert data["Content-Type"].startswith("text/calendar")
    assert b"DTSTART;VALUE=DATE:20220331\r\n" in data.content


def test_a_plan_goes_out_and_comes_back_in_from_excel(office: Office, web, settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path
    office.active()
    client = web(office.cast.officer)
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("task-excel")).content))
    sheet = book["Nhiệm vụ"]
    assert [cell.value for cell in sheet[2]] == list(HEADS)
    assert sheet["I3"].value.startswith(office.commune_ubnd.name)

    def send() -> str:
        out = io.BytesIO()
        book.save(out)
        sent = SimpleUploadedFile("kh.xlsx", out.getvalue())
        return client.post(reverse("task-import"), {"file": sent}).content.decode()

    sheet["E3"], sheet["H3"] = "Sở Không Có", "30/02/2022"
    page = send()
    assert "Ô E3:" in page
    assert "Ô H3:" in page
    assert Task.objects.count() == 1
    sheet["E3"], sheet["H3"] = office.city_mttq.name.upper(), "31/03/2022"
    token = send().split('name="token" value="')[1].split('"')[0]
    client.post(reverse("task-import"), {"token": token, "do": "take"})
    assert [task.state for task in Task.objects.order_by("number")] == [State.ACTIVE, State.DRAFT]
    bad = client.post(reverse("task-import"), {"file": SimpleUploadedFile("x.xlsx", b"PK nothing")})
    assert "không phải bảng tính" in bad.content.decode()


def test_a_meeting_is_held_concluded_and_its_conclusion_becomes_a_task(office: Office, web) -> None:
    client = web(office.cast.officer)
    said = {"title": "Giao ban", "held_on": "09/03/2022", "chair": "Phó Chủ tịch", "agenda": "Nhà ở"}
    both = {"bodies": [str(office.city_ubnd.pk), str(office.city_mttq.pk)]}
    assert (
        "hai cơ quan" in client.post(reverse("meeting-create"), said | {"bodies": both["bodies"][:1]}).content.decode()
    )
    client.post(reverse("meeting-create"), said | both)
    meeting = Meeting.objects.get()
    url = reverse("meeting-detail", args=[meeting.pk])
    client.post(url, {"do": "minutes", "m-text": "Đã bàn."})
    client.post(url, {"do": "conclusion", "c-text": "Xây 3 căn nhà"})
    (conclusion,) = meeting.conclusions.all()
    create = f"{reverse('task-create')}?tu={conclusion.pk}"
    assert "Xây 3 căn nhà" in client.get(create).content.decode()
    client.post(create, form_of(office))
    link = ConclusionTask.objects.get()
    assert link.task.label in client.get(url).content.decode()
    assert meeting.title in client.get(reverse("task-detail", args=[link.task_id])).content.decode()
    assert web(office.cast.clerk).post(url, {"do": "conclusion", "c-text": "x"}).status_code == 403
    assert web(office.cast.outsider).get(url).status_code == 404


def test_a_letter_waits_names_who_is_late_and_is_answered(office: Office, web) -> None:
    client = web(office.cast.officer)
    said = {"sender": str(office.city_mttq.pk), "receiver": str(office.city_ubnd.pk), "number": "12/MTTQ"}
    said |= {"dated_on": "01/02/2022", "subject": "Kiến nghị", "answer_by": "20/02/2022"}
    client.post(reverse("letter-create"), said)
    page = client.get(reverse("letter-list"), {"loc": "cho"}).content.decode()
    assert "Chưa trả lời, trễ 18 ngày" in page
    assert f"{office.city_ubnd.name} trễ." in page
    answer = {"sender": said["receiver"], "receiver": said["sender"], "number": "30/UBND", "dated_on": "09/03/2022"}
    url = f"{reverse('letter-create')}?tl={Letter.objects.get().pk}"
    client.post(url, answer | {"subject": "Trả lời"})
    assert "Trả lời trễ 17 ngày" in client.get(reverse("letter-list")).content.decode()


def test_reminders_are_set_by_a_leader_and_seen_by_who_is_late(office: Office, web) -> None:
    office.active()
    leader = web(office.city_leader)
    assert (
        "từ 0 đến 90"
        in leader.post(reverse("reminder-setting"), {"before": "x", "escalate_after": "5"}).content.decode()
    )
    leader.post(reverse("reminder-setting"), {"before": "10", "escalate_after": "3"})
    services.remind(now=office.tick() + timedelta(days=0))
    assert "Đã quá hạn" in web(office.cast.clerk).get(reverse("task-list")).content.decode()
    assert date(2022, 3, 1) == Task.objects.get().duties.get().deadline
