"""Pages of the cases: the whole way on a phone's forms, lists from Excel, papers, masks, and who may not."""

import io

import openpyxl
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chungtay.audit.models import AuditEvent
from chungtay.support.models import Case, Handover, PackageLine, Role
from chungtay.support.rules import State
from chungtay.support.tests.making import picture

HOUSE = {
    "title": "Xây mới nhà cho hộ bà Sáu", "hamlet": "Khóm 2", "need": "Nhà dột nát", "proposed_by": "Khóm 2",
    "proposed_on": "10/03/2025", "total": "80.000.000", "fund": "50.000.000", "sponsor1": "Công ty Sen Hồng",
    "gift1": "20.000.000", "family": "8.000.000", "days": "10", "rate": "200.000", "workers": "Đoàn Thanh niên",
    "d-work": "new", "d-house_kind": "great_unity", "d-area_m2": "48",
}  # fmt: skip


def shot():
    return SimpleUploadedFile("a.png", picture())


@pytest.fixture
def at(place, client, monkeypatch):
    """The place, with the clock of the pages on its time."""
    monkeypatch.setattr("chungtay.web.clock.now", lambda: place.now)
    client.force_login(place.clerk)
    place.client = client
    return place


def pdf_text(data):
    """Return the words of a PDF, with single spaces."""
    document = pypdfium2.PdfDocument(data)
    texts = [one.get_textpage().get_text_range() for one in document]
    return " ".join(" ".join(texts).split())


def send(at, name, *args, who=None, **data):
    if who is not None:
        at.client.force_login(who)
    at.tick()
    return at.client.post(reverse(name, args=args), data)


def step(at, case, act, *, who=None, **said):
    data = {f"{act}-{key}": value for key, value in said.items()}
    data[f"{act}-revision"] = at.fresh(case).revision
    return send(at, "case-act", case.pk, act, who=who, **data)


def sheet(at, name, **query):
    """The rows of a list that was taken as a workbook."""
    answer = at.client.get(reverse(name), query)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [row for row in book.active.iter_rows(min_row=4, values_only=True) if any(row)]


def page(at, name, *args, **query):
    answer = at.client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_house_from_the_phone_to_the_minutes(at):
    assert "Nguyễn T. S." in page(at, "case-create", "house", q="sau")
    url = reverse("case-create", args=["house"]) + f"?ho={at.households[0].pk}"
    assert at.client.get(url).status_code == 200
    made = at.client.post(url, HOUSE)
    case = Case.objects.get()
    assert made.headers["Location"] == reverse("case-detail", args=[case.pk])
    assert "Trong định mức" in page(at, "case-detail", case.pk)
    said = {"day": "10/03/2025", "verified_by": "Ông Ba", "found": "Đúng", "related": "no"}
    assert step(at, case, "verify", **said).status_code == 302
    assert step(at, case, "post", first="10/03/2025", place="Nhà văn hóa").status_code == 302
    shown = page(at, "case-detail", case.pk)
    assert "Đang niêm yết đến hết ngày 14/03/2025" in shown
    assert "Phạm Văn Dũng" in shown  # who decides next
    said = {"comment-said_by": "Bà Tư", "comment-said_on": "10/03/2025", "comment-text": "Có đất"}
    assert send(at, "comment-create", case.pk, **said).status_code == 302
    comment = case.comments.get()
    assert (
        send(at, "comment-answer", case.pk, comment.pk, **{f"answer{comment.pk}-text": "Đất thuê"}).status_code == 302
    )
    at.tick(days=9)
    refused = step(at, case, "approve", who=at.leader, decision="12/QĐ", related="yes")
    assert refused.status_code == 422
    assert "có liên quan" in refused.content.decode()
    assert step(at, case, "approve", decision="12/QĐ", related="no").status_code == 302
    voucher = at.pay(50_000_000)
    at.client.force_login(at.office.accountant)
    assert str(voucher) in page(at, "case-detail", case.pk)
    link = {"link-voucher": str(voucher.pk), "link-amount": "50.000.000", "link-revision": str(at.fresh(case).revision)}
    assert send(at, "case-link", case.pk, **link).status_code == 302
    assert step(at, case, "fund").status_code == 302
    day = f"{at.today:%d/%m/%Y}"
    assert step(at, case, "deliver", who=at.clerk, on=day).status_code == 422
    for role in (Role.RECEIPT, Role.MINUTES, Role.PICTURE):
        kept = send(
            at,
            "evidence-create",
            case.pk,
            **{"evidence-role": role.value, "evidence-file": SimpleUploadedFile("a.png", picture())},
        )
        assert kept.status_code == 302
    assert step(at, case, "deliver", on=day).status_code == 302
    assert step(at, case, "accept", who=at.leader, on=day, minutes="05/BB").status_code == 302
    assert at.fresh(case).state == State.ACCEPTED
    shown = page(at, "case-detail", case.pk)
    assert "05/BB" in shown
    kept = at.client.get(reverse("evidence-file", args=[case.pk, case.evidence.first().pk]))
    assert kept.headers["Content-Type"] == "image/jpeg"


def test_a_stale_page_is_told_and_a_stranger_learns_nothing(at):
    case = at.propose()
    said = {"revision": "9", "day": "10/03/2025", "verified_by": "A", "found": "B", "related": "no"}
    stale = send(at, "case-act", case.pk, "verify", **{f"verify-{key}": value for key, value in said.items()})
    assert stale.status_code == 409
    assert "người khác cập nhật" in stale.content.decode()
    for who in (at.cast.other_clerk, at.cast.outsider):
        at.client.force_login(who)
        for name in ("case-detail", "case-trail", "case-edit"):
            assert at.client.get(reverse(name, args=[case.pk])).status_code == 404
    at.client.force_login(at.cast.officer)
    assert at.client.get(reverse("case-detail", args=[case.pk])).status_code == 200
    assert send(at, "case-act", case.pk, "verify").status_code == 403
    at.client.force_login(at.cast.admin)
    assert at.client.get(reverse("support-list")).status_code == 403


def workbook(*rows):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Mỗi hộ một dòng"])
    sheet.append([])
    sheet.append(["TT", "Họ và tên", "Khóm, ấp", "Số suất", "Giá trị một suất (đồng)", "Ghi chú"])
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("danh-sach.xlsx", out.getvalue())


def test_a_list_comes_from_excel_is_given_and_found(at):
    url = reverse("case-create", args=["gift"])
    data = {key: HOUSE[key] for key in ("hamlet", "need", "proposed_by", "proposed_on")}
    at.client.post(url, data | {"title": "Quà Tết", "d-occasion": "Tết 2025"})
    case = Case.objects.get()
    assert "Danh sách chưa có dòng nào" in page(at, "line-list", case.pk)
    bad = send(at, "list-import", case.pk, file=workbook((1, "Lê Văn Chín", "", "x", 300000)))
    shown = at.client.get(bad.headers["Location"])
    assert shown.status_code == 422
    assert "Ô C4" in shown.content.decode()
    assert "Ô D4" in shown.content.decode()
    rows = [(1, "Nguyễn Thị Sáu", "khóm 2", 2, 500000), (2, "Lê Văn Chín", "Khóm 3", None, "300.000", "đi vắng")]
    good = send(at, "list-import", case.pk, file=workbook(*rows)).headers["Location"]
    assert "2 dòng, 3 suất, cộng 1.300.000" in at.client.get(good).content.decode()
    assert PackageLine.objects.count() == 0
    taken = at.client.post(good, {"do": "take", "revision": at.fresh(case).revision})
    assert taken.status_code == 302
    lines = list(case.lines.order_by("position"))
    assert [line.household_id for line in lines] == [at.households[0].pk, None]
    row = at.fresh(case)
    assert (row.total, row.fund_share) == (1_300_000, 1_300_000)
    at.lead(case, State.FUNDED)
    given = send(
        at, "lines-give", case.pk, line=[lines[0].pk], on=f"{at.today:%d/%m/%Y}", revision=at.fresh(case).revision
    )
    assert given.status_code == 302
    assert Handover.objects.get().quantity == 2
    found = page(at, "handover-list", q="nguyen thi sau")
    assert "Nguyễn T. S." in found
    assert "Nguyễn Thị Sáu" not in found
    assert "Không có lần trao nào" in page(at, "handover-list", q="nguyen thi bay")
    ((name, _, hamlet, *_, amount, number, note),) = sheet(at, "handover-export", q="nguyen thi sau")
    assert (name, hamlet, amount, number, note) == ("Nguyễn T. S.", "khóm 2", 1_000_000, str(case), None)
    assert sheet(at, "handover-export", q="nguyen thi bay") == []
    assert "Nguyễn Thị Sáu" not in page(at, "line-list", case.pk)


def test_a_hostile_or_other_file_is_refused_with_a_sentence(at):
    case = at.propose(at.gift())
    for data in (b"PK\x03\x04broken", b"hello", workbook().read()[:200]):
        sent = send(at, "list-import", case.pk, file=SimpleUploadedFile("a.xlsx", data))
        shown = at.client.get(sent.headers["Location"])
        assert shown.status_code == 422
        assert "Hãy tải mẫu" in shown.content.decode()


def test_papers_have_the_names_and_taking_them_is_noted(at):
    case = at.list_of()
    listed = at.client.get(reverse("case-paper", args=[case.pk, "danh-sach", "pdf"]))
    assert "Trần Văn Tám" in pdf_text(listed.content)
    book = at.client.get(reverse("case-paper", args=[case.pk, "danh-sach", "xlsx"]))
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(book.content)).active for cell in row]
    assert {"Lê Văn Chín", 1_800_000} <= set(cells)
    minutes = at.client.get(reverse("case-paper", args=[at.propose().pk, "bien-ban", "pdf"]))
    words = pdf_text(minutes.content)
    assert "NGHIỆM THU" in words
    assert "Tám mươi triệu đồng" in words
    assert AuditEvent.objects.filter(code="support.paper.taken").count() == 3
    empty = at.client.get(reverse("case-paper", args=[case.pk, "mau", "xlsx"]))
    assert empty.headers["Content-Type"].endswith("sheet")


def test_the_board_filters_searches_and_counts(at):
    first = at.propose()
    at.lead(at.propose(household=at.households[1], title="Sửa nhà ông Tám"), State.VERIFIED)
    shown = page(at, "support-list", q="sua nha ong tam")
    assert "Sửa nhà ông Tám" in shown
    assert first.title not in shown
    assert first.title in page(at, "support-list", buoc="proposed")
    assert "Không có hồ sơ nào như vậy" in page(at, "support-list", loai="bridge")
    (row,) = sheet(at, "support-export", buoc="verified")
    assert (row[2], row[5], row[10]) == ("Sửa nhà ông Tám", "Đã xác minh", Case.objects.get(title=row[2]).total)
    assert AuditEvent.objects.filter(code="support.list.exported").count() == 1
    at.client.force_login(at.cast.other_clerk)
    assert "Chưa có hồ sơ hỗ trợ nào" in page(at, "support-list")


def test_from_a_house_to_its_donors_and_on(at):
    at.office.receive(60_000_000, party="Ông Donor")
    at.now = at.office.now
    case = at.lead(at.propose(), State.DELIVERED)
    at.client.force_login(at.office.accountant)
    shown = page(at, "case-trail", case.pk)
    assert "Ông Donor" in shown
    assert "Công ty Sen Hồng" in shown
    at.client.force_login(at.clerk)
    assert "Ông Donor" not in page(at, "case-trail", case.pk)
