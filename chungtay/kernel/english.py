"""Figures and days as English pages write them. A printed figure is turned, never made anew: both languages always say the same."""

import re
from datetime import date

from chungtay.kernel.periods import Period
from chungtay.kernel.text import NBSP

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
HEDGES = {"trên": "over", "gần": "nearly"}
UNITS = {"tỷ đồng": "billion đồng", "triệu đồng": "million đồng"}
NO_NUMBER = "no figure yet"

_NUMBER = r"-?[0-9]{1,3}(?:\.[0-9]{3})*(?:,[0-9]+)?|-?[0-9]+(?:,[0-9]+)?"
_SAID = re.compile(rf"(?:(?P<hedge>{'|'.join(HEDGES)})\s)?(?P<number>{_NUMBER})(?P<space>\s?)(?P<unit>.*)", re.S)
_COVERED = re.compile(r"(?P<reported>[0-9]+)/(?P<expected>[0-9]+) đơn vị(?:, chưa có (?P<missing>.+))?", re.S)
_COUNTED = re.compile(r"(?P<count>[0-9]+) đơn vị")
_PROMISED = re.compile(r"(?P<most>không quá )?(?P<said>.+) (?:năm|giai đoạn) (?P<years>[0-9]{4}(?:\W+[0-9]{4})?)", re.S)
_TURNED = str.maketrans(".,", ",.")


def number(text: str) -> str:
    """Turn the marks of a number that was written in Vietnamese: "58.100,5" -> "58,100.5"; anything else stays."""
    return text.translate(_TURNED) if re.fullmatch(_NUMBER, text) else text


def unit(text: str) -> str:
    """Say a unit of money in English: "tỷ đồng" -> "billion đồng"; other units are the programme's own words and stay."""
    return UNITS.get(text.replace(NBSP, " "), text)


def said(text: str) -> str:
    """Turn a figure as a sentence has it: "trên 58,1 tỷ đồng" -> "over 58.1 billion đồng"; words that are no figure stay."""
    if text.casefold() == "chưa có số":
        return NO_NUMBER
    if " / " in text:  # the two terms of a ratio
        return " / ".join(said(term) for term in text.split(" / "))
    found = _SAID.fullmatch(text)
    if found is None:
        return text
    hedge = f"{HEDGES[found['hedge']]} " if found["hedge"] else ""
    return f"{hedge}{number(found['number'])}{found['space']}{unit(found['unit'])}"


def coverage(text: str) -> str:
    """Turn a line of coverage: "14/15 đơn vị, chưa có Phường 6" -> "14 of 15 units, none yet from Phường 6"."""
    if text == "Chưa giao đơn vị nào":
        return "No unit has been asked yet"
    found = _COVERED.fullmatch(text)
    if found is None:
        return text
    whole = f"{found['reported']} of {found['expected']} units"
    if not found["missing"]:
        return whole
    counted = _COUNTED.fullmatch(found["missing"])
    missing = f"{counted['count']} units" if counted else " and ".join(found["missing"].rsplit(" và ", 1))
    return f"{whole}, none yet from {missing}"


def promise(text: str) -> str:
    """Turn what was promised, or the word of what was reached: "không quá 0,8% năm 2024" -> "at most 0.8% in 2024"."""
    if text == "Đạt mục tiêu":
        return "Target reached"
    if reached := re.fullmatch(r"Đạt ([0-9.]+)%", text):
        return f"{number(reached[1])}% reached"
    found = _PROMISED.fullmatch(text)
    if found is None:
        return text
    years = re.sub(r"\s", "", found["years"]).replace("\u2060", "")
    return f"{'at most ' if found['most'] else ''}{said(found['said'])} in {years}"


def day(value: date) -> str:
    """Write a day with its month in letters, so that nobody takes the one for the other: "30 May 2023"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def period(value: Period) -> str:
    """Name a period by its months, or by its days where it cuts one: "2022", "May 2023", "January 2020 to May 2023"."""
    first, last = value.start, value.last_day
    if first.day != 1 or value.end.day != 1:
        return f"{day(first)} to {day(last)}"
    if first.month == 1 and last.month == 12:
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    months = [f"{MONTHS[one.month - 1]} {one.year}" for one in (first, last)]
    return months[0] if months[0] == months[1] else f"{months[0]} to {months[1]}"
