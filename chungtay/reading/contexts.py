"""Around a figure: its sentence, what it counts, and the period that its sentence names."""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from chungtay.kernel.periods import BadPeriod, parse_period
from chungtay.reading.plain import Plain
from chungtay.reading.units import STOP
from chungtay.reading.wordlists import words

_BREAK = re.compile(
    r"(?<=[.!?…])[\"”’)]*[ \n]+(?=[\"“‘(]?[A-ZĐÀ-Ỵ])|(?<=[.!?…:;])[ ]*\n|[ ]*\n[ ]*\n|\n(?=[ ]*(?:[-+•*]|\d+[.)]|[a-zđ]\)) ?\D)|\t"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?:19|20)\d\d"
_PERIOD = re.compile(
    rf"(?P<half>6|9|sáu|chín) tháng(?: (?P<which>đầu|cuối))?(?: năm (?P<half_year>{_YEAR}))?"
    rf"|quý (?P<quarter>iv|i{{1,3}}|[1-4])(?:/| năm )(?P<quarter_year>{_YEAR})"
    rf"|tháng (?P<month>\d{{1,2}})(?:/| năm )(?P<month_year>{_YEAR})"
    rf"|(?P<first>{_YEAR}) ?- ?(?P<last>{_YEAR})"
    rf"|từ năm (?P<from>{_YEAR}) đến (?:hết )?năm (?P<to>{_YEAR})"
    rf"|(?P<open>từ (?:đầu |cuối )?năm {_YEAR} đến nay)"
    rf"|năm (?P<year>{_YEAR})"
)
_CLASSIFIERS = words("căn ngôi cây phần con chiếc bộ cuốn quyển tấm bức lá")
_NOUN = re.compile(r"[ \n]?((?:[^\W\d_]+(?:-[^\W\d_]+)*[ \n]?){1,6})")
_RATE = re.compile(r"tỷ lệ ((?:[^\W\d_]+ ?){1,5})")


_LONGEST = 2000
"""Of what has no marks for longer than that, only so many letters around a figure are its sentence."""


class Sentence(NamedTuple):
    """`text` is as given; `start` and `end` are places in the plain text, `low` what stands there in small letters."""

    text: str
    start: int
    end: int
    low: str


class Sentences:
    """The sentences of a text, found by a place in them."""

    def __init__(self, spelled: Plain, text: str) -> None:
        self._spelled, self._text = spelled, text
        self._starts = [0, *(match.end() for match in _BREAK.finditer(spelled.cased))]

    def at(self, place: int) -> Sentence:
        """Return the sentence around a place, without the spaces at its ends."""
        low = self._spelled.low
        index = bisect_right(self._starts, place) - 1
        start = self._starts[index]
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(low)
        if end - start > _LONGEST:
            start, end = max(start, place - _LONGEST // 2), min(end, place + _LONGEST // 2)
        start += len(low[start:end]) - len(low[start:end].lstrip())
        end = start + len(low[start:end].rstrip())
        text = self._text[self._spelled.place(start) : self._spelled.place(end)]
        return Sentence(text, start, end, low[start:end])


def noun_of(text: Plain, at: int, unit: str, end: int) -> str:
    """Return what is counted: the words after the unit up to the next verb or mark, else the unit itself."""
    if unit in {"VND", "USD", "EUR"}:
        return ""
    match = _NOUN.match(text.cased, at, end)
    kept: list[str] = []
    for word in (match[1].split() if match and unit != "%" else ())[:5]:
        if word.lower() in STOP and word.lower() not in {"nghèo", "mới"}:
            break
        kept.append(word)
    head = unit.split()
    head = head[1:] if head[:1] and head[0].lower() in _CLASSIFIERS else []
    return " ".join([*head, *kept]) or ("" if unit == "%" else unit)


def rate_of(text: Plain, start: int, at: int) -> str:
    """Return whose rate a percentage is: "tỷ lệ hộ nghèo … 1%"."""
    rates = _RATE.findall(text.low, start, at)
    kept: list[str] = []
    for word in rates[-1].split() if rates else ():
        if word in STOP and word not in {"nghèo", "mới", "tham"}:
            break
        kept.append(word)
    return " ".join(kept)


def period_at(sentence: Sentence, place: int) -> str | None:
    """Return the code of the period that a sentence names nearest before a place, else first after it."""
    found = None
    for at, code in _periods(sentence.low):
        if sentence.start + at > place:
            return found or code
        found = code
    return found


@lru_cache(maxsize=64)
def _periods(sentence: str) -> tuple[tuple[int, str], ...]:
    found = ((match.start(), _code(match)) for match in _PERIOD.finditer(sentence))
    return tuple((at, code) for at, code in found if code)


def _code(match: re.Match[str]) -> str:
    said = match.groupdict()
    if said["open"]:
        return ""  # nothing says when "nay" is
    if said["half"]:
        year = said["half_year"]
        if not year:
            return ""
        nine = said["half"] in {"9", "chín"}
        raw = f"{year}-01..{year}-09" if nine else f"{year}H{2 if said['which'] == 'cuối' else 1}"
    elif said["quarter"]:
        raw = f"{said['quarter_year']}Q{_ROMAN[said['quarter']]}"
    elif said["month"]:
        raw = f"{said['month_year']}-{int(said['month']):02d}"
    elif said["first"] or said["from"]:
        raw = f"{said['first'] or said['from']}..{said['last'] or said['to']}"
    else:
        raw = said["year"]
    try:
        return parse_period(raw).code
    except BadPeriod:
        return ""
