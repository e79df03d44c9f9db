"""What is usual for a cell, told by medians so that a few wild values do not move it. Pure, whole numbers only.

The modified z-score of a value is 0.6745 × |value − median| ÷ MAD, where MAD is the median of the distances from the
median; above LIMIT (3.5) it is unusual (Iglewicz and Hoaglin, 1993).
"""

from collections.abc import Sequence
from dataclasses import dataclass

LIMIT = 3_500
"""In thousandths."""

# A spread measured on normally distributed values, in ten-thousandths of their standard deviation.
_OF_MEDIAN = 6_745  # the distance that half of them keep
_OF_QUARTILE = 11_503  # the distance that three quarters of them keep
LEAST_SHARE = 5
"""A value within a fifth of the median is never unusual: what hardly ever changes may change a little."""


@dataclass(frozen=True)
class Usual:
    """Values in [low, high] are usual; `count` says of how many values that was learnt."""

    low: int
    high: int
    count: int

    def has(self, value: int) -> bool:
        """Return whether a value is usual."""
        return self.low <= value <= self.high


def usual_range(values: Sequence[int], *, least: int = 0, limit: int = LIMIT) -> Usual:
    """Return the values whose modified z-score is at most `limit` thousandths; never closer than `least` to the median.

    Where more than half of the values are the same the MAD is 0 and would make every other value unusual: then the distance
    that three quarters keep takes its place, and where that is 0 too, `least` and a fifth of the median alone.
    Fewer than a quarter of wild values never widen the range beyond what the others would make it.
    Raises ValueError without values.
    """
    if not values:
        raise ValueError("nothing is usual without values")
    ordered, count = sorted(values), len(values)
    twice = ordered[(count - 1) // 2] + ordered[count // 2]  # the median × 2, so that it is whole
    away = sorted([abs(2 * value - twice) for value in ordered])  # distances × 2
    spread, of = away[(count - 1) // 2] + away[count // 2], _OF_MEDIAN  # × 4
    if not spread:
        spread, of = 2 * away[(3 * count - 1) // 4], _OF_QUARTILE
    reach = -(-spread * limit * 10 // (4 * of))  # thousandths ÷ ten-thousandths
    reach = max(reach, least, abs(twice) // (2 * LEAST_SHARE))
    return Usual(twice // 2 - reach, -(-twice // 2) + reach, count)
