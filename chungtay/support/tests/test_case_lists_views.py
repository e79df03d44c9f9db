"""Many proposals from one workbook: its own template, every wrong cell named, all of it or nothing, and nothing for strangers."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chungtay.support.caselists.reading import columns_of, read
from chungtay.support.giftlists.reading import NotAList
from chungtay.support.kinds import Subject, kinds
from chungtay.support.models import Case

GOOD = {
    "Chủ hộ": "Nguyễn Thị Sáu", "Khóm, ấp": "khóm 2", "Nội dung hỗ trợ": "Xây nhà bà Sáu", "Hoàn cảnh, lý do": "Nhà dột",
    "Nơi, người đề nghị": "Khóm 2", "Ngày đề nghị": "10/03/2025", "Cách làm": "xây mới", "Loại nhà": "Nhà đại đoàn kết",
    "Diện tích sử dụng (m²)": 36, "Quỹ chi (đồng)": "50.000.000", "Gia đình góp (đồng)": 10_000_000,
}  # fmt: skip


@pytest.fixture
def at(place, client, monkeypatch):
    monkeypatch.setattr("chungtay.web.clock.now", lambda: place.now)
    client.force_login(place.clerk)
    place.client = client
    return place


def filled(client, *rows, kind="house"):
    """The kind's own template with rows by their heads, as somebody would fill it."""
    answer = client.get(reverse("case-template", args=[kind]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    heads = {cell.value: cell.column for cell in book.active[3]}
    for number, row in enumerate(rows, 4):
        for head, value in row.items():
            book.active.cell(number, heads[head]).value = value
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("de-nghi.xlsx", out.getvalue())


def sent(at, *rows, kind="house"):
    answer = at.client.post(reverse("case-import", args=[kind]), {"file": filled(at.client, *rows, kind=kind)})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return answer.headers["Location"]


def test_a_list_of_houses_is_looked_at_and_comes_in_whole(at):
    second = GOOD | {
        "Chủ hộ": "Trần Văn Tám",
        "Khóm, ấp": "Khóm 3",
        "Nội dung hỗ trợ": "Sửa nhà ông Tám",
        "Cách làm": "Sửa chữa",
    }
    url = sent(at, GOOD, second | {"Nhà tài trợ": "Công ty Sen Hồng", "Nhà tài trợ góp (đồng)": "5.000.000"})
    shown = at.client.get(url).content.decode()
    assert "2 hồ sơ, cộng 125.000.000" in shown
    assert "Nguyễn Thị Sáu" not in shown, "names are masked"
    assert not Case.objects.exists(), "looking changes nothing"
    assert at.client.post(url, {"do": "take"}).status_code == 302
    first, other = Case.objects.order_by("number")
    assert (first.title, first.total, first.fund_share, first.household_id) == (
        "Xây nhà bà Sáu", 60_000_000, 50_000_000, at.households[0].pk,
    )  # fmt: skip
    assert (first.work, first.proposed_on, first.details["area_m2"]) == ("new", date(2025, 3, 10), 36)
    assert other.shares.filter(source="sponsor").get().who == "Công ty Sen Hồng"
    assert at.client.get(url).status_code == 302, "the file is gone"


def test_every_wrong_cell_is_named_and_nothing_comes_in(at):
    unknown = GOOD | {"Chủ hộ": "Lê Văn Không Có"}
    wrong = GOOD | {"Ngày đề nghị": "hôm qua", "Cách làm": "dời", "Diện tích sử dụng (m²)": 2, "Nội dung hỗ trợ": ""}
    free = {head: value for head, value in GOOD.items() if "đồng" not in head}
    url = sent(at, unknown, wrong, free, GOOD | {"Nhà tài trợ góp (đồng)": 1_000_000})
    answer = at.client.get(url)
    shown = answer.content.decode()
    assert answer.status_code == 422
    for cell in ("A4", "C5", "F5", "G5", "I5", "6", "O7"):
        assert f"<strong>Ô {cell}</strong>" in shown
    assert at.client.post(url, {"do": "take"}).status_code == 422
    assert not Case.objects.exists()


def test_another_kinds_workbook_is_refused_with_a_sentence(at):
    url = reverse("case-import", args=["house"])
    answer = at.client.post(url, {"file": filled(at.client, kind="bridge")}, follow=True)
    assert "Không thấy dòng tiêu đề của mẫu “Nhà ở”" in answer.content.decode()


@pytest.mark.parametrize("code", [code for code, kind in kinds().items() if kind.subject is not Subject.LIST])
def test_every_kind_reads_its_own_heads_back(code):
    kind = kinds()[code]
    heads = [column.head for column in columns_of(kind)]
    with pytest.raises(NotAList, match="chưa có dòng nào"):
        read(kind, [["lời dặn"], [], heads])
    found, wrong = read(kind, [heads, ["x"] * len(heads)])
    assert not found
    assert wrong, "words where days and numbers belong"
