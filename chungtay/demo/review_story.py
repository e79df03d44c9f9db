"""The city's reviews: the year 2022 published by its leader, the sơ kết before the conference of 2023, the tổng kết on the new map."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from chungtay.demo.acts import Acts
from chungtay.demo.days import at
from chungtay.demo.story import PUBLISHED, REVIEWED, WHOLE_TERM
from chungtay.demo.tales import Moment
from chungtay.papers.rules import HeadKind
from chungtay.reviews import services as reviews
from chungtay.reviews.heads import head_from_json
from chungtay.reviews.models import Review

SIGNED_AS = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
NOTE = "Đã đọc lại toàn văn; chỗ nào thiếu đơn vị đã nêu rõ phạm vi (số liệu minh họa)."


def moments(on: Acts) -> Iterator[Moment]:
    """The review of the year is signed in February; a correction in May shows what has changed since."""
    yield at(date(2023, 2, 20), 10), lambda now: _write(on, PUBLISHED, "27", None, now)
    yield at(date(2023, 2, 21), 9), lambda now: _read_and_send(on, now)
    yield at(date(2023, 2, 22), 15), lambda now: _publish(on, now)
    yield at(date(2023, 5, 29), 10), lambda now: _write(on, REVIEWED, "152", None, now)
    yield at(date(2025, 2, 10), 10), lambda now: _write(on, WHOLE_TERM, "41", date(2025, 1, 1), now)


def _write(on: Acts, period: str, number: str, map_as_of: date | None, now: datetime) -> None:
    officer, leader = on.ground.cast.officer, on.ground.cast.city_leader
    review = reviews.create_review(
        programme=on.ground.programme,
        area=on.ground.city,
        period_code=period,
        header=HeadKind.UBND,
        map_as_of=map_as_of,
        known_at=now,
        now=now,
        by=officer,
    )
    head = replace(head_from_json(review.head), number=number, signatures=((SIGNED_AS, leader.full_name),))
    reviews.set_head(review=review, head=head, now=now, by=officer)


def _read_and_send(on: Acts, now: datetime) -> None:
    """The officer reads every judgement that the software only suggests, keeps it, and puts the review before its signer."""
    officer, review = on.ground.cast.officer, _published()
    for block in review.blocks.filter(is_suggestion=True):
        reviews.edit_block(block=block, text=block.text, now=now, by=officer)
    reviews.submit_review(review=review, now=now, by=officer)


def _publish(on: Acts, now: datetime) -> None:
    reviews.publish_review(review=_published(), note=NOTE, now=now, by=on.ground.cast.city_leader)
    on.tell("Báo cáo sơ kết năm 2022 đã ban hành, giữ nguyên văn")


def _published() -> Review:
    return Review.objects.get(period_code=PUBLISHED)
