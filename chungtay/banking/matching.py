"""Whose money a line is: proposals with their reasons. Nothing is decided here; equal proposals are shown as equal.

Candidates are looked up by reference, and by amount and name; those whose amount and day alone fit are shown only where
nothing better is. A candidate whose name alone fits is not proposed.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.banking.names import NameIndex, Words, similarity, words_of
from chungtay.banking.references import find
from chungtay.banking.statement import StatementLine
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text

REFERENCE_POINTS = 60
AMOUNT_POINTS = 20
NAME_POINTS = 15
DAY_POINTS = 5
NEAR_DAYS = 45
"""A day further away than this adds nothing, and an amount alone is not proposed across it."""
_NEAREST = 4  # candidates of one amount, before and after the day, that are looked at for their day alone
_MOST = 50  # and of the day itself
_NO_DAY = 0
_NOT_ALNUM = re.compile(r"[\W_]+")
_LIKE = 0.6  # names below this are not called alike


@dataclass(frozen=True)
class Candidate:
    """Something expected: `amount` in integer đồng, positive for money in, negative for money out; the rest may be missing."""

    id: str
    amount: int
    on: date | None = None
    reference: str = ""
    name: str = ""


@dataclass(frozen=True)
class Proposal:
    """One candidate for a line, 0 to 100 points, and why, in sentences for people."""

    candidate: Candidate
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class LineProposals:
    """The proposals for one line, best first. `tied` is how many share the best score: above 1 nobody can choose but people."""

    line: StatementLine
    proposals: tuple[Proposal, ...]
    tied: int


def propose(lines: Iterable[StatementLine], candidates: Sequence[Candidate], most: int = 3) -> Iterator[LineProposals]:
    """Yield proposals for every line that has any: at most `most`, but of equal best ones up to 10."""
    index = _Index(candidates)
    for line in lines:
        memo = _Memo(codes_in(line), words_of(f"{line.counterparty_name} {line.text}"))
        found = [index.proposal(line, memo, place) for place in index.places(line, memo)]
        if not found:
            continue
        found.sort(key=lambda proposal: (-proposal.score, proposal.candidate.id))
        tied = sum(proposal.score == found[0].score for proposal in found)
        yield LineProposals(line, tuple(found[: max(most, min(tied, 10))]), tied)


def codes_in(line: StatementLine) -> frozenset[str]:
    """Return what in a line may be a reference: our codes, every word of the memo, the bank's reference; marks aside."""
    codes = {_squeezed(word) for word in f"{line.text} {line.ref}".split()}
    codes.update(reference.code for reference in find(f"{line.text} | {line.ref}"))
    return frozenset(codes)


@dataclass(frozen=True)
class _Memo:
    """What a line says, taken apart once."""

    codes: frozenset[str]
    words: Words


class _Index:
    """Candidates by reference, and by amount with their days and names."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates
        self._words = [words_of(candidate.name) for candidate in candidates]
        self._references = [_squeezed(candidate.reference) for candidate in candidates]
        self._by_reference: defaultdict[str, list[int]] = defaultdict(list)
        self._by_amount: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._names = NameIndex((c.amount, words) for c, words in zip(candidates, self._words, strict=True))
        for place, candidate in enumerate(candidates):
            if self._references[place]:
                self._by_reference[self._references[place]].append(place)
            self._by_amount[candidate.amount].append((candidate.on.toordinal() if candidate.on else _NO_DAY, place))
        for dated in self._by_amount.values():
            dated.sort()

    def places(self, line: StatementLine, memo: _Memo) -> set[int]:
        """The candidates worth a look: by reference, by amount and name; only when there are none, by amount and day."""
        found = {place for code in memo.codes & self._by_reference.keys() for place in self._by_reference[code]}
        dated = self._by_amount.get(line.amount)
        if dated:
            found.update(self._names.places(line.amount, memo.words))
            if not found:
                found.update(_nearest(dated, line.booked_on.toordinal()))
        return found

    def proposal(self, line: StatementLine, memo: _Memo, place: int) -> Proposal:
        """Return the candidate at this place with its points and reasons."""
        candidate = self._candidates[place]
        score, reasons = 0, []
        if self._references[place] in memo.codes:
            score += REFERENCE_POINTS
            reasons.append(f"Mã {candidate.reference} khớp")
        if candidate.amount == line.amount:
            score += AMOUNT_POINTS
            reasons.append("Đúng số tiền")
        else:
            more = "nhiều hơn" if abs(line.amount) > abs(candidate.amount) else "ít hơn"
            reasons.append(f"Số tiền {more} {format_integer(abs(line.amount - candidate.amount))} đồng")
        for points, reason in (_name_points(candidate, self._words[place], memo.words), _day_points(candidate, line)):
            score += points
            if reason:
                reasons.append(reason)
        return Proposal(candidate, score, tuple(reasons))


def _squeezed(text: str) -> str:
    return text.upper() if text.isalnum() else _NOT_ALNUM.sub("", text.upper())


def _nearest(dated: list[tuple[int, int]], day: int) -> Iterator[int]:
    """The candidates of one amount nearest to a day, and all of the day itself: ties must be seen, up to a limit."""
    first = bisect_left(dated, (day, -1))
    behind = bisect_left(dated, (day + 1, -1))
    around = (
        dated[max(0, first - _NEAREST) : first]
        + dated[first : min(behind, first + _MOST)]
        + dated[behind : behind + _NEAREST]
    )
    undated = dated[:_NEAREST] if dated[0][0] == _NO_DAY else []
    for on, place in {*around, *undated}:
        if on == _NO_DAY or abs(on - day) <= NEAR_DAYS:
            yield place


def _name_points(candidate: Candidate, own: Words, words: Words) -> tuple[int, str]:
    alike = similarity(own, words)
    if alike == 1:
        return NAME_POINTS, f"Tên trùng “{candidate.name}” (không kể dấu)"
    if alike >= _LIKE:
        return round(NAME_POINTS * alike), f"Tên gần giống “{candidate.name}”"
    return 0, ""


def _day_points(candidate: Candidate, line: StatementLine) -> tuple[int, str]:
    if candidate.on is None:
        return 0, ""
    apart = abs((line.booked_on - candidate.on).days)
    if apart == 0:
        return DAY_POINTS, "Cùng ngày"
    if apart <= NEAR_DAYS:
        return (3 if apart <= 3 else 2 if apart <= 10 else 1), f"Cách {apart} ngày"
    return 0, f"Cách {apart} ngày (dự kiến {date_text(candidate.on)})"
