"""The drawing of money: nothing lost, nothing added, every stream inside its bars."""

import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chungtay.portal.streams import MOST, REST, draw

NAMES = st.sampled_from([f"tên {number}" for number in range(12)])
FLOWS = st.lists(st.tuples(NAMES, NAMES, NAMES, st.integers(1, 10**12)), min_size=1, max_size=40)


@given(FLOWS)
def test_every_column_carries_the_whole_sum(flows):
    drawing = draw(flows)
    total = sum(flow[3] for flow in flows)
    for column in range(3):
        bars = [bar for bar in drawing.bars if bar.column == column]
        assert sum(bar.amount for bar in bars) == total and len(bars) <= MOST
        for upper, lower in pairwise(bars):
            assert lower.y >= upper.y + upper.height
    assert sum(stream.amount for stream in drawing.streams) == 2 * total


@given(FLOWS)
def test_what_leaves_a_bar_is_what_it_holds(flows):
    drawing = draw(flows)
    for bar in drawing.bars:
        if bar.column == 0:
            between = [s for s in drawing.streams if s.start == bar.name and _starts_at(s, bar)]
            assert sum(s.amount for s in between) == bar.amount
    assert all(stream.width > 0 for stream in drawing.streams)
    assert all(0 < bar.text_x < drawing.width and bar.anchor for bar in drawing.bars)
    assert max(bar.y + bar.height for bar in drawing.bars) <= drawing.height


def _starts_at(stream, bar):
    x = float(stream.path[1:].split(" ")[0])
    return math.isclose(x, bar.x + 14, abs_tol=1)


def test_small_names_share_a_place_at_the_end():
    drawing = draw([(f"nguồn {number:02}", "Chung", "Nhà", 1_000 - number) for number in range(20)])
    names = [bar.name for bar in drawing.bars if bar.column == 0]
    assert len(names) == MOST and names[-1] == REST and names[0] == "nguồn 00"


def test_nothing_is_drawn_of_nothing():
    assert draw([]) is None and draw([("a", "b", "c", 0)]) is None
