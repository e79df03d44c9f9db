"""What must be told of a drive, and by when: dated rules with their legal basis, and what has been told so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from chungtay.funds.models import Campaign, Disclosure, DisclosureRule


class Clock(StrEnum):
    """How a duty stands on a day."""

    NOT_YET = "not_yet"  # its time has not begun, or its day is not known
    DUE = "due"
    DONE = "done"
    LATE = "late"  # done, but after its last day
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Duty:
    """One thing to be told: [first, last] are the days in which it is in time, None where the drive does not say."""

    rule: DisclosureRule
    first: date | None
    last: date | None
    told: tuple[Disclosure, ...]

    def clock(self, today: date) -> Clock:
        """Return how it stands. Only what was posted counts, and its first posting decides."""
        if self.told:
            return Clock.LATE if self.last is not None and self.told[0].posted_on > self.last else Clock.DONE
        if self.first is None or self.last is None or today < self.first:
            return Clock.NOT_YET
        return Clock.DUE if today <= self.last else Clock.OVERDUE


def duties_of(campaign: Campaign) -> list[Duty]:
    """Return what must be told of a drive, in the order of its last days."""
    told: dict[str, list[Disclosure]] = {}
    for one in Disclosure.objects.filter(campaign=campaign).order_by("posted_on", "id"):
        told.setdefault(one.kind, []).append(one)
    rules = DisclosureRule.objects.filter(valid_from__lte=campaign.ends_on).order_by("kind", "valid_from")
    found = [_duty(rule, campaign, told.get(rule.kind, ())) for rule in {one.kind: one for one in rules}.values()]
    return sorted(found, key=lambda duty: (duty.last or date.max, duty.rule.kind))


def _duty(rule: DisclosureRule, campaign: Campaign, told: Iterable[Disclosure]) -> Duty:
    anchor = {
        "appeal": campaign.starts_on if campaign.appeal else None,
        "receipt_start": campaign.starts_on,
        "receipt_end": campaign.ends_on,
        "distribution_start": campaign.starts_on,
        "distribution_end": campaign.distribution_ends_on,
    }[rule.anchor]
    if anchor is None:
        return Duty(rule, None, None, tuple(told))
    first, last = anchor + timedelta(days=rule.from_days), anchor + timedelta(days=rule.to_days)
    return Duty(rule, first, last, tuple(told))
