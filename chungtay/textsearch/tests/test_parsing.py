"""What people type into the one box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.kernel.numerals import NumberProblem
from chungtay.textsearch.parsing import parse, read_amount
from chungtay.textsearch.query import Query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query()),
        ("  Nguyễn  Văn An ", Query(("Nguyễn", "Văn", "An"))),
        ('"ủng hộ" bão', Query(("ủng hộ", "bão"))),
        ("“quỹ vì người nghèo”", Query(("quỹ vì người nghèo",))),
        ('bão "ủng hộ', Query(("bão", "ủng", "hộ"))),
        ('""', Query()),
        ("FT22321847362", Query(("FT22321847362",))),
        ("500.000", Query(("500.000",))),
        ("MBVCB.4821.99", Query(("MBVCB.4821.99",))),
        ("tiền:500.000", Query((), 500_000, 500_000)),
        ("tien:5tr", Query((), 5_000_000, 5_000_000)),
        ("Số tiền: 5 triệu", Query((), 5_000_000, 5_000_000)),
        ("tiền:1,5 tỷ bão", Query(("bão",), 1_500_000_000, 1_500_000_000)),
        ("lớp 9A tiền:500k", Query(("lớp", "9A"), 500_000, 500_000)),
        ("tiền:500.000-2 triệu", Query((), 500_000, 2_000_000)),
        ("tiền:500.000đ - 2trđ", Query((), 500_000, 2_000_000)),
        ("tiền:1tr-", Query((), 1_000_000, None)),
        ("tiền:-1tr", Query((), None, 1_000_000)),
        ("tiền:5tr Đồng Tháp", Query(("Đồng", "Tháp"), 5_000_000, 5_000_000)),
        ("tiền:5 Trần", Query(("Trần",), 5, 5)),
        ("tiền:1tr tiền:2tr", Query((), 2_000_000, 2_000_000)),
        ('"tiền:5tr"', Query(("tiền:5tr",))),
        ("xtiền:5tr", Query(("xtiền:5tr",))),
        ("tiền 5tr", Query(("tiền", "5tr"))),
    ],
)
def test_the_box(text, query):
    assert parse(text) == query


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("500.000", 500_000),
        ("500000", 500_000),
        ("500k", 500_000),
        ("5 triệu", 5_000_000),
        ("5TR", 5_000_000),
        ("1,5 tỷ", 1_500_000_000),
        ("1,5 tỷ đồng", 1_500_000_000),
        ("200.000 đ", 200_000),
        ("200 nghìn", 200_000),
        ("2 ngàn", 2_000),
        ("0", 0),
        ("-7", -7),
        ("25.000.000 VNĐ", 25_000_000),
    ],
)
def test_amounts(text, amount):
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    "text", ["", "năm trăm", "5,5", "1.5 triệu", "500,000", "1,0000001 triệu", "9" * 19, "triệu", "5 triệu rưỡi"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(NumberProblem):
        read_amount(text)


@pytest.mark.parametrize("text", ["tiền:abc", "tiền:500,000", "tiền:5..0", "tiền:5tr5"])
def test_a_prefix_before_no_amount_is_refused(text):
    with pytest.raises(NumberProblem):
        parse(text)


@given(st.text() | st.text('“"tiền: 5.0tr,-ủng'))
def test_whatever_is_typed_is_read_or_refused(text):
    try:
        query = parse(text)
    except NumberProblem as problem:
        assert str(problem)
    else:
        assert all(word for word in query.words)
