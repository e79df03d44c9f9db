"""What people of the story did together: khóm and ấp, a movement, activities that a second person confirmed, the Ngày hội.

From a day on the outreach sessions that communes report are those of the register: their months add up to each return.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from chungtay.community import selectors
from chungtay.community import services as community
from chungtay.community.models import Activity, Group, Hamlet, Movement
from chungtay.community.services import Announced, Told
from chungtay.demo.acts import Acts
from chungtay.demo.days import at
from chungtay.demo.groups import told
from chungtay.demo.story import Unit, divide, divide_exactly, first_units, open_month, periods, quarterly, story, units
from chungtay.demo.tales import Moment
from chungtay.demo.treasury import calendar_of
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Keeper
from chungtay.indicators.selectors import indicators_by_code
from chungtay.kernel.folding import fold
from chungtay.kernel.periods import parse_period
from chungtay.places.rules import BodyKind
from chungtay.places.selectors import body_at

SESSIONS = "activities.propaganda"
RESULTS = ("Làm mới 1,2 km đường hoa", "Lắp 40 bóng đèn năng lượng mặt trời", "Sửa 2 đoạn kè, 1 cầu tạm")
UNCONFIRMED = ("not_started", "draft")  # of the open round: who has not reported has not confirmed either


def moments(on: Acts) -> Iterator[Moment]:
    """Khóm, ấp are entered; a movement opens; activities are written down and confirmed."""
    life = Gatherings(on)
    yield at(date.fromisoformat(told()["begins_on"]), 8), life.enter_hamlets
    yield at(date.fromisoformat(told()["activities_since"]), 7), life.keep_here
    yield at(date.fromisoformat(told()["merged_on"]), 8), life.follow_the_map
    movement = told()["movement"]
    yield at(date.fromisoformat(movement["opened"]), 9), life.open_movement
    yield at(date.fromisoformat(movement["joined"]), 9), life.join_movement
    yield at(date.fromisoformat(movement["told"]), 9), life.say_what_came
    yield at(date.fromisoformat(told()["festival"]["written"]), 10), life.hold_festival
    for unit in units():
        yield from life.sessions(unit)
    for one in told()["activities"]:
        yield from life.activity(one)


class Gatherings:
    """What is held in the communes, and where."""

    def __init__(self, on: Acts) -> None:
        self.on = on
        self.dice = random.Random(f"{story()['seed']}/gatherings")
        self.hamlets: dict[str, list[Hamlet]] = {}
        self.movement: Movement | None = None

    def enter_hamlets(self, now: datetime) -> None:
        """Every commune enters its khóm or ấp."""
        for unit in first_units():
            self._enter(unit, told()["hamlets"][unit.ref], date.fromisoformat(story()["map_from"]), now)

    def _enter(self, unit: Unit, count: int, since: date, now: datetime) -> None:
        first_word = unit.name.split()[1]
        names = [f"{first_word} {name}" if unit.is_rural else "" for name in told()["hamlet_names"]]
        self.hamlets[unit.ref] = [
            community.enter_hamlet(
                area=self.on.ground.areas[unit.ref],
                kind=Hamlet.Kind.AP if unit.is_rural else Hamlet.Kind.KHOM,
                name=names[number] if unit.is_rural else str(number + 1),
                founded_on=since,
                households=households,
                is_sample=True,
                now=now,
                by=self.on.ground.cast.clerks[unit.ref],
            )
            for number, households in enumerate(divide_exactly(unit.households, [1] * count))
        ]

    def follow_the_map(self, now: datetime) -> None:
        """Communes were merged: their khóm, ấp end, those of the new wards are numbered anew."""
        for unit in units():
            former = [hamlet for ref in unit.formed_from for hamlet in self.hamlets[ref]]
            if unit.since is None or not former:
                continue
            for hamlet in former:
                community.end_hamlet(
                    hamlet=hamlet, on=unit.since, note=told()["merger_basis"], now=now, by=self.on.ground.cast.officer
                )
            self._enter(unit, len(former), unit.since, now)

    def keep_here(self, now: datetime) -> None:
        """From now on the register of activities is the source of record of outreach sessions."""
        indicators.set_record_source(
            indicator=indicators_by_code((SESSIONS,))[SESSIONS],
            keeper=Keeper.REGISTERS,
            valid_from=localdate(now),
            legal_basis=told()["basis"],
            now=now,
            by=self.on.ground.cast.admin,
        )

    def open_movement(self, now: datetime) -> None:
        """The city announces a movement."""
        said = told()["movement"]
        about = Announced(
            kind=said["kind"],
            name=said["name"],
            starts_on=date.fromisoformat(said["starts"]),
            ends_on=date.fromisoformat(said["ends"]),
            aim=said["aim"],
            basis=said["basis"],
            indicators=list(indicators_by_code(said["indicators"]).values()),
        )
        city, by = self.on.ground.city, self.on.ground.cast.officer
        self.movement = community.open_movement(area=city, about=about, is_sample=True, now=now, by=by)

    def join_movement(self, now: datetime) -> None:
        """Every commune puts its name down, with the households that take part."""
        self._join(now, lambda unit: "")

    def say_what_came(self, now: datetime) -> None:
        """Some say what came of it."""
        self._join(now, lambda unit: RESULTS[unit.weight % 4] if unit.weight % 4 < len(RESULTS) else "")

    def _join(self, now: datetime, result: Callable[[Unit], str]) -> None:
        for unit in first_units():
            community.join_movement(
                movement=self._movement(),
                area=self.on.ground.areas[unit.ref],
                participants=unit.households * 7 // 10,
                result=result(unit),
                now=now,
                by=self.on.ground.cast.clerks[unit.ref],
            )

    def _movement(self) -> Movement:
        if self.movement is None:
            raise ValueError("the movement is announced before anybody joins it")
        return self.movement

    def hold_festival(self, now: datetime) -> None:
        """Every khóm, ấp but one held the Ngày hội; of one nobody confirmed it."""
        plan = told()["festival"]
        for unit in first_units():
            for number, hamlet in enumerate(self.hamlets[unit.ref], 1):
                at_ = {"unit": unit.ref, "number": number}
                if at_ == plan["missing"]:
                    continue
                day = date(localdate(now).year, 11, plan["first_day"] + self.dice.randrange(plan["days"]))
                counts = {"parts": "le-hoi", "families": self.dice.randrange(3, 9), "gifts": self.dice.randrange(5, 25)}
                said = Told(
                    kind="ngay-hoi-ddk",
                    title=f"Ngày hội Đại đoàn kết {hamlet}",
                    held_on=day,
                    hamlet=hamlet,
                    movement=self._movement(),
                    participants=self.dice.randrange(80, 240),
                    counts=counts,
                )
                self._write(unit, said, now, is_confirmed=at_ != plan["waiting"])

    def sessions(self, unit: Unit) -> Iterator[Moment]:
        """Outreach of a commune, month by month: together what it reports for each period."""
        since = date.fromisoformat(told()["activities_since"])
        tale = story()["story"]["open_round"]
        reported = {p.code: quarterly()[unit.ref, p.code] for p in periods() if unit.is_there_in(p)}
        if unit.is_there_in(parse_period(tale["period"])):
            reported[tale["period"]] = open_month(unit)
        for code, entries in reported.items():
            period = parse_period(code)
            if period.start < since:
                continue
            months = calendar_of(period)
            whole = entries[SESSIONS].value or 0
            each = min(1, whole // len(months))  # no month is left without a session where there are enough
            dice = random.Random(f"{story()['seed']}/sessions/{unit.ref}/{code}")
            more = divide(whole - each * len(months), [1] * len(months), 1, dice)
            is_confirmed = code != tale["period"] or tale["states"][unit.ref] not in UNCONFIRMED
            for month, count in zip(months, more, strict=True):
                if count + each:
                    yield self._session(unit, month.replace(day=5 + dice.randrange(3)), count + each, is_confirmed)

    def _session(self, unit: Unit, day: date, count: int, is_confirmed: bool) -> Moment:
        said = Told(
            kind="tuyen-truyen",
            title=f"Tuyên truyền, vận động tháng {day.month}/{day.year}",
            held_on=day,
            participants=count * self.dice.randrange(25, 60),
            counts={"sessions": count, "leaflets": 0},
        )
        return at(day, 16), lambda now: _done(self._write(unit, said, now, is_confirmed=is_confirmed))

    def activity(self, plan: Mapping[str, Any]) -> Iterator[Moment]:
        """One activity of the story, written down the day after; `waits`: nobody has confirmed it."""
        day = date.fromisoformat(plan["on"])
        [unit] = [one for one in first_units() if one.ref == plan["unit"]]

        def write(now: datetime) -> None:
            area = self.on.ground.areas[unit.ref]
            said = Told(
                kind=plan["kind"],
                title=plan["title"],
                held_on=day,
                group=self._group(unit, plan["group"]) if "group" in plan else None,
                body=body_at(area.pk, BodyKind.MTTQ),
                participants=plan.get("participants"),
                counts=plan["counts"],
            )
            self._write(unit, said, now, is_confirmed=not plan.get("waits"))

        yield at(day + timedelta(days=1), 15), write

    def _group(self, unit: Unit, name: str) -> Group:
        area = self.on.ground.areas[unit.ref]
        return selectors.group_list([area.pk], date.max, {"q": fold(name)})[0]

    def _write(self, unit: Unit, said: Told, now: datetime, *, is_confirmed: bool) -> Activity:
        """The clerk writes it down and puts it forward, the leader confirms it an hour later."""
        clerk, leader = self.on.ground.cast.clerks[unit.ref], self.on.ground.cast.leaders[unit.ref]
        area = self.on.ground.areas[unit.ref]
        made = community.write_activity(told=said, area=area, is_sample=True, now=now, by=clerk)
        made = community.record_activity(activity=made, now=now + timedelta(minutes=5), by=clerk)
        if is_confirmed:
            made = community.confirm_activity(
                activity=made, revision=made.revision, now=now + timedelta(hours=1), by=leader
            )
        return made


def _done(of: Activity) -> None:
    """An act of the story leaves nothing behind but what the service wrote."""
