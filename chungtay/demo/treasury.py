"""What the funds of the story take in and pay out, month by month: every quarter's amounts, divided, add up to what is reported."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from chungtay.demo.story import Unit, divide, open_month, periods, quarterly, story, units
from chungtay.funds.rules import Line
from chungtay.kernel.periods import Period, parse_period
from chungtay.returns.rules import Entry

STEP = 50_000
SEASON = {10: 3, 11: 5, 12: 2}  # the peak month runs from 17/10 to 18/11
PACKAGES = {"scholarship": "6114", "medical": "6115", "gift": "6116", "production": "6117"}
WORDS = {
    "6111": "Hỗ trợ xây mới nhà đại đoàn kết",
    "6112": "Hỗ trợ sửa chữa nhà ở",
    "6114": "Trao học bổng",
    "6115": "Hỗ trợ khám chữa bệnh",
    "6116": "Tặng quà hộ nghèo, hộ khó khăn",
    "6117": "Hỗ trợ sản xuất",
}


@dataclass
class FundMonth:
    """What happens to a unit's fund in a month, all on one day; `goods` come in, `issued` go out, `spent` is paid."""

    unit: Unit
    day: date
    campaign: str
    cash: int
    goods: tuple[Line, ...] = ()
    issued: tuple[Line, ...] = ()
    outside: int = 0
    spent: list[Line] = field(default_factory=list)

    @property
    def donor(self) -> str:
        """Who is written on the month's receipts."""
        donors: list[str] = story()["fund"]["donors"]
        return donors[(self.day.toordinal() + self.unit.weight) % len(donors)]

    @property
    def cash_lines(self) -> tuple[Line, ...]:
        """A tenth in notes, the rest through the bank."""
        notes = self.cash // 10 // STEP * STEP
        lines = (Line("112", "511", self.cash - notes), Line("111", "511", notes))
        return tuple(line for line in lines if line.amount)


@cache
def fund_months() -> tuple[FundMonth, ...]:
    """Return every month of every fund, unit by unit in order of time."""
    return tuple(month for unit in units() for month in _months_of(unit))


def left_at_the_end(unit: Unit) -> Mapping[str, int]:
    """Return what stays on each account of money when a unit ends, {account: đồng} of those that hold any."""
    found = {"112": 0, "111": 0}
    for month in fund_months():
        if month.unit == unit:
            for line in month.cash_lines:
                found[line.debit] += line.amount
            for line in month.spent:
                found[line.credit] -= line.amount
    return {account: amount for account, amount in found.items() if amount}


def _months_of(unit: Unit) -> Iterator[FundMonth]:
    tale = story()["story"]["open_round"]["period"]
    cells = quarterly()
    told = [(period, cells[unit.ref, period.code]) for period in periods() if (unit.ref, period.code) in cells]
    if unit.is_there_in(parse_period(tale)):
        told.append((parse_period(tale), open_month(unit)))
    held = {"112": 0, "111": 0}
    for period, entries in told:
        yield from _quarter(unit, period, entries, held)


def _quarter(unit: Unit, period: Period, entries: Mapping[str, Entry], held: dict[str, int]) -> Iterator[FundMonth]:
    dice = random.Random(f"{story()['seed']}/fund/{unit.ref}/{period.code}")
    months = calendar_of(period)
    weights = [SEASON.get(month.month, 3) for month in months]
    given = _of(entries, "fund.raised:cash")
    cash = divide(given, weights, STEP if given % STEP == 0 else 1, dice)
    goods = _goods(_of(entries, "fund.raised:in_kind"), dice)
    middle, last = len(months) // 2, len(months) - 1
    for at, month in enumerate(months):
        day, campaign = _day(month, dice)
        here = FundMonth(unit, day, campaign, cash[at])
        if at == middle:
            here.goods, here.outside = goods, _of(entries, "fund.raised:outside")
        for line in here.cash_lines:
            held[line.debit] += line.amount
        if at == last:
            here.issued = tuple(Line("6120", "152", one.amount, item=one.item, quantity=one.quantity) for one in goods)
            here.spent = list(_spending(entries, held))
        yield here


def calendar_of(period: Period) -> list[date]:
    """Return the first day of every month of a period."""
    first = period.start
    months = (period.end.year - first.year) * 12 + period.end.month - first.month
    return [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(months)]


def _day(month: date, dice: random.Random) -> tuple[date, str]:
    """Return the day on which the month's money is counted, and the campaign of that day."""
    first, last = {10: (19, 26), 11: (4, 15)}.get(month.month, (4, 24))
    last = story()["fund"]["last_days"].get(f"{month:%Y-%m}", last)
    day = month.replace(day=dice.randrange(first, last + 1))
    campaigns = story()["fund"]["campaigns"].items()
    return day, next((code for code, told in campaigns if told["from"] <= day.isoformat() <= told["to"]), "")


def _of(entries: Mapping[str, Entry], key: str) -> int:
    return entries[key].value or 0


def _goods(value: int, dice: random.Random) -> tuple[Line, ...]:
    if not value:
        return ()
    kind = dice.choice(story()["fund"]["goods"])
    return (Line("152", "512", value, item=kind["item"], quantity=max(1, value // kind["price"])),)


def _spending(entries: Mapping[str, Entry], held: dict[str, int]) -> Iterator[Line]:
    """Yield what the fund pays at the end of a quarter, as far as its money goes; `held` is what stays."""
    shares = story()["fund"]["houses"]
    for account, key, share in (
        ("6111", "support.houses:new", shares["new"]),
        ("6112", "support.houses:repair", shares["repair"]),
    ):
        for _ in range(_of(entries, key)):
            yield from _paid(account, share, "112", held, is_whole=True)
    for kind, account in PACKAGES.items():
        value = _of(entries, f"support.package_value:{kind}")
        yield from _paid(account, value, "111" if kind == "gift" else "112", held)


def _paid(account: str, amount: int, till: str, held: dict[str, int], *, is_whole: bool = False) -> Iterator[Line]:
    """Yield a payment of an amount, or of what there is of it; a house is paid whole or by others."""
    paid = min(amount, held[till])
    if paid and not (is_whole and paid < amount):
        held[till] -= paid
        yield Line(account, till, paid, memo=WORDS[account])
