"""The groups of the story: what each commune's register of Hội quán, co-operatives and self-managed groups said, and when.

Every number of a Hội quán, its members and the co-operatives is the one that the commune reports: the register is the source
of record, the return confirms it.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.timezone import localdate

from chungtay.accounts.models import User
from chungtay.community import services as community
from chungtay.community.models import Group
from chungtay.community.services import About
from chungtay.demo.acts import Acts
from chungtay.demo.days import at, due_of, working_day
from chungtay.demo.story import Unit, divide_exactly, first_units, invented_names, periods, story, units
from chungtay.demo.tales import Moment
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Keeper
from chungtay.indicators.selectors import indicators_by_code
from chungtay.places.models import Area

HOI_QUAN, MEMBERS, HTX = "groups.hoi_quan", "groups.hoi_quan_members", "groups.htx_from_hoi_quan"
FOUNDED = date(2018, 3, 10)  # the first; each of the others a few weeks after the one before
SELF_MANAGED_OF = 105  # households to a group, as the communes report them
OPENS_BEFORE_DUE = 18


@cache
def told() -> Mapping[str, Any]:
    """Return what the story tells of community life."""
    text = files("chungtay.demo").joinpath("data/community.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def moments(on: Acts) -> Iterator[Moment]:
    """Registers are opened, grow, follow the map; before each round the months that are over are told to the account."""
    book = Registers(on)
    yield at(date.fromisoformat(told()["begins_on"]), 9), book.begin
    for span, day in told()["grown_on"].items():
        yield at(date.fromisoformat(day), 9), book.growing(span)
    yield at(date.fromisoformat(told()["merged_on"]), 9), book.follow_the_map
    for period in periods():
        yield at(working_day(due_of(period).date() - timedelta(days=OPENS_BEFORE_DUE)), 7), book.tell
    yield at(date.fromisoformat(story()["story"]["open_round"]["opened"]), 7), book.tell


class Registers:
    """The registers of all communes, written by their clerks."""

    def __init__(self, on: Acts) -> None:
        self.on = on
        self.clubs: dict[str, list[Group]] = defaultdict(list)  # the Hội quán of a unit, in the order of their founding
        self.born: dict[str, int] = defaultdict(int)
        self.sizes: dict[Group, int] = {}
        self.others: dict[str, list[Group]] = defaultdict(list)
        self.names = iter(reversed(invented_names()))

    def begin(self, now: datetime) -> None:
        """Every commune enters what it has; from a day on the registers are the source of record."""
        since = date.fromisoformat(told()["groups_since"])
        for indicator in indicators_by_code((HOI_QUAN, MEMBERS, HTX)).values():
            indicators.set_record_source(
                indicator=indicator,
                keeper=Keeper.REGISTERS,
                valid_from=since,
                legal_basis=told()["basis"],
                now=now,
                by=self.on.ground.cast.admin,
            )
        for place, unit in enumerate(first_units()):
            self._enter_clubs(unit, "2020", FOUNDED + timedelta(days=40 * place), now)
            self._enter_families(unit, now)
            if unit.ref in told()["self_managed"]:
                self._enter_self_managed(unit, now)
        for other in told()["others"]:
            [unit] = [one for one in first_units() if one.ref == other["unit"]]
            about = About(name=other["name"], details=other["details"])
            day = date.fromisoformat(other["founded"])
            self.others[unit.ref].append(self._found(unit, other["kind"], about, day, now, members=other["members"]))

    def growing(self, span: str) -> Callable[[datetime], None]:
        """Return the act of a span: new groups are entered, members counted anew."""

        def grow(now: datetime) -> None:
            for unit in units():
                if unit.ref in story()["stocks"][HOI_QUAN][span]:
                    self._enter_clubs(unit, span, localdate(now) - timedelta(days=8), now)

        return grow

    def follow_the_map(self, now: datetime) -> None:
        """Communes were merged: the city's officer gives each group to the commune that came after its own."""
        by = self.on.ground.cast.officer
        for unit in units():
            for former in unit.formed_from:
                for group in (*self.clubs.pop(former, ()), *self.others.pop(former, ())):
                    moved = community.move_group(
                        group=group,
                        to=self._area(unit),
                        on=unit.since or localdate(now),
                        basis=told()["merger_basis"],
                        now=now,
                        by=by,
                    )
                    if group in self.sizes:
                        self.sizes[moved] = self.sizes[group]
                        self.clubs[unit.ref].append(moved)
                    else:
                        self.others[unit.ref].append(moved)

    def tell(self, now: datetime) -> None:
        """Tell the account the months that are over."""
        community.tell_facts(since=localdate(now) - timedelta(days=1), now=now, by=self.on.ground.cast.officer)

    def _enter_clubs(self, unit: Unit, span: str, day: date, now: datetime) -> None:
        """Bring the Hội quán of a unit to what it reports for a span: new ones, their members, co-operatives born of them."""
        stocks = story()["stocks"]
        clubs, total = self.clubs[unit.ref], stocks[MEMBERS][span].get(unit.ref, 0)
        missing = stocks[HOI_QUAN][span].get(unit.ref, 0) - len(clubs)
        known = sum(self.sizes[club] for club in clubs)
        names = told()["hoi_quan"].get(unit.ref, ())
        for step, size in enumerate(divide_exactly(total - known, [1] * missing) if missing else ()):
            name, trade = names[len(clubs)]
            about = About(
                name=f"Hội quán {name}",
                schedule="Sinh hoạt mỗi tháng một lần",
                venue="Nhà Chủ nhiệm (minh họa)",
                details={"trade": trade, "order_number": len(clubs) + 1, "has_rules": "co"},
            )
            club = self._found(unit, "hoi-quan", about, day + timedelta(days=step), now, members=size)
            self._name_chair(club, unit, now)
            self.sizes[club] = size
            clubs.append(club)
        if not missing and total > known:
            self._count_anew(unit, total - known, now)
        for at_ in range(self.born[unit.ref], stocks[HTX][span].get(unit.ref, 0)):
            self._bear(unit, at_, day + timedelta(days=6), now)

    def _count_anew(self, unit: Unit, more: int, now: datetime) -> None:
        clubs = self.clubs[unit.ref]
        for club, grown in zip(clubs, divide_exactly(more, [1] * len(clubs)), strict=True):
            if grown:
                self.sizes[club] += grown
                community.count_group(
                    group=club, as_of=localdate(now), members=self.sizes[club], now=now, by=self._clerk(unit)
                )

    def _bear(self, unit: Unit, number: int, day: date, now: datetime) -> None:
        parent = self.clubs[unit.ref][number]
        about = About(name=told()["htx"][unit.ref][number], details={"trade": parent.details["trade"]})
        child = self._found(unit, "htx", about, day, now, members=max(7, self.sizes[parent] // 3))
        community.bear_group(parent=parent, child=child, now=now, by=self._clerk(unit))
        self.others[unit.ref].append(child)
        self.born[unit.ref] = number + 1

    def _enter_families(self, unit: Unit, now: datetime) -> None:
        led_by = told()["families_led_by"][unit.weight % len(told()["families_led_by"])]
        about = About(name=f"Nhóm Gia đình đoàn thể số 1, {unit.name}", details={"led_by": led_by})
        group = self._found(unit, "nhom-gddt", about, date(2019, 10, 20), now, households=12 + unit.weight)
        self.others[unit.ref].append(group)

    def _enter_self_managed(self, unit: Unit, now: datetime) -> None:
        """These communes have entered theirs already; until all have, the returns stay the source of that number."""
        sizes = divide_exactly(unit.households, [1] * (unit.households // SELF_MANAGED_OF))
        for number, size in enumerate(sizes, 1):
            about = About(name=f"Tổ Nhân dân tự quản số {number}", details={"number": number})
            self.others[unit.ref].append(self._found(unit, "to-ndtq", about, date(2019, 5, 2), now, households=size))

    def _name_chair(self, club: Group, unit: Unit, now: datetime) -> None:
        name = next(self.names)
        community.name_officer(
            group=club, role="Chủ nhiệm", full_name=name, since=club.founded_on, now=now, by=self._clerk(unit)
        )

    def _found(
        self,
        unit: Unit,
        kind: str,
        about: About,
        day: date,
        now: datetime,
        *,
        members: int | None = None,
        households: int | None = None,
    ) -> Group:
        return community.found_group(
            kind=kind,
            about=about,
            area=self._area(unit),
            founded_on=day,
            members=members,
            households=households,
            is_sample=True,
            now=now,
            by=self._clerk(unit),
        )

    def _area(self, unit: Unit) -> Area:
        return self.on.ground.areas[unit.ref]

    def _clerk(self, unit: Unit) -> User:
        return self.on.ground.cast.clerks[unit.ref]
