"""Recommendations as a workbook: text stays text, whatever it begins with."""

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from chungtay.kernel.text import date_text
from chungtay.supervision.models import Recommendation
from chungtay.supervision.rules import OUTCOME_WORDS, STATE_WORDS, Outcome, State

MOST_ROWS = 5000
HEADS = (
    *("Số", "Nội dung kiến nghị", "Căn cứ", "Cơ quan kiến nghị", "Cơ quan phải trả lời", "Gửi ngày", "Hạn trả lời"),
    *("Trả lời ngày", "Số ngày quá hạn", "Mức tiếp thu", "Tình trạng"),
)
WIDTHS = (13, 60, 34, 34, 34, 12, 12, 12, 10, 18, 20)
LATE = 8


def recommendations(rows: Sequence[Recommendation], today: date) -> bytes:
    """Return the workbook of some recommendations (one query more)."""
    last: dict[object, str] = {}
    for row_id, outcome in (
        Recommendation.objects.filter(pk__in=[row.pk for row in rows], answers__isnull=False)
        .order_by("answers__version")
        .values_list("pk", "answers__outcome")
    ):
        last[row_id] = OUTCOME_WORDS[Outcome(outcome)]
    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, safe) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top", "bg_color": "#E6F0F0"})
        cell = book.add_format({"text_wrap": True, "border": 1, "valign": "top", "num_format": "@"})
        number = book.add_format({"border": 1, "valign": "top", "num_format": "0"})
        sheet = book.add_worksheet("Kiến nghị")
        for column, (words, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, words, head)
        for at, row in enumerate(rows, 1):
            for column, text in enumerate(_texts(row, last.get(row.pk, ""))):
                if column == LATE:
                    sheet.write_number(at, column, row.days_late(today), number)
                else:
                    sheet.write_string(at, column, text, cell)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return out.getvalue()


def _texts(row: Recommendation, outcome: str) -> tuple[str, ...]:
    def day(value: date | None) -> str:
        return date_text(value) if value else ""

    return (
        str(row), row.text, row.legal_basis, row.body.name, row.addressee.name, day(row.sent_on), day(row.due_on),
        day(row.answered_on), "", outcome, STATE_WORDS[State(row.state)],
    )  # fmt: skip
