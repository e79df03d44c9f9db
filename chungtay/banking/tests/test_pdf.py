from datetime import date

import pytest

from chungtay.banking.chain import check_chain
from chungtay.banking.pdf_statement import read_pdf
from chungtay.banking.statement import UnreadableStatement
from chungtay.banking.tests import making
from chungtay.banking.tests.making import ACCOUNT, movements

LONG = "292976.010926.013647.xin cảm ơn, mong bà con sớm ổn định cuộc sống, gia đình chúng tôi xin gửi một chút lòng thành đến đồng bào"


def lines(count):
    return [
        (d, ref, o, i, b, f"{memo}. {LONG}" if n % 3 == 0 else memo)
        for n, (d, ref, o, i, b, memo) in enumerate(movements(count))
    ]


def values(statement):
    return [(x.booked_on, x.ref, x.debit, x.credit, x.balance, x.text) for x in statement.lines]


@pytest.mark.parametrize("repeat", [True, False])
def test_the_published_form_over_several_pages(repeat):
    expected = lines(80)
    statement = read_pdf(making.pdf_vietcombank(expected, repeat=repeat))
    assert statement.problems == ()
    assert values(statement) == expected
    assert [line.row for line in statement.lines] == list(range(1, 81))
    assert (statement.account, statement.currency) == (ACCOUNT, "VND")
    assert (statement.from_on, statement.to_on) == (date(2026, 9, 1), date(2026, 9, 30))
    assert statement.closing == expected[-1][4]
    assert check_chain(statement).holds


def test_days_in_the_middle_of_their_rows():
    expected = lines(12)
    assert values(read_pdf(making.pdf_vietcombank(expected, centred=True))) == expected


def test_the_form_of_one_day():
    expected = [each for each in lines(60) if each[3]]
    statement = read_pdf(making.pdf_of_a_day(expected))
    assert statement.problems == ()
    assert [(x.booked_on, x.credit, x.text) for x in statement.lines] == [
        (d, i, memo) for d, _, _, i, _, memo in expected
    ]
    assert (statement.from_on, statement.to_on) == (date(2026, 9, 1), date(2026, 9, 1))


def test_a_changed_amount_breaks_the_chain_in_its_row():
    faulty = lines(10)
    d, ref, o, i, b, memo = faulty[5]
    faulty[5] = (d, ref, o, i + 10_000, b, memo)
    (broken,) = check_chain(read_pdf(making.pdf_vietcombank(faulty))).breaks
    assert (broken.row, broken.difference) == (6, -10_000)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nxx", making._pdf("Chỉ là một bức thư."), making._pdf("#rect()")])
def test_without_a_table_nothing_is_read(data):
    with pytest.raises(UnreadableStatement, match="PDF"):
        read_pdf(data)
