"""The demonstration's data, and how its totals are divided over units and quarters: the same seed, the same numbers."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from chungtay.kernel.periods import Period, parse_period
from chungtay.returns.rules import Entry

QUARTERS = {
    "2020": ("2020Q1", "2020Q2", "2020Q3", "2020Q4"),
    "2021": ("2021Q1", "2021Q2", "2021Q3", "2021Q4"),
    "2022": ("2022Q1", "2022Q2", "2022Q3", "2022Q4"),
    "2023": ("2023Q1", "2023-04..2023-05"),
    "2023-06..2023-12": ("2023-06", "2023Q3", "2023Q4"),
    "2024": ("2024Q1", "2024Q2", "2024Q3", "2024Q4"),
    "2025": ("2025Q1", "2025-04"),
}
"""The reporting periods by the span for which the story holds a total; they tile the time up to the open round."""

PUBLISHED = "2022"
REVIEWED = "2020-01..2023-05"
WHOLE_TERM = "2020-01..2024-12"
LAST_BEFORE_OPEN = "2025-04"


@dataclass(frozen=True)
class Unit:
    """A commune or ward of the story, from `since` to the day before `until` (None: before and after all that is told)."""

    code: str
    name: str
    level: str
    weight: int
    households: int
    slug: str
    since: date | None = None
    until: date | None = None
    formed_from: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """What the unit is called in the story's data: its code, with a day where the code was used before."""
        return f"{self.code}@{self.since}" if self.since else self.code

    def is_there_in(self, period: Period) -> bool:
        """Whether it is on the map of a period's last day."""
        return (self.since is None or self.since <= period.last_day) and (
            self.until is None or period.last_day < self.until
        )

    @property
    def is_rural(self) -> bool:
        """Whether it is a commune: bridges are built there."""
        return self.level == "commune"


@cache
def story() -> dict[str, Any]:
    """Return the data of the demonstration."""
    text = files("chungtay.demo").joinpath("data/programme-500.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def lives_on() -> datetime:
    """Return the moment at which the demonstration's clock starts."""
    return datetime.fromisoformat(story()["lives_on"])


@cache
def units() -> tuple[Unit, ...]:
    """Return every unit of the story: the fifteen in the order of their codes, then those formed from them."""
    return tuple(
        Unit(
            **{key: value for key, value in said.items() if key not in ("since", "until", "formed_from")},
            since=_day(said, "since"),
            until=_day(said, "until"),
            formed_from=tuple(said.get("formed_from", ())),
        )
        for said in story()["units"]
    )


def _day(said: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(said[name]) if name in said else None


def first_units() -> tuple[Unit, ...]:
    """Return the fifteen units with which the story begins."""
    return tuple(unit for unit in units() if unit.since is None)


def units_in(period: Period) -> tuple[Unit, ...]:
    """Return the units that report for a period: fifteen up to 2024, thirteen from 2025 on."""
    return tuple(unit for unit in units() if unit.is_there_in(period))


def periods() -> list[Period]:
    """Return the reporting periods before the open round, in order; they tile 2020-01..2025-04."""
    return [parse_period(code) for year in QUARTERS.values() for code in year]


def divide(total: int, weights: Sequence[int], step: int, dice: random.Random) -> list[int]:
    """Divide `total` (a multiple of `step`) by weights with some chance; the parts add up to it exactly."""
    shares = [w * dice.uniform(0.7, 1.3) for w in weights]
    whole = total // step
    scale = sum(shares)
    exact = [whole * s / scale for s in shares]
    parts = [int(x) for x in exact]
    rest = [x - p for x, p in zip(exact, parts, strict=True)]
    for _ in range(whole - sum(parts)):  # drawn, not ranked: else the largest unit would get every one of a few
        (i,) = dice.choices(range(len(parts)), weights=rest)
        parts[i] += 1
        rest[i] = 0
    return [p * step for p in parts]


@cache
def quarterly() -> Mapping[tuple[str, str], Mapping[str, Entry]]:
    """Return what each unit reports for each period: {(unit, period code): {cell key: entry}}."""
    cells: dict[tuple[str, str], dict[str, Entry]] = {(u.ref, p.code): {} for p in periods() for u in units_in(p)}
    for key, plan in story()["flows"].items():
        _spread_flow(cells, key, plan)
    for key, plan in story()["stocks"].items():
        _spread_stock(cells, key, plan)
    return cells


def _spread_flow(cells: dict[tuple[str, str], dict[str, Entry]], key: str, plan: Mapping[str, Any]) -> None:
    dice = random.Random(f"{story()['seed']}/{key}")
    for year, codes in QUARTERS.items():
        slots = [(u, code) for u in units_in(parse_period(codes[0])) for code in codes]
        weights = [_weight(cells, key, plan, unit, code) for unit, code in slots]
        parts = divide(plan[year], weights, plan.get("step", 1), dice)
        for (unit, code), part in zip(slots, parts, strict=True):
            cells[unit.ref, code][key] = Entry(value=part)


def _weight(
    cells: Mapping[tuple[str, str], Mapping[str, Entry]], key: str, plan: Mapping[str, Any], unit: Unit, code: str
) -> int:
    if plan.get("communes_only") and not unit.is_rural:
        return 0
    if needs := plan.get("needs"):  # value follows the packages that were given
        return 10 * (cells[unit.ref, code][needs].value or 0)
    # The last quarter holds the peak month of the campaign, except in 2021.
    season = {"Q4": 17, "Q1": 13}.get(code[4:], 9) if key.startswith("fund.") and not code.startswith("2021") else 10
    rural = 14 if unit.is_rural and key.startswith("support.houses") else 10
    return unit.weight * season * rural


def _spread_stock(cells: dict[tuple[str, str], dict[str, Entry]], key: str, plan: Mapping[str, Any]) -> None:
    for year, codes in QUARTERS.items():
        for unit in units_in(parse_period(codes[0])):
            for code in codes:
                cells[unit.ref, code][key] = _stock(plan, unit, year)


def _stock(plan: Mapping[str, Any], unit: Unit, year: str) -> Entry:
    if (reason := plan.get("absent", {}).get(unit.ref)) and year in plan["absent_in"]:
        return Entry(absent=reason)
    if per := plan.get("per_households"):
        return Entry(value=unit.households // per)
    return Entry(value=plan[year].get(unit.ref, 0))


@cache
def poverty() -> Mapping[tuple[str, str], Mapping[str, Entry]]:
    """Return the yearly count of poor households: {(unit, year): {cell key: entry}}."""
    dice = random.Random(f"{story()['seed']}/poverty")
    found: dict[tuple[str, str], dict[str, Entry]] = {}
    for year, totals in story()["poverty"].items():
        there = units_in(parse_period(year))
        # households grow a little every year; the listed ones are those of 2022
        households = divide_exactly(totals["households"], [u.households for u in there])
        poor = divide(totals["poor"], [u.households * (3 if u.is_rural else 2) for u in there], 1, dice)
        for unit, all_of_them, poor_ones in zip(there, households, poor, strict=True):
            found[unit.ref, year] = {
                "poverty.households": Entry(value=all_of_them),
                "poverty.poor_households": Entry(value=poor_ones),
            }
    return found


def divide_exactly(total: int, weights: Sequence[int]) -> list[int]:
    """Divide `total` in proportion to `weights`; the parts add up to it exactly."""
    whole = sum(weights)
    parts = [total * w // whole for w in weights]
    for i in range(total - sum(parts)):
        parts[i] += 1
    return parts


def open_month(unit: Unit) -> Mapping[str, Entry]:
    """Return what a unit reports for the month that is being collected when the demonstration opens: like the one before."""
    dice = random.Random(f"{story()['seed']}/open/{unit.ref}")
    last = quarterly()[unit.ref, LAST_BEFORE_OPEN]
    return {
        key: entry if not entry.value or key.startswith("groups.") else Entry(value=_alike(entry.value, dice))
        for key, entry in last.items()
    }


def _alike(value: int, dice: random.Random) -> int:
    """Return a number near another one: of a few things one more or less, of many and of money so many per cent."""
    if value < 100:
        return max(1, value + dice.randrange(-1, 3))
    return value * dice.randrange(80, 120) // 5_000 * 50


FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
MIDDLE = {"nam": ("Văn", "Hữu", "Minh", "Quốc"), "nữ": ("Thị", "Ngọc", "Thị Kim", "Thị Thu")}
GIVEN = {
    "nam": ("An", "Bình", "Cường", "Dũng", "Hải", "Khoa", "Long", "Nam", "Phong", "Sơn", "Tâm", "Vinh"),
    "nữ": ("Ánh", "Cúc", "Diễm", "Hạnh", "Hương", "Lan", "Mai", "Nhung", "Oanh", "Thảo", "Uyên", "Xuân"),
}


@cache
def invented_names() -> Sequence[str]:
    """Return invented people's names, no two alike; no person is meant."""
    dice = random.Random(f"{story()['seed']}/people")
    pairs = [(family, gender, given) for family in FAMILY for gender, names in GIVEN.items() for given in names]
    dice.shuffle(pairs)
    return tuple(f"{family} {dice.choice(MIDDLE[gender])} {given}" for family, gender, given in pairs)
