"""Everything that can be wrong with a line of a file; pure.

A conflict has our own code, the code under which DHIS2 knows the same fault (where it does), and a sentence in both languages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

SHOWN = 120
"""Letters of a foreign text that a sentence repeats."""


class Code(StrEnum):
    """What is wrong with a line."""

    NOT_A_VALUE = "not_a_value"
    TOO_MANY_CELLS = "too_many_cells"
    TOO_FEW_CELLS = "too_few_cells"
    ELEMENT_MISSING = "element_missing"
    ELEMENT_UNKNOWN = "element_unknown"
    ELEMENT_AMBIGUOUS = "element_ambiguous"
    ELEMENT_DERIVED = "element_derived"
    COMBO_UNKNOWN = "combo_unknown"
    COMBO_NEEDED = "combo_needed"
    ATTRIBUTE_COMBO = "attribute_combo"
    UNIT_MISSING = "unit_missing"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_AMBIGUOUS = "unit_ambiguous"
    UNIT_OUTSIDE = "unit_outside"
    PERIOD_MISSING = "period_missing"
    PERIOD_UNKNOWN = "period_unknown"
    PERIOD_NO_COUNTERPART = "period_no_counterpart"
    PERIOD_FUTURE = "period_future"
    VALUE_MISSING = "value_missing"
    VALUE_NO_NUMBER = "value_no_number"
    VALUE_EXPONENT = "value_exponent"
    VALUE_DECIMALS = "value_decimals"
    VALUE_NEGATIVE = "value_negative"
    VALUE_TOO_LARGE = "value_too_large"
    TWICE = "twice"
    TWICE_DIFFERENT = "twice_different"
    OVERLAP = "overlap"
    TOTAL = "total"
    OWNED = "owned"
    WAITING = "waiting"


class Words(NamedTuple):
    """The code of DHIS2 ("" where it has none), what the line speaks of, and the sentence with {value} in it."""

    theirs: str
    about: str
    vi: str
    en: str


WORDS: Mapping[Code, Words] = {
    Code.NOT_A_VALUE: Words(
        "", "dataValue", "Dòng này không phải một giá trị: thiếu các trường dạng chữ.", "This is no data value."
    ),
    Code.TOO_MANY_CELLS: Words(
        "",
        "dataValue",
        "Dòng có nhiều ô hơn dòng tiêu đề: có thể thừa dấu phân cách.",
        "The line has more cells than heads.",
    ),
    Code.TOO_FEW_CELLS: Words("", "dataValue", "Dòng bị thiếu ô.", "The line lacks cells."),
    Code.ELEMENT_MISSING: Words(
        "E7610", "dataElement", "Chưa ghi chỉ tiêu (dataElement).", "The data element is missing."
    ),
    Code.ELEMENT_UNKNOWN: Words(
        "E7610",
        "dataElement",
        "Không biết chỉ tiêu “{value}”: thêm vào bảng quy đổi, hoặc kiểm tra mã.",
        "Unknown data element “{value}”.",
    ),
    Code.ELEMENT_AMBIGUOUS: Words(
        "E7610",
        "dataElement",
        "“{value}” trỏ tới nhiều chỉ tiêu: hãy ghi rõ trong bảng quy đổi.",
        "“{value}” means several data elements.",
    ),
    Code.ELEMENT_DERIVED: Words(
        "E7610",
        "dataElement",
        "“{value}” là tỷ lệ, được tính từ hai chỉ tiêu khác, không nhận từ ngoài.",
        "“{value}” is a ratio, which is only computed.",
    ),
    Code.COMBO_UNKNOWN: Words(
        "E7613",
        "categoryOptionCombo",
        "Chỉ tiêu không có phân tổ “{value}”: thêm vào bảng quy đổi.",
        "Unknown category option combo “{value}”.",
    ),
    Code.COMBO_NEEDED: Words(
        "E7630",
        "categoryOptionCombo",
        "Chỉ tiêu có phân tổ: số gộp “{value}” là số cộng, không nhận. Hãy gửi từng phân tổ.",
        "The element is broken down; its sum is derived. Send the parts.",
    ),
    Code.ATTRIBUTE_COMBO: Words(
        "E7615",
        "attributeOptionCombo",
        "Không nhận tổ hợp thuộc tính “{value}”: ở đây không có chiều này.",
        "Attribute option combo “{value}” has no counterpart.",
    ),
    Code.UNIT_MISSING: Words("E7612", "orgUnit", "Chưa ghi đơn vị (orgUnit).", "The org unit is missing."),
    Code.UNIT_UNKNOWN: Words(
        "E7612",
        "orgUnit",
        "Không biết đơn vị “{value}” vào kỳ này: thêm vào bảng quy đổi, hoặc kiểm tra mã (Excel có thể đã đổi mã thành số).",
        "Unknown org unit “{value}” in that period.",
    ),
    Code.UNIT_AMBIGUOUS: Words(
        "E7612",
        "orgUnit",
        "“{value}” trỏ tới nhiều đơn vị: hãy ghi rõ trong bảng quy đổi.",
        "“{value}” means several org units.",
    ),
    Code.UNIT_OUTSIDE: Words(
        "E7617",
        "orgUnit",
        "Đơn vị “{value}” không thuộc địa bàn của cơ quan nạp tệp.",
        "Org unit “{value}” is outside the importing office's area.",
    ),
    Code.PERIOD_MISSING: Words("E7611", "period", "Chưa ghi kỳ (period).", "The period is missing."),
    Code.PERIOD_UNKNOWN: Words(
        "E7611",
        "period",
        "Không đọc được kỳ “{value}”. Ví dụ đúng: 202201, 2022Q1, 2022S1, 2022.",
        "The period “{value}” is not valid.",
    ),
    Code.PERIOD_NO_COUNTERPART: Words(
        "E7632",
        "period",
        "Kỳ “{value}” (ngày, tuần hoặc khoảng lẻ) không có kỳ tương ứng ở đây.",
        "The period “{value}” has no counterpart here.",
    ),
    Code.PERIOD_FUTURE: Words(
        "E7641", "period", "Kỳ “{value}” chưa kết thúc nên chưa nhận số.", "The period “{value}” is not over yet."
    ),
    Code.VALUE_MISSING: Words(
        "E7618",
        "value",
        "Chưa có giá trị. Thiếu số không phải là 0: muốn xóa thì ghi deleted=true.",
        "No value is given. Missing is not zero.",
    ),
    Code.VALUE_NO_NUMBER: Words(
        "E7619",
        "value",
        "“{value}” không phải một số. Ghi chữ số, dấu chấm cho phần lẻ, không ngăn cách hàng nghìn.",
        "“{value}” is no number.",
    ),
    Code.VALUE_EXPONENT: Words(
        "E7619",
        "value",
        "“{value}” ghi dạng lũy thừa nên có thể đã mất chữ số. Hãy ghi đủ chữ số.",
        "“{value}” has an exponent and may have lost digits.",
    ),
    Code.VALUE_DECIMALS: Words(
        "E7619",
        "value",
        "“{value}” có nhiều số lẻ hơn chỉ tiêu cho phép; phần mềm không tự làm tròn.",
        "“{value}” has more decimals than the element allows.",
    ),
    Code.VALUE_NEGATIVE: Words(
        "E7619", "value", "“{value}” là số âm; chỉ tiêu đếm không nhận số âm.", "“{value}” is negative."
    ),
    Code.VALUE_TOO_LARGE: Words(
        "E7619", "value", "“{value}” quá lớn. Hãy kiểm tra lại số chữ số.", "“{value}” is too large."
    ),
    Code.TWICE: Words(
        "", "dataValue", "Giá trị này đã có ở dòng trước, giống hệt.", "The same value stands in an earlier line."
    ),
    Code.TWICE_DIFFERENT: Words(
        "",
        "dataValue",
        "Cùng chỉ tiêu, đơn vị, kỳ mà tệp ghi nhiều giá trị khác nhau, trong đó có “{value}”. Hãy giữ một.",
        "The file states different values for this cell, “{value}” among them.",
    ),
    Code.OVERLAP: Words(
        "",
        "period",
        "Kỳ “{value}” chồng lên một kỳ khác đã có số của cùng chỉ tiêu và đơn vị: sẽ bị cộng hai lần.",
        "The period “{value}” overlaps another that has a value.",
    ),
    Code.TOTAL: Words(
        "",
        "orgUnit",
        "“{value}” là cấp trên của đơn vị đã có số: số này là số cộng. Tổng được tính ra, không nhận từ ngoài.",
        "“{value}” stands above a unit that has a value: totals are derived.",
    ),
    Code.OWNED: Words(
        "E7642",
        "dataElement",
        "“{value}” do báo cáo kỳ hoặc sổ ở đây ghi nhận trong kỳ này, nên tệp ngoài không được ghi đè.",
        "“{value}” is kept on record here in that period.",
    ),
    Code.WAITING: Words(
        "",
        "dataValue",
        "Một lần nạp khác đang chờ duyệt ghi giá trị khác cho ô này. Hãy duyệt hoặc bỏ lần đó trước.",
        "Another import that waits for approval states another value.",
    ),
}
QUIET = frozenset({Code.TWICE})
"""Said, but nothing that anybody has to mend."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One line that is not taken. index: from 0, as in the file; value: the foreign text that is wrong, shortened."""

    index: int
    where: str
    code: Code
    value: str = ""

    @property
    def vi(self) -> str:
        """What is wrong, for people."""
        return WORDS[self.code].vi.replace("{value}", shown(self.value))

    @property
    def en(self) -> str:
        """The same in English."""
        return WORDS[self.code].en.replace("{value}", shown(self.value))


def shown(text: str) -> str:
    """Return a foreign text as a sentence may repeat it."""
    plain = " ".join("".join(one if one.isprintable() else " " for one in text[: 2 * SHOWN]).split())
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"
