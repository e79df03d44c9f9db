"""The pages through Django's client: masked lists, one look logged, forms that refuse with sentences, files, erasing."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chungtay.audit.models import AuditEvent
from chungtay.households.intake.columns import COLUMNS
from chungtay.households.models import Classification, Household, Look, Need
from chungtay.households.rules import Kind, NeedKind
from chungtay.households.services import add_need, classify
from chungtay.households.tests.people import AN, NOW, decision, household
from tests.cast import Cast

pytestmark = pytest.mark.django_db
GROUND = {"ground": "law", "document": "120/QĐ-UBND", "day": "20/12/2022"}


@pytest.fixture
def client(cast: Cast) -> Client:
    """The clerk of the first commune."""
    return signed_in(cast.clerk)


def signed_in(user: Any) -> Client:
    """Return somebody's browser."""
    browser = Client()
    browser.force_login(user)
    return browser


def page(client: Client, address: str, **query: str) -> str:
    """Return the text of a page that answers."""
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_nobody_whole(client: Client, cast: Cast) -> None:
    """Neither the name nor more than three digits, in the list, the household's page and the exported workbook."""
    row = household(cast)
    classify(household=row, decision=decision(), now=NOW, by=cast.clerk)
    listed = page(client, reverse("household-list"))
    detail = page(client, reverse("household-detail", args=[row.pk]))
    book = client.get(reverse("household-export")).content
    sheet = openpyxl.load_workbook(BytesIO(book)).active
    cells = " ".join(str(cell.value) for line in sheet.iter_rows() for cell in line)
    for text in (listed, detail, cells):
        assert "Nguyễn V. A." in text and "•••234" in text
        assert not any(secret in text for secret in ("Văn An", AN.cccd, AN.phone, "345678"))
    assert not Look.objects.exists()
    assert AuditEvent.objects.get(code="households.list.exported").data["households"] == 1


def test_one_click_with_a_purpose_shows_all_and_is_logged(client: Client, cast: Cast) -> None:
    """The clerk gets the form to correct with it; a reader without the right gets no button and a 403."""
    row = household(cast)
    answer = client.post(reverse("household-disclose", args=[row.pk]), {"purpose": "verify"})
    text = answer.content.decode()
    assert AN.cccd in text and "Nguyễn Văn An" in text and "Ghi sửa đổi" in text
    assert Look.objects.get().purpose == "verify"
    assert client.post(reverse("household-disclose", args=[row.pk]), {"purpose": ""}).status_code == 422
    officer = signed_in(cast.officer)
    assert "Xem đầy đủ" not in page(officer, reverse("household-detail", args=[row.pk]))
    assert officer.post(reverse("household-disclose", args=[row.pk]), {"purpose": "verify"}).status_code == 403
    stranger = signed_in(cast.other_clerk)
    assert stranger.get(reverse("household-detail", args=[row.pk])).status_code == 404
    assert signed_in(cast.admin).get(reverse("household-list")).status_code == 404
    assert Look.objects.count() == 1


def test_the_list_is_narrowed_and_sorted(client: Client, cast: Cast) -> None:
    """By words without marks, khóm, class on a day, need; by given name."""
    one = household(cast)
    other = household(cast, replace(AN, head_name="Trần Thị Ánh", hamlet="Ấp Hòa Lợi", cccd="", phone=""))
    classify(household=one, decision=decision(), now=NOW, by=cast.clerk)
    add_need(household=other, kind=NeedKind.HOUSING, since=NOW.date(), now=NOW, by=cast.clerk)

    def found(**query: str) -> list[str]:
        return re.findall(r"(?:Nguyễn V\. A\.|Trần T\. Á\.)(?=</a>)", page(client, reverse("household-list"), **query))

    assert found() == ["Nguyễn V. A.", "Trần T. Á."]
    assert found(q="tran thi") == ["Trần T. Á."]
    assert found(ap="Ấp Hòa Lợi") == ["Trần T. Á."]
    assert found(loai="poor", ngay="01/06/2023") == ["Nguyễn V. A."]
    assert found(loai="poor", ngay="31/12/2022") == []
    assert found(nhu_cau="housing") == ["Trần T. Á."]
    answer = client.get(reverse("household-list"), {"ngay": "31/02/2023"})
    assert answer.status_code == 422 and "không phải một ngày" in answer.content.decode()
    assert found(xep="moi", page="999") != []


def test_a_household_is_found_by_its_number_which_is_not_sent_back(client: Client, cast: Cast) -> None:
    """In the body, so that it is in no address."""
    household(cast)
    for number in (AN.cccd, "0912 345 678", "+84912345678"):
        text = client.post(reverse("household-by-number"), {"number": number}).content.decode()
        assert "Tìm thấy 1 hộ" in text and number not in text and "Nguyễn V. A." in text
    assert (
        "Không có hộ nào có số này"
        in client.post(reverse("household-by-number"), {"number": "087060009999"}).content.decode()
    )
    assert client.post(reverse("household-by-number"), {"number": "12"}).status_code == 422


def test_a_new_household_that_looks_like_one_is_asked_about(client: Client, cast: Cast) -> None:
    """The likeness is explained; only the confirmed one is written."""
    household(cast)
    address = reverse("household-create", args=[cast.communes[0].pk])
    typed = {"head_name": "Nguyễn văn An", "hamlet": "Ấp Hòa Long", "members": "4", "address": "tổ 3"} | GROUND
    answer = client.post(address, typed)
    assert answer.status_code == 422 and "cùng địa chỉ (+25)" in answer.content.decode()
    assert Household.objects.count() == 1
    assert client.post(address, typed | {"anyway": "on"}).status_code == 302
    assert "cùng họ tên" in page(client, reverse("household-duplicates"))
    wrong = client.post(address, typed | {"cccd": "123", "head_name": "Lê B"})
    assert wrong.status_code == 422 and "12 chữ số" in wrong.content.decode()
    assert client.get(reverse("household-create", args=[cast.communes[1].pk])).status_code == 404


def test_everything_on_the_page_can_be_done(client: Client, cast: Cast) -> None:
    """Correct, class, end, withdraw, need, met, basis, merge, separate: each a redirect and a row."""
    row = household(cast)
    other = household(cast, replace(AN, head_name="Nguyễn Văn Ân"))
    at = [row.pk]
    person = {"head_name": "Nguyễn Văn An", "hamlet": "Ấp Hòa Long", "members": "5", "version": "1"}

    def send(name: str, *args: Any, **typed: str) -> int:
        return client.post(reverse(name, args=[*at, *args]), typed).status_code

    assert send("household-revise", **person) == 302
    assert send("household-revise", **person) == 422  # another version by now
    typed = {"kind": "poor", "valid_from": "01/01/2023", "number": "1/QĐ", "decided_on": "20/12/2022"}
    assert send("household-class-add", **typed) == 302
    assert send("household-class-add", **typed) == 422
    made = Classification.objects.get()
    assert send("household-class-end", made.pk, day="01/05/2023", decision_number="2/QĐ") == 302
    assert send("household-class-withdraw", made.pk, reason="nhầm") == 302
    assert send("household-class-withdraw", 999, reason="nhầm") == 404
    assert send("household-need-add", kind="food", since="01/05/2023") == 302
    assert send("household-need-meet", Need.objects.get().pk) == 302
    assert send("household-basis-add", purpose="delivery", ends="on", **GROUND | {"ground": "consent"}) == 302
    assert "Đã rút lại" in page(client, reverse("household-detail", args=at))
    assert send("household-merge", other.pk, reason="cùng hộ") == 302
    assert "đã được gộp" in page(client, reverse("household-detail", args=[other.pk]))
    at = [other.pk]
    assert send("household-unmerge", reason="tách") == 302
    assert send("household-unmerge", reason="tách") == 422


def workbook(*rows: dict[str, object]) -> SimpleUploadedFile:
    """Return a filled workbook."""
    book = openpyxl.Workbook()
    book.active.append([f"{label} *" for label in COLUMNS.values()])
    for row in rows:
        book.active.append([row.get(name) for name in COLUMNS])
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("ho.xlsx", out.getvalue())


def test_a_workbook_is_checked_cell_by_cell_and_taken_in_once(client: Client, cast: Cast) -> None:
    """Wrong cells are named, likely duplicates set aside, the rest written with classes, counted and audited."""
    household(cast)
    first = {"head_name": "Lê Thị Mỹ Hoà", "hamlet": "Ấp 1", "members": 3, "phone": 912000111, "need": "nhà ở"}
    first |= {"kind": "Hộ nghèo", "valid_from": "01/01/2023", "number": "1/QĐ", "decided_on": "20/12/2022"}
    again = {"head_name": "Lê Thị Mĩ Hòa", "hamlet": "Ấp 1", "phone": "0912 000 111"}
    known = {"head_name": "Nguyen Van An", "hamlet": "Ấp Hòa Long", "cccd": AN.cccd}
    wrong = {"head_name": "Trần B", "hamlet": "Ấp 2", "cccd": "123", "kind": "giàu"}
    at = [cast.communes[0].pk]
    sent = client.post(reverse("household-file", args=at), {"file": workbook(first, again, known, wrong)})
    assert sent.status_code == 302
    text = page(client, sent["Location"])
    assert "G5" in text and "H5" in text and "12 chữ số" in text
    assert "dòng 2 của tệp" in text and "cùng số căn cước" in text
    assert Household.objects.count() == 1
    done = client.post(sent["Location"], GROUND | {"do": "take"})
    assert done.status_code == 302 and Household.objects.count() == 2
    new = Household.objects.get(head_name="Lê Thị Mỹ Hoà")
    assert new.classes.get().kind == Kind.POOR and new.needs.get().kind == NeedKind.HOUSING
    assert AuditEvent.objects.get(code="households.file.taken_in").data["households"] == 1
    assert client.post(sent["Location"], GROUND | {"do": "take"}).status_code == 302  # the file is gone
    assert Household.objects.count() == 2


def test_the_template_can_be_filled_in_and_sent(client: Client, cast: Cast) -> None:
    """Its own example is a household without problems; what is no workbook is refused with a sentence."""
    at = [cast.communes[0].pk]
    mine = client.get(reverse("household-template", args=at))
    assert mine.status_code == 200
    sent = client.post(reverse("household-file", args=at), {"file": SimpleUploadedFile("a.xlsx", mine.content)})
    assert "Nguyễn Văn Mẫu" in page(client, sent["Location"])
    for content, why in ((b"PK\x03\x04 broken", "bị hỏng"), (b"name,khom", "không phải bảng tính")):
        sent = client.post(reverse("household-file", args=at), {"file": SimpleUploadedFile("b.xlsx", content)})
        answer = client.get(sent["Location"])
        said = answer.content.decode()
        assert answer.status_code == 422 and why in said and "Hãy tải mẫu" in said


def test_personal_data_is_erased_by_two_persons(client: Client, cast: Cast) -> None:
    """The clerk asks, the leader does it; then no page and no old version tells who it was."""
    row = household(cast)
    address = reverse("household-erase", args=[row.pk])
    assert signed_in(cast.leader).post(address, {"reason": "x"}).status_code == 403
    assert client.post(address, {"reason": "người dân yêu cầu"}).status_code == 302
    assert client.post(address, {}).status_code == 403
    assert signed_in(cast.leader).post(address, {}).status_code == 302
    row.refresh_from_db()
    assert (row.head_name, row.phone_index, bytes(row.cccd_sealed)) == ("", "", b"")
    text = page(client, reverse("household-detail", args=[row.pk]))
    assert "đã xóa dữ liệu" in text.lower() and "Nguyễn" not in re.sub(r"<header.*?</header>", "", text, flags=re.S)
    assert client.post(reverse("household-disclose", args=[row.pk]), {"purpose": "verify"}).status_code == 422
