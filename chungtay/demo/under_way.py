"""Cases that are on their way when the demonstration opens: one in every state, one sent back, one that ended without help."""

import random
from collections.abc import Iterator
from datetime import date, datetime

from chungtay.demo.cases import Office
from chungtay.demo.contents import house
from chungtay.demo.days import at
from chungtay.demo.homes import homes_of
from chungtay.demo.portions import quarters_of
from chungtay.demo.story import story
from chungtay.demo.tales import Moment
from chungtay.support import services as support
from chungtay.support.models import Case

UNITS = ("29893", "29887", "29872", "29899")
PROPOSED = date(2025, 6, 2)
HOUSES = ("new", "repair", "new", "new", "repair", "new", "repair")
SENT_BACK = "Chưa có giấy xác nhận đất ở của gia đình. Đề nghị khóm, ấp bổ sung rồi gửi lại (minh họa)"
CANCELLED = "Gia đình đã được người thân xây nhà mới, tự nguyện nhường phần hỗ trợ (minh họa)"


def moments(office: Office) -> Iterator[Moment]:
    """Propose seven houses of a unit and leave them where they stand on the demonstration's day."""
    row = _UnderWay(office)
    yield at(PROPOSED, 9), row.propose
    yield at(PROPOSED.replace(day=4), 14), row.verify
    yield at(PROPOSED.replace(day=5), 10), row.post
    yield at(PROPOSED.replace(day=6), 16), row.comment
    yield at(PROPOSED.replace(day=12), 9), row.approve
    yield at(PROPOSED.replace(day=13), 9), row.fund
    yield at(PROPOSED.replace(day=16), 9), row.turn_away


class _UnderWay:
    """Each act takes fewer of the cases on."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.cases: list[Case] = []

    def propose(self, now: datetime) -> None:
        unit, dice = self.office.unit, random.Random(f"{story()['seed']}/under-way/{self.office.unit.ref}")
        served = {place for quarter in quarters_of(unit) for _, _, place in quarter.houses}
        homes = homes_of(unit)
        free = [place for place in self.office.rows if place not in served and homes[place].is_listed]
        proposals = [
            house(homes[place], self.office.rows[place], work, 0, now.date(), dice)
            for work, place in zip(HOUSES, free, strict=False)
        ]
        area = self.office.on.ground.areas[unit.ref]
        self.cases = support.propose_all(area=area, proposals=proposals, is_sample=True, now=now, by=self.office.clerk)

    def verify(self, now: datetime) -> None:
        self.cases[:5] = support.verify_all(
            cases=self.cases[:5],
            found="Đã đến từng hộ, đúng hoàn cảnh nêu trong đề nghị (minh họa)",
            verified_by="Ban công tác Mặt trận, trưởng khóm, ấp",
            day=now.date(),
            now=now,
            by=self.office.clerk,
        )

    def post(self, now: datetime) -> None:
        place = "Nhà văn hóa các khóm, ấp"
        self.cases[:4] = support.post_all(
            cases=self.cases[:4], first=now.date(), place=place, now=now, by=self.office.clerk
        )

    def comment(self, now: datetime) -> None:
        """One is spoken for, and waits for its answer."""
        support.record_comment(
            case=self.cases[2],
            said_by="Một người dân ở cùng tổ",
            said_on=now.date(),
            text="Đề nghị làm sớm trước mùa mưa (minh họa).",
            now=now,
            by=self.office.clerk,
        )

    def approve(self, now: datetime) -> None:
        self.cases[:2] = support.approve_all(
            cases=self.cases[:2],
            decision=f"Biên bản họp Ban vận động Quỹ tháng 6, {self.office.unit.slug} (minh họa)",
            related=False,
            now=now,
            by=self.office.leader,
        )

    def fund(self, now: datetime) -> None:
        self.cases[:1] = support.fund_all(cases=self.cases[:1], payments=[], now=now, by=self.office.accountant)

    def turn_away(self, now: datetime) -> None:
        for act, case, why in (
            (support.send_back, self.cases[5], SENT_BACK),
            (support.cancel, self.cases[6], CANCELLED),
        ):
            act(case=case, revision=case.revision, reason=why, now=now, by=self.office.leader)
