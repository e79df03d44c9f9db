"""The drawing of a lineage: columns in order of time, boxes that never overlap, shares on the streams."""

from datetime import date
from uuid import uuid4

import pytest

from chungtay.desk.units.lineage import NARROW, WIDE, Size, Stream, Unit, draw, percent

FIRST, MERGED, ENDED = date(2020, 1, 1), date(2025, 1, 1), date(2025, 7, 1)


def unit(name: str, start: date, end: date | None) -> Unit:
    return Unit(uuid4(), name, "29863", start, end, "")


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_boxes_stand_in_columns_of_time_and_never_overlap(size: Size):
    olds = [unit(f"Phường {number}", FIRST, MERGED) for number in range(15)]
    middle = [unit("Phường Mỹ Ngãi", MERGED, ENDED), unit("Phường Mỹ Trà", MERGED, ENDED)]
    last = unit("Phường Cao Lãnh", ENDED, None)
    streams = [Stream(old.area_id, middle[at % 2].area_id, 1_000_000) for at, old in enumerate(olds)]
    streams += [Stream(one.area_id, last.area_id, 600_000) for one in middle]
    drawing = draw([*olds, *middle, last], streams, size)
    assert len(drawing.boxes) == 18
    assert [head.text[-10:] for head in drawing.heads[1:]] == ["01/01/2025", "01/07/2025"]
    for at, one in enumerate(drawing.boxes):
        assert one.x + one.width <= drawing.width + 1 and one.y + one.height <= drawing.height
        for other in drawing.boxes[at + 1 :]:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
    xs = {box.unit.name: box.x for box in drawing.boxes}
    assert xs["Phường 0"] < xs["Phường Mỹ Ngãi"] < xs["Phường Cao Lãnh"]
    assert sum(path.text == "60%" for path in drawing.paths) == 2


def test_a_stream_to_a_unit_that_is_not_drawn_is_left_out():
    one = unit("Phường 1", FIRST, MERGED)
    assert draw([one], [Stream(one.area_id, uuid4(), 1_000_000)], WIDE).paths == ()


def test_shares_are_written_as_per_cent():
    assert [percent(share) for share in (210_000, 333_333, 1_000_000, 5_000)] == ["21%", "33,33%", "100%", "0,5%"]
