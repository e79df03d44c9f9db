"""The screens of a return whose numbers a register keeps: filled in, marked, linked; what differs is explained and shown."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from chungtay.returns import intake
from chungtay.returns.rules import Entry
from chungtay.returns.tests import making
from chungtay.returns.tests.test_confirming_services import NEW, keep_in_register, register_says
from chungtay.returns.tests.test_prefilling_services import OWN
from chungtay.returns.tests.test_views_entry import TYPED, detail, save
from chungtay.returns.workbooks.layout import EXPLAIN, KEY, VALUE

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(cast, mine):
    keep_in_register()
    register_says(cast.communes[0], new=5)
    return mine


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_the_clerk_sees_the_registers_number_in_its_box_with_its_source(cast, web, kept):
    html = web(cast.clerk).get(detail(kept)).content.decode()
    assert re.search(r'name="value:support.houses:new" value="5"', html)
    link = re.search(r'<a href="([^"]+)">Điền sẵn từ sổ quỹ: <b class="num">5</b>', html)
    assert link, "the cell says where its number comes from"
    assert web(cast.clerk).get(link[1]).status_code == 200


def test_confirming_sends_and_another_number_asks_why(cast, web, kept):
    client = web(cast.clerk)
    refused = save(client, kept, TYPED, do="submit")
    assert refused.status_code == 422
    assert "Khác sổ quỹ: sổ quỹ ghi 5. Hãy ghi vì sao." in words_of(refused)
    assert save(client, kept, {**TYPED, "value:support.houses:new": "5"}, do="submit").status_code == 302
    kept.refresh_from_db()
    assert kept.state == "for_signing"


def test_the_officer_reads_the_difference_its_reason_and_what_changed_since(cast, web, kept):
    making.send(kept, cast.clerk, cast.leader, {**OWN, NEW: Entry(value=3, explain="Hai căn chưa bàn giao")})
    register_says(cast.communes[0], new=1, repair=0, month="2022-09")
    words = words_of(web(cast.officer).get(reverse("return-check", args=[kept.pk])))
    assert "Sổ quỹ ghi 6" in words
    assert "Sổ quỹ ghi 5 khi gửi, nay ghi 6." in words
    assert "Hai căn chưa bàn giao" in words
    sheet = words_of(web(cast.officer).get(reverse("return-version", args=[kept.pk, 1])))
    assert "Sổ quỹ ghi 5 khi gửi, nay ghi 6." in sheet


def test_the_workbook_holds_the_registers_number_and_says_so(cast, web, kept, tmp_path):
    client = web(cast.clerk)
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("return-workbook", args=[kept.pk])).content))
    [row] = [row for row in book["Biểu"].iter_rows() if row[KEY].value == NEW]
    assert row[VALUE].value == 5
    assert "Số lấy từ sổ quỹ" in row[VALUE].comment.text
    row[VALUE].value, row[EXPLAIN].value = 3, "Hai căn chưa bàn giao"
    book.save(tmp_path / "tra.xlsx")
    [preview] = intake.preview_files([tmp_path / "tra.xlsx"], wanted=kept)
    assert [(c.cell.key, c.before_text, c.after_text) for c in preview.changes] == [(NEW, "5", "3")]
    assert not [remark for remark in preview.remarks if remark.key == NEW]
