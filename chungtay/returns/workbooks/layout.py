"""Where things stand in the form's workbook. The writer and the reader share nothing else."""

from dataclasses import dataclass

SHEET = "Biểu"
TITLE_ROW, PROGRAMME_ROW, AREA_ROW, PERIOD_ROW, FORM_ROW, HELP_ROW, HEAD_ROW = 0, 1, 2, 3, 4, 5, 7
FIRST_ROW = 8  # zero-based row of the first section title
KEY, NUMBER, LABEL, UNIT, PREVIOUS, VALUE, ABSENT, EXPLAIN = range(8)
CODE = UNIT  # the codes of unit, period and form stand in this column of their rows
HEADS = ("", "TT", "Chỉ tiêu", "Đơn vị tính", "Kỳ trước", "Kỳ này", "Chưa có số vì", "Giải thích")


@dataclass(frozen=True)
class Identity:
    """What a workbook says it is: `form` code and `version`, `period` code, `area` code."""

    form: str
    version: int
    period: str
    area: str


def form_label(form: str, version: int) -> str:
    """Return the label of a form's version as it stands in the workbook: "B01 / lần 1"."""
    return f"{form} / lần {version}"


def cell_name(row: int, column: int) -> str:
    """Return the name of a zero-based cell, e.g. "F12"."""
    return f"{chr(ord('A') + column)}{row + 1}"
