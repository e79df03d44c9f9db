"""Digits in literal text: which state a figure, and which are a date, a document's number, a reference or a name.

A paper may state a figure only through its content model, so a digit typed into a sentence must be of the second kind.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from chungtay.kernel.folding import nfc

NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2013": "-", "\u2011": "-"})

_DAY, _MONTH = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)", r"(?:1[0-2]|0?[1-9])(?!\d)"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_MORE = r"(?:\s*(?:,|-|và|đến|hoặc)\s*{0})*"
_UNITS = (
    r"%|phần trăm|đồng|nghìn|ngàn|triệu|tỷ|tỉ|căn|nhà|hộ|người|lượt|suất|phần|cây|cầu|xã|phường|thị trấn|ấp|khóm|"
    r"đơn vị|cuộc|kiến nghị|tập thể|cá nhân|thành viên|hội|htx|hợp tác xã|tổ|mô hình|công trình|lao động|em|cháu|"
    r"học sinh|sinh viên|trường hợp|vụ|buổi|lớp|km|m2|m²|m|ha|kg|tấn|cái|chiếc|con|câu lạc bộ|sản phẩm|đề án|"
    r"nhiệm vụ|chỉ tiêu|văn bản|hồ sơ"
)
_NO_UNIT = rf"(?!\s*(?:{_UNITS})(?!\w))"
_END = r"(?=\s*(?:$|[-,.;:)/\n]|năm\b|đến\b|và\b|tới\b))"

_DATES = (
    rf"{_DAY}/{_MONTH}/{_YEAR}",
    rf"(?:ngày\s+)?{_DAY}/{_MONTH}\s*-\s*(?={_DAY}/{_MONTH}/{_YEAR})",
    rf"ngày\s+{_DAY}\s+tháng\s+{_MONTH}(?:\s+năm\s+{_YEAR})?",
    rf"ngày\s+{_DAY}/{_MONTH}(?:/{_YEAR})?",
    rf"ngày\s+{_DAY}{_END}",
    rf"(?:tháng|từ|đến|kỳ)\s+{_MONTH}/{_YEAR}",
    rf"(?<![\d/]){_MONTH}/{_YEAR}\s*-\s*{_MONTH}/{_YEAR}",
    rf"tháng\s+{_MONTH}{_MORE.format(_MONTH)}{_END}",
    rf"(?:\d{{1,2}}\s+tháng|(?:quý|Quý)\s+(?:[IV]+|[1-4]))(?:\s+(?:đầu|cuối))?\s*(?:năm\s+|/\s*)?{_YEAR}",
    r"\d{1,2}\s+tháng\s+(?:đầu|cuối)\s+năm(?!\w)",
    rf"(?:quý)\s+[1-4]{_END}",
    rf"(?:năm|giai đoạn|nhiệm kỳ|kỳ|niên độ|cuối|đầu)\s+{_YEAR}{_MORE.format(_YEAR)}(?![\d/])",
    rf"(?<![\d.,/]){_YEAR}\s*-\s*{_YEAR}(?![\d.,/]*\d)",
    rf"(?:kế hoạch|thực hiện|cùng kỳ|so với|nghị quyết)\s+{_YEAR}(?![\d/.,]*\d){_NO_UNIT}",
    rf"\({_YEAR}\)",
    r"\d{1,2}\s+giờ(?:\s+\d{1,2}(?:\s+phút)?)?",
)
_DOCUMENTS = (
    r"\d+(?:/\d{4})?/[A-ZĐ]{2,}[A-ZĐ0-9]*(?:-[A-ZĐ0-9]+)*",
    r"\d+-[A-ZĐ]{2,}/[A-ZĐ]{2,}(?:-[A-ZĐ]+)*",
    rf"(?<!tổng )(?<!trong )(?<!con )số\s*:?\s+\d+(?![.,/]\d){_NO_UNIT}",
    rf"(?:chương trình|kế hoạch|quyết định|nghị quyết|nghị định|thông tư|chỉ thị)\s+\d+(?![.,/]\d){_NO_UNIT}",
    r"(?<![\w.,/-])[A-ZĐ]{1,6}-?\d+(?![\w.,]*\d)",
)
_REFERENCES = (
    r"^\s*\d{1,2}(?:\.\d{1,2}){0,2}[.)](?=\s)",
    rf"(?:bảng|hình|biểu|phụ lục|mục|khoản|điểm|điều|chương|phần|cột|dòng|trang)\s+(?:số\s+)?"
    rf"(?:[IVX]+\.)?\(?\d{{1,3}}(?:\.\d{{1,2}})*\)?{_MORE.format(r'[(]?[0-9]{1,3}[)]?')}(?![.,/]?\d){_NO_UNIT}",
    r"\(\d{1,2}\)(?:\s+\(\d{1,2}\))+",
)
_CASED = re.compile("|".join((_DOCUMENTS[0], _DOCUMENTS[1], _DOCUMENTS[4])))
_FREE = re.compile("|".join((*_DATES, _DOCUMENTS[2], _DOCUMENTS[3], *_REFERENCES)), re.IGNORECASE)
_WHOLE = re.compile(rf"(?:{_MONTH}/)?{_YEAR}|{_YEAR}\s*-\s*{_YEAR}")


@dataclass(frozen=True, order=True)
class Span:
    """A digit sequence: [start, end) in the NFC text, and its characters."""

    start: int
    end: int
    text: str


def plain(text: str) -> str:
    """The text as the rules read it: NFC, no-break spaces and dashes as plain ones; as long as its NFC form."""
    return nfc(text).translate(SPACES)


def unsourced_numbers(text: str, names: Collection[str] = ()) -> list[Span]:
    """The digit sequences of `text` that would state a figure.

    Left out: dates and periods, document numbers, the numeral that opens a heading, references ("Bảng 1", "mục II.3"),
    and digits inside one of `names` ("Phường 11"). Numbers written in words are not seen.
    """
    flat = plain(text)
    if not any(character.isdigit() for character in flat):
        return []
    masked = set[int]()
    for pattern in (_CASED, _FREE, _names_pattern(names)):
        for match in pattern.finditer(flat) if pattern else ():
            masked.update(range(*match.span()))
    return [
        Span(match.start(), match.end(), match.group())
        for match in NUMBER.finditer(flat)
        if any(flat[i].isdigit() and i not in masked for i in range(*match.span()))
    ]


def is_period_label(text: str) -> bool:
    """Whether the whole text names a period, as heads of rows and columns do: "2021", "5/2022", "2020-2024"."""
    return _WHOLE.fullmatch(plain(text).strip()) is not None


def _names_pattern(names: Collection[str]) -> re.Pattern[str] | None:
    """One pattern for the names that hold digits, longest first, each ending where its digits end."""
    flat = sorted(
        {plain(name) for name in names if any(c.isdigit() for c in name)}, key=lambda name: (-len(name), name)
    )
    if not flat:
        return None
    parts = [r"\s+".join(re.escape(word) for word in name.split()) for name in flat]
    return re.compile(rf"(?<![\w])(?:{'|'.join(parts)})(?![.,/]?\d|\w)", re.IGNORECASE)
