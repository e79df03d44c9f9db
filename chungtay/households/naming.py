"""Vietnamese names: one key for all spellings, an order by given name, and the masked form that lists show. Pure."""

import re

from chungtay.kernel.folding import canonical_tone, fold

_WORD_Y = re.compile(r"(?<=[bcdghklmnprstvx])y(?=$)")


def name_key(name: str) -> str:
    """Return the key that spellings of one name share: no marks, no case, i for a closing y. "Lý Mỹ Hoà" is "li mi hoa"."""
    return " ".join(_WORD_Y.sub("i", word) for word in fold(name).split())


def spelling_key(name: str) -> str:
    """Return the name with its marks, but one place of the tone and i for y: "Hoà" is "Hòa", "Mỹ" is "Mĩ"; "Hóa" is another."""
    return " ".join(_with_i(word) for word in canonical_tone(name).casefold().split())


def sort_key(name: str) -> str:
    """Return the key by which Vietnamese lists are ordered: given name, then the others as they stand, folded."""
    words = fold(name).split()
    return " ".join(words[-1:] + words[:-1])


def masked_name(name: str) -> str:
    """Return family name and initials: "Nguyễn Văn An" is "Nguyễn V. A."; "An" is "A."; nothing is "—"."""
    words = name.split()
    if not words:
        return "—"
    kept = words[:1] if len(words) > 1 else []
    return " ".join([*kept, *(f"{word[0]}." for word in words[len(kept) :])])


def masked_number(digits: str) -> str:
    """Return the last three digits of an identifier after three dots, "" for nothing. Shorter ones show none."""
    if not digits:
        return ""
    return "•••" + (digits[-3:] if len(digits) >= 9 else "")


_I_FOR_Y = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


def _with_i(word: str) -> str:
    if len(word) > 1 and word[-1] in "yýỳỷỹỵ" and word[-2] in "bcdđghklmnprstvx":
        return word[:-1] + word[-1].translate(_I_FOR_Y)
    return word
