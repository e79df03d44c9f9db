"""How names of units are compared: the same words however they were typed, never words that only look alike.

Three steps: the very same text; another spelling of it (Hoà/Hòa, Quí/Quy, "P.1"/"Phường 01", Đ typed as D, hyphens); the
same letters with other marks (Hòa/Hóa), which is another name and never taken for the same.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from chungtay.kernel.folding import canonical_tone, fold, nfc
from chungtay.places.rules import Level

LEVEL_OF_WORD = {
    "tỉnh": Level.PROVINCE,
    "thành phố trực thuộc trung ương": Level.MUNICIPALITY,
    "thành phố": Level.CITY,  # one with nothing above it is a municipality: see `level_of`
    "thị xã": Level.TOWN,
    "quận": Level.URBAN_DISTRICT,
    "huyện": Level.DISTRICT,
    "phường": Level.WARD,
    "xã": Level.COMMUNE,
    "thị trấn": Level.TOWNSHIP,
    "đặc khu": Level.SPECIAL_ZONE,
}

_WORD_OF_LEVEL = {level.value.replace("_", " "): word for word, level in LEVEL_OF_WORD.items()}
_SHORT = (  # what clerks write before a name; a single letter needs its dot, or a number after it
    (re.compile(r"^t\.?\s?p\.?\s+|^tp\."), "thành phố "),
    (re.compile(r"^t\.?\s?x\.?\s+|^tx\."), "thị xã "),
    (re.compile(r"^t\.?\s?t\.?\s+|^tt\."), "thị trấn "),
    (re.compile(r"^đ\.?\s?k\.?\s+|^đk\."), "đặc khu "),
    (re.compile(r"^p\.\s*|^p(?=\s?\d)|^p\s+"), "phường "),
    (re.compile(r"^q\.\s*|^q(?=\s?\d)|^q\s+"), "quận "),
    (re.compile(r"^x\.\s*"), "xã "),
    (re.compile(r"^h\.\s*"), "huyện "),
    (re.compile(r"^t\.\s*"), "tỉnh "),
)
_WORDS = re.compile(rf"^({'|'.join(sorted(LEVEL_OF_WORD, key=len, reverse=True))})\s+(?=\S)")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"))
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼ"))
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—_"), " ")
_ETH = {0x00D0: "Đ", 0x00F0: "đ", 0x0189: "Đ", 0x0256: "đ"}  # letters of other alphabets that look like Đ
_OPEN_Y = re.compile(r"\b(qu|th|[hklmstv])([yỳýỷỹỵ])\b")
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
_LEADING_ZERO = re.compile(r"\b0+(?=\d)")


class Likeness(StrEnum):
    """How two names stand to each other."""

    SAME = "same"
    SPELLING = "spelling"  # the same name, typed otherwise
    MARKS = "marks"  # the same letters, other marks: another name, perhaps a slip
    OTHER = "other"


def tidy(text: str) -> str:
    """Return a cell's text in NFC, without unseen characters, with single spaces."""
    return " ".join(nfc(text).translate(_UNSEEN).split())


@lru_cache(maxsize=1 << 16)
def split_name(name: str) -> tuple[str, str]:
    """Return the word of level (in full, "" without one) and the rest of a name, both as keys of spelling.

    "P. 01" -> ("phường", "1"); "Xã Hoà An" -> ("xã", "hòa an").
    """
    text = " ".join(tidy(name).translate(_ETH).casefold().split())
    for short, word in _SHORT:
        if replaced := short.match(text):
            text = word + text[replaced.end() :].strip()
            break
    found = _WORDS.match(text)
    word, bare = (found[1], text[found.end() :]) if found else ("", text)
    return word, _spelled(bare)


def bare_key(name: str) -> str:
    """Return the key of a name without its word of level."""
    return split_name(name)[1]


def mark_key(name: str) -> str:
    """Return the key that also ignores marks: names that share it and no spelling are a slip away."""
    return fold(split_name(name)[1])


def likeness(given: str, known: str) -> Likeness:
    """Say how the name in a list stands to the name on the map. A word of level counts when both have one."""
    first, second = tidy(given), tidy(known)
    (word, bare), (other_word, other_bare) = split_name(first), split_name(second)
    if word and other_word and word != other_word:
        return Likeness.OTHER
    if bare == other_bare:
        same = first == second or (not word and second.endswith(f" {first}"))
        return Likeness.SAME if same else Likeness.SPELLING
    return Likeness.MARKS if mark_key(first) == mark_key(second) else Likeness.OTHER


def level_word(text: str) -> str:
    """Return the word of level that a cell means ("P.", "Phường", "ward" -> "phường"), "" when it is none."""
    plain = tidy(text).casefold()
    if word := _WORD_OF_LEVEL.get(plain.replace("_", " ")):
        return word
    if plain in LEVEL_OF_WORD:
        return plain
    found, rest = split_name(f"{plain} x")
    return found if rest == "x" else ""


def level_of(word: str, *, is_top: bool) -> Level:
    """Return the level of a word; a thành phố with nothing above it is a municipality."""
    return Level.MUNICIPALITY if is_top and word == "thành phố" else LEVEL_OF_WORD[word]


def full_name(name: str, word: str) -> str:
    """Return a name with its word of level before it: ("Hòa An", "xã") -> "Xã Hòa An". Names that have one stay."""
    tidied = tidy(name)
    word = "thành phố" if word.startswith("thành phố") else word
    if not word or split_name(tidied)[0]:
        return tidied
    return f"{word[0].upper()}{word[1:]} {tidied}"


def is_decomposed(text: str) -> bool:
    """Say whether a text was typed in another Unicode form than NFC."""
    return not unicodedata.is_normalized("NFC", text)


def _spelled(text: str) -> str:
    """Return the key of spelling of the words of a name, in lower case."""
    joined = canonical_tone(text.translate(_APOSTROPHES).translate(_DASHES))
    unified = _OPEN_Y.sub(lambda found: found[1] + found[2].translate(_Y_TO_I), joined)
    return " ".join(_LEADING_ZERO.sub("", unified).replace("đ", "d").split())
