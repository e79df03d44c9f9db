"""Which line is which: keys that stay the same when a file is renamed, reordered, re-saved or overlaps another.

A key is made of account, day, reference, amount and text, all without what a spreadsheet changes when it saves (spaces,
marks, case, zeros before a number). Genuine twins, equal in all of that, are counted: the n-th of a file has the key
ending in n. So the number of twins over many files is the largest that one file shows, not the sum, and a database only
needs the key to be unique. Two halves of one day, each with one of two twins, are beyond this: the balance chain breaks.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from chungtay.banking.packing import Values, values_of
from chungtay.banking.statement import StatementLine
from chungtay.kernel.folding import fold

_NOT_ALNUM = re.compile(r"[\W_]+")
_SMALL = bytes(range(256)).lower()
_DROPPED = bytes(code for code in range(128) if not chr(code).isalnum())
_NUMBER = re.compile(r"0*(\d+)(?:\.(\d+?)0*)?", re.ASCII)


@dataclass(frozen=True)
class Pair:
    """A line known before and a line of the new file that seem to be the same movement."""

    known: StatementLine
    new: StatementLine


@dataclass(frozen=True)
class Comparison:
    """A new file against the known lines of its account. Every new line is in exactly one of the first four lists.

    `conflicts` share day and reference with a known line that the file no longer has, and differ in the amount;
    `reworded` differ in the text only; `doubtful` are among `present`, yet the file gives them another balance; `gone`
    are known lines of days that lie inside the file, and the file does not have them.
    """

    added: list[StatementLine] = field(default_factory=list)
    present: list[Pair] = field(default_factory=list)
    conflicts: list[Pair] = field(default_factory=list)
    reworded: list[Pair] = field(default_factory=list)
    doubtful: list[Pair] = field(default_factory=list)
    gone: list[StatementLine] = field(default_factory=list)


def line_key(account: str, line: StatementLine) -> str:
    """Return the key of a line, the same for twins: 32 hexadecimal digits."""
    return _key(_squeezed(account), line.booked_on, line.ref, line.credit - line.debit, line.text).hex()


def line_keys(account: str, lines: Iterable[StatementLine]) -> Iterator[str]:
    """Yield the unique keys of a file's lines in their order: the key and which of its twins the line is ("…-1", "…-2")."""
    return (key for key, _ in keyed_values(account, lines))


def keyed_values(account: str, lines: Iterable[StatementLine]) -> Iterator[tuple[str, Values]]:
    """Yield the unique key of each line with what it says, in the order of StatementLine's fields."""
    bare, seen, twins = _squeezed(account), set[bytes](), Counter[bytes]()
    for values in values_of(lines):
        key = _key(bare, values[1], values[3], values[5] - values[4], values[7])
        if key in seen:
            twins[key] += 1
            yield f"{key.hex()}-{1 + twins[key]}", values
        else:
            seen.add(key)
            yield f"{key.hex()}-1", values


def _key(account: bytes, booked_on: date, ref: str, amount: int, text: str) -> bytes:
    day = booked_on.isoformat().encode()
    said = b"%b\x1f%b\x1f%b\x1f%d\x1f%b" % (account, day, _reference(ref), amount, _squeezed(text))
    return blake2b(said, digest_size=16).digest()


def compare(account: str, known: Iterable[StatementLine], new: Iterable[StatementLine]) -> Comparison:
    """Sort a new file's lines into what is new, what is there already, and what contradicts."""
    result = Comparison()
    waiting: defaultdict[str, list[StatementLine]] = defaultdict(list)
    for line in known:
        waiting[line_key(account, line)].append(line)
    unmatched, first, last = [], date.max, date.min
    for line in new:
        first, last = min(first, line.booked_on), max(last, line.booked_on)
        if twins := waiting.get(line_key(account, line)):
            pair = Pair(_taken(twins, line), line)
            result.present.append(pair)
            if None not in (pair.known.balance, line.balance) and pair.known.balance != line.balance:
                result.doubtful.append(pair)
        else:
            unmatched.append(line)
    left = _by_reference(line for twins in waiting.values() for line in twins)
    for line in unmatched:
        _place(line, left, result)
    gone = (line for lines in left.values() for line in lines if first < line.booked_on < last)
    result.gone.extend(sorted(gone, key=lambda line: (line.booked_on, line.row)))
    return result


def _taken(twins: list[StatementLine], line: StatementLine) -> StatementLine:
    """Of known twins the one with the same balance, else the first."""
    same = next((place for place, twin in enumerate(twins) if twin.balance == line.balance), 0)
    return twins.pop(same)


def _by_reference(lines: Iterable[StatementLine]) -> defaultdict[tuple[date, bytes], list[StatementLine]]:
    found: defaultdict[tuple[date, bytes], list[StatementLine]] = defaultdict(list)
    for line in lines:
        found[line.booked_on, _reference(line.ref)].append(line)
    return found


def _place(line: StatementLine, left: dict[tuple[date, bytes], list[StatementLine]], result: Comparison) -> None:
    """A line whose key is new: the same movement changed, or a movement that is new.

    Only a known line that the file lacks can have changed: a fee often bears the reference of its transfer.
    """
    reference = _reference(line.ref)
    candidates = left.get((line.booked_on, reference)) if reference else None
    if not candidates:
        result.added.append(line)
        return
    same = next((place for place, known in enumerate(candidates) if known.amount == line.amount), None)
    pair = Pair(candidates.pop(same or 0), line)
    (result.conflicts if same is None else result.reworded).append(pair)


def _reference(text: str) -> bytes:
    """A reference without what a spreadsheet drops from a number: zeros in front, and behind the point."""
    bare = text.strip()
    if bare[:1].isdigit() and (match := _NUMBER.fullmatch(bare)):
        return (f"{match[1]}.{match[2]}" if match[2] and match[2] != "0" else match[1]).encode()
    return _squeezed(text)


def _squeezed(text: str) -> bytes:
    if text.isascii():
        return text.encode().translate(_SMALL, _DROPPED)
    return _NOT_ALNUM.sub("", fold(text)).encode()
