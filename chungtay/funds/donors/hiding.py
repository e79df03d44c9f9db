"""Names of people kept out of a memo, however they are typed: with or without marks, in either case, run together."""

import re
import unicodedata
from collections.abc import Iterable

from chungtay.banking.masking import HIDDEN

_GAP = r"[\W_]{0,3}"


def hide_names(text: str, names: Iterable[str]) -> str:
    """Return a memo in which each of these names became "***".

    A single word of a name is left: "An" is also a word. A name is hidden wherever all its words stand in their order.
    """
    text = unicodedata.normalize("NFC", text)
    bare = _bare(text)
    shown = list(text)
    for name in names:
        words = re.findall(r"[^\W_]+", _bare(unicodedata.normalize("NFC", name)))
        if len(words) < 2:
            continue
        pattern = rf"(?<![^\W_]){_GAP.join(map(re.escape, words))}(?![^\W_])"
        for found in re.finditer(pattern, bare):
            shown[found.start() : found.end()] = [HIDDEN, *[""] * (found.end() - found.start() - 1)]
    return "".join(shown)


def _bare(text: str) -> str:
    """Return the text without marks and case, of the same length."""
    return "".join(map(_bare_character, text))


def _bare_character(character: str) -> str:
    if character in "đĐ":
        return "d"
    return unicodedata.normalize("NFD", character)[0].lower()[:1] or character
