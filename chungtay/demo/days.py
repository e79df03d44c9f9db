"""The calendar of the story: moments, working days, deadlines."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from chungtay.demo.story import story
from chungtay.kernel.periods import Period


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment of a day, local time."""
    return make_aware(datetime.combine(day, time(hour, minute)))


def working_day(day: date) -> date:
    """Return the day itself, or the Monday after a weekend."""
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def due_of(period: Period, *, day: int = 20) -> datetime:
    """Return the deadline: that day of the month after a period, unless the story says otherwise.

    It does before the review of 2023, and at the end of 2024, when units close their books before they are merged.
    """
    if told := story()["due"].get(period.code):
        return at(date.fromisoformat(told), 17)
    return at(working_day(date(period.end.year, period.end.month, day)), 17)
