"""What can be asked of the index, and what it answers."""

from dataclasses import dataclass
from enum import StrEnum

from chungtay.textsearch.folding import folded

PAGE = 50


class Order(StrEnum):
    """By what a page is ordered; equals stand in the order in which they came."""

    AMOUNT = "amount"
    DAY = "day"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Query:
    """Lines that fulfil everything that is asked; nothing asked means every line.

    words: each must occur, anywhere in the text, whatever its accents and case; a phrase is a word with spaces.
    Amounts (integer đồng) and days (ordinals) run from the first to the last, both included; an exact amount is both.
    purposes: any of these codes; none given means any. `descending` puts the largest amount, last day, newest first.
    """

    words: tuple[str, ...] = ()
    amount_from: int | None = None
    amount_to: int | None = None
    day_from: int | None = None
    day_to: int | None = None
    purposes: frozenset[int] = frozenset()
    order: Order = Order.AMOUNT
    descending: bool = True
    offset: int = 0
    limit: int = PAGE

    def __post_init__(self) -> None:
        if self.offset < 0 or self.limit < 0:
            raise ValueError("a page begins at 0 or later and has no negative length")

    @property
    def keys(self) -> tuple[str, ...]:
        """The words as they are looked for: folded, each once."""
        return tuple(key for key in dict.fromkeys(map(folded, self.words)) if key)


@dataclass(frozen=True, slots=True)
class Answer:
    """How many lines match, the sum of their amounts (integer đồng), and the ids of the page in order."""

    count: int
    total: int
    ids: tuple[int, ...]
