"""The key for search, made once per text at writing speed, and where each piece of it came from.

The same letters as `kernel.folding.fold`, by a table of what each character becomes instead of a walk over marks.
"""

import unicodedata

from chungtay.kernel.folding import fold


class _Table(dict[int, str]):
    """What each character becomes; filled as characters turn up. Whitespace stays, to be squeezed afterwards."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        piece = self[code] = char if char.isspace() else fold(char)
        return piece


_PIECES = _Table()


def folded(text: str) -> str:
    """Return the key for search: no marks, đ as d, no case, single spaces. "Xã  HÒA An" -> "xa hoa an"."""
    bare = text.lower() if text.isascii() else text.translate(_PIECES)
    return " ".join(bare.split())


def pieces(text: str) -> list[str]:
    """Return what each character of a text becomes: "" for a mark, a space for every kind of space."""
    return [" " if char.isspace() else _PIECES[ord(char)] for char in text]


def rules() -> str:
    """Return the name of the rules by which texts are folded; keys made by other rules do not compare."""
    return f"1-{unicodedata.unidata_version}"
