"""One text, many bytes: Unicode forms, the place of the tone mark, and folding for search.

Stored text is NFC and keeps its spelling; only comparison and search fold it.
"""

import re
import unicodedata

_OLD_TONES = str.maketrans("àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ", "aaaaaeeeeeyyyyyAAAAAEEEEEYYYYY")
_TONE_MARKS = {"\u0300", "\u0301", "\u0309", "\u0303", "\u0323"}
_GLIDE = re.compile(
    r"(?:(?P<o>o)(?P<ae>[àáảãạèéẻẽẹ])|(?<!q)(?P<u>u)(?P<y>[ỳýỷỹỵ]))(?!\w)",
    re.IGNORECASE,
)


def nfc(text: str) -> str:
    """Return the text in NFC, the form in which everything is stored."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return the key for search: no marks, đ as d, no case, single spaces. "Xã  HÒA An" -> "xa hoa an"."""
    bare = _without_marks(text).casefold()
    return " ".join(bare.replace("đ", "d").split())


def same_words(first: str, second: str) -> bool:
    """Whether two texts are the same words however they were typed.

    Unicode form, place of the tone, case and spacing do not count ("Hoà" is "HÒA"); marks do ("Hòa" is not "Hóa").
    For a search that also ignores marks compare `fold`.
    """
    return _squeezed(first) == _squeezed(second)


def canonical_tone(text: str) -> str:
    """Put the tone of an open oa, oe, uy on its first vowel: "Hoà" -> "Hòa", "Uỷ" -> "Ủy". The result is NFC.

    "hoàn", "hoài" and "quý" stay: there the tone already stands on the main vowel.
    """
    return _GLIDE.sub(_moved, nfc(text))


def _moved(match: re.Match[str]) -> str:
    glide, vowel = match[0][0], match[0][1]
    tone = next(mark for mark in unicodedata.normalize("NFD", vowel) if mark in _TONE_MARKS)
    return nfc(glide + tone) + vowel.translate(_OLD_TONES)


def _without_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


def _squeezed(text: str) -> str:
    return nfc(" ".join(canonical_tone(text).casefold().split()))
