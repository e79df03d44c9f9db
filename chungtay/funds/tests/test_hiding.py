"""A name leaves a memo however it is typed, and nothing else does; a movement is parted over lines without losing a đồng."""

import unicodedata
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from chungtay.banking.masking import HIDDEN
from chungtay.funds.bank.tracing import LineOfVoucher, parted
from chungtay.funds.donors.hiding import hide_names
from chungtay.kernel.folding import fold

NAMES = st.sampled_from(["Nguyễn Văn Ánh", "Trần Thị Đào", "Đỗ Quỳnh", "Công ty Sen Hồng", "LÊ  THỊ B"])
TYPED = (str, str.upper, str.lower, lambda text: fold(text).upper(), lambda text: unicodedata.normalize("NFD", text))


@given(NAMES, st.sampled_from(TYPED), st.sampled_from([" ", ". ", "-"]), st.sampled_from(["", "CK ", "ung ho, "]))
def test_a_name_is_hidden_however_it_is_typed(name, typed, gap, before):
    written = typed(gap.join(name.split()))
    shown = hide_names(f"{before}{written} ủng hộ quỹ", [name])
    assert fold(name).split()[-1] not in fold(shown).split()
    assert HIDDEN in shown
    assert shown.endswith(" ủng hộ quỹ")
    assert shown.startswith(before)


@given(st.text(alphabet="abcđeôưnt 0123456789.", max_size=60))
def test_without_the_name_the_memo_stays(text):
    assert hide_names(text, ["Nguyễn Văn Ánh", "An", ""]) == unicodedata.normalize("NFC", text)


def test_a_part_of_a_longer_word_is_no_name():
    assert hide_names("SAN LE THI BAC", ["An Lê", "Lê Thị B"]) == "SAN LE THI BAC"


AMOUNT = st.integers(1, 10**12)
MOVED = st.lists(st.tuples(st.sampled_from(["111", "112"]), st.just("511"), AMOUNT), max_size=6)


@given(MOVED, st.lists(AMOUNT, max_size=6))
def test_the_parts_of_movements_add_up_to_them_and_a_line_gets_no_more_than_it_is(moved, amounts):
    lines = [LineOfVoucher(at, date(2025, 3, 3), True, "112", amount) for at, amount in enumerate(amounts)]
    parts = list(parted(moved, lines))
    assert sum(amount for _, (_, _, amount) in parts) == sum(amount for *_, amount in moved)
    for account in ("111", "112"):
        of_account = sum(amount for _, (debit, _, amount) in parts if debit == account)
        assert of_account == sum(amount for debit, _, amount in moved if debit == account)
    for line in lines:
        assert sum(amount for at, (*_, amount) in parts if at is not None and at.line_id == line.line_id) <= line.amount
    assert all(debit == "112" for line, (debit, *_) in parts if line is not None)
