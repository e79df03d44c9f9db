"""The words around a figure that say on which side of it the truth may lie."""

import re

from chungtay.reading.figure import Qualifier
from chungtay.reading.wordlists import phrases, words

_BEFORE = {
    Qualifier.OVER: """
        trên, hơn, ít nhất, tối thiểu, không dưới, không ít hơn, không thấp hơn, chí ít, ít nhất là, tối thiểu là, quá, lớn hơn, nhiều hơn,
        cao
        hơn, >, ≥, vượt hơn, vượt trên, vượt quá
    """,
    Qualifier.NEARLY: """
        gần, ngót, non, ngót nghét, suýt soát, gần đến, gần tới, gần bằng
    """,
    Qualifier.ABOUT: """
        khoảng, chừng, ước, ước tính, ước đạt, ước khoảng, xấp xỉ, vào khoảng, độ chừng, cỡ, ~, ≈, trên dưới, độ
        khoảng, tầm, ước chừng, áng chừng, khoảng chừng, quãng, phỏng chừng, lối
    """,
    Qualifier.UNDER: """
        dưới, chưa đến, chưa tới, chưa đầy, không quá, tối đa, ít hơn, nhỏ hơn, thấp hơn, không vượt quá, không hơn,
        <, ≤, không đến, không tới, không đầy, không cao hơn, chưa quá, chưa được, nhiều nhất, nhiều nhất là, tối đa
        là
    """,
}
_QUALIFIERS = {phrase: qualifier for qualifier, listed in _BEFORE.items() for phrase in phrases(listed)}
_COMPARED = frozenset({"lớn hơn", "nhiều hơn", "cao hơn", "ít hơn", "nhỏ hơn", "thấp hơn"})
_DIFFERENCE = re.compile(r"[^.;\n]{0,60}?(?:so với|so cùng|cùng kỳ|bình quân|năm trước|mặt bằng)")
_NO_ESTIMATE = words("hương quy công mong điều hiệp khế")
_WISHES = words("mơ nguyện muốn lệ hẹn vọng")
_UPWARDS = re.compile(r"(?:/[^\W\d]+(?: [^\W\d]+)?){0,2}[ \n](?:đồng |đ )?trở (lên|xuống)")
_SURFACES = phrases("lĩnh vực, mặt, phương diện, nội dung, tuyến, tuyến đường, nền tảng, kênh, địa bàn")


def qualifier_of(
    low: str, start: int, end: int, *, is_small: bool = False, is_one: bool = False, unit: str = ""
) -> Qualifier:
    """Return the qualifier of the figure low[start:end], `end` after its unit; exact when no word hedges it.

    "trên" before a small number of surfaces ("trên 3 lĩnh vực") is where, before one ("trên 1 ha") it is per.
    """
    if "trở " in low[end : end + 24] and (after := _UPWARDS.match(low, end)):
        return Qualifier.OVER if after[1] == "lên" else Qualifier.UNDER
    left = low[max(0, start - 64) : start]
    words = left.replace("(", " ( ").split()
    if words and words[-1] in {"từ", "đạt", "là", "mức", "tới"} and len(words) > 1 and words[-1] != "là":
        words = words[:-1] if words[-1] == "từ" or _said(words[:-1]) else words
    found = _said(words)
    if found:
        said, qualifier = found
        if said in _COMPARED and _DIFFERENCE.match(low, end):
            return Qualifier.EXACT
        if said == "hơn" and words[-2:-1] and words[-2] in {"nhanh", "sớm", "tốt", "kém", "chậm"}:
            return Qualifier.EXACT
        if said == "trên" and (is_one or (is_small and unit.lower() in _SURFACES)):
            return Qualifier.EXACT
        return qualifier
    return Qualifier.ABOUT if _is_estimated(left) else Qualifier.EXACT


def _said(words: list[str]) -> tuple[str, Qualifier] | None:
    for size in (3, 2, 1):
        said = " ".join(words[-size:])
        if len(words) >= size and said in _QUALIFIERS:
            return said, _QUALIFIERS[said]
    return None


def _is_estimated(left: str) -> bool:
    """ "ước cả năm đạt": a few words without a mark between "ước" and the number."""
    at = left.rfind("ước ")
    if at < 0 or left[at - 1 : at].isalnum() or left[:at].split()[-1:] in [[word] for word in _NO_ESTIMATE]:
        return False
    between = left[at + 4 :].split()
    return (
        len(between) <= 6
        and between[:1] not in [[word] for word in _WISHES]
        and all(word.isalpha() for word in between)
    )
