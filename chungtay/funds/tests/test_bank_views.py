"""The pages of a fund's bank: lines are found and explained by people, days add up, and who may only look only looks."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chungtay.access.rules import Role
from chungtay.audit.models import AuditEvent
from chungtay.banking.vietqr import decode
from chungtay.funds import selectors, services
from chungtay.funds.bank.explaining import explain_day
from chungtay.funds.models import BankAccount, LineMark, LineState, Pledge, Standing, StatementLine
from chungtay.funds.tests.bank_pages import line_of, text
from chungtay.funds.tests.making import NOW
from chungtay.funds.tests.statements import LINES, workbook


def test_lines_are_found_without_accents_and_marked(desk):
    desk.take()
    shown = text(desk.get("bank-line-list", q="sen hong"))
    assert "<strong>1 dòng</strong>" in shown
    assert "<mark>Sen</mark> <mark>Hồng</mark>" in shown
    assert "1.000.000 đồng" in shown


@pytest.mark.parametrize(
    ("query", "count", "total"),
    [
        ({}, 5, "1.400.000"),
        ({"chieu": "ra"}, 1, "-200.000"),
        ({"q": "tiền:50.000"}, 2, "100.000"),
        ({"it_nhat": "200.000"}, 3, "1.300.000"),
        ({"tu": "04/03/2025", "den": "05/03/2025"}, 2, "800.000"),
        ({"q": "ung ho", "nhieu_nhat": "500.000"}, 3, "600.000"),
        ({"q": "ung ho", "trang_thai": "matched"}, 0, ""),
        ({"q": "ung ho", "tu": "05/03/2025"}, 1, "1.000.000"),
        ({"trang_thai": "excluded"}, 0, ""),
    ],
)
def test_the_list_counts_and_sums_exactly(desk, query, count, total):
    desk.take()
    shown = text(desk.get("bank-line-list", **query))
    if count:
        assert f'<strong>{count} dòng</strong>, vào trừ ra cộng <strong class="num">{total} đồng' in shown.replace(
            "−", "-"
        )
    else:
        assert "Không có dòng nào như vậy" in shown


def test_words_find_nothing_of_another_account(desk, office):
    desk.take()
    other = services.open_account(
        fund=office.fund, code="khac", bank="970405", number="222333444", holder="KHAC", now=NOW, by=None
    )
    services.import_statement(account=other, data=workbook(LINES), name="b.xlsx", now=NOW, by=office.accountant)
    assert "<strong>1 dòng</strong>" in text(desk.get("bank-line-list", q="sen hong"))


def test_lines_come_fifty_a_page_with_a_bounded_number_of_queries(desk, office):
    many = [(date(2025, 3, 3), f"FT{at}", 1_000 + at, f"ung ho {at}", "") for at in range(120)]
    services.import_statement(account=desk.account, data=workbook(many), name="a.xlsx", now=NOW, by=office.accountant)
    desk.get("bank-line-list")
    for query in ({}, {"q": "ung ho", "trang_thai": "unmatched"}):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            shown = text(desk.get("bank-line-list", page=2, xep="vao", **query))
        assert "Dòng 51–100 trong 120" in shown
        assert len(asked) <= 20
    assert shown.index("1.069</span>") < shown.index("1.020</span>")


def test_a_wrong_question_is_told_and_nothing_breaks(desk):
    desk.take()
    response = desk.get("bank-line-list", q="tiền:abc", tu="31/02/2025", page="x")
    assert response.status_code == 422
    assert "không phải" in text(response)


def test_a_line_has_its_page_with_proposals_and_reasons(desk, office):
    desk.take()
    voucher = office.receive(500_000, on=date(2025, 3, 3), party="Nguyễn Văn A")
    shown = text(desk.get("bank-line-detail", line=line_of("FT001")))
    for said in (str(voucher), "Đúng số tiền", "Cùng ngày", "thang-3.xlsx", "Lập phiếu thu từ dòng này"):
        assert said in shown
    assert not LineMark.objects.exists()


def _rows(*pairs, seen=0, key="k1"):
    rows = {"count": str(len(pairs)), "seen": str(seen), "key": key}
    for at, (voucher, amount) in enumerate(pairs):
        rows |= {f"row-{at}-voucher": str(voucher), f"row-{at}-amount": amount}
    return rows


def test_a_line_is_explained_once_however_often_it_is_sent(desk, office):
    desk.take()
    line, voucher = line_of("FT001"), office.receive(500_000, on=date(2025, 3, 3))
    for _ in range(2):
        assert desk.post("bank-line-settle", _rows((voucher, "500.000")), line=line).status_code == 302
    assert LineMark.objects.count() == 1
    assert Standing.objects.get().state == LineState.MATCHED


def test_a_line_is_split_and_the_amounts_must_add_up(desk, office):
    desk.take()
    line = line_of("FT004")
    one, two = (office.receive(amount, on=date(2025, 3, 5)) for amount in (600_000, 400_000))
    refused = desk.post("bank-line-settle", _rows((one, "600.000"), (two, "300.000")), line=line)
    assert refused.status_code == 422
    assert "Hai số phải bằng nhau" in text(refused)
    assert "300.000" in text(refused)
    assert "không có chứng từ" in text(desk.post("bank-line-settle", _rows(("PT-2025-009999", "1.000.000")), line=line))
    assert "không phải là số chứng từ" in text(desk.post("bank-line-settle", _rows(("abc", "1.000.000")), line=line))
    more = text(desk.post("bank-line-settle", _rows((one, "600.000")) | {"do": "add-row"}, line=line))
    assert 'name="row-1-voucher"' in more
    assert desk.post("bank-line-settle", _rows((one, "600.000"), (two, "400.000")), line=line).status_code == 302
    assert "Đã tách" in text(desk.get("bank-line-detail", line=line))


def test_a_line_is_left_out_and_taken_back_with_reasons_that_stay(desk):
    desk.take()
    line = line_of("FT003")
    lacking = desk.post("bank-line-leave-out", {"out-seen": "0", "out-key": "a"}, line=line)
    assert lacking.status_code == 422
    desk.post("bank-line-leave-out", {"out-seen": "0", "out-key": "b", "out-reason": "Phí thử"}, line=line)
    assert "Loại ra" in text(desk.get("bank-line-detail", line=line))
    mark = LineMark.objects.get()
    stale = desk.post("bank-line-take-back", {"back-seen": "0", "back-key": "c", "back-reason": "Nhầm"}, line=line)
    assert "Người khác vừa ghi" in text(stale)
    desk.post("bank-line-take-back", {"back-seen": str(mark.pk), "back-key": "d", "back-reason": "Nhầm"}, line=line)
    shown = text(desk.get("bank-line-detail", line=line))
    assert "Chưa khớp" in shown
    assert "Phí thử" in shown


def test_the_account_of_the_other_side_is_masked_and_shown_for_a_purpose(desk, office):
    data = b"Ngay giao dich,So tien,Noi dung,So tai khoan doi ung\n03/03/2025,500000,ung ho CT tu 0123456789012,0123456789012\n"
    services.import_statement(account=desk.account, data=data, name="a.csv", now=NOW, by=office.accountant)
    line = StatementLine.objects.get()
    assert "***9012" in text(desk.get("bank-line-list"))
    assert "0123456789012" not in text(desk.get("bank-line-list")) + text(desk.get("bank-line-detail", line=line))
    assert desk.post("bank-line-reveal", {"purpose": " "}, line=line).status_code == 422
    assert not AuditEvent.objects.filter(code="funds.line.party_seen").exists()
    assert "0123456789012" in text(desk.post("bank-line-reveal", {"purpose": "Trả lại tiền"}, line=line))
    event = AuditEvent.objects.get(code="funds.line.party_seen")
    assert event.data == {"purpose": "Trả lại tiền", "party": "***9012"}


def test_a_receipt_begins_with_what_the_line_says(desk, office):
    desk.take()
    client = Client()
    client.force_login(office.accountant)
    address = reverse("draft-create", args=[office.fund.pk, "phieu-thu"])
    shown = client.get(address, {"dong": line_of("FT004").pk}).content.decode()
    for said in ('value="05/03/2025"', 'value="1.000.000"', "CONG TY SEN HONG", "Công ty Sen Hồng ủng hộ"):
        assert said in shown
    assert client.get(address, {"dong": "99999"}).status_code == 200


# ------------------------------------------------------------------ days, accounts, codes


def test_a_month_adds_up_and_a_day_tells_why_it_differs(desk, office):
    desk.take()
    early = office.receive(500_000, on=date(2025, 3, 4))
    desk.post("bank-line-settle", _rows((early, "500.000")), line=line_of("FT001"))
    office.receive(50_000, on=date(2025, 3, 3))
    month = text(desk.get("bank-month", thang="2025-03"))
    assert "Cộng tháng" in month
    assert "4 ngày lệch" not in month
    assert "3 ngày lệch" in month
    client = Client()
    client.force_login(office.accountant)
    for one in selectors.compared(desk.account, date(2025, 3, 1), date(2025, 3, 31)):
        assert explain_day(desk.account, one.day).difference == one.difference
    day = text(client.get(reverse("bank-day", args=[office.fund.pk, desk.account.pk, "2025-03-03"])))
    assert "ngân hàng trừ sổ bằng 550.000 đồng" in day
    assert f'khớp với <a href="{reverse("voucher-detail", args=[office.fund.pk, str(early)])}">' in day
    assert "Chưa có dòng sao kê" in day
    assert client.get(reverse("bank-day", args=[office.fund.pk, desk.account.pk, "khong"])).status_code == 404


def test_accounts_are_listed_with_bank_against_book(desk, office):
    desk.take()
    office.receive(500_000, on=date(2025, 3, 3))
    desk.get("bank-line-list")
    with CaptureQueriesContext(connection) as asked:
        shown = text(desk.get("bank-account-list"))
    for said in ("Vietcombank ***9888", "05/03/2025", "11.400.000", "10.900.000", "5 trong 5 dòng"):
        assert said in shown
    assert len(asked) <= 20


def test_an_account_is_opened_once(desk, office):
    data = {"bank": "970405", "number": "555666777", "holder": "QUY", "code": "agribank", "ledger_account": "112"}
    assert desk.post("bank-account-open", data).status_code == 302
    assert BankAccount.objects.filter(code="agribank").exists()
    refused = desk.post("bank-account-open", data)
    assert refused.status_code == 422
    assert "đã đặt cho tài khoản khác" in text(refused)


def test_a_code_carries_amount_purpose_and_reference(desk, office):
    desk.take()
    services.open_campaign(
        fund=office.fund,
        code="cao-diem",
        name="Tháng cao điểm",
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        now=NOW,
        by=None,
    )
    response = desk.get("bank-code", so_tien="500.000", noi_dung="Ủng hộ bão số 3")
    payload = decode(response.context["text"])
    assert (payload.number, payload.amount, payload.purpose) == ("1017999888", 500_000, "Ung ho bao so 3")
    assert desk.get("bank-code", so_tien="0").status_code == 422
    drive = office.fund.campaigns.get()
    assert decode(desk.get("bank-code", dot=drive.pk).context["text"]).purpose.startswith("CTC")
    made = desk.post(
        "bank-code",
        {"pledge-key": "k", "pledge-donor": "Bà Sen", "pledge-amount": "2.000.000", "pledge-pledged_on": "01/03/2025"},
    )
    pledge = Pledge.objects.get()
    client = Client()
    client.force_login(office.accountant)
    shown = decode(client.get(made.headers["Location"]).context["text"])
    assert shown.purpose.startswith(pledge.reference)
    assert shown.amount == 2_000_000


# ------------------------------------------------------------------ rights


def test_who_may_only_look_sees_no_buttons_and_may_not_post(desk, office):
    desk.take()
    line = line_of("FT001")
    for user in (office.cast.officer, office.cast.auditor):
        shown = (
            text(desk.get("bank-line-detail", user, line))
            + text(desk.get("bank-line-list", user))
            + text(desk.get("bank-account-list", user))
        )
        for word in ("Khớp với", "Loại ra</button>", "Nhận sao kê", "Khai tài khoản", "Lập phiếu"):
            assert word not in shown
        assert desk.post("bank-line-settle", _rows(("x", "1")), user, line).status_code == 403
        assert desk.get("bank-import", user).status_code == 403
        assert desk.post("bank-account-open", {}, user).status_code == 403
        assert desk.post("bank-code", {}, user).status_code == 403


def test_the_controller_explains_and_takes_nothing_in(desk, office):
    desk.take()
    line = line_of("FT003")
    out = {"out-seen": "0", "out-key": "a", "out-reason": "Thử"}
    assert desk.post("bank-line-leave-out", out, office.controller, line).status_code == 302
    assert desk.get("bank-import", office.controller).status_code == 403


def test_a_stranger_does_not_learn_that_it_exists(desk, office):
    desk.take()
    stranger = office.cast.person("nguoi.la", "Người Lạ", "Kế toán", (Role.ACCOUNTANT, office.cast.other_city))
    for name in ("bank-account-list", "bank-line-list", "bank-month", "bank-code", "bank-import"):
        assert desk.get(name, stranger).status_code == 404
    assert desk.get("bank-line-detail", stranger, line_of("FT001")).status_code == 404
