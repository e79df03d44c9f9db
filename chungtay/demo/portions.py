"""How what a unit reports of a quarter divides into cases: whole packages and đồng, and what of them its fund paid."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chungtay.demo.homes import homes_of
from chungtay.demo.story import Unit, open_month, periods, quarterly, story
from chungtay.demo.treasury import PACKAGES, FundMonth, fund_months
from chungtay.kernel.periods import Period, parse_period
from chungtay.returns.rules import Entry

STEP = 50_000
MOST_AT_ONCE = 4
ACCOUNTS = {"new": "6111", "repair": "6112"}


@dataclass(frozen=True)
class Quarter:
    """What one unit did in one period: houses (way of working, paid by the fund, to whom), bridges, packages by kind.

    homes: places in `homes_of`. packages: {kind: [(packages, đồng of one)]}. paid: {account: đồng} of the fund's voucher, `paid_on`.
    twice: of the houses, how many another unit counted too, which comes out later.
    """

    unit: Unit
    period: Period
    months: tuple[date, ...]
    houses: tuple[tuple[str, int, int], ...]
    bridges: int
    packages: Mapping[str, tuple[tuple[int, int], ...]]
    paid: Mapping[str, int]
    paid_on: date
    twice: int = 0

    @property
    def proposed_on(self) -> date:
        """When its cases were proposed: early enough to hang, be decided and then be paid."""
        early = self.period.start + timedelta(days=1)
        if len(self.months) == 1:
            early = self.paid_on - timedelta(days=22)
        return max(early, self.unit.since + timedelta(days=5)) if self.unit.since else early


def quarters_of(unit: Unit) -> Iterator[Quarter]:
    """Yield the periods of a unit in order of time, the open one included."""
    told = [(one, quarterly()[unit.ref, one.code]) for one in periods() if (unit.ref, one.code) in quarterly()]
    opened = parse_period(story()["story"]["open_round"]["period"])
    if unit.is_there_in(opened):
        told.append((opened, open_month(unit)))
    funds = [month for month in fund_months() if month.unit == unit]
    dice = random.Random(f"{story()['seed']}/cases/{unit.ref}")
    waiting = [
        at for at, home in enumerate(homes_of(unit)) if home.is_listed and home.entered == homes_of(unit)[0].entered
    ]
    dice.shuffle(waiting)
    queue = iter(waiting)
    for period, entries in told:
        months = tuple(one for one in funds if period.start <= one.day <= period.last_day)
        yield _quarter(unit, period, entries, months, queue)


def _quarter(
    unit: Unit, period: Period, entries: Mapping[str, Entry], months: Sequence[FundMonth], queue: Iterator[int]
) -> Quarter:
    last = months[-1]
    paid: dict[str, int] = {}
    for line in last.spent:
        paid[line.debit] = paid.get(line.debit, 0) + line.amount
    share = story()["fund"]["houses"]
    houses, corrected = [], story()["story"]["corrected"]
    more = corrected["first"] if (unit.ref, period.code) == (corrected["code"], corrected["period"]) else {}
    for work, account in ACCOUNTS.items():
        by_fund = paid.get(account, 0) // share[work]
        count = _of(entries, f"support.houses:{work}") + more.get(f"support.houses:{work}", 0)
        houses += [(work, share[work] if at < by_fund else 0, next(queue)) for at in range(count)]
    packages = {
        kind: tuple(divided(_of(entries, f"support.packages:{kind}"), _of(entries, f"support.package_value:{kind}")))
        for kind in PACKAGES
    }
    days = tuple(month.day.replace(day=1) for month in months)
    bridges = _of(entries, "support.bridges")
    return Quarter(unit, period, days, tuple(houses), bridges, packages, paid, last.day, sum(more.values()))


def divided(count: int, value: int) -> Iterator[tuple[int, int]]:
    """Yield (packages, đồng of one) that add up to `count` packages of `value` đồng: nearly alike, in steps that people count in."""
    if not count:
        return
    base = value // count // STEP * STEP or value // count
    rest = value - base * count
    dearer = min(rest // STEP, count - 1)
    last = rest - dearer * STEP
    for packages, each in ((dearer, base + STEP), (count - dearer - 1, base), (1, base + last)):
        if packages:
            yield packages, each


def in_hands(runs: Sequence[tuple[int, int]], most: int) -> Iterator[tuple[int, int]]:
    """Yield the same packages as they are handed to one household each, at most so many together."""
    for count, value in runs:
        for start in range(0, count, most):
            yield min(most, count - start), value


def _of(entries: Mapping[str, Entry], key: str) -> int:
    return entries[key].value or 0
