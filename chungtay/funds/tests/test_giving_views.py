"""Promises, goods, gifts outside the fund, campaigns and the closing of a year through their pages."""

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime
from PIL import Image

from chungtay.funds import services
from chungtay.funds.giving_lists import Narrowed, goods_like
from chungtay.funds.models import Campaign, Draft, OutsideGift, Pledge
from chungtay.funds.rules import Line
from chungtay.funds.tests.test_voucher_views import at, page_of, text_of
from chungtay.ledger.entries import VoucherKind
from chungtay.web import clock


@pytest.fixture
def told(office, settings, tmp_path):
    """Two promises, rice and oil, a gift outside the fund; the office lives today."""
    settings.DATA_DIR = tmp_path
    office.now = localtime(clock.now()) - timedelta(days=30)
    day = office.now.date()
    who = {"now": office.now, "by": office.accountant}
    services.record_pledge(
        fund=office.fund, amount=5_000_000, pledged_on=day, due_on=day, donor="Công ty Đại Phát", **who
    )
    services.record_pledge(fund=office.fund, amount=9_000_000, pledged_on=day, donor="Hội đồng hương", **who)
    for line in (
        Line("152", "512", 3_000_000, item="Gạo, kg", quantity=150),
        Line("152", "512", 400_000, item="Dầu, lít", quantity=10),
    ):
        office.post(office.draft(VoucherKind.IN_KIND_RECEIPT, line))
    office.post(office.draft(VoucherKind.IN_KIND_ISSUE, Line("6120", "152", 400_000, item="Dầu, lít", quantity=10)))
    wrong = office.post(
        office.draft(VoucherKind.IN_KIND_ISSUE, Line("6120", "152", 20_000, item="Gạo, kg", quantity=1))
    )
    services.ask_reversal(voucher=wrong, reason="Nhầm", **who)
    services.confirm_reversal(voucher=wrong, now=office.now, by=office.controller)
    services.record_outside_gift(fund=office.fund, amount=40_000_000, given_on=day, what="Xây nhà bà Tư", **who)
    return office


def picture():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    return SimpleUploadedFile("biên bản.jpg", out.getvalue(), content_type="image/jpeg")


def day(moment):
    return f"{moment:%d/%m/%Y}"


@pytest.mark.parametrize(
    ("code", "asked", "there", "not_there"),
    [
        ("cam-ket", {"q": "dai phat"}, "Công ty Đại Phát", "Hội đồng hương"),
        ("cam-ket", {"xem": "late"}, "Quá hạn 30 ngày", "Hội đồng hương"),
        ("cam-ket", {"sap": "tien"}, "Hội đồng hương", "Không có dòng"),
        ("hien-vat", {"q": "gao"}, "Gạo, kg", "Dầu, lít"),
        ("hien-vat", {"xem": "het"}, "Dầu, lít", "Gạo, kg"),
        ("ngoai-quy", {"q": "nha ba tu"}, "40.000.000", "Không có dòng"),
        ("ngoai-quy", {"q": "cau"}, "Không có dòng nào như vậy", "40.000.000"),
    ],
)
def test_a_list_is_narrowed_without_marks_and_ordered(told, code, asked, there, not_there):
    words = text_of(page_of(told.accountant).get(at("register-list", told, code), asked))
    assert there in words
    assert not_there not in words


@pytest.mark.parametrize("code", ["cam-ket", "hien-vat", "ngoai-quy"])
def test_paper_and_workbook_hold_what_the_screen_shows(told, code):
    client = page_of(told.accountant)
    words = text_of(client.get(at("register-list", told, code)))
    book = client.get(at("register-file", told, code, "xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    numbers = {
        cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, int) and cell > 9_999
    }
    assert numbers
    assert all(f"{number:,}".replace(",", ".") in words for number in numbers)
    assert client.get(at("register-file", told, code, "pdf")).content.startswith(b"%PDF")
    assert client.get(at("register-file", told, code, "doc")).status_code == 404


def test_goods_that_were_handed_over_by_mistake_are_still_there(told):
    rice, oil = sorted(goods_like(told.fund, Narrowed()), key=lambda one: one.item, reverse=True)
    assert (rice.came, rice.went, rice.left_value) == (150, 0, 3_000_000)
    assert (oil.came, oil.went, oil.left) == (10, 10, 0)


def test_a_promise_is_recorded_kept_and_called_off_on_its_page(told):
    client = page_of(told.accountant)
    today = clock.today()
    typed = {"key": "p1", "donor": "Cô Ba", "amount": "2.000.000", "pledged_on": day(today), "due_on": ""}
    words = text_of(client.post(at("pledge-create", told), typed, follow=True))
    assert "Chưa thực hiện" in words
    client.post(at("pledge-create", told), typed)
    pledge = Pledge.objects.get(donor="Cô Ba")
    assert pledge.reference, "a payment code of its own"
    told.now = localtime(clock.now())
    receipt = told.receive(1_500_000, party="Cô Ba")
    page = at("pledge-detail", told, pledge.pk)
    assert str(receipt) in text_of(client.get(page)), "the receipt is offered"
    link = {"do": "link", "link-key": "l1", "link-number": str(receipt), "link-amount": "1.500.000"}
    assert "Thực hiện một phần" in text_of(client.post(page, link, follow=True))
    refused = client.post(page, {**link, "link-key": "l2"})
    assert refused.status_code == 422
    assert "chỉ còn 0 đồng" in text_of(refused)
    gone = {"do": "cancel", "cancel-key": "c1", "cancel-reason": "Đã chuyển nơi ở"}
    words = text_of(client.post(page, gone, follow=True))
    assert "Không thực hiện" in words
    assert "Đã chuyển nơi ở" in words


def test_a_gift_outside_the_fund_needs_its_evidence_and_is_mended_by_a_new_row(told):
    client = page_of(told.accountant)
    typed = {"key": "g1", "donor": "", "what": "Sửa cầu ấp 2", "amount": "10.000.000", "given_on": day(clock.today())}
    refused = client.post(at("outside-create", told), typed)
    assert refused.status_code == 422
    assert "phải có minh chứng" in text_of(refused)
    client.post(at("outside-create", told), {**typed, "file": picture()})
    gift = OutsideGift.objects.get(what="Sửa cầu ấp 2")
    page = at("outside-detail", told, gift.pk)
    html = client.get(page).content.decode()
    [address] = re.findall(r'src="([^"]+\?nho=1)"', html)
    assert client.get(address)["Content-Type"] == "image/jpeg"
    assert page_of(told.cast.outsider).get(address).status_code == 404
    words = text_of(
        client.post(page, {"mend-key": "m1", "mend-amount": "8.000.000", "mend-what": "Theo hóa đơn"}, follow=True)
    )
    assert "8.000.000" in words
    assert [row.amount for row in OutsideGift.objects.filter(corrects=gift)] == [-2_000_000]


def test_a_campaign_is_announced_and_changed_with_its_versions_on_the_page(told):
    client = page_of(told.controller)
    today = clock.today()
    typed = {
        "code": "cao-diem",
        "name": "Tháng cao điểm",
        "starts_on": day(today),
        "ends_on": day(today + timedelta(days=30)),
        "target": "1.000.000.000",
    }
    assert "Mục tiêu 1.000.000.000 đồng" in text_of(client.post(at("campaign-create", told), typed, follow=True))
    page = at("campaign-detail", told, "cao-diem")
    change = {**typed, "target": "2.000.000.000", "version": "1", "reason": "", "key": "v"}
    assert client.post(page, change).status_code == 422
    words = text_of(client.post(page, {**change, "reason": "Nhiều nhà hưởng ứng"}, follow=True))
    assert "Bản 2" in words
    assert "mục tiêu 1.000.000.000 đồng" in words
    assert Campaign.objects.get(code="cao-diem").target == 2_000_000_000
    assert "Tháng cao điểm" in text_of(client.get(at("campaign-list", told)))
    assert page_of(told.cast.auditor).post(page, change).status_code == 403


def test_a_year_is_closed_from_its_page(told, monkeypatch):
    told.receive(6_000_000)
    after = told.now.replace(year=told.now.year + 1, month=1, day=5)
    monkeypatch.setattr(clock, "now", lambda: after)
    monkeypatch.setattr(clock, "today", lambda: after.date())
    client = page_of(told.accountant)
    words = text_of(client.get(at("year-close", told)))
    assert "6.000.000" in words
    client.post(at("year-close", told), {"year": after.year - 1})
    draft = Draft.objects.get(kind=VoucherKind.CLOSING)
    assert draft.occurred_on == date(after.year - 1, 12, 31)
    assert "đang chờ ghi sổ" in text_of(client.get(at("year-close", told)))
    assert page_of(told.controller).get(at("draft-detail", told, draft.pk)).status_code == 200


def test_strangers_learn_nothing_and_readers_change_nothing(told):
    pledge, gift = Pledge.objects.first(), OutsideGift.objects.first()
    for name, more in (
        ("campaign-list", ()),
        ("register-list", ("cam-ket",)),
        ("pledge-detail", (pledge.pk,)),
        ("outside-detail", (gift.pk,)),
        ("year-close", ()),
    ):
        assert page_of(told.cast.outsider).get(at(name, told, *more)).status_code == 404, name
        assert page_of(told.cast.auditor).get(at(name, told, *more)).status_code == 200, name
    for name in ("pledge-create", "outside-create", "campaign-create"):
        assert page_of(told.cast.auditor).get(at(name, told)).status_code == 403, name
