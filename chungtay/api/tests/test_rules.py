"""Cursors that cannot be made up by slips, and a meter that counts rightly over any story."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.api.rules import BadCursor, Meter, body_hash, read_cursor, write_cursor

NOON = datetime(2023, 5, 22, 12)


@given(st.text(max_size=20) | st.integers(0, 2**63 - 1))
def test_a_cursor_is_read_back_and_only_by_its_own_list(key: str | int) -> None:
    """Cut or changed it is refused."""
    cursor = write_cursor("units", [key])
    assert read_cursor("units", cursor) == [key]
    for wrong in (cursor[:-1], cursor + "A", "A" + cursor[1:] + "=", ""):
        with pytest.raises(BadCursor):
            read_cursor("units", wrong)
    with pytest.raises(BadCursor):
        read_cursor("facts", cursor)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 30)), max_size=60))
def test_nobody_does_more_than_allowed_in_any_window(steps: list[tuple[str, int]]) -> None:
    """And who was told to wait so long may then."""
    meter, now, done = Meter(), NOON, {"a": [], "b": []}
    for caller, seconds in steps:
        now += timedelta(seconds=seconds)
        wait = meter.wait(caller, 3, now)
        recent = [at for at in done[caller] if at > now - timedelta(minutes=1)]
        assert (wait > 0) == (len(recent) >= 3)
        if wait:
            assert recent[0] + timedelta(minutes=1) <= now + timedelta(seconds=wait)
        else:
            done[caller].append(now)


def test_a_meter_forgets() -> None:
    """Its memory is bounded, whoever comes."""
    meter = Meter(callers=5)
    for number in range(50):
        meter.wait(str(number), 1, NOON)
    assert len(meter._seen) == 5


def test_the_order_of_fields_is_no_difference() -> None:
    """But every value is."""
    assert body_hash("a", {"x": 1, "y": 2}) == body_hash("a", {"y": 2, "x": 1})
    assert body_hash("a", {"x": 1}) != body_hash("a", {"x": 2})
