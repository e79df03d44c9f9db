"""Whether two records may be one household: a score from 0 to 100 and the reasons that make it up. Pure.

An equal citizen's number settles it; an equal telephone or address counts only beside a like name, because neighbours and
children share them. A name alone never makes a duplicate: in a commune many are called the same.
"""

from dataclasses import dataclass

from chungtay.households.naming import name_key, spelling_key
from chungtay.kernel.folding import fold

SAME_NUMBER, OTHER_NUMBER = 95, -60
SAME_NAME, SAME_SPELLING, NEAR_NAME = 40, 30, 20
SAME_PHONE, SAME_ADDRESS, SAME_HAMLET, SAME_YEAR, OTHER_YEAR = 30, 25, 8, 12, -25


@dataclass(frozen=True)
class Trait:
    """What two records are compared by. cccd, phone: digests or "" ; birth_year None when not known."""

    name: str
    hamlet: str
    address: str = ""
    birth_year: int | None = None
    cccd: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Likeness:
    """score: 0 to 100. reasons: Vietnamese, each with the points that it gave, the weightiest first."""

    score: int
    reasons: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        return "; ".join(f"{text} ({points:+d})" for text, points in self.reasons)


def likeness(first: Trait, second: Trait) -> Likeness:
    """Return how much two records are alike; the order of the two does not matter."""
    reasons = [*_of_numbers(first, second), *_of_names(first, second)]
    has_name = any(points > 0 and text.startswith(("cùng họ tên", "họ tên")) for text, points in reasons)
    if first.phone and first.phone == second.phone:
        reasons.append(("cùng số điện thoại", SAME_PHONE))
    if has_name:
        reasons += _of_places(first, second)
    total = sum(points for _, points in reasons)
    ordered = tuple(sorted(reasons, key=lambda reason: (-abs(reason[1]), reason[0])))
    return Likeness(max(0, min(100, total)), ordered)


def _of_numbers(first: Trait, second: Trait) -> list[tuple[str, int]]:
    if not first.cccd or not second.cccd:
        return []
    return [("cùng số căn cước", SAME_NUMBER)] if first.cccd == second.cccd else [("khác số căn cước", OTHER_NUMBER)]


def _of_names(first: Trait, second: Trait) -> list[tuple[str, int]]:
    if spelling_key(first.name) == spelling_key(second.name):
        same = " ".join(first.name.split()).casefold() == " ".join(second.name.split()).casefold()
        text = "cùng họ tên" if same else "cùng họ tên, khác cách bỏ dấu hoặc i/y"
        return [(text, SAME_NAME)]
    one, other = name_key(first.name), name_key(second.name)
    if one == other:
        return [("họ tên giống nhau khi không xét dấu", SAME_SPELLING)]
    return [("họ tên lệch một chữ cái hoặc thiếu tên đệm", NEAR_NAME)] if _is_near(one, other) else []


def _of_places(first: Trait, second: Trait) -> list[tuple[str, int]]:
    found = []
    if first.address and fold(first.address) == fold(second.address):
        found.append(("cùng địa chỉ", SAME_ADDRESS))
    if fold(first.hamlet) == fold(second.hamlet):
        found.append(("cùng khóm, ấp", SAME_HAMLET))
    if first.birth_year and second.birth_year:
        same = first.birth_year == second.birth_year
        found.append(("cùng năm sinh", SAME_YEAR) if same else ("khác năm sinh", OTHER_YEAR))
    return found


def _is_near(one: str, other: str) -> bool:
    """Whether two keys differ by one letter added, lost or changed, or by middle names that one of them lacks."""
    first, second = one.split(), other.split()
    if min(len(first), len(second)) < 2:
        return False
    if first[0] == second[0] and first[-1] == second[-1]:
        shorter, longer = sorted((set(first), set(second)), key=len)
        if len(shorter) < len(longer) and shorter <= longer:
            return True
    return _one_letter(one, other)


def _one_letter(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[at:], other[at:]
    return rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]
