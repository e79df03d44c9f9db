"""The cases of the story: every house, bridge and package that a unit reports, from the hamlet's proposal to the minutes."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import cycle
from uuid import UUID

from chungtay.accounts.models import User
from chungtay.demo.acts import Acts
from chungtay.demo.contents import bridge, gift_list, house, livelihood
from chungtay.demo.days import at
from chungtay.demo.homes import Home, changes_on, former_units, homes_of, review_days, told
from chungtay.demo.portions import MOST_AT_ONCE, Quarter, in_hands
from chungtay.demo.story import Unit, story
from chungtay.demo.tales import Moment
from chungtay.demo.treasury import PACKAGES
from chungtay.evidence.models import Attachment
from chungtay.funds.models import Voucher
from chungtay.households import services as households
from chungtay.households.models import Household
from chungtay.households.rules import Ground, Kind
from chungtay.kernel.periods import Period, period_of
from chungtay.ledger.entries import VoucherKind
from chungtay.support import services as support
from chungtay.support.models import Case, Role
from chungtay.support.services import Payment, Proposal

AGAIN = "Đợt khác trong năm; đã đối chiếu danh sách, hộ vẫn thuộc diện (minh họa)"
Pictures = Mapping[str, Attachment]


class Office:
    """What a unit's clerk, leader and accountant do for its households."""

    def __init__(self, on: Acts, unit: Unit, pictures: Pictures, offices: Mapping[str, "Office"]) -> None:
        self.on, self.unit, self.pictures, self.offices = on, unit, pictures, offices
        self.rows: dict[int, Household] = {}
        self.dice = random.Random(f"{story()['seed']}/office/{unit.ref}")
        listed = [place for place, home in enumerate(homes_of(unit)) if home.is_listed]
        self.turns = {kind: cycle(self.dice.sample(listed, len(listed))) for kind in PACKAGES}

    @property
    def clerk(self) -> User:
        return self.on.ground.cast.clerks[self.unit.ref]

    @property
    def leader(self) -> User:
        return self.on.ground.cast.leaders[self.unit.ref]

    @property
    def accountant(self) -> User:
        return self.on.ground.cast.accountants[self.unit.ref]

    # -- the register ---------------------------------------------------------------------------------------------

    def register(self) -> Iterator[Moment]:
        """Enter the unit's households when it begins, or go on with those of the units before it; review them every December."""
        first = homes_of(self.unit)[0].entered
        if self.unit.since:
            yield at(self.unit.since + timedelta(days=2), 9), self._go_on
        else:
            places = [place for place, home in enumerate(homes_of(self.unit)) if home.entered == first]
            yield at(first, 9), partial(self._enter, places)
        for day in review_days(self.unit):
            yield at(day, 9), partial(self._review, day)

    def _enter(self, places: Sequence[int], now: datetime) -> None:
        homes = [homes_of(self.unit)[place] for place in places]
        number = f"{self.dice.randrange(40, 300)}/QĐ-UBND (minh họa)"
        entries = [households.Enrolment(home.personal, [_decision(home, number)], home.needs) for home in homes]
        made = households.enrol(
            area=self.on.ground.areas[self.unit.ref],
            entries=entries,
            ground=households.LegalGround(Ground.LAW, f"Quyết định số {number}", now.date()),
            is_sample=True,
            now=now,
            by=self.clerk,
        )
        self.rows |= dict(zip(places, made, strict=True))

    def _review(self, day: date, now: datetime) -> None:
        ends, begins, new = changes_on(self.unit, day)
        number = f"{self.dice.randrange(300, 700)}/QĐ-UBND (minh họa)"
        households.review_classes(
            area=self.on.ground.areas[self.unit.ref],
            ends={self.rows[place].pk: kind for place, kind in ends},
            begins=[(self.rows[place], _named(kind, day, number)) for place, kind in begins],
            day=day,
            decision_number=number,
            now=now,
            by=self.clerk,
        )
        self._enter(new, now)

    def _go_on(self, now: datetime) -> None:
        """The registers of the units before this one are here since the daily run, in the order of `homes_of`."""
        place = 0
        for former in former_units(self.unit):
            office = self.offices[former.ref]
            here = Household.objects.in_bulk([row.pk for row in office.rows.values()])
            self.rows |= {place + at_: here[row.pk] for at_, row in office.rows.items()}
            place += len(homes_of(former))

    def turn(self, kind: str) -> int:
        """Return whose turn it is for a kind of package, of the households that are entered by now."""
        return next(place for place in self.turns[kind] if place in self.rows)

    # -- a period's cases -----------------------------------------------------------------------------------------

    def quarter(self, quarter: Quarter) -> Iterator[Moment]:
        """Propose, verify, post, approve; pay when the fund pays; hand over and accept; and tell the months."""
        round_ = _Round(self, quarter)
        day = quarter.proposed_on
        yield at(day, 9), round_.propose
        yield at(day + timedelta(days=2), 15), round_.verify
        yield at(day + timedelta(days=2), 16), round_.post
        yield at(day + timedelta(days=9), 9), round_.approve
        yield at(quarter.paid_on, 17), round_.fund
        yield at(quarter.paid_on + timedelta(days=1), 14), round_.deliver
        yield at(quarter.paid_on + timedelta(days=2), 10), round_.accept
        if quarter.twice:
            yield at(date.fromisoformat(story()["story"]["corrected"]["on"]), 7, 30), round_.take_back


class _Round:
    """The cases of one unit and period, together; what the last act left is where the next begins."""

    def __init__(self, office: Office, of: Quarter) -> None:
        self.office, self.of = office, of
        self.cases: list[Case] = []

    @property
    def word(self) -> str:
        return f"{self.of.period.code}-{self.office.unit.slug}"

    def propose(self, now: datetime) -> None:
        proposals = list(self._proposals(now.date()))
        if proposals:
            area = self.office.on.ground.areas[self.office.unit.ref]
            self.cases = support.propose_all(
                area=area, proposals=proposals, is_sample=True, now=now, by=self.office.clerk
            )

    def verify(self, now: datetime) -> None:
        if self.cases:
            self.cases = support.verify_all(
                cases=self.cases,
                found="Đã đến từng hộ, đúng hoàn cảnh nêu trong đề nghị (minh họa)",
                verified_by="Ban công tác Mặt trận, trưởng khóm, ấp",
                day=now.date(),
                now=now,
                by=self.office.clerk,
            )

    def post(self, now: datetime) -> None:
        if self.cases:
            place = "Nhà văn hóa các khóm, ấp"
            self.cases = support.post_all(
                cases=self.cases, first=now.date(), place=place, now=now, by=self.office.clerk
            )

    def approve(self, now: datetime) -> None:
        if self.cases:
            self.cases = support.approve_all(
                cases=self.cases,
                decision=f"Biên bản họp Ban vận động Quỹ {self.word} (minh họa)",
                related=False,
                again_reason=AGAIN,
                now=now,
                by=self.office.leader,
            )

    def fund(self, now: datetime) -> None:
        if not self.cases:
            return
        payments = []
        if any(case.fund_share for case in self.cases):
            fund = self.office.on.ground.funds[self.office.unit.ref]
            voucher = Voucher.objects.get(
                fund=fund, kind=VoucherKind.PAYMENT, occurred_on=self.of.paid_on, reversal=None, reverses=None
            )
            payments = [Payment(case, voucher, case.fund_share) for case in self.cases if case.fund_share]
        self.cases = support.fund_all(cases=self.cases, payments=payments, now=now, by=self.office.accountant)

    def deliver(self, now: datetime) -> None:
        if not self.cases:
            return
        pictures = self.office.pictures
        papers = [(case, Role.RECEIPT, pictures["receipt"]) for case in self.cases]
        for case in self.cases:
            if case.of_kind.needs_pictures:
                papers += [(case, Role.MINUTES, pictures["minutes"]), (case, Role.PICTURE, pictures[case.kind])]
        support.lay_beside_all(papers=papers, now=now, by=self.office.clerk)
        days = {case.pk: self._day(case, now.date()) for case in self.cases}
        self.cases = support.deliver_all(cases=self.cases, days=days, tells=False, now=now, by=self.office.clerk)

    def accept(self, now: datetime) -> None:
        months = [_month(first) for first in self.of.months]
        if not self.cases:
            area = self.office.on.ground.areas[self.office.unit.ref]
            support.tell_facts(area=area, months=months, now=now, by=self.office.clerk)
            return
        days: dict[UUID, date] = {case.pk: case.delivered_on or now.date() for case in self.cases}
        minutes = {case.pk: self._minutes(case) for case in self.cases}
        self.cases = support.accept_all(
            cases=self.cases, minutes=minutes, days=days, months=months, now=now, by=self.office.leader
        )

    def take_back(self, now: datetime) -> None:
        """A house that another unit had counted too is found to be none of this unit's: a step back, and back, and ended."""
        case = [case for case in self.cases if case.kind == "house" and not case.fund_share][-1]
        why = story()["story"]["corrected"]["note"]
        for minute, act in enumerate((support.send_back, support.send_back, support.cancel)):
            then = now + timedelta(minutes=5 * minute)
            case.refresh_from_db()
            act(case=case, revision=case.revision, reason=why, now=then, by=self.office.leader)

    def _minutes(self, case: Case) -> str:
        """What is built has minutes of its own; what was handed out is accepted together."""
        return f"{case.number:03}/BB-NT" if case.of_kind.needs_pictures else f"BB {self.word}"

    def _day(self, case: Case, today: date) -> date:
        """What others paid for is handed over when it is done; what the fund pays, once it is paid; all within the period."""
        if case.fund_share or case.approved_on is None:
            return today
        first = max(case.approved_on + timedelta(days=7), self.of.period.start)
        return first + timedelta(days=self.office.dice.randrange(max((today - first).days, 1)))

    def _proposals(self, day: date) -> Iterator[Proposal]:
        office, of, dice = self.office, self.of, self.office.dice
        homes = homes_of(office.unit)
        for work, paid, place in of.houses:
            yield house(homes[place], office.rows[place], work, paid, day, dice)
        for _ in range(of.bridges):
            yield bridge(office.unit, day, dice)
        for kind, account in PACKAGES.items():
            left = of.paid.get(account, 0)
            if kind == "production":
                for quantity, value in in_hands(of.packages[kind], MOST_AT_ONCE):
                    place = office.turn(kind)
                    paid = min(left, quantity * value)
                    left -= paid
                    yield livelihood(homes[place], office.rows[place], quantity, value, paid, day, dice)
            elif runs := of.packages[kind]:
                turns = [
                    (homes[place], office.rows[place], value)
                    for _, value in in_hands(runs, 1)
                    for place in [office.turn(kind)]
                ]
                yield gift_list(kind, of.period, turns, left, day, dice)


def _decision(home: Home, number: str) -> households.Decision:
    return _named(home.kind, home.entered, number)


def _named(kind: Kind, day: date, number: str) -> households.Decision:
    return households.Decision(kind, day, number, day, reason=told()["reasons"].get(kind.value, ""))


def _month(first: date) -> Period:
    return period_of(first, date(first.year + first.month // 12, first.month % 12 + 1, 1))
