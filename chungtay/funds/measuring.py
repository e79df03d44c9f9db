"""What records of a fund come to in the cells of its measures: the same arithmetic for a month and for one voucher of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from chungtay.funds.models import FundMeasure, SpendingKind
from chungtay.funds.rules import OUT_OF_CAMPAIGN, Measure

Moved = tuple[str | None, str, str, int]
"""(campaign code, debit, credit, amount): entries of a voucher, or of a month added up."""
Given = tuple[str | None, int]
"""(campaign code, amount): raised outside the fund."""


@dataclass(frozen=True)
class Records:
    """One record of a fund, or many added up."""

    moved: tuple[Moved, ...] = ()
    given: tuple[Given, ...] = ()
    pledged: int = 0


def cell_name(code: str, key: str) -> str:
    """Return how the cell of an indicator is called where a source is shown."""
    return f"{code}:{key}" if key else code


def spending_accounts() -> dict[str, frozenset[str]]:
    """Return {spending kind: its account}; of several kinds on one account the first has it."""
    kinds: dict[str, str] = dict(SpendingKind.objects.order_by("-id").values_list("account", "code"))
    return {code: frozenset({account}) for account, code in kinds.items()}


def cells_of(one: FundMeasure, records: Records, kinds: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Return {dimension key: đồng} of a measure. Transfers between levels and interest are in no account that it counts.

    kinds: the accounts of each spending kind.
    """
    match Measure(one.measure):
        case Measure.RECEIVED:
            return {one.dimension: sum(_received(records, one.codes).values())}
        case Measure.OUTSIDE:
            return {one.dimension: sum(amount for _, amount in records.given)}
        case Measure.PLEDGED:
            return {one.dimension: records.pledged}
        case Measure.CAMPAIGN:
            return _by_campaign(records, one.codes)
        case Measure.SPENT:
            return _spent(records, {one.dimension: one.codes} if one.codes else kinds)


def _received(records: Records, accounts: frozenset[str]) -> dict[str, int]:
    """Return {campaign code, "" for none: what was given on these accounts}."""
    found: dict[str, int] = defaultdict(int)
    for campaign, debit, credit, amount in records.moved:
        found[campaign or ""] += amount * ((credit in accounts) - (debit in accounts))
    return found


def _by_campaign(records: Records, accounts: frozenset[str]) -> dict[str, int]:
    """Return {campaign, or OUT_OF_CAMPAIGN: what was given in money, in kind and outside the fund}."""
    found = defaultdict(int, _received(records, accounts))
    for campaign, amount in records.given:
        found[campaign or ""] += amount
    return {OUT_OF_CAMPAIGN: found.pop("", 0)} | found


def _spent(records: Records, kinds: Mapping[str, frozenset[str]]) -> dict[str, int]:
    return {
        key: sum(amount * ((debit in codes) - (credit in codes)) for _, debit, credit, amount in records.moved)
        for key, codes in kinds.items()
    }
