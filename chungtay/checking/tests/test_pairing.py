"""Figures of a text and those of the account: which belongs to which, and what a text says against itself."""

from fractions import Fraction

import pytest

from chungtay.checking.contradictions import notes
from chungtay.checking.pairing import Candidate, clause_at, judge, signature, weights, words_of
from chungtay.checking.rules import Verdict
from chungtay.reading import read

PERIOD, LABEL = "2020-01..2023-05", "từ tháng 01/2020 đến tháng 5/2023"


def known(code, name, unit, value, period=PERIOD, label="", place=""):
    words = words_of(name, label, "" if unit in ("VND",) else unit)
    full = f"{name}: {label}" if label else name
    return Candidate(code, label, full, unit, words, Fraction(value), period, period, "Thành phố", "t", "15/15", place)


ACCOUNT = [
    known("fund.raised", "Vận động chăm lo người nghèo", "VND", 58_100_000_000),
    known("fund.raised", "Vận động chăm lo người nghèo", "VND", 18_153_450_000, "2021"),
    known("support.houses", "Nhà đại đoàn kết, nhân ái, tình thương", "căn", 400),
    known("support.houses", "Nhà đại đoàn kết, nhân ái, tình thương", "căn", 263, label="Xây mới"),
    known("support.houses", "Nhà đại đoàn kết, nhân ái, tình thương", "căn", 137, label="Sửa chữa"),
    known("support.bridges", "Cầu nông thôn xây dựng, sửa chữa", "cây cầu", 13),
    known("support.packages", "Học bổng, khám chữa bệnh, quà, hỗ trợ sản xuất", "suất", 22_047),
    known("support.package_value", "Giá trị các suất hỗ trợ", "VND", 8_712_600_000),
    known("groups.members", "Thành viên Hội quán", "thành viên", 886),
    known("groups.hoi_quan", "Hội quán đang hoạt động", "Hội quán", 15),
    known("poverty.rate", "Tỷ lệ hộ nghèo", "%", 1, "2022"),
]


def judged(text, chosen=None):
    weight = weights({c.indicator: c.words for c in ACCOUNT}.values())
    return [judge(figure, text, ACCOUNT, weight, chosen) for figure in read(text)]


def said(text):
    return [(f.verdict.value, f.paired.indicator if f.paired else "") for f in judged(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Các cấp đã vận động được 58,1 tỷ đồng chăm lo người nghèo.", ("agrees", "fund.raised")),
        ("Các cấp đã vận động được 61,3 tỷ đồng chăm lo người nghèo.", ("differs", "fund.raised")),
        ("Xây dựng 13 cây cầu nông thôn.", ("agrees", "support.bridges")),
        ("Xây dựng 14 cây cầu nông thôn.", ("differs", "support.bridges")),
        ("Trao hơn 22.000 suất học bổng, quà, hỗ trợ sản xuất.", ("agrees", "support.packages")),
        ("Duy trì 15 Hội quán.", ("agrees", "groups.hoi_quan")),
        ("Hội quán thu hút 886 thành viên.", ("agrees", "groups.members")),
        ("Tỷ lệ hộ nghèo còn 1,5%.", ("differs", "poverty.rate")),
        ("Trồng mới 5.000 cây xanh.", ("no_source", "")),
        ("Năng suất lúa đạt 6,5 tấn/ha.", ("no_source", "")),
    ],
)
def test_a_figure_finds_its_own(text, expected):
    assert said(text) == [expected]


def test_the_nearest_part_is_meant():
    assert [f.paired.dimension for f in judged("Xây mới 250 căn nhà và sửa chữa 130 căn nhà đại đoàn kết.")] == [
        "Xây mới",
        "Sửa chữa",
    ]


def test_a_differing_figure_says_by_how_much():
    [finding] = judged("Xây dựng 14 cây cầu nông thôn.")
    assert finding.difference == 1


def test_a_small_number_agrees_only_with_words_to_it():
    """13 is met by chance; without its words it says nothing."""
    assert said("Có 13 cây.") != [("agrees", "support.bridges")]


def test_a_choice_of_a_person_goes_first():
    [finding] = judged("Năm qua đã góp 58,1 tỷ đồng.", ("support.package_value", ""))
    assert (finding.verdict, finding.paired.indicator, finding.was_chosen) == (
        Verdict.DIFFERS,
        "support.package_value",
        True,
    )


def test_alike_figures_have_one_signature():
    first, second = "Đã trao 15 suất quà Tết.", "Đã trao 1.200 suất quà Tết."
    assert signature(read(first)[0], first) == signature(read(second)[0], second)
    other = "Đã xây 15 căn nhà."
    assert signature(read(other)[0], other) != signature(read(first)[0], first)


def test_a_clause_ends_where_another_begins():
    text = "Một câu. Hai 10 căn; ba"
    first, last = clause_at(text, text.index("10"), text.index("10") + 2)
    assert text[first:last] == "Hai 10 căn"


def noted(text):
    return [note.kind for note in notes(text, judged(text))]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Xây 420 căn nhà đại đoàn kết. Cả kỳ xây 400 căn nhà đại đoàn kết.", ["two-values"]),
        ("Xây gần 401 căn nhà đại đoàn kết. Cả kỳ xây 400 căn nhà đại đoàn kết.", []),
        ("Xây 400 căn nhà, gồm 263 căn xây mới và 137 căn sửa chữa.", []),
        ("Xây 420 căn nhà, gồm 250 căn xây mới và 180 căn sửa chữa.", ["sum"]),
        ("Xây 400 căn nhà, trong đó có 263 căn xây mới.", []),
        ("Xây 400 căn nhà, trong đó có 463 căn xây mới.", ["sum"]),
        ("Có 10/15 xã (đạt 66,7%) tổ chức Ngày hội.", []),
        ("Có 10/15 xã (đạt 70%) tổ chức Ngày hội.", ["percent"]),
        ("Có 10/15 xã, tăng 20% so với năm trước.", []),
    ],
)
def test_what_a_text_says_against_itself(text, kinds):
    assert [kind for kind in noted(text) if kind != "inclusion"] == kinds


def test_a_year_beside_its_total_asks_whether_it_is_inside():
    open_text = "Vận động được 58,1 tỷ đồng cho người nghèo. Năm 2021 vận động trên 18,15 tỷ đồng cho người nghèo."
    told = "Vận động được 58,1 tỷ đồng cho người nghèo, trong đó năm 2021 vận động trên 18,15 tỷ đồng."
    assert noted(open_text) == ["inclusion"]
    assert noted(told) == []
