"""Amounts in words for vouchers and minutes, and back again so that every voucher can be checked.

Numbers are read in groups of three below and above the tỷ: 10**12 is "một nghìn tỷ", 10**15 "một triệu tỷ".
"""

from typing import Literal

from chungtay.kernel.errors import DomainError

ZeroTens = Literal["lẻ", "linh"]

MAX_IN_WORDS = 10**18 - 1

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_BILLION = 10**9
_SCALES = ((10**6, "triệu"), (10**3, "nghìn"))
_SAME = {"tỉ": "tỷ", "ngàn": "nghìn", "linh": "lẻ", "bẩy": "bảy"}
_VALUES = {word: value for value, word in enumerate(_DIGITS)}
_UNITS_AFTER_TEN = _VALUES | {"lăm": 5}
_UNITS_AFTER_TENS = _VALUES | {"mốt": 1, "tư": 4, "lăm": 5}


class NotReadAloud(DomainError):
    """A number that has no words here, or words that are not a number."""


def amount_in_words(vnd: int, zero_tens: ZeroTens = "lẻ") -> str:
    """Write an amount for a voucher: 58_100_000_000 -> "Năm mươi tám tỷ một trăm triệu đồng". Raises NotReadAloud."""
    words = number_in_words(vnd, zero_tens)
    return f"{words[0].upper()}{words[1:]} đồng"


def number_in_words(number: int, zero_tens: ZeroTens = "lẻ") -> str:
    """Write 0..10**18-1 in words: 1_000_005 -> "một triệu không trăm lẻ năm". Raises NotReadAloud."""
    if not 0 <= number <= MAX_IN_WORDS:
        raise NotReadAloud("Chỉ đọc được thành chữ các số từ 0 đến 999.999.999.999.999.999.")
    if number == 0:
        return _DIGITS[0]
    billions, rest = divmod(number, _BILLION)
    words = [*_below_billion(billions, zero_tens), "tỷ"] if billions else []
    return " ".join(words + _below_billion(rest, zero_tens, led=billions > 0))


def words_to_number(text: str) -> int:
    """Read words back: "Năm mươi tám tỷ một trăm triệu đồng" -> 58_100_000_000.

    Takes lẻ or linh, tư or bốn, nghìn or ngàn, tỷ or tỉ; the word "đồng" may close it. Raises NotReadAloud.
    """
    words = [_SAME.get(word, word) for word in text.casefold().split()]
    if words and words[-1] == "đồng":
        words.pop()
    try:
        if not words:
            raise IndexError
        head, rest = _cut(words, "tỷ")
        return (_read_below_billion(head) * _BILLION if head is not None else 0) + _read_below_billion(rest)
    except (KeyError, IndexError):
        raise NotReadAloud(f"“{text}” không phải là số viết bằng chữ, hãy kiểm tra lại.") from None


def _below_billion(number: int, zero_tens: ZeroTens, *, led: bool = False) -> list[str]:
    """The words of a number under 10**9, none for zero; `led` when words stand before it ("không trăm" is said)."""
    words: list[str] = []
    for size, name in _SCALES:
        group, number = divmod(number, size)
        if group:
            words += [*_group(group, zero_tens, full=led or bool(words)), name]
    if number:
        words += _group(number, zero_tens, full=led or bool(words))
    return words


def _group(number: int, zero_tens: ZeroTens, *, full: bool) -> list[str]:
    """The words of 1..999; `full` says the hundreds even when there are none."""
    hundreds, rest = divmod(number, 100)
    tens, unit = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens > 1:
        return [*words, _DIGITS[tens], "mươi", *([_AFTER_TENS.get(unit, _DIGITS[unit])] if unit else [])]
    if tens == 1:
        return [*words, "mười", *(["lăm" if unit == 5 else _DIGITS[unit]] if unit else [])]
    if unit:
        return [*words, *([zero_tens] if words else []), _DIGITS[unit]]
    return words


def _cut(words: list[str], name: str) -> tuple[list[str] | None, list[str]]:
    """Split at the scale word: what stands before it (None without the word) and what follows."""
    if name not in words:
        return None, words
    place = words.index(name)
    if place == 0:
        raise IndexError(name)
    return words[:place], words[place + 1 :]


def _read_below_billion(words: list[str]) -> int:
    total = 0
    for size, name in _SCALES:
        head, words = _cut(words, name)
        if head is not None:
            total += _read_group(head) * size
    return total + (_read_group(words) if words else 0)


def _read_group(words: list[str]) -> int:
    """The value of 1..3 spoken digits. Raises KeyError or IndexError when a word is out of place."""
    hundreds = 0
    if words[1:2] == ["trăm"]:
        hundreds, words = _VALUES[words[0]] * 100, words[2:]
        if not words:
            return hundreds
        if words[0] == "lẻ":
            return hundreds + _only(_VALUES, words[1:])
    if words[0] == "mười":
        return hundreds + 10 + (_only(_UNITS_AFTER_TEN, words[1:]) if words[1:] else 0)
    if words[1:2] == ["mươi"]:
        return hundreds + _VALUES[words[0]] * 10 + (_only(_UNITS_AFTER_TENS, words[2:]) if words[2:] else 0)
    if hundreds:
        raise KeyError(words[0])
    return _only(_VALUES, words)


def _only(values: dict[str, int], words: list[str]) -> int:
    if len(words) != 1:
        raise IndexError(words)
    return values[words[0]]
