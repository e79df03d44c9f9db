"""Payment references that survive banks: `CTK12H345M7X` is found again whatever was put before, after or between.

A code is `CT`, a letter for its kind, the number as digit-digit-letter-digit-digit-digit-letter, and two check
characters. The letters hold no vowel and nothing that looks like a digit. So Vietnamese words (every syllable has a
vowel) and numbers of accounts (no letters) cannot have the shape of a code, and what has it by chance fails the check.
"""

import re
from dataclasses import dataclass

from chungtay.kernel.errors import DomainError

LETTERS = "CFHJKMNPRTVWX"
"""The kinds and the letters of the number: no vowel (nor Y), no B 8, D 0, G 6, L 1, Q 9, S 5, Z 2."""
ALPHABET = "0123456789" + LETTERS
"""23 characters, a prime number: with it two weighted sums find every two wrong characters."""
LENGTH = 12
CAPACITY = 1000 * 100 * len(LETTERS) ** 2
"""Numbers per kind: 16.9 million."""

_PRIME = len(ALPHABET)
_PREFIX = "CT"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
# Banks break a memo with a space, a dot, a line end; three such characters in a row still belong to one code.
_GAP = r"[\W_]{0,3}"
_LETTER, _ANY = f"[{LETTERS}{LETTERS.lower()}]", f"[{ALPHABET}{LETTERS.lower()}]"
_BODY = [_LETTER, "[0-9]", "[0-9]", _LETTER, "[0-9]", "[0-9]", "[0-9]", _LETTER]
# The look-ahead lets a code begin inside a failed one ("CTCTK…"). Both cases are spelt out: a case-blind pattern would
# also take the sign for kelvin as a K.
_CODE = re.compile(f"(?=({_GAP.join(['[Cc]', '[Tt]', *_BODY, _ANY, _ANY])}))")


class ReferenceOutOfRange(DomainError):
    """A kind or number for which no code exists."""

    def __init__(self, kind: str, number: int) -> None:
        super().__init__(
            f"Không lập được mã nộp tiền loại “{kind}”, số {number}: loại phải là một trong các chữ {LETTERS}, "
            f"số từ 0 đến {CAPACITY - 1}."
        )


@dataclass(frozen=True)
class Reference:
    """One reference: its kind (a letter of LETTERS, its meaning is the caller's) and its number."""

    kind: str
    number: int

    @property
    def code(self) -> str:
        """The code as it goes into a purpose: "CTK12H345M7X"."""
        return make(self.kind, self.number)

    @property
    def spaced(self) -> str:
        """The code as people read it aloud: "CTK 12H 345M 7X"."""
        code = self.code
        return f"{code[:3]} {code[3:6]} {code[6:10]} {code[10:]}"


@dataclass(frozen=True)
class Found:
    """A reference and where it stands in the text: [start, end)."""

    reference: Reference
    start: int
    end: int


def make(kind: str, number: int) -> str:
    """Return the code of 12 characters. Raises ReferenceOutOfRange for another kind or number than there are codes for."""
    if len(kind) != 1 or kind not in LETTERS or not 0 <= number < CAPACITY:
        raise ReferenceOutOfRange(kind, number)
    rest, last = divmod(number, len(LETTERS))
    rest, three = divmod(rest, 1000)
    two, first = divmod(rest, len(LETTERS))
    body = f"{kind}{two:02d}{LETTERS[first]}{three:03d}{LETTERS[last]}"
    return _PREFIX + body + _check_characters(body)


def read(code: str) -> Reference | None:
    """Return the reference of one code as typed, spaces and case aside; None when it is not one, or has an error in it."""
    found = locate(code)
    whole = len(found) == 1 and not re.search(r"\w", code[: found[0].start] + code[found[0].end :])
    return found[0].reference if whole else None


def find(text: str) -> list[Reference]:
    """Return the references in a memo in the order of the text, each once."""
    return list(dict.fromkeys(found.reference for found in locate(text)))


def locate(text: str) -> list[Found]:
    """Return every reference with its place."""
    result: list[Found] = []
    for match in _CODE.finditer(text):
        characters = re.sub(r"[\W_]", "", match[1]).upper()
        body = characters[len(_PREFIX) : -2]
        if characters[-2:] != _check_characters(body) or (result and match.start() < result[-1].end):
            continue
        result.append(Found(Reference(body[0], _number(body)), match.start(), match.end(1)))
    return result


def _number(body: str) -> int:
    first, last = LETTERS.index(body[3]), LETTERS.index(body[7])
    return ((int(body[1:3]) * len(LETTERS) + first) * 1000 + int(body[4:7])) * len(LETTERS) + last


def _check_characters(body: str) -> str:
    """Two check characters: the whole is a word of a Reed-Solomon code over the field of 23 with distance three.

    Every one or two substitutions break it, and so does every exchange of two unequal characters.
    """
    places = [(place, _VALUE[character]) for place, character in enumerate(body, start=3)]
    plain = sum(value for _, value in places)
    weighted = sum(place * value for place, value in places)
    # Solve x + y = -plain and x + 2y = -weighted for the characters at places 1 and 2.
    second = (plain - weighted) % _PRIME
    first = (-plain - second) % _PRIME
    return ALPHABET[first] + ALPHABET[second]
