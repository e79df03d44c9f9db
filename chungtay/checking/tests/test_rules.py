"""Whether a written figure holds: rounding, and words that say on which side of the truth it lies."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.checking.rules import holds, precision_of, why_not
from chungtay.kernel.hedging import spoken_count, spoken_money
from chungtay.reading import read


def figure(text: str):
    [found] = read(text)
    return found


@pytest.mark.parametrize(
    ("text", "fine", "coarse"),
    [
        ("Vận động được 58,1 tỷ đồng.", 10**8, 10**8),
        ("Vận động được 58.100.000.000 đồng.", 1, 10**8),
        ("Trao trên 22.000 suất quà.", 1, 1000),
        ("Xây 400 căn nhà.", 1, 100),
        ("Có 06 HTX.", 1, 1),
        ("Tỷ lệ hộ nghèo còn 1,25%.", Fraction(1, 100), Fraction(1, 100)),
    ],
)
def test_how_exactly_a_figure_was_written(text, fine, coarse):
    precision = precision_of(figure(text))
    assert (precision.fine, precision.coarse) == (fine, coarse)


@pytest.mark.parametrize(
    ("text", "known", "does"),
    [
        ("Vận động được 58,1 tỷ đồng.", 58_100_000_000, True),
        ("Vận động được 58,1 tỷ đồng.", 58_149_999_999, True),
        ("Vận động được 58,1 tỷ đồng.", 58_160_000_000, False),
        ("Vận động được trên 18,15 tỷ đồng.", 18_153_450_000, True),
        ("Vận động được trên 18,15 tỷ đồng.", 18_150_000_000, False),
        ("Vận động được gần 18,2 tỷ đồng.", 18_153_450_000, True),
        ("Trao trên 22.000 suất quà.", 22_047, True),
        ("Trao trên 22.000 suất quà.", 21_999, False),
        ("Trao trên 22.000 suất quà.", 29_000, False),
        ("Trao khoảng 22.000 suất quà.", 21_700, True),
        ("Trao khoảng 22.000 suất quà.", 19_000, False),
        ("Trao 22.000 suất quà.", 22_047, False),
        ("Xây 400 căn nhà.", 400, True),
        ("Xây 400 căn nhà.", 401, False),
        ("Tỷ lệ hộ nghèo còn 1%.", Fraction(99, 100), False),
        ("Tỷ lệ hộ nghèo còn 1,0%.", Fraction(99, 100), True),
    ],
)
def test_a_figure_holds_as_it_was_written(text, known, does):
    assert holds(figure(text), Fraction(known)) is does


@given(st.integers(1_000_000, 10**12), st.integers(0, 2))
def test_what_our_own_reports_say_of_money_always_holds(vnd, places):
    """The writer of reports and the checker of reports agree on what may be written."""
    said = spoken_money(vnd, places)
    [found] = read(f"Các cấp vận động được {said} cho người nghèo.")
    assert holds(found, Fraction(vnd)), said


@given(st.integers(1, 10**6), st.sampled_from([1, 10, 100, 1000]))
def test_what_our_own_reports_say_of_counts_always_holds(count, step):
    said = spoken_count(count, "suất", step)
    [found] = read(f"Đã trao {said} cho hộ nghèo.")
    assert holds(found, Fraction(count)), said


def test_a_qualifier_that_is_at_fault_is_named():
    over = figure("Trao trên 22.000 suất quà.")
    assert "đúng bằng" in why_not(over, Fraction(22_000))
    assert "nói quá" in why_not(over, Fraction(21_000))
    assert "gần" in why_not(figure("Trao gần 22.000 suất quà."), Fraction(22_500))
