"""The reader: from a text to its figures."""

import re

from chungtay.reading.contexts import Sentence, Sentences, noun_of, period_at, rate_of
from chungtay.reading.figure import Figure
from chungtay.reading.grouping import group
from chungtay.reading.hedges import qualifier_of
from chungtay.reading.number import Number
from chungtay.reading.numbers import numbers_in
from chungtay.reading.plain import Plain, plain
from chungtay.reading.tables import Tables

_GIVEN = re.compile(r"(?:[:=]|là|đạt|được|có|còn|nữ|nam|hơn|trên|gần|khoảng|dưới|tổng|cộng|lên|xuống|tăng|giảm)[ \n]\Z")
_RATE_BEHIND = re.compile(r" \(\d+(?:,\d+)? ?%")
_FROM_TO = re.compile(r"(?:còn|xuống|lên|đến|là)[ \n]")
_INDENT = 40  # further into a line no section begins
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?(?=[ \t])|\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,3} *(?=\n|\Z)")


def read(text: str) -> list[Figure]:
    """Return the figures of a Vietnamese text in the order of their places; never fails, whatever the text.

    Dates, years, periods, times, numbers of documents and sections, phones, accounts, addresses, ages and ordinals are none.
    """
    spelled = plain(text)
    sentences, tables = Sentences(spelled, text), Tables(spelled)
    sentence = Sentence("", 0, 0, "")
    last: Number | None = None
    figures: list[Figure] = []
    for number in group(spelled, numbers_in(spelled)):
        if number.is_blocked or _is_section(spelled, number):
            continue
        if number.start >= sentence.end:
            sentence, last = sentences.at(number.start), None
        if not number.unit and number.of is None and not number.is_share:
            in_cell = tables.holds(number)
            if in_cell:
                tables.give_unit(number)
            elif last is not None:
                _inherit(spelled, number, last)
            if not (number.unit or in_cell or _stands_alone(spelled, number)):
                continue
        last = number
        figures.append(_figure(text, spelled, sentence, number))
    return figures


def _inherit(text: Plain, number: Number, last: Number) -> None:
    """A bare number counts what the one before it in the sentence counts: "giảm từ 412 hộ xuống 297"."""
    is_change = _FROM_TO.search(text.low, max(0, number.start - 16), number.start) is not None
    if last.unit in {"%", "‰", "lần"} and not is_change:
        return
    is_money = last.unit in {"VND", "USD"}
    is_scaled = last.tail.factor > 1 and number.value.denominator > 1
    if is_money and number.value < 1000 and not (is_change or is_scaled):
        return
    number.unit = last.unit
    if is_money and number.tail.factor == 1 and number.value < 10**6 and last.tail.factor > 1:
        number.tail = number.tail._replace(factor=last.tail.factor)


def _stands_alone(text: Plain, number: Number) -> bool:
    """Whether a number without any unit is a figure: large or decimal, or where a sentence gives a value."""
    return (
        abs(number.value) >= 100
        or number.value.denominator > 1
        or number.is_worded
        or number.top is not None
        or _GIVEN.search(text.low[max(0, number.start - 12) : number.start]) is not None
        or _RATE_BEHIND.match(text.low, number.bare_end) is not None
    )


def _is_section(text: Plain, number: Number) -> bool:
    """ "2.1. Kết quả" at the start of a line, "(2) chi" in it, a page's number alone on its line."""
    low, start = text.low, number.start
    if number.tail.is_strong or number.top is not None:
        return False
    after = low[number.bare_end : number.bare_end + 1]
    if low[start - 1 : start] == "(" and after == ")" and number.value <= 30 and not number.unit:
        return True
    begin = max(0, start - _INDENT)
    line = low.rfind("\n", begin, start) + 1 or begin
    if (line == begin and begin > 0) or low[line:start].strip(" -*#"):
        return False
    if number.value > 99 or not _SECTION.match(low, start):
        return False
    return after in ".)\t\n" or not after or (not number.unit and "-" not in low[line:start])


def _figure(text: str, spelled: Plain, sentence: Sentence, number: Number) -> Figure:
    end = max(number.bare_end, number.tail.end)
    unit_end = max(end, number.tail.unit_end)
    start, close = spelled.place(number.start), _whole_letter(text, spelled.place(end - 1), spelled)
    noun = noun_of(spelled, unit_end, number.unit, sentence.end)
    if number.unit == "%" and not noun:
        noun = rate_of(spelled, sentence.start, number.start)
    return Figure(
        start=start,
        end=close,
        text=text[start:close],
        value=number.scaled,
        value_max=number.top,
        of=None if number.of is None else number.of * number.tail.factor,
        unit=number.unit,
        qualifier=qualifier_of(
            spelled.low,
            number.start,
            unit_end,
            is_small=number.value <= 10,
            is_one=number.scaled == 1,
            unit=number.unit,
        ),
        noun=noun,
        period=period_at(sentence, number.start),
        sentence=sentence.text,
    )


def _whole_letter(text: str, last: int, spelled: Plain) -> int:
    """The end after a letter and the accents that are written behind it."""
    end = last + 1
    if spelled.origin is not None:
        while end < len(text) and "\u0300" <= text[end] <= "\u036f":
            end += 1
    return end
