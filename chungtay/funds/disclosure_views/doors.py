"""The ways through the pages of disclosure, and the words and states of what they show."""

from datetime import date

from django.http import Http404
from django.urls import reverse

from chungtay.funds.disclosure.clocks import Clock, Duty, duties_of
from chungtay.funds.models import Campaign
from chungtay.funds.views.doors import Visit, crumbs
from chungtay.kernel.text import date_text

# (data-state, words) of a clock.
CLOCKS = {
    Clock.NOT_YET: ("none", "Chưa đến hạn"),
    Clock.DUE: ("explain", "Đang trong hạn"),
    Clock.DONE: ("approved", "Đã công khai"),
    Clock.LATE: ("late", "Đã công khai, trễ"),
    Clock.OVERDUE: ("wrong", "Quá hạn"),
}


def home_crumbs(one: Visit, *steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way to a page of the fund's disclosure."""
    address = reverse("disclosure-home", args=[one.fund.pk]) if steps else ""
    return crumbs(one, ("Công khai", address), *steps)


def campaign_or_404(one: Visit, code: str) -> Campaign:
    """Return a drive of the fund. Raises Http404."""
    found = Campaign.objects.filter(fund=one.fund, code=code).first()
    if found is None:
        raise Http404
    found.fund = one.fund
    return found


def duty_or_404(campaign: Campaign, kind: str) -> Duty:
    """Return a duty of a drive. Raises Http404."""
    for duty in duties_of(campaign):
        if duty.rule.kind == kind:
            return duty
    raise Http404


def clock_of(duty: Duty, today: date) -> tuple[str, str]:
    """Return (data-state, words) of how a duty stands; where the drive lacks the day, that is what is said."""
    if duty.last is None and not duty.told:
        return "missing", "Đợt thiếu mốc"
    return CLOCKS[duty.clock(today)]


def span_of(duty: Duty) -> str:
    """Return the days in which a duty is in time, in words."""
    if duty.first is None or duty.last is None:
        return "Đợt chưa ghi mốc này"
    if duty.first == duty.last:
        return f"Ngày {date_text(duty.last)}"
    return f"{date_text(duty.first)} đến {date_text(duty.last)}"


def day_or_404(text: str) -> date:
    """Return the day of an address. Raises Http404."""
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Http404 from wrong
