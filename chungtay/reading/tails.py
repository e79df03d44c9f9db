"""What follows a number: its scale, its currency or percent sign, what it counts, or what makes it an age or a time."""

import re
from fractions import Fraction
from typing import NamedTuple

from chungtay.reading.units import LONGEST, STOP, UNITS
from chungtay.reading.wordlists import words

GAP = r"(?: {1,3}| ?\n ?)"
_SIZES = {"trăm": 2, "chục": 1, "nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tr": 6, "tỷ": 9, "tỉ": 9}
_SCALE = re.compile(
    rf"{GAP}?(trăm|chục|nghìn|ngàn|vạn|triệu|tr|tỷ|tỉ)(?!\w)(?! (?:lệ|trọng|suất|số|giá|phú|tập|hồi|chứng|khúc|trùng|đời|xưa)(?!\w))"
)
_LAST_DIGIT = re.compile(rf"{GAP}([1-9])(?={GAP}đồng|[.,;)\n]|\Z)")
_PIECE = re.compile(rf"{GAP}([1-9]\d{{0,2}}(?:,\d+)?){GAP}(nghìn|ngàn|triệu|tr)(?!\w)")
_HALF = re.compile(rf"{GAP}rưỡi(?!\w)")
_MONEY = re.compile(
    rf"{GAP}?(?:đồng(?! (?:chí|bào|đội|hồ|loạt|thời|bằng|ruộng|phục|hành|tháp|minh|nai|hới|ý|lòng|diễn|xoài)(?!\w))|đ(?!\w)|vn[dđ](?!\w)|₫)"
    rf"|{GAP}?\((?P<inside>(?:(?:nghìn|ngàn|triệu|tỷ|tỉ) )?(?:đồng|vn[dđ]))\)"
)
_ABROAD = re.compile(
    rf"{GAP}?(?:(?P<usd>usd|us\$|đô[ -]la(?:{GAP}mỹ)?|\$)|(?P<eur>euro|eur|€)|(?P<other>nhân dân tệ|yên nhật|won|baht|kip|riel))(?![^\W_])"
)
_PERCENT = re.compile(rf"{GAP}?(?:[%‰]|phần{GAP}trăm)|{GAP}\((?P<inside>%)\)")
_TIME = re.compile(
    rf"{GAP}?(?:tuổi|năm(?! \d{{4}})|tháng(?! \d)|tuần|ngày(?! công| đêm)|giờ(?! công)|giây|phút|quý|thập (?:kỷ|niên)|thế kỷ|nhiệm kỳ"
    rf"|sao(?! chép)|học kỳ|niên khóa"
    rf"|mùa (?:xuân|hè)|canh giờ)(?!\w)|{GAP}trong 1(?!\d)|{GAP}chiều(?!\w)"
)
_DAY_OF_MONTH = re.compile(rf"{GAP}tháng{GAP}\d")
_SLOGAN = re.compile(
    rf"{GAP}(?:không|sạch|cứng|đúng|dám|nhất|tại chỗ|cùng|rõ|xây|chống|bám|giỏi|an toàn|phải|đảm bảo|quyết tâm"
    rf"|bên|cấp|thông suốt|tự chủ)(?!\w)(?! \d+ ?%)"
    rf"|{GAP}(?:tăng|giảm|có|tốt|biết|nhà|trách nhiệm)(?:,| và)?{GAP}\d+{GAP}(?:sạch|giảm|tăng|không|có|an toàn|phải)"
    rf'|{GAP}(?:tăng|giảm|có|tốt|nhà)[”"’]'
)
_WORDS = re.compile(rf"{GAP}?((?:[^\W\d_]+(?:-[^\W\d_]+)*[23²³]?)(?:{GAP}[^\W\d_]+){{0,{LONGEST - 1}}})(?![\d_])")
_PER = re.compile(r"/[^\W\d_]+[23²³]?")
_INSIDE = re.compile(rf"{GAP}?\(([^()\d]{{1,16}}[23²³]?)\)")
_SIGN = re.compile(rf"{GAP}?(°c|điểm ?%)")
_ROMAN = re.compile(rf"{GAP}(?:x{{1,3}}(?:i{{1,3}}|iv|vi{{0,3}}|ix)?|i{{1,3}}|iv|vi{{2,3}}|v|ix|thứ)(?!\w)")
_NUMBERED = words("khóa kỳ vòng hạng cấp nhóm loại đợt phần chương tập lớp")


_NONE = Fraction(0)
# First letters, so that most expressions need not be tried; "" and a space stand for a gap that is longer.
_BEGINS_SCALE = frozenset(["", " ", "\n", *"tcnv"])
_BEGINS_TIME = frozenset(["", " ", "\n", *"tngpqshmc"])
_BEGINS_PERCENT = frozenset(["", " ", "\n", *"%‰p("])
_BEGINS_MONEY = frozenset(["", " ", "\n", *"đv₫("])
_BEGINS_ABROAD = frozenset(["", " ", "\n", *"uđ$e€nywbkr"])


class Tail(NamedTuple):
    """`end` closes the figure's text, `unit_end` what it counts. `factor` and `extra` make the value: value × factor + extra."""

    end: int
    unit_end: int
    factor: int = 1
    extra: Fraction = _NONE
    unit: str = ""
    is_time: bool = False
    is_strong: bool = False
    is_guess: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether nothing follows that tells what the number is of."""
        return not self.unit and self.factor == 1 and not self.is_time


def tail_at(low: str, at: int, *, is_small: bool, may_guess: bool = True) -> Tail:
    """Read what follows the number that ends at `at`. `is_small`: whole and at most twelve, so that it may be a slogan."""
    after = low[at : at + 2].lstrip()[:1]
    factor, extra, end = _scale(low, at) if after in _BEGINS_SCALE else (1, _NONE, at)
    if factor == 1:
        if (after in _BEGINS_TIME and (_TIME.match(low, at) or _DAY_OF_MONTH.match(low, at))) or (
            is_small and _SLOGAN.match(low, at)
        ):
            return Tail(at, at, is_time=True)
        if after in _BEGINS_PERCENT and (percent := _PERCENT.match(low, at)):
            end = at if percent["inside"] else percent.end()
            return Tail(end, percent.end(), unit="‰" if "‰" in percent[0] else "%", is_strong=True)
    if (factor > 1 or after in _BEGINS_MONEY) and (money := _MONEY.match(low, end)):
        if money["inside"]:
            size = _SIZES.get(money["inside"].split()[0], 0)
            return Tail(end, money.end(), factor * 10**size, extra, "VND", is_strong=True)
        return Tail(money.end(), money.end(), factor, extra, "VND", is_strong=True)
    if (factor > 1 or after in _BEGINS_ABROAD) and (abroad := _ABROAD.match(low, end)):
        unit = "USD" if abroad["usd"] else "EUR" if abroad["eur"] else abroad["other"]
        return Tail(abroad.end(), abroad.end(), factor, extra, unit, is_strong=True)
    unit, unit_end = unit_at(low, end, may_guess=may_guess and factor < 10**6)
    if unit:
        return Tail(end, unit_end, factor, extra, unit, is_strong=factor > 1, is_guess=unit not in UNITS)
    if factor >= 10**6 or (factor == 1000 and _PER.match(low, end)):
        return Tail(end, end, factor, extra, "VND", is_strong=True)
    return Tail(end, end, factor, extra, is_strong=factor > 1)


def _scale(low: str, at: int) -> tuple[int, Fraction, int]:
    """ "tỷ", "nghìn tỷ", "tỷ 557 triệu", "tỷ rưỡi": the factor, what is added, and where it ends."""
    factor, extra, last, end = 1, _NONE, 0, at
    while (scale := _SCALE.match(low, end)) and (factor == 1 or _SIZES[scale[1]] >= 6):
        last = _SIZES[scale[1]]
        factor, end = factor * 10**last, scale.end()
        if factor >= 10**15:
            break
    if factor > 1 and (half := _HALF.match(low, end)):
        return factor, Fraction(10**last, 2), half.end()
    if last >= 6 and (digit := _LAST_DIGIT.match(low, end)) and low[end : end + 3] != digit[0] + ",":
        return factor, Fraction(int(digit[1]) * 10**last, 10), digit.end()  # "1 tỷ 2"
    while (piece := _PIECE.match(low, end)) and 0 < _SIZES[piece[2]] < last:
        last = _SIZES[piece[2]]
        extra += Fraction(piece[1].replace(",", ".")) * 10**last
        end = piece.end()
    return factor, extra, end


def unit_at(low: str, at: int, *, may_guess: bool = True) -> tuple[str, int]:
    """Return the unit noun after a place and where it ends: a known one, else one or two unknown words; "" without any."""
    if sign := _SIGN.match(low, at):
        return sign[1], sign.end()
    found = _WORDS.match(low, at)
    if found is None:
        inside = _INSIDE.match(low, at)
        known = " ".join(inside[1].split()) if inside else ""
        return (known, inside.end()) if inside and known in UNITS else ("", at)
    said = found[1].split()
    for size in range(len(said), 0, -1):
        unit = " ".join(said[:size])
        if unit in UNITS:
            end = _end_of(low, found.start(1), size)
            if unit in _NUMBERED and _ROMAN.match(low, end):
                return "", at
            per = _PER.match(low, end)
            if per and unit + per[0] in UNITS:
                return unit + per[0], per.end()
            return unit, end
    if not may_guess or said[0] in STOP or len(said[0]) < 2 or low[at : at + 1] not in " \n":
        return "", at
    size = 2 if len(said) > 1 and said[1] not in STOP else 1
    return " ".join(said[:size]), _end_of(low, found.start(1), size)


def _end_of(low: str, start: int, count: int) -> int:
    """The end of so many words."""
    at = start
    for number in range(count):
        while at < len(low) and (low[at].isalnum() or low[at] in "-°%²³/"):
            if low[at] == "/":
                break
            at += 1
        if number < count - 1:
            while at < len(low) and low[at].isspace():
                at += 1
    return at
