"""Numbers in words, where a text surely counts with them."""

import re
from collections.abc import Iterator

from chungtay.reading import spoken
from chungtay.reading.claims import claimed, previous_words
from chungtay.reading.number import Number
from chungtay.reading.plain import Plain
from chungtay.reading.tails import Tail, tail_at
from chungtay.reading.units import NO_COUNT, UNITS

_PART = re.compile(r"(một|hai|ba|bốn) phần (ba|tư|năm|bảy|tám|chín|mười)(?!\w)")
_CASUALTY = re.compile(r"[ \n](?:đã |bị |tử |thiệt )?(?:chết|tử vong|bị thương|thương|vong|mạng|mất tích|thiệt mạng)")


def in_words(text: Plain) -> Iterator[Number]:
    """Yield what is written in words and surely a number."""
    low = text.low
    for match in spoken.SAID.finditer(low):
        start = match.start()
        if start and (low[start - 1].isalnum() or low[start - 1] in "-_"):
            continue
        if part := _PART.match(low, start):
            if number := _part(text, part):
                yield number
            continue
        words = match[0].split()
        number = _said(text, start, words)
        if number is not None:
            yield number


def _part(text: Plain, match: re.Match[str]) -> Number | None:
    """ "hai phần ba số hộ": a share of a whole."""
    top, bottom = spoken.value_of((match[1],)), spoken.value_of((match[2].replace("tư", "bốn"),))
    if top is None or bottom is None or not top[0] < bottom[0]:
        return None
    end = match.end()
    return Number(match.start(), end, top[0] / bottom[0], Tail(end, end), is_worded=True, is_share=True)


def _said(text: Plain, start: int, words: list[str]) -> Number | None:
    if text.cased[start].isupper() and not _begins(text, start):
        return None
    read = spoken.value_of(tuple(words))
    if read is None:
        return None
    value, size = read
    if size == 1:
        return _lone(text, start, start + len(words[0]), words[0])
    end = start
    for word in words[:size]:
        end = text.low.index(word, end) + len(word)
    tail = tail_at(text.low, end, is_small=False)
    if tail.is_bare and value >= 10**6:
        tail = tail._replace(unit="VND", is_strong=True)
    label = claimed(text, start, value, tail, "")
    return Number(start, end, value, tail, is_blocked=bool(label) or tail.is_time, label=label, is_worded=True)


def _lone(text: Plain, start: int, end: int, word: str) -> Number | None:
    """One word: a number only before what is surely counted."""
    low = text.low
    if text.cased[start].isupper() and not _begins(text, start):
        return None
    value = spoken.value_of((word,))
    tail = tail_at(low, end, is_small=True, may_guess=False)
    if value is None or tail.is_time or tail.is_bare:
        return None
    before = previous_words(low, start, 2)
    if tail.factor == 1 and tail.unit not in UNITS:
        return None
    if tail.factor == 1 and low[end:].split(maxsplit=1)[:1] and low[end : end + 9].split()[0] in NO_COUNT:
        return None
    if word == "một" and tail.factor == 1 and not _CASUALTY.match(low, tail.unit_end):
        return None
    if (
        word == "năm"
        and before[-1:]
        and before[-1] in {"trong", "mỗi", "hàng", "hằng", "cả", "nhiều", "một", "từng", "các", "cuối", "đầu"}
    ):
        return None
    if word in {"ba", "tư", "năm"} and before[-1:] == ["thứ"]:
        return None
    label = claimed(text, start, value[0], tail, "")
    return Number(start, end, value[0], tail, is_blocked=bool(label), label=label, is_worded=True)


def _begins(text: Plain, start: int) -> bool:
    """Whether a sentence, a line or a quotation begins here."""
    left = text.low[max(0, start - 4) : start].rstrip(" ")
    return not left or left[-1] in '.;:!?\n\t“"(-•+'
