import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.banking.cells import DateStyle, NumberStyle
from chungtay.banking.columns import ALIASES, Field, field_of
from chungtay.banking.profiles import GENERIC, InvalidProfile, Profile, guess
from chungtay.banking.tables import read_rows
from chungtay.banking.tests import making

LAYOUTS = {
    "Vietcombank": making.vietcombank_rows,
    "VietinBank": making.vietinbank_rows,
    "MB": making.mb_rows,
    "Agribank": making.agribank_rows,
    "OCB": making.ocb_rows,
}


@pytest.mark.parametrize("make", LAYOUTS.values(), ids=LAYOUTS)
def test_a_guessed_profile_kept_as_json_reads_the_same(make):
    rows = make()
    profile = guess(rows)
    assert Profile.from_json(profile.to_json()) == profile
    assert read_rows(rows, Profile.from_json(profile.to_json())) == read_rows(rows)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (
            "Ngày hiệu lực|Ngày giao dịch|Số GD|Nội dung giao dịch|Tiền rút ra|Tiền gửi vào|Số dư",
            [Field.VALUE, Field.TRADED, Field.REF, Field.TEXT, Field.DEBIT, Field.CREDIT, Field.BALANCE],
        ),
        (
            "STT|Ngày hiệu lực|Ngày giao dịch|Số tiền ghi nợ|Số tiền ghi có|Số dư|Nội dung chi tiết",
            [None, Field.VALUE, Field.TRADED, Field.DEBIT, Field.CREDIT, Field.BALANCE, Field.TEXT],
        ),
        (
            "Ngày giao dịch/Transaction date|Số bút toán/Reference|Đối tác/Remitter name|NH đối tác/Remitter bank|"
            "Diễn giải/Description|Nợ/Debit|Có/Credit|Số dư/Running balance",
            [Field.TRADED, Field.REF, Field.NAME, Field.BANK, Field.TEXT, Field.DEBIT, Field.CREDIT, Field.BALANCE],
        ),
        ("Ngày HL|Chi nhánh|Chi|Thu|Chi tiết", [Field.VALUE, None, Field.DEBIT, Field.CREDIT, Field.TEXT]),
        ("NGAY GD|NO|CO|SO DU", [Field.TRADED, Field.DEBIT, Field.CREDIT, Field.BALANCE]),
        ("Ngày/Date|Tên thụ hưởng|Số tiền (VND)", [Field.TRADED, None, Field.AMOUNT]),
    ],
)
def test_names_of_columns(header, fields):
    found = [field_of(title, ALIASES) for title in header.split("|")]
    assert [match[0] if match and match[0] is not Field.IGNORED else None for match in found] == fields


def test_the_header_is_found_within_forty_rows_only():
    rows = making.agribank_rows()
    assert guess([["x", "y"]] * 39 + rows)
    assert guess([["x", "y"]] * 40 + rows) is None


def test_the_row_of_the_header_can_be_fixed():
    rows = [["Ngày", "Ghi nợ", "Ghi có"], ["Ngày", "Thu", "Chi"], ["05/09/2026", "5", ""]]
    profile = Profile("Lớp hai", header_row=2)
    assert read_rows(rows, profile).lines[0].credit == 5


def test_a_profile_with_own_names_reads_what_nobody_knows():
    rows = [["Cột A", "Cột B", "Cột C"], ["09/25/2026", "1,234", "ghi gì đó"]]
    assert guess(rows) is None
    profile = Profile(
        "Riêng",
        aliases={"cot a": Field.BOOKED, "cot b": Field.AMOUNT, "cot c": Field.TEXT},
        numbers=NumberStyle.COMMA,
        dates=DateStyle.MONTH_FIRST,
        plus_is_in=False,
    )
    line = read_rows(rows, Profile.from_json(profile.to_json())).lines[0]
    assert (line.debit, line.text, line.booked_on.month) == (1234, "ghi gì đó", 9)


def test_month_first_is_guessed_only_when_proven():
    header = ["Date", "Debit", "Credit"]
    assert guess([header, ["09/05/2026", "", "1"], ["09/25/2026", "", "1"]]).dates is DateStyle.MONTH_FIRST
    assert guess([header, ["09/05/2026", "", "1"]]).dates is DateStyle.DAY_FIRST
    assert guess([header, ["25/09/2026", "", "1"], ["09/25/2026", "", "1"]]).dates is DateStyle.DAY_FIRST


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"name": "x"}', GENERIC.to_json().replace("balance", "Balance!")]
)
def test_what_is_no_profile_is_refused(text):
    with pytest.raises(InvalidProfile):
        Profile.from_json(text)


@given(st.lists(st.lists(st.text(max_size=12) | st.floats() | st.none(), max_size=6), max_size=12))
def test_guessing_never_fails(rows):
    guess(rows)
