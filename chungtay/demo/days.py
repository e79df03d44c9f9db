"""The calendar of the story: moments, working days, deadlines."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from chungtay.kernel.periods import Period


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment of a day, local time."""
    return make_aware(datetime.combine(day, time(hour, minute)))


def working_day(day: date) -> date:
    """Return the day itself, or the Monday after a weekend."""
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def due_of(period: Period) -> datetime:
    """Return the deadline: the 20th of the month after a quarter; the last period of the review was collected before its end."""
    if period.code == "2023-04..2023-05":
        return at(date(2023, 5, 22), 17)
    return at(working_day(date(period.end.year, period.end.month, 20)), 17)
