"""Pairs the figures of a text with those of the account: by what is counted, by the words around, by the value. Pure.

A candidate is a figure of the account that the text may mean. Its words are those of the indicator, its breakdown and unit; rare words
weigh more than common ones, and near words more than far ones. A value that holds speaks for a candidate, most of all when it has
many digits: that 58,100,000,000 is met by chance is unlikely, that 6 is met is not.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from chungtay.checking.rules import Verdict, holds
from chungtay.kernel.folding import fold
from chungtay.reading import Figure

WORD = re.compile(r"[a-z0-9]+")
CLAUSE_END = re.compile(
    r"[.!?;]\s|\n(?=\s*(?:[^\W\d_a-zà-ỹđ]|[-+•*\d]|\n))"
)  # a line that goes on with a small letter was only wrapped
_COMMON = """
va cua cho tai trong duoc da la cac nhung voi theo den tu co so ty trieu dong nghin nam thang ngay o do nay nhu khi ve hoac ra
tren gan hon khoang tong ca moi mot hai ba nguoi viec tung thi con de khac toan
"""
COMMON = frozenset(_COMMON.split())
NEAR_AFTER, NEAR_BEFORE = 60, 90  # code points
WEIGHT_AFTER, WEIGHT_BEFORE, WEIGHT_FAR = 1.0, 0.8, 0.25
VALUE_BONUS = 0.35
SURE, LIKELY, MARGIN = 0.45, 0.25, 0.1
ENOUGH_WORDS = {True: 0.08, False: 0.3}  # for a value that holds: telling by itself, or not


@dataclass(frozen=True)
class Candidate:
    """A figure of the account. `value` None where it is not known; `unit` "VND", "%" or a noun; `place` "" for the whole area."""

    indicator: str
    dimension: str
    name: str
    unit: str
    words: frozenset[str]
    value: Fraction | None
    period: str
    period_label: str
    area_name: str
    trace: str
    coverage: str
    place: str = ""
    adds_up: bool = True  # over time: a year of it lies within the whole


@dataclass(frozen=True)
class Scored:
    """A candidate with what speaks for it: `likeness` 0–1 of words, and whether the value holds."""

    candidate: Candidate
    likeness: float
    is_held: bool

    @property
    def rank(self) -> float:
        """What candidates are ordered by."""
        return self.likeness + (VALUE_BONUS if self.is_held else 0)


@dataclass(frozen=True)
class Finding:
    """What is said of one figure. `paired` is what it was compared with; `others` what a person may choose instead, best first."""

    figure: Figure
    verdict: Verdict
    paired: Candidate | None = None
    others: Sequence[Candidate] = field(default=())
    was_chosen: bool = False

    @property
    def difference(self) -> Fraction | None:
        """Stated less known, None without both."""
        known = self.paired.value if self.paired else None
        return None if known is None else self.figure.value - known


def words_of(*texts: str) -> frozenset[str]:
    """Return the folded words of texts that say something."""
    return frozenset(word for text in texts for word in WORD.findall(fold(text))) - COMMON


def weights(vocabularies: Iterable[frozenset[str]]) -> dict[str, float]:
    """Return {word: weight}: what few of the vocabularies hold weighs more."""
    sets = list(vocabularies)
    counts: dict[str, int] = {}
    for words in sets:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return {word: math.log(1 + len(sets) / count) for word, count in counts.items()}


def signature(figure: Figure, text: str) -> str:
    """Return what a person's choice is remembered by: what is counted, else the words before it."""
    counted = " ".join(WORD.findall(fold(figure.noun or (figure.unit if figure.unit not in ("VND", "%") else ""))))
    before = WORD.findall(fold(text[max(0, figure.start - NEAR_BEFORE) : figure.start]))
    telling = [word for word in before if word not in COMMON and not word.isdigit()][-4:]
    return f"{figure.unit if figure.unit in ('VND', '%') else ''}|{counted}|{' '.join(telling)}"[:200]


def counted_alike(figure: Figure, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Keep the candidates that count the same: đồng, per cent, the same unit; where none has the unit, a noun with a word in common."""
    special = ("VND", "%")
    if figure.unit in special:
        return [c for c in candidates if c.unit == figure.unit]
    rest, counted = [c for c in candidates if c.unit not in special], words_of(figure.unit, figure.noun)
    if not counted:
        return rest
    same_unit = [c for c in rest if counted & words_of(c.unit)]
    return same_unit or [c for c in rest if counted & c.words]


def clause_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the clause around a place begins and ends: sentences, lines and semicolons part them."""
    before = list(CLAUSE_END.finditer(text, max(0, start - 400), start))
    after = CLAUSE_END.search(text, end, end + 400)
    return (before[-1].end() if before else max(0, start - 400)), (
        after.start() if after else min(len(text), end + 400)
    )


def likeness(figure: Figure, text: str, candidate: Candidate, weight: Mapping[str, float]) -> float:
    """Return how much of a candidate's words stands around a figure, 0 to 1: near ones whole, far ones in part."""
    first, last = clause_at(text, figure.start, figure.end)
    near_after = words_of(text[figure.end : min(last, figure.end + NEAR_AFTER)], figure.noun, figure.unit)
    near_before = words_of(text[max(first, figure.start - NEAR_BEFORE) : figure.start])
    far = words_of(figure.sentence)
    total = sum(weight.get(word, 1.0) for word in candidate.words)
    found = 0.0
    for word in candidate.words:
        if word in near_after:
            found += WEIGHT_AFTER * weight.get(word, 1.0)
        elif word in near_before:
            found += WEIGHT_BEFORE * weight.get(word, 1.0)
        elif word in far:
            found += WEIGHT_FAR * weight.get(word, 1.0)
    return found / total if total else 0.0


def has_many_digits(figure: Figure) -> bool:
    """Whether a value is too particular to be met by chance: three digits that are not mere zeros."""
    digits = str(abs(figure.value.numerator)).strip("0")
    return len(digits) >= 3


def judge(
    figure: Figure,
    text: str,
    candidates: Sequence[Candidate],
    weight: Mapping[str, float],
    chosen: tuple[str, str] | None = None,
) -> Finding:
    """Say of one figure what the account says. chosen: (indicator, dimension) that a person named for figures like this."""
    if chosen is not None:
        named = [c for c in candidates if (c.indicator, c.dimension) == chosen]
        right = next((c for c in named if c.value is not None and holds(figure, c.value)), None)
        best = right or next((c for c in named if c.value is not None), None)
        if best is not None:
            return Finding(figure, Verdict.AGREES if right else Verdict.DIFFERS, best, named[:8], was_chosen=True)
    scored = sorted(
        (
            Scored(c, likeness(figure, text, c, weight), holds(figure, c.value))
            for c in counted_alike(figure, candidates)
            if c.value is not None
        ),
        key=lambda s: -s.rank,
    )
    others = _distinct(s.candidate for s in scored if s.likeness >= LIKELY / 2 or s.is_held)[:8]
    is_telling = has_many_digits(figure) or _only_one_counts(figure, scored)
    held = [s for s in scored if s.is_held and s.likeness >= ENOUGH_WORDS[is_telling]]
    if held and (not _rivals(held) or has_many_digits(figure)):
        return Finding(figure, Verdict.AGREES, held[0].candidate, others)
    if held:
        return Finding(figure, Verdict.UNCLEAR, None, others)
    sure = [s for s in scored if s.likeness >= SURE]
    if sure and not _rivals(sure):
        return Finding(figure, Verdict.DIFFERS, _nearest(figure, sure), others)
    if scored and scored[0].likeness >= LIKELY:
        return Finding(figure, Verdict.UNCLEAR, None, others)
    return Finding(figure, Verdict.NO_SOURCE, None, others)


def _rivals(scored: Sequence[Scored]) -> bool:
    """Whether another indicator is nearly as likely as the first."""
    first = scored[0]
    return any(
        s.candidate.indicator != first.candidate.indicator and first.likeness - s.likeness < MARGIN for s in scored[1:]
    )


def _only_one_counts(figure: Figure, scored: Sequence[Scored]) -> bool:
    """Whether a noun is counted by one indicator alone, so that it tells as much as many digits do."""
    counted = words_of(figure.unit) - {"VND"}
    owners = {s.candidate.indicator for s in scored if words_of(s.candidate.unit) <= counted}
    return figure.unit not in ("VND", "%") and len(owners) == 1


def _nearest(figure: Figure, scored: Sequence[Scored]) -> Candidate:
    """Return which of the first's periods, keys and places, as likely by their words, comes nearest to what was written."""
    first = scored[0]
    alike = [
        s.candidate
        for s in scored
        if s.candidate.indicator == first.candidate.indicator and first.likeness - s.likeness < MARGIN
    ]
    return min(alike, key=lambda c: abs((c.value or 0) - figure.value))


def _distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    seen: dict[tuple[str, str, str, str], Candidate] = {}
    for candidate in candidates:
        seen.setdefault((candidate.indicator, candidate.dimension, candidate.period, candidate.place), candidate)
    return list(seen.values())
