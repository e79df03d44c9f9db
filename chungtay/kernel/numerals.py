"""Numbers as Vietnamese papers write them: dot for thousands, comma for decimals.

Exact arithmetic throughout (integers and fractions, no floating point). Reading never guesses: an unclear text raises
NumberProblem, whose sentence may ask "có phải …?".
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from chungtay.kernel.errors import DomainError

Rounding = Literal["half_up", "down"]

MAX_DIGITS = 18  # everything read here must fit a 64-bit column
_TOO_LARGE: int = 10**MAX_DIGITS

_PLAIN = r"(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)"
_INTEGER = re.compile(rf"(?P<sign>-?)(?P<whole>{_PLAIN})")
_DECIMAL = re.compile(rf"(?P<sign>-?)(?P<whole>{_PLAIN})(?:,(?P<fraction>[0-9]+))?")
_ENGLISH = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?P<fraction>[0-9]+))?")
_ZERO_TAIL = re.compile(rf"(?P<head>-?{_PLAIN})(?P<tail>[.,]0{{1,2}})")
_WITH_UNIT = re.compile(
    r"(?P<number>-?[0-9][0-9., ]*?) ?(?P<scale>tỷ|tỉ|triệu|tr|nghìn|ngàn)? ?(?P<dong>đồng|đ|vnđ|vnd)?"
)
_SCALES = {"tỷ": 9, "tỉ": 9, "triệu": 6, "tr": 6, "nghìn": 3, "ngàn": 3}
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


class NumberProblem(DomainError):
    """The text is not a number we may take. `suggestion` is the number that was probably meant, None if unclear.

    From `read_decimal` the suggestion is scaled like the result.
    """

    def __init__(self, sentence: str, suggestion: int | None = None) -> None:
        super().__init__(sentence)
        self.suggestion = suggestion


class NoDenominator(DomainError):
    """A percentage of nothing was asked for."""

    def __init__(self) -> None:
        super().__init__("Không tính được tỷ lệ phần trăm vì mẫu số bằng 0.")


def format_integer(number: int) -> str:
    """Write a whole number with dots for thousands: 22047 -> "22.047"."""
    return f"{number:,}".replace(",", ".")


def format_decimal(number: Fraction | Decimal | int, places: int) -> str:
    """Write a number with exactly `places` decimals, halves rounded away from zero: Decimal("58.14"), 1 -> "58,1"."""
    exact = Fraction(number) * 10**places
    magnitude = (2 * abs(exact) + 1) // 2
    return scaled_text(-magnitude if exact < 0 else magnitude, places)


def format_percent(numerator: int, denominator: int, places: int = 1, rounding: Rounding = "half_up") -> str:
    """Write a ratio as a percentage with exactly `places` decimals: 1073, 1000 -> "107,3%".

    `rounding="down"` never shows more than the true ratio (99,96% stays below 100%). Raises NoDenominator.
    """
    if denominator == 0:
        raise NoDenominator
    percent = Fraction(numerator * 100, denominator)
    if rounding == "down":
        return scaled_text(percent * 10**places // 1, places) + "%"
    return format_decimal(percent, places) + "%"


def pad_count(count: int) -> str:
    """Write a count of things with a leading zero below ten: 6 -> "06", 400 -> "400" (NĐ 30/2020, Phụ lục I).

    Not for money, rates or decimals.
    """
    return f"0{count}" if 0 <= count < 10 else format_integer(count)


def to_roman(number: int) -> str:
    """Write 1..3999 in Roman numerals: 3 -> "III". Raises ValueError outside that range."""
    if not 0 < number < 4000:
        raise ValueError(f"no Roman numeral for {number}")
    letters = []
    for value, letter in _ROMAN:
        count, number = divmod(number, value)
        letters.append(letter * count)
    return "".join(letters)


def scaled_text(value: int, decimals: int) -> str:
    """Write a stored value (scaled by 10**decimals) with all its decimals: 5810, 2 -> "58,10"."""
    if decimals == 0:
        return format_integer(value)
    whole, fraction = divmod(abs(value), 10**decimals)
    sign = "-" if value < 0 else ""
    return f"{sign}{format_integer(whole)},{fraction:0{decimals}d}"


def read_integer(text: str) -> int:
    """Read a whole number written plainly or in groups of three: "25.000.000", "25 000 000", "25000000", "-7".

    Raises NumberProblem; "25.000.000.00" asks "có phải 25.000.000?" and carries that suggestion.
    """
    cleaned = _cleaned(text)
    match = _INTEGER.fullmatch(cleaned)
    if match is None:
        raise _problem_of_integer(cleaned)
    return _bounded(_digits(match), cleaned)


def read_decimal(text: str, places: int) -> int:
    """Read a number with a decimal comma and return it scaled by 10**places: "58,1", 2 -> 5810.

    Raises NumberProblem, also when there are more than `places` decimals: nothing is rounded away in silence.
    """
    cleaned = _cleaned(text)
    match = _DECIMAL.fullmatch(cleaned)
    if match is not None:
        value = _scaled(match, places)
        if value is None:
            raise _too_many_decimals(cleaned, places)
        return _bounded(value, cleaned)
    english = _ENGLISH.fullmatch(cleaned)
    if english is not None and places > 0:
        suggestion = _scaled(english, places)
        if suggestion is not None and _fits(suggestion):
            shown = _trimmed(suggestion, places)
            raise NumberProblem(f"“{cleaned}” viết sai: phần thập phân ghi sau dấu phẩy, có phải {shown}?", suggestion)
    problem = _problem_of_integer(cleaned)
    suggestion = None if problem.suggestion is None else problem.suggestion * 10**places
    raise NumberProblem(str(problem), suggestion)


def _cleaned(text: str) -> str:
    """Trim, make every kind of space a plain one and every dash before the number a hyphen."""
    return re.sub(r"\A[−–] ?", "-", " ".join(text.split()))


def _digits(match: re.Match[str]) -> int:
    return int(match["sign"] + re.sub(r"[., ]", "", match["whole"]))


def _scaled(match: re.Match[str], places: int) -> int | None:
    """The matched number times 10**places, None when it has more decimals than that."""
    fraction = (match["fraction"] or "").rstrip("0")
    if len(fraction) > places:
        return None
    return int(match["sign"] + re.sub(r"[., ]", "", match["whole"]) + fraction.ljust(places, "0"))


def _fits(value: int) -> bool:
    return abs(value) < _TOO_LARGE


def _bounded(value: int, cleaned: str) -> int:
    if not _fits(value):
        raise NumberProblem(f"“{cleaned}” quá lớn: chỉ nhận số có tối đa {MAX_DIGITS} chữ số.")
    return value


def _trimmed(value: int, decimals: int) -> str:
    text = scaled_text(value, decimals)
    return text.rstrip("0").rstrip(",") if decimals else text


def _too_many_decimals(cleaned: str, places: int) -> NumberProblem:
    if places == 0:
        return NumberProblem(f"“{cleaned}” có phần thập phân: ô này chỉ nhận số nguyên.")
    return NumberProblem(f"“{cleaned}” có quá nhiều chữ số thập phân: chỉ nhận tối đa {places} chữ số sau dấu phẩy.")


def _asking(cleaned: str, why: str, suggestion: int) -> NumberProblem:
    if not _fits(suggestion):
        return NumberProblem(f"“{cleaned}” {why}; hãy ghi lại số này.")
    return NumberProblem(f"“{cleaned}” {why}, có phải {format_integer(suggestion)}?", suggestion)


def _problem_of_integer(cleaned: str) -> NumberProblem:
    """Say why the text is not a whole number, from the most telling reason to the least."""
    if not cleaned:
        return NumberProblem("Chưa có số: hãy ghi một số, ví dụ 25.000.000.")
    if re.fullmatch(r"-?[0-9., ]*[0-9][0-9., ]*", cleaned):
        return _problem_of_marks(cleaned)
    return _problem_of_unit(cleaned) or NumberProblem(
        f"“{cleaned}” không phải là số: chỉ dùng chữ số, dấu chấm ngăn hàng nghìn và dấu phẩy thập phân."
    )


def _problem_of_marks(cleaned: str) -> NumberProblem:
    """Only digits and marks: a tail too many, commas for thousands, decimals, or a dot in the wrong place."""
    if tail := _ZERO_TAIL.fullmatch(cleaned):
        return _asking(cleaned, f"thừa “{tail['tail']}” ở cuối", int(re.sub(r"[. ]", "", tail["head"])))
    if _ENGLISH.fullmatch(cleaned) and "." not in cleaned:
        return _asking(cleaned, "dùng dấu phẩy ngăn hàng nghìn", int(cleaned.replace(",", "")))
    if _DECIMAL.fullmatch(cleaned) or re.fullmatch(r"-?[0-9]+\.[0-9]{1,2}", cleaned):
        return _too_many_decimals(cleaned, 0)
    why = "ngăn hàng nghìn sai chỗ: mỗi nhóm sau dấu chấm phải có đúng 3 chữ số"
    if re.fullmatch(r"-?[0-9]+([. ][0-9]+)+", cleaned) and len(re.split(r"[. ]", cleaned)[-1]) >= 3:
        return _asking(cleaned, why, int(re.sub(r"[. ]", "", cleaned)))
    return NumberProblem(f"“{cleaned}” {why}; hãy ghi lại số này.")


def _problem_of_unit(cleaned: str) -> NumberProblem | None:
    """ "25 triệu đồng": the unit does not belong in the cell, yet says what was meant."""
    match = _WITH_UNIT.fullmatch(cleaned.casefold())
    number = _DECIMAL.fullmatch(match["number"].strip()) if match else None
    if match is None or number is None:
        return None
    suggestion = _scaled(number, _SCALES.get(match["scale"] or "", 0))
    return None if suggestion is None else _asking(cleaned, "có chữ kèm theo: ô này chỉ ghi số", suggestion)
