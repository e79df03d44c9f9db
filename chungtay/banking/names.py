"""Names of givers and payers compared: without accents, whatever the order of the words, also when written as one word."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from chungtay.banking.columns import words


@dataclass(frozen=True)
class Words:
    """A text as a set of folded words, and as one run of letters."""

    each: frozenset[str]
    run: str


def words_of(text: str) -> Words:
    """Return the words of a name or a memo: "Trần Thị Bé" -> {"tran", "thi", "be"}."""
    folded = words(text)
    return Words(frozenset(folded.split()), folded.replace(" ", ""))


def similarity(name: Words, text: Words) -> float:
    """How much of the name stands in the text, 0 to 1; words that differ in one letter count for three quarters."""
    if not name.each or not text.each:
        return 0.0
    if name.each <= text.each or (len(name.run) >= 8 and name.run in text.run):
        return 1.0
    lost = name.each - text.each
    near = sum(any(_one_letter_apart(word, other) for other in text.each) for word in lost)
    return min((len(name.each) - len(lost) + 0.75 * near) / len(name.each), 0.99)


class NameIndex:
    """Candidates by amount and by the words of their name."""

    def __init__(self, candidates: Iterable[tuple[int, Words]]) -> None:
        self._places: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        self._sizes: list[int] = []
        for place, (amount, name) in enumerate(candidates):
            self._sizes.append(len(name.each))
            for word in {*name.each, name.run} - {""}:
                self._places[amount, word].append(place)

    def places(self, amount: int, text: Words) -> list[int]:
        """The candidates of this amount whose names stand in the text best: all their words, or more than others' do.

        Names of which less than half stands there do not count.
        """
        shared: Counter[int] = Counter()
        for word in text.each:
            if found := self._places.get((amount, word)):
                shared.update(found)
        if not shared:
            return []
        sizes = self._sizes
        best = max(shared.values())
        return [
            place
            for place, count in shared.items()
            if count >= sizes[place] or (count == best and (2 * count >= sizes[place] or len(shared) == 1))
        ]


def _one_letter_apart(first: str, second: str) -> bool:
    """Whether one letter was changed, left out or added; short words must be equal."""
    if abs(len(first) - len(second)) > 1 or min(len(first), len(second)) < 4:
        return False
    if len(first) == len(second):
        return sum(a != b for a, b in zip(first, second, strict=True)) == 1
    short, long = sorted((first, second), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
