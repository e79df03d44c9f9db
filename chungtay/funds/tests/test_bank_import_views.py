"""A bank's file is looked at before it comes in: what is new, known, broken; hostile ones are refused with a sentence."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chungtay.funds.bank import child, uploads
from chungtay.funds.models import StatementFile, StatementLine
from chungtay.funds.tests.bank_pages import line_of, text
from chungtay.funds.tests.statements import LINES, comma_separated, workbook

BEYOND = date(2025, 3, 7)


def test_a_file_is_looked_at_and_comes_in_only_when_confirmed(desk, office):
    address = desk.sent(workbook(LINES))
    shown = text(desk.client().get(address))
    assert "Dòng mới" in shown
    assert "1.400.000 đồng" in shown
    assert not StatementLine.objects.exists()
    done = desk.client().post(address, {"do": "take"})
    assert done.status_code == 302
    assert (StatementFile.objects.get().added, StatementLine.objects.count()) == (5, 5)
    again = desk.client().post(address, {"do": "take"})
    assert again.headers["Location"].endswith("/nhan/"), "the file is gone once it was taken in"


def test_a_file_can_be_dropped(desk, office, tmp_path):
    address = desk.sent(workbook(LINES))
    desk.client().post(address, {"do": "drop"})
    assert not StatementLine.objects.exists()
    assert list((tmp_path / "statements").iterdir()) == []


def test_what_is_known_in_conflict_or_broken_is_told_with_its_row(desk, office):
    desk.take()
    day, ref, _, memo, who = LINES[-1]
    changed = [*LINES[:-1], (day, ref, 9_000_000, memo, who), (BEYOND, "FT010", 70_000, "them", "")]
    broken = comma_separated(changed).replace(b"FT003;200.000", b"FT003;hai tr\xc4\x83m")
    address = desk.sent(broken, "hong.csv")
    shown = text(desk.client().get(address))
    assert "Dòng 5, cột Số tiền ghi nợ" in shown
    assert "FT004 ngày 05/03/2025 ghi 9.000.000, đã nhận trước đây 1.000.000" in shown
    assert "Số dư không nối nhau" in shown
    assert "Nhận các dòng mới" not in shown
    refused = desk.client().post(address, {"do": "take"})
    assert refused.status_code == 409
    assert StatementLine.objects.count() == 5
    desk.client().post(address, {"do": "keep-good"})
    assert StatementLine.objects.filter(ref="FT010").exists()
    assert line_of("FT004").credit == 1_000_000


def test_the_same_file_again_says_so(desk, office):
    desk.take()
    address = desk.sent(workbook(LINES))
    shown = text(desk.client().get(address))
    assert "Không có dòng nào mới" in shown
    address = desk.sent(StatementFile.objects.get().name.encode() * 3, "la.csv")
    assert "Nhận các dòng mới" not in shown


def test_a_gap_to_the_earlier_statement_is_told(desk, office):
    desk.take()
    address = desk.sent(workbook([(date(2025, 3, 12), "FT020", 5, "sau", "")]))
    shown = text(desk.client().get(address))
    assert "So với sao kê trước: Số dư đầu kỳ là 10.000.000, sao kê trước dẫn tới 11.400.000" in shown
    assert "Thiếu sao kê từ 06/03/2025 đến 11/03/2025" in shown


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"MZ\x90\x00" + b"\x00" * 200, "một chương trình"),
        (b"PK\x03\x04" + b"\xff" * 400, "bị hỏng"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
        (b"%PDF-1.7\n" + b"x" * 300, "PDF bị hỏng"),
    ],
    ids=["a program", "a damaged workbook", "an entity", "a damaged PDF"],
)
def test_a_hostile_file_is_refused_with_a_sentence(desk, office, tmp_path, data, sentence):
    address = desk.sent(data, "x.xlsx")
    response = desk.client().get(address)
    assert response.status_code == 422
    assert sentence in text(response)
    assert list((tmp_path / "statements").iterdir()) == []


def test_a_file_that_is_too_heavy_for_the_child_is_refused(desk, office, monkeypatch):
    monkeypatch.setattr(child.sys, "executable", "/bin/false")
    address = desk.sent(workbook(LINES))
    response = desk.client().get(address)
    assert response.status_code == 422
    assert "Tệp quá nặng hoặc bất thường" in text(response)


def test_a_file_that_is_too_large_is_refused(desk, monkeypatch):
    monkeypatch.setattr(uploads, "UPLOAD", uploads.UPLOAD.__class__(size=10))
    response = desk.post("bank-import", {"file": SimpleUploadedFile("a.xlsx", workbook(LINES))})
    assert response.status_code == 422
    assert "Tệp lớn hơn" in text(response)


def test_a_kept_file_is_its_senders_alone(desk, office):
    data = workbook(LINES)  # once: it bears the second in which it was made
    address = desk.sent(data)
    token = address.rstrip("/").rsplit("/", 1)[1]
    for other in ({"account_id": office.fund.pk}, {"user_id": office.controller.pk}):
        who = {"account_id": desk.account.pk, "user_id": office.accountant.pk} | other
        with pytest.raises(uploads.UploadGone):
            uploads.kept(token, **who)
    assert uploads.kept(token, account_id=desk.account.pk, user_id=office.accountant.pk).read() == data


UNKNOWN = "Kỳ;Mốc;Món;Lời\n1;03/03/2025;500.000;ung ho\n2;04/03/2025;-200.000;chi qua\n".encode()


def test_an_unknown_header_is_pointed_at_once_and_remembered(desk, office):
    address = desk.sent(UNKNOWN, "la.csv")
    wizard = desk.client().get(address).headers["Location"]
    assert wizard.endswith("/cot/")
    assert "Mốc" in text(desk.client().get(wizard))
    pointed = {
        "header_row": "1",
        "numbers": "auto",
        "dates": "d/m/y",
        "plus": "in",
        "column-1": "traded",
        "column-3": "text",
    }
    lacking = desk.client().post(wizard, pointed)
    assert lacking.status_code == 422
    assert "Chưa chỉ cột nào là số tiền" in text(lacking)
    done = desk.client().post(wizard, pointed | {"column-2": "amount"})
    assert done.headers["Location"] == address
    desk.client().post(address, {"do": "take"})
    assert list(StatementLine.objects.order_by("id").values_list("credit", "debit")) == [(500_000, 0), (0, 200_000)]
    desk.account.refresh_from_db()
    assert desk.account.profile["aliases"] == {"moc": "traded", "mon": "amount", "loi": "text"}
    address = desk.sent(UNKNOWN.replace(b"03/03", b"05/03"), "sau.csv")
    assert desk.client().get(address).status_code == 200
