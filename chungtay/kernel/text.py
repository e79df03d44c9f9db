"""Small pieces of Vietnamese text: lists, dates and times as papers and screens write them."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

NBSP = "\u00a0"
LOCAL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


def join_and(parts: Sequence[str]) -> str:
    """Join names for a sentence: ["a", "b", "c"] -> "a, b và c"; no part gives ""."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} và {parts[-1]}"


def month_text(month: int) -> str:
    """The number of a month in words of law: a leading zero for months 1 and 2 only (NĐ 30/2020, Phụ lục I)."""
    return f"0{month}" if month < 3 else str(month)


def day_text(day: date) -> str:
    """Write a date as papers do: "ngày 05 tháng 01 năm 2024", numbers tied to "ngày" and "tháng" by no-break spaces.

    Leading zero for days under 10 and for months 1 and 2 only (NĐ 30/2020, Phụ lục I).
    """
    return f"ngày{NBSP}{day.day:02d} tháng{NBSP}{month_text(day.month)} năm {day.year}"


def date_text(day: date) -> str:
    """Write a date as screens and tables do: "30/05/2023"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def datetime_text(moment: datetime) -> str:
    """Write an aware moment in Vietnamese time: "30/05/2023, 15:40". Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment without time zone has no local time")
    local = moment.astimezone(LOCAL_TIME)
    return f"{date_text(local.date())}, {local:%H:%M}"
