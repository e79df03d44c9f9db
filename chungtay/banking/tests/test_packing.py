from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from chungtay.banking.packing import PackedLines
from chungtay.banking.statement import StatementLine

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x1f"), max_size=20)
MONEY = st.integers(0, 10**15)
LINES = st.builds(
    StatementLine,
    row=st.integers(0, 10**7),
    booked_on=DAYS,
    value_on=st.none() | DAYS,
    ref=TEXT,
    debit=MONEY,
    credit=MONEY,
    balance=st.none() | st.integers(-(10**15), 10**15),
    text=TEXT,
    counterparty_name=TEXT,
    counterparty_account=TEXT,
    counterparty_bank=TEXT,
)


def packed(lines):
    store = PackedLines()
    for x in lines:
        texts = (x.ref, x.text, x.counterparty_name, x.counterparty_account, x.counterparty_bank)
        store.append(x.row, x.booked_on, x.value_on, x.debit, x.credit, x.balance, texts)
    return store


@given(st.lists(LINES, max_size=8))
def test_packed_lines_are_the_lines(lines):
    store = packed(lines)
    assert list(store) == lines == store
    assert store[1:3] == lines[1:3]
    assert [store[-1]] == lines[-1:] if lines else not store
    assert store.totals() == (sum(x.debit for x in lines), sum(x.credit for x in lines))


@given(st.lists(LINES, max_size=8))
def test_putting_in_order_only_ever_turns_round(lines):
    store = packed(lines)
    store.put_in_order()
    assert list(store) in (lines, lines[::-1])
    if len({x.booked_on for x in lines}) == len(lines) > 1 and lines == sorted(lines, key=lambda x: x.booked_on):
        assert list(store) == lines


def test_a_separator_in_a_text_does_no_harm():
    line = StatementLine(1, date(2026, 9, 5), None, "a\x1fb", 0, 1, None, "c")
    assert packed([line])[0].ref == "a b"
