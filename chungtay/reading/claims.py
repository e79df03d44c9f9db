"""Whether the words before a number claim it: a date, an article of law, an address, a name."""

from fractions import Fraction

from chungtay.reading.labels import AFTER_COLON, ALSO_COUNTED, BEFORE_YEARS, LABELS, MOST, PER, Label
from chungtay.reading.plain import Plain
from chungtay.reading.tails import Tail
from chungtay.reading.units import UNITS

NAME = "a name"
"""The claim of a word with a capital letter; it yields where the number shares a unit with the next."""

_QUOTES = '(“"‘[«'


def previous_words(low: str, start: int, count: int) -> list[str]:
    """Return up to so many words before a place."""
    return low[max(0, start - 16 * count) : start].split()[-count:]


def is_name(text: Plain, start: int) -> bool:
    """Whether the digits at a place are the end of a name or a symbol: "COVID-19", "A2", "ĐT.848"."""
    cased = text.cased
    if not start:
        return False
    before = cased[start - 1]
    if before.isalnum() or before in "_#№Ø@":
        return True
    if before in "-/." and start > 1:
        further = cased[start - 2]
        return further.isalnum() if before == "-" else further.isupper() or (before == "/" and further.isdigit())
    return False


def claimed(text: Plain, start: int, value: Fraction, tail: Tail, digits: str) -> str:
    """Return the word that claims the number, "" when none does. Money and percent are never claimed but by "thứ"."""
    words = previous_words(text.low, start, 3)
    is_whole = value.denominator == 1
    is_year = is_whole and len(digits) == 4 and digits.isdigit() and 1900 <= value <= 2100
    if not words:
        return "năm" if is_year and tail.is_bare else ""
    last = words[-1].lstrip(_QUOTES)
    gap = text.low[max(0, start - 1) : start]
    counted = bool(tail.unit) and (tail.is_strong or tail.unit in UNITS)
    if last == "thứ":
        return last
    if last in MOST and gap in " \n" and not tail.is_strong:
        return _of_time(words, last, value, tail)
    if tail.is_strong:
        return ""
    if last == "năm" and gap in " \n":
        if words[-2:-1] and words[-2].strip(_QUOTES) in PER and not is_year:
            return ""
        return "năm" if is_year or tail.is_bare else ""
    if is_year and (not counted or last in BEFORE_YEARS):
        return "năm"
    if gap not in " \n.:":
        return ""
    if last == "từ" and words[-2:-1] and words[-2] in {"tuổi", "đời"}:
        words.pop()
    for size in (3, 2, 1):
        if len(words) < size:
            continue
        said = " ".join(words[-size:]).lstrip(_QUOTES)
        ends = said[-1:]
        said = said.rstrip(".:")
        label = LABELS.get(said)
        if label is None or (ends == ":" and said not in AFTER_COLON) or (ends == "." and len(said) > 3):
            continue
        if said == "số" and words[-2:-1] and words[-2].lstrip(_QUOTES) in ALSO_COUNTED:
            return ""
        if said == "tuổi" and words[-2:-1] and words[-2].isdigit():  # "dưới 30 tuổi 31 đồng chí"
            return ""
        if label is Label.SOFT and (
            (counted and not _is_proper(text, start, said)) or "," in digits or ("." in digits and value >= 1000)
        ):
            return ""
        if said in {"điểm", "tiết"} and (value > 30 or not is_whole or counted):
            return ""
        return said
    return _proper_name(text, start, tail, words)


def _of_time(words: list[str], last: str, value: Fraction, tail: Tail) -> str:
    """ "tháng 5", but "mỗi tháng 5"."""
    if words[-2:-1] and words[-2].lstrip(_QUOTES) in PER:
        return ""
    return last if value <= MOST[last] and (value.denominator == 1 or tail.is_bare) else ""


def _is_proper(text: Plain, start: int, said: str) -> bool:
    """Whether the label is written as a name, with a capital inside the sentence: "Phường 11"."""
    at = text.low.rfind(said, max(0, start - 64), start)
    left = text.low[max(0, at - 3) : at].rstrip(" ")
    return at >= 0 and text.cased[at].isupper() and bool(left) and left[-1] not in '.;:!?\n\t“"-•+'


def _proper_name(text: Plain, start: int, tail: Tail, words: list[str]) -> str:
    """A bare number after a capital letter: "VF 8", "Trung đoàn 320"."""
    if not tail.is_bare or text.low[start - 1] != " ":
        return ""
    if words[-1] == "-" and words[-2:-1] and _is_code(words[-2]):
        return NAME
    at = max(0, text.low.rfind(words[-1], max(0, start - 64), start))
    word = text.cased[at : at + len(words[-1])]
    before = text.cased[max(0, at - 12) : at].split()[-1:]
    if word.isupper() and before and before[0].isupper():
        return ""  # a line in capitals
    if len(word) > 1 and word.lower() != word and (len(words) > 1 or word.isupper()):
        left = text.low[max(0, at - 3) : at].rstrip(" ")
        if left and left[-1] not in '.;:!?\n\t“"-•+':
            return NAME
    return ""


def _is_code(word: str) -> bool:
    """Whether letters and digits stand together: the beginning of a plate."""
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word)) and len(word) <= 5
