"""Cursors that cannot be made up by slips, and a meter that counts rightly over any story."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.api.metering import Meter
from chungtay.api.rules import BadCursor, body_hash, read_cursor, write_cursor

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
        wait = meter.wait(caller, 3, int(now.timestamp()))
        recent = [at for at in done[caller] if at > now - timedelta(minutes=1)]
        assert (wait > 0) == (len(recent) >= 3)
        if wait:
            assert recent[0] + timedelta(minutes=1) <= now + timedelta(seconds=wait)
        else:
            done[caller].append(now)


def test_a_meter_forgets() -> None:
    """Its memory is bounded, whoever comes: who has not come for longest begins anew."""
    meter = Meter(callers=8)
    for number in range(50):
        assert meter.wait(str(number), 1, 1_000 + number) == 0
    assert meter.wait("49", 1, 1_050) > 0
    assert meter.wait("0", 1, 1_051) == 0
    assert len(meter._opened()) == 8 * 136


def test_a_clock_that_goes_back_shuts_nobody_out() -> None:
    """It is a new beginning; a long pause too."""
    meter = Meter()
    assert [meter.wait("a", 1, second) for second in (5_000, 5_001, 4_000, 9_000)] == [0, 59, 0, 0]


def test_processes_count_together(tmp_path: Path) -> None:
    """Four of them at once let through what one would."""
    code = (
        "import sys; from pathlib import Path; from chungtay.api.metering import Meter; "
        "m = Meter(Path(sys.argv[1])); print(sum(m.wait('a', 500, 1000) == 0 for _ in range(400)))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "meter")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert sum(int(one.communicate()[0]) for one in running) == 500


def test_threads_count_together(tmp_path: Path) -> None:
    """Also within one process."""
    meter = Meter(tmp_path / "meter")
    with ThreadPoolExecutor(8) as pool:
        through = list(pool.map(lambda _: meter.wait("a", 300, 7), range(800)))
    assert through.count(0) == 300


def test_the_order_of_fields_is_no_difference() -> None:
    """But every value is."""
    assert body_hash("a", {"x": 1, "y": 2}) == body_hash("a", {"y": 2, "x": 1})
    assert body_hash("a", {"x": 1}) != body_hash("a", {"x": 2})
