"""How a target's value is said, and read."""

from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import read_decimal, scaled_text
from chungtay.kernel.text import NBSP


def said_value(value: int, indicator: Indicator) -> str:
    """Say a target's value with its unit: "120 căn"; of a ratio in percent or per so many."""
    if indicator.kind == Kind.RATIO:
        number = scaled_text(value * indicator.times, 4).rstrip("0").rstrip(",")
        return f"{number}{'' if indicator.unit == '%' else NBSP}{indicator.unit}"
    return f"{scaled_text(value, indicator.decimals)}{NBSP}{indicator.unit}"


class TooFine(DomainError):
    """A ratio with more decimals than are kept."""


def typed_value(value: int | None, indicator: Indicator) -> str:
    """Return a target's value as it would be typed, without its unit."""
    return "" if value is None else said_value(value, indicator).removesuffix(indicator.unit).rstrip(f" {NBSP}")


def read_value(typed: str, indicator: Indicator) -> int | None:
    """Return the value that was typed, None for an empty box. Raises TooFine and what `read_decimal` raises."""
    if not typed.strip():
        return None
    if indicator.kind != Kind.RATIO:
        return read_decimal(typed, indicator.decimals)
    value, rest = divmod(read_decimal(typed, 4), indicator.times)
    if rest:
        raise TooFine(f"“{typed}” có quá nhiều chữ số sau dấu phẩy cho một tỷ lệ. Hãy làm tròn rồi ghi lại.")
    return value
