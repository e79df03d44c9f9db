"""The workbook through the screens: away, back, looked at, taken in; and everything that is refused on the way."""

import io
import os
import time
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chungtay.returns import intake, uploads
from chungtay.returns.rules import Entry
from chungtay.returns.tests.making import WHOLE, fill, return_at, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def url(name, of, *args):
    return reverse(name, args=[of.pk, *args])


def upload(client, of, data, name="bieu.xlsx"):
    return client.post(url("return-upload", of), {"file": SimpleUploadedFile(name, data)})


def filled(of, entries=WHOLE):
    return intake.workbook_of(of, entries=entries)


def kept(tmp_path):
    return list((tmp_path / "uploads").glob("*")) if (tmp_path / "uploads").exists() else []


def test_the_workbook_is_downloaded_filled_with_the_working_copy(cast, web, mine):
    fill(mine, cast.clerk)
    answer = web(cast.clerk).get(url("return-workbook", mine))
    assert answer["Content-Disposition"] == 'attachment; filename="B01_2022Q3_29863.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert 4512 in [row[5] for row in sheet.iter_rows(values_only=True)]


def test_the_levels_above_download_what_was_sent_never_the_working_copy(cast, web, mine):
    fill(mine, cast.clerk)
    answer = web(cast.officer).get(url("return-workbook", mine))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert 4512 not in [row[5] for row in sheet.iter_rows(values_only=True)]


def test_a_good_workbook_is_shown_cell_by_cell_before_it_is_taken_in(cast, web, mine, tmp_path):
    fill(mine, cast.clerk, {"groups.clubs": Entry(value=9)})
    client = web(cast.clerk)
    answer = upload(client, mine, filled(mine), "Phường 11 quý III.xlsx")
    assert answer.status_code == 302
    page = client.get(answer.url)
    html = page.content.decode()
    assert "Phường 11 quý III.xlsx" in html
    assert "Nhận 5 ô vào bản nháp" in html
    mine.refresh_from_db()
    assert mine.draft == {"groups.clubs": {"value": 9}}
    done = client.post(answer.url, {"do": "take", "revision": mine.revision})
    assert done.status_code == 302
    mine.refresh_from_db()
    assert mine.draft["poverty.all"] == {"value": 4512}
    assert kept(tmp_path) == []


def test_a_workbook_with_one_wrong_cell_imports_nothing(cast, web, mine):
    book = openpyxl.load_workbook(io.BytesIO(filled(mine)))
    for row in book.active.iter_rows():
        if row[0].value == "poverty.poor":
            row[5].value = "sáu mươi"
    out = io.BytesIO()
    book.save(out)
    client = web(cast.clerk)
    address = upload(client, mine, out.getvalue()).url
    html = client.get(address).content.decode()
    assert "Không nhận được tệp này" in html
    assert "sáu mươi" in html
    assert client.post(address, {"do": "take", "revision": mine.revision}).status_code == 409
    mine.refresh_from_db()
    assert mine.draft == {}


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"PK\x03\x04nothing", "TT,Chỉ tiêu\n1,Nhà".encode(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_other_kinds_of_files_are_refused_with_a_sentence(cast, web, mine, data):
    client = web(cast.clerk)
    html = client.get(upload(client, mine, data, "bao-cao.xlsx").url).content.decode()
    assert "Không nhận được tệp này" in html
    assert ".xlsx" in html


def test_the_workbook_of_another_unit_is_refused(cast, web, opened, mine):
    other = return_at(opened, cast.communes[1])
    client = web(cast.clerk)
    html = client.get(upload(client, mine, filled(other)).url).content.decode()
    assert "Tệp này của Phường 1, không phải của Phường 11" in html


def test_no_file_an_empty_file_and_a_huge_file_are_refused_at_the_door(cast, web, mine, monkeypatch, tmp_path):
    client = web(cast.clerk)
    assert client.post(url("return-upload", mine), {}).status_code == 422
    assert upload(client, mine, b"").status_code == 422
    monkeypatch.setattr(uploads, "MAX_BYTES", 10)
    huge = upload(client, mine, b"x" * 11)
    assert huge.status_code == 422
    assert "20 MB" in huge.content.decode()
    assert kept(tmp_path) == []


def test_a_token_serves_only_its_sender_and_its_return(cast, web, opened, mine):
    other = return_at(opened, cast.communes[1])
    token = upload(web(cast.clerk), mine, filled(mine)).url.rstrip("/").rsplit("/", 1)[-1]
    with pytest.raises(uploads.UploadGone):
        uploads.kept(token, return_id=other.pk, user_id=cast.clerk.pk)
    with pytest.raises(uploads.UploadGone):
        uploads.kept(token, return_id=mine.pk, user_id=cast.other_clerk.pk)
    with pytest.raises(uploads.UploadGone):
        uploads.kept(token[:-2] + "xx", return_id=mine.pk, user_id=cast.clerk.pk)
    assert web(cast.other_clerk).get(url("return-upload-preview", mine, token)).status_code == 404


def test_what_was_not_confirmed_within_the_hour_is_swept_away(cast, web, mine, tmp_path):
    client = web(cast.clerk)
    address = upload(client, mine, filled(mine)).url
    [old] = kept(tmp_path)
    long_ago = time.time() - 3700
    os.utime(old, (long_ago, long_ago))
    upload(client, mine, filled(mine))
    assert old not in kept(tmp_path)
    gone = client.get(address)
    assert gone.status_code == 302
    assert gone.url == url("return-detail", mine)


def test_a_kept_file_is_readable_by_the_product_alone(cast, web, mine, tmp_path):
    upload(web(cast.clerk), mine, filled(mine), "../../etc/passwd.xlsx")
    [path] = kept(tmp_path)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent == Path(tmp_path, "uploads")


def test_a_draft_that_changed_after_the_look_is_looked_at_again(cast, web, mine):
    client = web(cast.clerk)
    address = upload(client, mine, filled(mine)).url
    seen = mine.revision
    fill(mine, cast.clerk, {"groups.clubs": Entry(value=9)})
    answer = client.post(address, {"do": "take", "revision": seen})
    assert answer.status_code == 409
    mine.refresh_from_db()
    assert mine.draft == {"groups.clubs": {"value": 9}}


def test_a_file_can_be_left_out(cast, web, mine, tmp_path):
    client = web(cast.clerk)
    address = upload(client, mine, filled(mine)).url
    client.post(address, {"do": "drop"})
    assert kept(tmp_path) == []


def test_only_who_fills_may_upload_and_only_while_the_unit_has_it(cast, web, mine):
    assert web(cast.officer).get(url("return-upload", mine)).status_code == 403
    send(mine, cast.clerk, cast.leader)
    assert web(cast.clerk).get(url("return-upload", mine)).status_code == 403
