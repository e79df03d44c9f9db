"""How figures of an indicator add up over units and over time."""

from enum import StrEnum


class Kind(StrEnum):
    """Aggregation of an indicator.

    FLOW: sum over units and over time. STOCK: sum over units, last known over time, always with an as-of date.
    RATIO: numerator and denominator indicators, recomputed at every level, never averaged.
    """

    FLOW = "flow"
    STOCK = "stock"
    RATIO = "ratio"


def dimension_key(codes: tuple[str, ...]) -> str:
    """Return the key of one cell of a breakdown: value codes in the order of the indicator's dimensions."""
    return "/".join(codes)
