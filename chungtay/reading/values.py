"""The value of digits as Vietnamese texts write them."""

import re
from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=8192)
def value_of(digits: str, *, counts: bool = False) -> Fraction | None:
    """Return the value of digits: dots part thousands, a comma decimals, and the other way round where that alone is sense.

    None when it cannot be a number: leading zeros (but "06"). `counts`: things are counted, so that "1,500" is 1500.
    """
    if digits.isdigit() and digits.isascii() and digits[0] != "0" and len(digits) <= 40:
        return Fraction(int(digits))
    digits = digits.replace("\n", "").replace(" ", "")
    if len(digits) > 40 or re.match(r"0\d{2,}|00|0\d[.,]", digits):
        return None
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", digits) or (counts and re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits)):
        return Fraction(digits.replace(",", ""))
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+,\d+|[1-9]\d*(?:\.\d{3}){2,}(?:,\d+)?", digits):
        return Fraction(digits.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+\.\d+|\d+", digits):
        return Fraction(digits)
    return None
