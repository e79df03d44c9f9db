"""How a target's value is said."""

from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.numerals import scaled_text
from chungtay.kernel.text import NBSP


def said_value(value: int, indicator: Indicator) -> str:
    """Say a target's value with its unit: "120 căn"; of a ratio in percent or per so many."""
    if indicator.kind == Kind.RATIO:
        number = scaled_text(value * indicator.times, 4).rstrip("0").rstrip(",")
        return f"{number}{'' if indicator.unit == '%' else NBSP}{indicator.unit}"
    return f"{scaled_text(value, indicator.decimals)}{NBSP}{indicator.unit}"
