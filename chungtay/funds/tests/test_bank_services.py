"""Bank files come in once whatever is done to them, lines are explained by people, and bank equals book or says why not."""

from datetime import date

import pytest

from chungtay.access.selectors import NotAllowed
from chungtay.funds import books
from chungtay.funds.bank import finding, importing, reconciling, settling
from chungtay.funds.bank.accounts import open_account
from chungtay.funds.models import LineLink, LineMark, LineState, Standing, StatementFile, StatementLine
from chungtay.funds.tests.making import NOW
from chungtay.funds.tests.statements import LINES, comma_separated, workbook
from chungtay.ledger.invariants import verify
from chungtay.textsearch.query import Query
from tests.databases.at_once import at_once


@pytest.fixture
def account(office):
    return open_account(
        fund=office.fund,
        code="cao-lanh",
        bank="970436",
        number="1017999888",
        holder="QUY VI NGUOI NGHEO",
        now=NOW,
        by=None,
    )


@pytest.fixture
def take_in(office, account):
    def take(data: bytes, name: str = "sao-ke.xlsx", **more):
        return importing.import_statement(account=account, data=data, name=name, now=NOW, by=office.accountant, **more)

    return take


def test_a_file_is_taken_in_with_every_line_and_its_twins(take_in):
    file, findings = take_in(workbook(LINES))
    assert (file.lines, file.added, findings.known) == (5, 5, 0)
    assert list(StatementLine.objects.order_by("id").values_list("id", "credit", "debit"))[1:4] == [
        (2, 50_000, 0),
        (3, 50_000, 0),
        (4, 0, 200_000),
    ]


@pytest.mark.parametrize(
    "again",
    [
        lambda: (workbook(LINES), "ten-khac.xlsx"),
        lambda: (workbook(LINES, newest_first=True), "dao-nguoc.xlsx"),
        lambda: (comma_separated(LINES), "luu-lai.csv"),
        lambda: (workbook(LINES[1:4]), "mot-phan.xlsx"),
    ],
    ids=["renamed", "reordered", "saved as another kind", "a part"],
)
def test_the_same_lines_again_add_nothing(take_in, again):
    take_in(workbook(LINES))
    data, name = again()
    file, findings = take_in(data, name)
    assert (file.added, len(findings.conflicts)) == (0, 0)
    assert StatementLine.objects.count() == 5


def test_a_file_that_overlaps_adds_what_is_new(take_in):
    take_in(workbook(LINES))
    more = (date(2025, 3, 6), "FT005", 70_000, "ung ho them", "")
    file, _ = take_in(workbook([*LINES, more]))
    assert (file.lines, file.added) == (6, 1)


def test_a_changed_amount_under_one_reference_is_a_conflict_and_nothing_is_added(take_in):
    take_in(workbook(LINES))
    day, ref, _, memo, who = LINES[-1]
    changed = [*LINES[:-1], (day, ref, 9_000_000, memo, who), (day, "FT009", 5, "moi", "")]
    with pytest.raises(importing.NotTakenIn, match="FT004 ngày 05/03/2025 ghi 9.000.000, đã nhận trước đây 1.000.000"):  # noqa: RUF043
        take_in(workbook(changed))
    assert (StatementLine.objects.count(), StatementFile.objects.count()) == (5, 1)
    file, _ = take_in(workbook(changed), keep_good=True)
    assert file.added == 1
    assert StatementLine.objects.filter(ref="FT004").get().credit == 1_000_000


def test_a_broken_line_is_told_with_its_number_and_nothing_is_half_done(take_in, account):
    broken = comma_separated(LINES).replace(b"FT003;200.000", b"FT003;hai tr\xc4\x83m")
    findings = importing.look_into(account, broken, "hong.csv")
    assert len(findings.added) == 4
    assert findings.sentences[0].startswith("Dòng 5")
    with pytest.raises(importing.NotTakenIn, match="Chưa nhận dòng nào vì có 1 dòng phải xem lại"):
        take_in(broken, "hong.csv")
    assert not StatementLine.objects.exists()


def test_only_who_keeps_the_fund_takes_files_in(office, account):
    with pytest.raises(NotAllowed):
        importing.import_statement(
            account=account, data=workbook(LINES), name="x.xlsx", now=NOW, by=office.cast.officer
        )


def test_a_line_is_explained_by_one_voucher_or_several_and_never_twice(office, account, take_in):
    take_in(workbook(LINES))
    first, last = StatementLine.objects.get(ref="FT001"), StatementLine.objects.get(ref="FT004")
    whole = office.receive(500_000, on=date(2025, 3, 3))
    parts = {
        office.receive(600_000, on=date(2025, 3, 5)): 600_000,
        office.receive(400_000, on=date(2025, 3, 5)): 400_000,
    }
    matched = settling.settle(line=first, vouchers={whole: 500_000}, now=NOW, by=office.accountant)
    split = settling.settle(line=last, vouchers=parts, now=NOW, by=office.accountant)
    assert (matched.state, split.state) == (LineState.MATCHED, LineState.SPLIT)
    twin = StatementLine.objects.filter(ref="FT002").first()
    with pytest.raises(settling.NotExplained, match="chỉ còn giải thích được 0 đồng"):
        settling.settle(line=twin, vouchers={whole: 50_000}, now=NOW, by=office.accountant)
    with pytest.raises(settling.NotExplained, match="Hai số phải bằng nhau"):
        settling.settle(line=twin, vouchers={whole: 1}, now=NOW, by=office.accountant)
    settling.take_back(line=first, reason="Nhầm người", now=NOW, by=office.accountant)
    settling.settle(line=first, vouchers={whole: 500_000}, now=NOW, by=office.accountant)
    assert LineMark.objects.filter(line=first).count() == 3


def test_a_line_is_left_out_only_with_a_reason(office, take_in):
    take_in(workbook(LINES))
    line = StatementLine.objects.get(ref="FT003")
    with pytest.raises(settling.NotExplained, match="Chưa ghi lý do"):
        settling.leave_out(line=line, reason=" ", now=NOW, by=office.accountant)
    settling.leave_out(line=line, reason="Phí ngân hàng hoàn lại", now=NOW, by=office.accountant)
    assert Standing.objects.get(line=line).state == LineState.EXCLUDED


def test_proposals_come_with_their_reasons_and_decide_nothing(office, account, take_in):
    take_in(workbook(LINES))
    office.receive(500_000, on=date(2025, 3, 3), party="Nguyễn Văn A")
    line = StatementLine.objects.get(ref="FT001")
    found = settling.proposals_for(account, [line])[line.pk]
    assert found.proposals[0].reasons[0] == "Đúng số tiền"
    assert any("Nguyễn Văn A" in reason for reason in found.proposals[0].reasons)
    assert not LineMark.objects.exists()


def test_each_day_bank_equals_book_or_what_differs_is_named(office, account, take_in):
    take_in(workbook(LINES))
    office.receive(500_000, on=date(2025, 3, 3))
    settling.leave_out(line=StatementLine.objects.get(ref="FT003"), reason="Thử", now=NOW, by=office.accountant)
    days = {one.day.day: one for one in reconciling.compared(account, date(2025, 3, 1), date(2025, 3, 31))}
    assert (days[3].bank_in, days[3].book_in, days[3].difference, days[3].unmatched) == (
        600_000,
        500_000,
        100_000,
        600_000,
    )
    assert (days[4].excluded, days[4].difference) == (-200_000, -200_000)


def test_lines_are_found_without_accents_as_soon_as_they_are_in(take_in):
    take_in(workbook(LINES))
    found = finding.find_lines(Query(words=("sen hong",)))
    assert (found.count, found.total) == (1, 1_000_000)
    assert found.lines[0].ref == "FT004"
    take_in(workbook([*LINES, (date(2025, 3, 7), "FT010", 20_000, "Sen Hồng lần hai", "")]))
    assert finding.find_lines(Query(words=("sen hong",))).count == 2
    assert finding.find_lines(Query(amount_from=50_000, amount_to=50_000)).count == 2


def test_the_same_file_by_many_at_once_comes_in_once(live_office):
    account = open_account(
        fund=live_office.fund, code="cl", bank="970436", number="1017999888", holder="QUY", now=NOW, by=None
    )
    data = workbook(LINES)

    def work(_: int) -> int:
        file, _findings = importing.import_statement(
            account=account, data=data, name="a.xlsx", now=NOW, by=live_office.accountant
        )
        return file.added

    assert sorted(at_once(work, 4)) == [0, 0, 0, 5]
    assert list(StatementLine.objects.order_by("id").values_list("id", flat=True)) == [1, 2, 3, 4, 5]


def test_the_books_are_verified_together_with_what_was_said_of_the_banks_lines(office, account, take_in):
    take_in(workbook(LINES))
    line = StatementLine.objects.get(ref="FT001")
    voucher = office.receive(500_000, on=date(2025, 3, 3))
    mark = settling.settle(line=line, vouchers={voucher: 500_000}, now=NOW, by=office.accountant)
    book = books.whole_book()
    assert [(one.id, one.is_settled) for one in book.bank_lines] == [(str(line.pk), True)]
    assert sum(link.amount for link in book.bank_links) == 500_000
    assert verify(book) == []
    LineLink.objects.create(mark=mark, voucher=office.receive(1), amount=1)  # a planted fault
    assert {breach.name for breach in verify(books.whole_book())} == {"bank-line-explained"}
