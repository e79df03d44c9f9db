"""The books: what screen, PDF and workbook print equals the account, to the đồng."""

import re
from datetime import date
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from django.db.models import Q

from chungtay.funds import selectors, services
from chungtay.funds.bookshelf.asking import Asked
from chungtay.funds.bookshelf.reports import trial_balance
from chungtay.funds.bookshelf.shelf import BY_CODE, SHELF
from chungtay.funds.checks import balance_of
from chungtay.funds.models import Entry
from chungtay.funds.rules import Line
from chungtay.funds.slips import voucher_pdf
from chungtay.funds.tests.test_voucher_views import at, page_of, text_of
from chungtay.kernel.numerals import format_integer
from chungtay.ledger.balances import trial_balance as pure_trial_balance
from chungtay.ledger.entries import VoucherKind
from chungtay.papers.sheets import write_sheet_pdf, write_sheet_workbook

YEAR = {"tu": "01/01/2025", "den": "31/12/2025"}


@pytest.fixture
def told(office):
    """A quarter of a fund: money, goods, a transfer, a reversal, over two months."""
    office.receive(50_000_000, purpose="nha-o", party="Công ty Hoàng Long", address="Phường 6")
    office.receive(8_000_000, account="111", party="Nguyễn Văn An")
    office.post(office.draft(VoucherKind.IN_KIND_RECEIPT, Line("152", "512", 3_000_000, item="gạo, kg", quantity=150)))
    office.post(office.draft(VoucherKind.IN_KIND_ISSUE, Line("6120", "152", 1_000_000, item="gạo, kg", quantity=50)))
    office.spend(20_000_000, purpose="nha-o", kind="6112", party="Hộ bà Tư")
    office.spend(1_500_000, account="111", kind="6114", party="Trường Kim Hồng")
    office.post(
        office.draft(VoucherKind.TRANSFER, Line("618", "112", 5_000_000), transfer="CT-1", party="Quỹ xã Hòa An")
    )
    wrong = office.receive(2_000_000, account="111", party="Trần Thị Năm")
    services.ask_reversal(voucher=wrong, reason="Trùng", now=office.now, by=office.accountant)
    services.confirm_reversal(voucher=wrong, now=office.now, by=office.controller)
    return office


def asked(office, choice="", start=date(2025, 1, 1), end=date(2026, 1, 1)):
    return Asked(office.fund, selectors.chart(), start, end, date(2025, 12, 31), choice)


def pdf_text(data):
    document = pypdfium2.PdfDocument(data)
    try:
        pages = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            pages.append(text.get_text_range())
            text.close()
            page.close()
        return re.sub(r"\s+", " ", " ".join(pages)).replace("\u00a0", " ")
    finally:
        document.close()


def numbers(sheet):
    return [cell for row in sheet.rows for cell in row.cells if isinstance(cell, int) and cell]


@pytest.mark.parametrize("code", [book.code for book in SHELF])
def test_screen_paper_and_workbook_of_every_book_say_the_same(told, code):
    sheet = BY_CODE[code].make(asked(told))
    assert sheet.rows
    client = page_of(told.accountant)
    screen = text_of(client.get(at("book-detail", told, code), YEAR))
    paper = client.get(at("book-file", told, code, "pdf"), YEAR)
    book = client.get(at("book-file", told, code, "xlsx"), YEAR)
    words = pdf_text(paper.content)
    cells = [
        cell
        for row in openpyxl.load_workbook(BytesIO(book.content)).active.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, int)
    ]
    assert "Mẫu chưa đối chiếu với văn bản" in words
    assert "Mẫu chưa đối chiếu với văn bản" in screen
    for number in numbers(sheet):
        assert format_integer(number) in words
        assert format_integer(number) in screen
    assert [number for number in cells if number] == numbers(sheet)


@pytest.mark.parametrize(("code", "account"), [("so-quy-tien-mat", "111"), ("so-tien-gui", "112")])
def test_a_till_book_ends_with_the_balance_of_the_account(told, code, account):
    sheet = BY_CODE[code].make(asked(told))
    assert sheet.rows[-1].cells[-1] == balance_of(told.fund, account)
    came, went = sheet.rows[-2].cells[-3], sheet.rows[-2].cells[-2]
    assert came - went == balance_of(told.fund, account)
    assert all(row.url for row in sheet.rows[1:-2])


def test_what_was_booked_before_the_days_is_the_opening(told):
    whole = BY_CODE["so-tien-gui"].make(asked(told))
    later = BY_CODE["so-tien-gui"].make(asked(told, start=date(2025, 4, 1)))
    assert later.rows[0].cells[-1] == later.rows[-1].cells[-1] == whole.rows[-1].cells[-1]
    assert len(later.rows) == 3


@pytest.mark.parametrize("start", [date(2025, 1, 1), date(2025, 3, 10), date(2025, 6, 1)])
def test_the_trial_balance_is_the_one_of_the_pure_ledger(told, start):
    found = trial_balance(asked(told, start=start))
    entries = list(selectors.entries_of(told.fund))
    assert found == pure_trial_balance(entries, start=start, end=date(2026, 1, 1))
    assert found.is_balanced


def test_a_purpose_keeps_what_it_has_not_spent(told):
    sheet = BY_CODE["so-muc-dich"].make(asked(told, "nha-o"))
    assert sheet.rows[-1].cells[-1] == 30_000_000
    assert BY_CODE["so-muc-dich"].make(asked(told)).rows[-1].cells[-1] == 8_000_000 + 2_000_000 - 1_500_000 - 5_000_000


def test_gifts_by_donor_leave_out_what_was_reversed(told):
    sheet = BY_CODE["so-nguoi-ung-ho"].make(asked(told))
    names = [row.cells[0] for row in sheet.rows]
    assert "Trần Thị Năm" not in names
    gifts = Entry.objects.filter(fund=told.fund)
    net = sum(
        entry.amount if entry.credit == "511" else -entry.amount
        for entry in gifts.filter(Q(credit="511") | Q(debit="511"))
    )
    assert sheet.rows[-1].cells[2] == net == 58_000_000


def test_goods_are_counted_by_item(told):
    last = BY_CODE["so-hien-vat"].make(asked(told)).rows[-1]
    assert last.cells[-2:] == (100, 2_000_000)


def test_the_year_ends_where_it_began_plus_what_came_less_what_went(told):
    rows = BY_CODE["bao-cao-thu-chi"].make(asked(told)).rows
    money = {str(row.cells[0]): row.cells[2] for row in rows}
    assert money["I"] + money["II"] - money["III"] == money["IV"]
    assert money["IV"] == balance_of(told.fund, "111") + balance_of(told.fund, "112")


def test_a_list_longer_than_a_page_carries_its_sums_forward(office):
    for number in range(70):
        office.receive(1_000_000 + number, party=f"Người ủng hộ thứ {number}")
    words = pdf_text(write_sheet_pdf(BY_CODE["c-01q"].make(asked(office))))
    total = format_integer(sum(1_000_000 + number for number in range(70)))
    assert words.count("Cộng trang này") >= 2
    carried = re.findall(r"Cộng chuyển sang trang sau ([\d.]+)", words)
    brought = re.findall(r"Số trang trước chuyển sang ([\d.]+)", words)
    assert carried == brought
    assert carried
    assert f"Cộng lũy kế {total}" in words


def test_papers_are_the_same_bytes_each_time(told):
    sheet = BY_CODE["bang-can-doi"].make(asked(told))
    assert write_sheet_pdf(sheet) == write_sheet_pdf(sheet)
    assert write_sheet_workbook(sheet) == write_sheet_workbook(sheet)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (
            0,
            ("PHIẾU THU", "Công ty Hoàng Long", "Phường 6", "50.000.000 đồng", "Năm mươi triệu đồng", "Người nộp tiền"),
        ),
        (4, ("PHIẾU CHI", "Hộ bà Tư", "20.000.000 đồng", "Hai mươi triệu đồng", "Người nhận tiền", "6112")),
        (2, ("PHIẾU NHẬN HIỆN VẬT", "gạo, kg", "150", "20.000", "3.000.000", "Người giao")),
    ],
)
def test_a_voucher_on_paper_has_the_seven_items_of_the_law(told, place, words):
    voucher = told.fund.vouchers.order_by("position")[place]
    said = pdf_text(voucher_pdf(voucher))
    whole = (
        *words,
        str(voucher),
        "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM",
        "Địa chỉ: Thành phố Cao Lãnh, Tỉnh Đồng Tháp",
        voucher.memo,
        "Trưởng Ban vận động",
        "Phụ trách kế toán",
        "Người lập phiếu",
        voucher.drafted_by.full_name,
        "tháng 3 năm 2025",
        voucher.hash[:12],
    )
    assert [part for part in whole if part not in said] == []


def test_a_voucher_of_many_lines_stands_on_one_sheet(office):
    lines = [Line("111", "511", 1_000_000 + at_, donor=f"Người thứ {at_}") for at_ in range(12)]
    voucher = office.post(office.draft(VoucherKind.RECEIPT, *lines))
    document = pypdfium2.PdfDocument(voucher_pdf(voucher))
    assert len(document) == 1
    document.close()


def test_an_unknown_book_or_file_is_not_there(told):
    client = page_of(told.accountant)
    assert client.get(at("book-detail", told, "so-la")).status_code == 404
    assert client.get(at("book-file", told, "so-tien-gui", "doc")).status_code == 404
    assert client.get(at("book-detail", told, "so-tien-gui"), {"tu": "31/02/2025"}).status_code == 422


def test_a_book_too_long_for_paper_says_what_to_do(told, monkeypatch):
    monkeypatch.setattr("chungtay.funds.views.books.MOST_ON_PAPER", 2)
    client = page_of(told.accountant)
    answer = client.get(at("book-file", told, "so-tien-gui", "pdf"), YEAR, follow=True)
    assert "in PDF tối đa 2 dòng một lần" in text_of(answer)
    assert client.get(at("book-file", told, "so-tien-gui", "xlsx"), YEAR).status_code == 200


def test_a_long_book_asks_the_database_little(office, django_assert_max_num_queries):
    for number in range(40):
        office.receive(1_000 + number)
    client = page_of(office.accountant)
    for book in SHELF:
        with django_assert_max_num_queries(40):
            client.get(at("book-detail", office, book.code), YEAR)
