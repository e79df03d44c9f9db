"""The households of the story: entered when it begins, reviewed every December so that the poor of a unit are as many as it reports."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from chungtay.demo.story import FAMILY, Unit, poverty, story, units
from chungtay.households.rules import Kind, NeedKind, Personal

ENTERED = date(2019, 12, 21)
REVIEWED_ON = (12, 15)
PEOPLE = ("nam", "nữ")


@dataclass
class Home:
    """An invented household: who it is, its classes in time as [kind, from, until), and what it lacks since when."""

    personal: Personal
    entered: date
    classes: list[tuple[Kind, date, date | None]] = field(default_factory=list)
    needs: list[tuple[NeedKind, date]] = field(default_factory=list)
    is_listed: bool = True  # lists of gifts and proposals know it; the others are those that are left behind

    @property
    def kind(self) -> Kind:
        """What it was classed as when it was entered."""
        return self.classes[0][0]


@cache
def told() -> dict[str, Any]:
    """Return the invented names and circumstances."""
    text = files("chungtay.demo").joinpath("data/homes.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@cache
def homes_of(unit: Unit) -> tuple[Home, ...]:
    """Return the households of a unit, in the order in which they were entered."""
    return tuple(_taken_over(unit) if unit.formed_from else _grown(unit))


def former_units(unit: Unit) -> list[Unit]:
    """Return the units that a unit was formed of, in the order of the story."""
    return [one for one in units() if one.ref in unit.formed_from]


def review_days(unit: Unit) -> Iterator[date]:
    """Yield the first days of the yearly reviews' decisions at a unit."""
    for year in story()["poverty"]:
        if (unit.ref, year) in poverty():
            yield date(int(year), *REVIEWED_ON)


def changes_on(unit: Unit, day: date) -> tuple[list[tuple[int, Kind]], list[tuple[int, Kind]], list[int]]:
    """Return what a review changes: (classes that end, classes that begin) by place in `homes_of`, and who is entered then."""
    ends, begins, new = [], [], []
    for at, home in enumerate(homes_of(unit)):
        if home.entered == day:
            new.append(at)
            continue
        ends += [(at, kind) for kind, _, until in home.classes if until == day]
        begins += [(at, kind) for kind, since, _ in home.classes if since == day]
    return ends, begins, new


def hamlet(unit: Unit, at: int) -> str:
    """Return the name of one of a unit's hamlets."""
    return f"{'Ấp' if unit.is_rural else 'Khóm'} {at % 5 + 1}"


def person_of(dice: random.Random, family: str = "") -> str:
    """Return an invented name, of a family when it is given."""
    gender = dice.choice(PEOPLE)
    given = told()
    return (
        f"{family or dice.choice(FAMILY)} {dice.choice(given['middle'][gender])} {dice.choice(given['given'][gender])}"
    )


def _grown(unit: Unit) -> list[Home]:
    dice = random.Random(f"{story()['seed']}/homes/{unit.ref}")
    counts = {day: _poor(unit, day) for day in review_days(unit)}
    poor = int(next(iter(counts.values())) * 1.08) + 1
    shares = told()["share_of_poor"]
    first = {
        Kind.POOR: poor,
        Kind.NEAR_POOR: int(poor * shares["near_poor"]) + 4,
        Kind.POLICY: unit.households // shares["policy_per"],
        Kind.HARDSHIP: unit.households // shares["hardship_per"],
    }
    homes = [_home(unit, dice, kind, ENTERED) for kind, count in first.items() for _ in range(count)]
    for home in dice.sample(homes, int(len(homes) * told()["unlisted"])):
        home.is_listed = False
    for day, target in counts.items():
        _review(homes, day, target, dice)
        for _ in range(told()["new_each_year"]):
            home = _home(unit, dice, Kind.HARDSHIP, day)
            home.is_listed = day.year < 2023
            home.needs = [(NeedKind(dice.choice(told()["needs"])), day - timedelta(days=dice.randrange(10, 300)))]
            homes.append(home)
    return homes


def _review(homes: list[Home], day: date, target: int, dice: random.Random) -> None:
    """Make as many poor as are reported: some escape, or near-poor ones fall."""
    now = {kind: [home for home in homes if home.classes[-1][0] is kind] for kind in (Kind.POOR, Kind.NEAR_POOR)}
    change = len(now[Kind.POOR]) - target
    leaving = now[Kind.POOR] if change > 0 else now[Kind.NEAR_POOR]
    for at, home in enumerate(dice.sample(leaving, min(abs(change), len(leaving)))):
        kind, since, _ = home.classes[-1]
        home.classes[-1] = (kind, since, day)
        better = Kind.NEAR_POOR if at % 3 else Kind.ESCAPED
        home.classes.append((better if change > 0 else Kind.POOR, day, None))


def _taken_over(unit: Unit) -> list[Home]:
    """The register of a unit formed of others: households of the former ones, as they are classed on its first day."""
    since = unit.since or ENTERED
    found = []
    for one in former_units(unit):
        for home in homes_of(one):
            kind = home.classes[-1][0]
            found.append(Home(home.personal, since, [(kind, since, None)], list(home.needs), is_listed=home.is_listed))
    return found


def _poor(unit: Unit, day: date) -> int:
    return poverty()[unit.ref, str(day.year)]["poverty.poor_households"].value or 0


def _home(unit: Unit, dice: random.Random, kind: Kind, day: date) -> Home:
    at = dice.randrange(5)
    personal = Personal(
        head_name=person_of(dice),
        hamlet=hamlet(unit, at),
        members=dice.randrange(1, 7),
        birth_year=dice.randrange(1938, 1992),
        address=f"Tổ {at * 6 + dice.randrange(1, 7)}",
        cccd=f"000{dice.randrange(10**9):09}" if dice.random() < 0.7 else "",
    )
    return Home(personal, day, [(kind, day, None)])
