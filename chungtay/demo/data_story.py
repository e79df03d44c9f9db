"""What the city lets out as open data: its leader gives a licence and releases once by hand, later the clock does."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from chungtay.demo.acts import Acts
from chungtay.demo.days import at
from chungtay.demo.story import lives_on
from chungtay.demo.tales import Moment
from chungtay.opendata import services as open_data

LICENCE = "CC-BY-4.0"
BASIS = "Thông báo minh họa của Ủy ban nhân dân thành phố, chưa đối chiếu với văn bản về dữ liệu mở"
FIRST = date(2023, 5, 31)  # the day after the city's article about its review


def moments(on: Acts) -> Iterator[Moment]:
    """The first release stands beside the article about the review; the last is of the morning before the story is entered."""
    leader = on.ground.cast.city_leader

    def give(now: datetime) -> None:
        open_data.give_licence(code=LICENCE, basis=BASIS, is_verified=False, valid_from=FIRST, now=now, by=leader)

    def release(now: datetime) -> None:
        made = open_data.release(now=now, by=leader)
        on.tell(f"Dữ liệu mở của cổng: {made.release}, {made.release.files.count()} tệp")

    def by_clock(now: datetime) -> None:
        open_data.release_due(now=now)

    yield at(FIRST, 8), give
    yield at(FIRST, 9), release
    yield at((lives_on() - timedelta(days=1)).date(), 7, 30), by_clock
