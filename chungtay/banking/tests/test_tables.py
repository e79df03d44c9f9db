from datetime import date

import pytest

from chungtay.banking.chain import check_chain
from chungtay.banking.statement import UnreadableStatement
from chungtay.banking.tables import read_rows, read_table
from chungtay.banking.tests import making
from chungtay.banking.tests.making import ACCOUNT, csv_text, movements, xlsx


def values(statement):
    return [(x.booked_on, x.ref, x.debit, x.credit, x.balance, x.text) for x in statement.lines]


def test_vietcombank_day_and_document_in_one_cell():
    statement = read_table(xlsx(making.vietcombank_rows()))
    assert values(statement) == movements(12)
    assert statement.problems == ()
    assert (statement.account, statement.currency) == (ACCOUNT, "VND")
    assert (statement.opening, statement.closing) == (1_000_000, movements(12)[-1][4])
    assert (statement.from_on, statement.to_on) == (date(2026, 9, 1), date(2026, 9, 10))
    assert statement.lines[0].row == 7
    assert check_chain(statement).holds


def test_vietinbank_newest_first_is_put_in_order():
    statement = read_table(xlsx(making.vietinbank_rows()))
    assert values(statement) == movements(12)
    assert statement.problems == ()
    assert statement.account == ACCOUNT
    assert [line.row for line in statement.lines] == list(range(38, 26, -1))
    first = statement.lines[0]
    assert (first.counterparty_account, first.counterparty_name) == ("888000333", "Trần Thị Mẫu")
    assert first.value_on == date(2026, 9, 1)
    assert check_chain(statement).holds


def test_newest_first_within_one_day_shows_in_the_balances():
    rows = making.vietinbank_rows(4)
    assert values(read_table(xlsx(rows))) == movements(4)
    assert values(read_table(xlsx(rows[:26] + rows[:25:-1]))) == movements(4)


def test_mb_line_breaks_in_the_header_and_a_row_of_totals():
    statement = read_table(xlsx(making.mb_rows()))
    assert [(x.booked_on, x.debit, x.credit, x.text) for x in statement.lines] == [
        (d, o, i, memo) for d, _, o, i, _, memo in movements(12)
    ]
    assert statement.problems == ()
    assert (statement.account, statement.opening, statement.closing) == (ACCOUNT, 1_000_000, movements(12)[-1][4])
    assert statement.lines[0].ref == "FT26248001\\BNK"
    assert statement.lines[0].counterparty_bank == "NH THU"
    assert check_chain(statement).holds


def test_agribank_one_signed_amount():
    statement = read_table(xlsx(making.agribank_rows()))
    assert [(x.booked_on, x.debit, x.credit, x.balance) for x in statement.lines] == [
        (d, o, i, b) for d, _, o, i, b, _ in movements(12)
    ]
    assert statement.problems == ()


def test_credit_before_debit_and_real_dates():
    assert values(read_table(xlsx(making.ocb_rows()))) == movements(12)


def test_a_fee_is_money_out():
    rows = [
        ["Ngày giao dịch", "Ghi có", "Ghi nợ", "Phí"],
        ["05/09/2026", "", "100.000", "1.100"],
        ["05/09/2026", "5.000", "", "50"],
    ]
    statement = read_rows(rows)
    assert [line.debit for line in statement.lines] == [101_100]
    assert [(p.row, p.column) for p in statement.problems] == [(3, "Phí")]


def test_a_header_of_two_rows_with_merged_cells():
    rows = [
        ["SAO KÊ"],
        ["Ngày", "", "Số chứng từ", "Phát sinh", "", "Số dư", "Diễn giải"],
        ["Giao dịch", "Hiệu lực", "", "Nợ", "Có", "", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        *[[f"{d:%d/%m/%Y}", f"{d:%d/%m/%Y}", ref, o, i, b, memo] for d, ref, o, i, b, memo in movements(8)],
    ]
    merges = [(1, 0, 1, 1, "Ngày"), (1, 3, 1, 4, "Phát sinh"), (1, 5, 2, 5, "Số dư"), (1, 6, 2, 6, "Diễn giải")]
    statement = read_table(xlsx(rows, merges))
    assert values(statement) == movements(8)
    assert statement.problems == ()
    assert statement.lines[0].value_on == date(2026, 9, 1)


def test_a_second_row_of_english_names_is_no_line():
    rows = [
        ["Ngày GD", "Số CT", "Ghi nợ", "Ghi có", "Nội dung"],
        ["Date", "Doc No", "Debit", "Credit", "Description"],
        ["05/09/2026", "1", "", "50.000", "a"],
    ]
    statement = read_rows(rows)
    assert [(line.row, line.credit) for line in statement.lines] == [(3, 50_000)]
    assert statement.problems == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_csv_in_every_encoding_and_delimiter(delimiter, encoding):
    statement = read_table(csv_text(making.vietcombank_rows(), delimiter, encoding))
    assert values(statement) == movements(12)
    assert statement.problems == ()


def test_csv_of_the_old_vietnamese_code_page():
    import unicodedata

    text = csv_text(
        [["Ngày giao dịch", "Ghi nợ", "Ghi có", "Nội dung"], ["05/09/2026", "", "1", "ủng hộ"]], ";"
    ).decode("utf-8-sig")
    # The code page writes the tone as a character of its own.
    split = "".join(unicodedata.normalize("NFD", c) if c in "ủộịợà" else c for c in text)
    split = split.replace("o\u0323\u0302", "ô\u0323").replace("o\u031b\u0323", "ơ\u0323")
    statement = read_table(split.encode("cp1258"))
    assert [line.text for line in statement.lines] == ["ủng hộ"]


@pytest.mark.parametrize("style", ["{:,}", "{:,}.00", "dots"])
def test_both_number_formats(style):
    def write(number):
        return f"{number:,}".replace(",", ".") if style == "dots" else style.format(number)

    rows = [["Ngày", "Số CT", "Ghi nợ", "Ghi có", "Số dư", "Nội dung"]]
    rows += [[f"{d:%Y-%m-%d}", ref, write(o), write(i), write(b), memo] for d, ref, o, i, b, memo in movements(9)]
    assert values(read_table(csv_text(rows))) == movements(9)


def test_broken_lines_are_reported_and_the_rest_stands():
    rows = making.vietcombank_rows()
    rows[6][2] = "50.0x0"
    rows[7][0] = "31/02/2026\n1.2"
    rows[8][2] = ""
    rows[9][1], rows[9][2] = "1.000", "2.000"
    rows[10][0] = ""
    rows[11][3] = "?"
    statement = read_table(xlsx(rows))
    assert [(p.row, p.column.split("/")[0]) for p in statement.problems if p.row < 19] == [
        (7, "Số tiền ghi có"),
        (8, "Ngày GD"),
        (9, "Số tiền ghi có"),
        (10, "Số tiền ghi nợ"),
        (11, "Ngày GD"),
        (12, "Số dư"),
    ]
    assert [line.row for line in statement.lines] == list(range(12, 19))
    assert all(problem.sentence for problem in statement.problems)


def test_a_sum_that_does_not_fit_is_reported():
    rows = making.vietcombank_rows()
    rows[8][2] = "1.050.000"
    problems = read_table(xlsx(rows)).problems
    assert [(p.row, p.column) for p in problems] == [(19, "Số tiền ghi có/Credit")]
    assert "Dòng cộng ghi" in problems[0].sentence


def test_sums_of_pages_and_repeated_headers_are_passed_over():
    rows = making.vietcombank_rows()
    header, body = rows[5], rows[6:18]
    sums = [sum(int(r[2].replace(".", "") or 0) for r in part) for part in (body[:6], body[6:])]
    rows = [*rows[:6], *body[:6], ["Cộng trang", "", sums[0]], header, *body[6:], ["Cộng trang", "", sums[1]]]
    statement = read_table(xlsx(rows))
    assert values(statement) == movements(12)
    assert statement.problems == ()


def test_an_opening_balance_among_the_lines():
    rows = [
        ["Ngày", "Diễn giải", "Rút", "Nạp", "Số dư"],
        ["01/09/2026", "Số dư đầu kỳ", "", "", "500"],
        ["", "Cộng", "", "", ""],
        ["02/09/2026", "a", "", "100", "600"],
    ]
    statement = read_rows(rows)
    assert (statement.opening, len(statement.lines), statement.problems) == (500, 1, ())


def test_a_column_says_which_way_the_money_went():
    rows = [
        ["Ngày", "Số tiền", "Ghi nợ/Ghi có", "Nội dung"],
        ["05/09/2026", "100", "D", "a"],
        ["05/09/2026", "200", "C", "b"],
        ["05/09/2026", "300", "?", "c"],
    ]
    statement = read_rows(rows)
    assert [(x.debit, x.credit) for x in statement.lines] == [(100, 0), (0, 200)]
    assert [p.row for p in statement.problems] == [4]


def test_money_out_with_a_minus_in_its_own_column():
    rows = [["Ngày", "Tiền ra", "Tiền vào"], ["05/09/2026", "-100", ""], ["05/09/2026", "", "-7"]]
    statement = read_rows(rows)
    assert [line.debit for line in statement.lines] == [100]
    assert [p.row for p in statement.problems] == [3]


def test_a_second_sheet_may_hold_the_lines():
    import io

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("Bìa").write(0, 0, "Sao kê")
    sheet = book.add_worksheet("Chi tiết")
    for number, row in enumerate(making.agribank_rows(3)):
        sheet.write_row(number, 0, row)
    book.close()
    assert len(read_table(out.getvalue()).lines) == 3


def test_an_unclosed_quotation_mark_is_not_silent():
    text = 'Ngày;Ghi nợ;Ghi có;Nội dung\n05/09/2026;;100;"ủng hộ\n06/09/2026;;200;b\n07/09/2026;;300;c\n'
    statement = read_table(text.encode())
    assert [p.row for p in statement.problems] == [2]
    assert "ngoặc kép" in statement.problems[0].sentence


def test_another_currency_is_refused():
    rows = making.vietcombank_rows()
    rows[1][3] = "Loại tiền/Currency: USD"
    with pytest.raises(UnreadableStatement, match="USD"):
        read_table(xlsx(rows))


@pytest.mark.parametrize("rows", [[["a", "b"], ["1", "2"]], [["Ngày", "Nội dung"], ["05/09/2026", "a"]], [[""]]])
def test_without_a_header_nothing_is_read(rows):
    with pytest.raises(UnreadableStatement, match="tiêu đề"):
        read_rows(rows)


def test_a_header_without_lines_is_said():
    assert [p.row for p in read_rows([["Ngày", "Ghi nợ", "Ghi có"]]).problems] == [0]


def test_endless_problems_are_cut():
    rows = [["Ngày", "Ghi nợ", "Ghi có"], *[["05/09/2026", "x", ""]] * 3000]
    problems = read_rows(rows).problems
    assert len(problems) == 1001
    assert "Có hơn 1000 lỗi" in problems[-1].sentence


def test_a_company_is_no_row_of_totals():
    rows = [
        ["Ngày", "Ghi nợ", "Ghi có", "Nội dung"],
        ["", "", "5", "CONG TY VI DU ung ho"],
        ["31/02/2026", "", "7", "Tổng công ty"],
        ["", "", "8", "Tổng công ty Ví Dụ"],
    ]
    statement = read_rows(rows)
    assert [p.row for p in statement.problems] == [2, 3, 4]


def test_a_broken_line_after_a_sum_is_not_lost():
    rows = [
        ["Ngày", "Ghi nợ", "Ghi có", "Nội dung"],
        ["05/09/2026", "", "5", "a"],
        ["Cộng trang", "", "5"],
        ["35/09/2026", "", "7", "b"],
        ["06/09/2026", "", "8", "c"],
    ]
    rows += [["Tổng cộng", "", "13"], ["Người lập", "", "Kế toán trưởng"], ["", "", "(Ký, họ tên)"]]
    statement = read_rows(rows)
    assert [x.credit for x in statement.lines] == [5, 8]
    assert [p.row for p in statement.problems] == [4]


def test_a_memo_never_becomes_the_account_of_the_statement():
    rows = [
        ["Ngày", "Ghi nợ", "Ghi có", "Nội dung"],
        ["05/09/2026", "", "5", "a"],
        ["", "", "", "tu tai khoan 999000333444"],
        ["Cộng", "", "5"],
        ["Tài khoản 999000333444"],
    ]
    statement = read_rows(rows)
    assert statement.account is None
    assert statement.problems == ()


def test_a_column_of_currencies_is_no_currency_of_the_file():
    rows = [["Ngày", "Loại tiền", "STT", "Ghi nợ", "Ghi có"], ["05/09/2026", "VND", "1", "", "5"]]
    assert read_rows(rows).currency == "VND"
