"""One spelling for the reader, and the way back: every place in it is a place in the text that was given."""

import re
import unicodedata
from itertools import accumulate
from typing import NamedTuple

_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
_LOOSE = re.compile(f"[\u0300-\u036f{_UNSEEN}]")
_SAME_LENGTH = {
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\r", " "),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    "İ": "I",  # the one letter whose small form is two code points
    "\u2028": "\n",
    "\u2029": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
    "\x85": "\n",
}
_ODD = re.compile(f"[{''.join(_SAME_LENGTH)}]")
_TONES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "uỷ": "ủy", "uỵ": "ụy"}
_OLD_TONE = re.compile(rf"(?:{'|'.join(_TONES)})(?!\w)")

_WRAP = re.compile(r"(?<=[^\s.:;!?])\n(?=[^\W\d_])")


class Plain(NamedTuple):
    """`cased` and `low` are equally long; in `low` a line that goes on in small letters is joined.

    `origin` gives the place of each of their letters in the given text, None when it is the same.
    """

    cased: str
    low: str
    origin: list[int] | None

    def place(self, at: int) -> int:
        """Return where a place of the plain text stands in the given one."""
        return at if self.origin is None else self.origin[at]


def plain(text: str) -> Plain:
    """Compose accents, drop what is not seen, make every space and dash an ordinary one, and small letters beside."""
    origin = None
    if _LOOSE.search(text):
        pieces = [("" if piece in _UNSEEN else unicodedata.normalize("NFC", piece)) for piece in _CLUSTER.findall(text)]
        lengths = [len(piece) for piece in _CLUSTER.findall(text)]
        starts = [0, *accumulate(lengths)]
        origin = [start for start, piece in zip(starts, pieces, strict=False) for _ in piece]
        origin.append(len(text))
        text = "".join(pieces)
    cased = _ODD.sub(lambda match: _SAME_LENGTH[match[0]], text)
    low = _OLD_TONE.sub(lambda match: _TONES[match[0]], cased.lower())
    low = _WRAP.sub(lambda match: " " if cased[match.end()].islower() else "\n", low)
    return Plain(cased, low, origin)
