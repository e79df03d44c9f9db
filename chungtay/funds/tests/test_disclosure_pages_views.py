"""Pages of disclosure: clocks and texts, the log with its picture, published days, lines and trails as the public sees them."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from chungtay.funds import services
from chungtay.funds.bank.settling import settle
from chungtay.funds.disclosure import frozen
from chungtay.funds.models import Disclosure, FrozenDay, NamingChoice, StatementLine
from chungtay.funds.tests.bank_pages import text
from chungtay.funds.tests.making import NOW

DAY = date(2025, 3, 3)


@pytest.fixture(autouse=True)
def at_the_storys_time(monkeypatch):
    from chungtay.web import clock

    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: NOW.date())


@pytest.fixture
def drive(office):
    return services.open_campaign(
        fund=office.fund,
        code="tcd2025",
        name="Đợt tháng Ba 2025",
        starts_on=date(2025, 3, 1),
        ends_on=date(2025, 3, 5),
        appeal="Lời kêu gọi số 1",
        now=NOW,
        by=None,
    )


@pytest.fixture
def ask(desk):
    def ask(name, *args, by=None, **query):
        url = reverse(name, args=[desk.office.fund.pk, *args])
        return desk.client(by or desk.office.controller).get(url, query)

    return ask


@pytest.fixture
def send(desk):
    def send(name, data, *args, by=None):
        url = reverse(name, args=[desk.office.fund.pk, *args])
        return desk.client(by or desk.office.controller).post(url, {"key": str(uuid4())} | data)

    return send


def photo():
    out = BytesIO()
    Image.new("RGB", (64, 48), "#c8b08a").save(out, "JPEG")
    return SimpleUploadedFile("bang-tin.jpg", out.getvalue(), "image/jpeg")


def posting(**more):
    return {"medium": "office", "where": "Trụ sở phường", "posted_on": "10/03/2025", "hour": "08:30"} | more


def test_a_fund_without_drives_says_what_will_stand_here(ask):
    assert "chưa mở đợt vận động nào" in text(ask("disclosure-home"))


def test_every_duty_stands_with_its_days_and_its_clock(ask, drive):
    said = text(ask("disclosure-home"))
    for words in ("Kết quả vận động", "05/03/2025 đến 20/03/2025", "Đang trong hạn", "Quá hạn", "Đợt thiếu mốc"):
        assert words in said
    assert "chưa đối chiếu với văn bản" in said


@pytest.mark.parametrize("kind", ["appeal", "how", "raised", "spent", "recipients"])
def test_every_duty_has_a_text_and_the_same_as_files(ask, drive, kind):
    page = ask("disclosure-duty", drive.code, kind)
    assert "Mã nội dung" in text(page)
    assert ask("disclosure-file", drive.code, kind, "xlsx").content[:2] == b"PK"


def test_a_duty_is_printed(ask, drive):
    assert ask("disclosure-file", drive.code, "raised", "pdf").content[:5] == b"%PDF-"
    assert ask("disclosure-file", drive.code, "raised", "exe").status_code == 404


def test_a_posting_is_logged_with_place_time_and_picture_and_stops_the_clock(ask, send, drive):
    answer = send("disclosure-duty", posting(picture=photo()), drive.code, "raised")
    assert answer.status_code == 302
    [told] = Disclosure.objects.all()
    assert (told.where, f"{told.hour:%H:%M}", told.picture.kind) == ("Trụ sở phường", "08:30", "picture")
    said = text(ask("disclosure-duty", drive.code, "raised"))
    assert "Đã công khai" in said
    assert "08:30" in said
    picture = ask("disclosure-picture", told.pk)
    assert (picture["Content-Type"], picture.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert ask("disclosure-picture", told.pk + 1).status_code == 404


def test_the_same_form_sent_twice_is_one_posting(send, drive):
    twice = posting(key="mot-lan")
    assert [send("disclosure-duty", twice, drive.code, "raised").status_code for _ in range(2)] == [302, 302]
    assert Disclosure.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"where": " "}, "Ô này chưa có gì"),
        ({"posted_on": "11/03/2025"}, "chưa tới"),
        ({"hour": "25:00"}, "giờ:phút"),
        ({"hour": "23:00"}, "Giờ công khai chưa tới"),
        ({"picture": SimpleUploadedFile("a.jpg", b"not a picture")}, "a.jpg"),
    ],
)
def test_a_posting_that_cannot_be_is_sent_back_with_the_reason(send, drive, wrong, sentence):
    answer = send("disclosure-duty", posting(**wrong), drive.code, "raised")
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Disclosure.objects.exists()


def test_who_is_not_the_controller_reads_but_does_not_post(desk, ask, send, drive):
    assert "Ghi một lần đăng" not in text(ask("disclosure-duty", drive.code, "raised", by=desk.office.accountant))
    answer = send("disclosure-duty", posting(), drive.code, "raised", by=desk.office.accountant)
    assert answer.status_code == 403


def test_what_was_told_and_has_changed_since_says_so(desk, ask, send, drive):
    send("disclosure-duty", posting(), drive.code, "raised")
    assert "đã khác bản đã đăng" not in text(ask("disclosure-duty", drive.code, "raised"))
    desk.office.receive(1_000_000)
    services.record_pledge(
        fund=desk.office.fund,
        amount=5_000_000,
        pledged_on=DAY,
        donor="Hội quán Sen",
        campaign=drive,
        now=NOW,
        by=desk.office.accountant,
    )
    assert "đã khác bản đã đăng" in text(ask("disclosure-duty", drive.code, "raised"))


def test_days_are_frozen_downloaded_and_checked(desk, ask, send):
    desk.take()
    assert "3 ngày chưa chốt" in text(ask("frozen-list", desk.account.pk))
    assert send("frozen-list", {"do": "freeze", "last": "09/03/2025"}, desk.account.pk).status_code == 302
    page = text(ask("frozen-list", desk.account.pk, thang="2025-03"))
    assert "Đã chốt cả tháng" in page
    one = FrozenDay.objects.get(day=DAY)
    for kind in frozen.KINDS:
        file = ask("frozen-file", desk.account.pk, "2025-03-03", 1, kind)
        assert file.content == (frozen.folder() / frozen.file_name(one, kind)).read_bytes()
    assert ask("frozen-file", desk.account.pk, "2025-03-03", 2, "csv").status_code == 404
    assert ask("frozen-file", desk.account.pk, "no-day", 1, "csv").status_code == 404
    url = reverse("frozen-list", args=[desk.office.fund.pk, desk.account.pk])
    browser = desk.client(desk.office.controller)
    assert "mọi tệp còn nguyên" in text(browser.post(url, {"do": "verify"}, follow=True))
    path = frozen.folder() / frozen.file_name(one, "csv")
    path.write_bytes(path.read_bytes() + b" ")
    assert "đã bị sửa" in text(browser.post(url, {"do": "verify"}, follow=True))
    assert ask("frozen-file", desk.account.pk, "2025-03-03", 1, "csv").status_code == 302


def test_only_the_controller_freezes(desk, send):
    desk.take()
    answer = send("frozen-list", {"last": "09/03/2025"}, desk.account.pk, by=desk.office.accountant)
    assert answer.status_code == 403
    assert not FrozenDay.objects.exists()


def test_a_line_is_shown_as_the_public_sees_it(desk, ask):
    desk.take()
    line = StatementLine.objects.get(ref="FT001")
    said = text(ask("public-line-detail", line.pk))
    assert "NGUYEN VAN A" not in said
    assert "500.000 đồng" in said
    assert ask("public-line-detail", line.pk + 100).status_code == 404


def test_a_gift_is_found_by_its_code_and_its_giver_may_be_named(desk, ask, send):
    desk.take()
    gift = desk.office.receive(500_000, on=DAY, party="Nguyễn Văn A")
    settle(line=StatementLine.objects.get(ref="FT001"), vouchers={gift: 500_000}, now=NOW, by=desk.office.controller)
    found = ask("gift-find", ma=gift.gift_code.code.lower())
    assert found.headers["Location"] == reverse("gift-detail", args=[desk.office.fund.pk, str(gift)])
    wrong = ask("gift-find", ma="123")
    assert (wrong.status_code, "14 ký tự" in text(wrong)) == (422, True)
    assert f"Ẩn danh {gift.gift_code.alias}" in text(ask("gift-detail", str(gift)))
    said = {"wish": "named", "said_by": "người ủng hộ"}
    assert send("gift-detail", said, str(gift), by=desk.office.accountant).status_code == 302
    assert NamingChoice.objects.get().is_named
    assert "Nguyễn Văn A, phiếu thu" in text(ask("gift-detail", str(gift)))


def test_a_wish_without_a_witness_is_sent_back(desk, send):
    gift = desk.office.receive(500_000, on=DAY)
    assert send("gift-detail", {"wish": "named", "said_by": ""}, str(gift)).status_code == 422
    assert not NamingChoice.objects.exists()


def test_strangers_do_not_learn_that_any_of_it_exists(desk, ask, drive):
    desk.take()
    stranger = desk.office.cast.person("nguoi.la", "Người Lạ", "Khách")
    gift = desk.office.receive(1_000)
    for name, args in (
        ("disclosure-home", ()),
        ("disclosure-duty", (drive.code, "raised")),
        ("disclosure-file", (drive.code, "raised", "pdf")),
        ("frozen-list", (desk.account.pk,)),
        ("public-line-detail", (1,)),
        ("gift-find", ()),
        ("gift-detail", (str(gift),)),
    ):
        assert ask(name, *args, by=stranger).status_code == 404, name
