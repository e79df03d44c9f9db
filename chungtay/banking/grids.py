"""Rows of cells out of CSV files and workbooks, one after the other; what the cells mean is told by a profile."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, TextIOWrapper
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from chungtay.banking.cells import Cell
from chungtay.banking.guards import OLE, ZIP, Limits, check_workbook
from chungtay.banking.long_sheets import DamagedWorkbook, LongBook
from chungtay.banking.statement import UnreadableStatement

Row = Sequence[Cell]

_DELIMITERS = ";\t,|"
_SNIFFED = 60
_SHEETS = 5
_CHUNK = 1 << 18
_DAMAGED = "Tệp bị hỏng nên không đọc được. Hãy tải lại sao kê từ ngân hàng."


def workbook_sheets(data: bytes, limits: Limits) -> Iterator[Iterator[Row]]:
    """Yield the sheets of an .xlsx or .xls, of each its rows from the first one on, empty ones too.

    Raises UnreadableStatement for what is damaged, locked or too large.
    """
    if data.startswith(ZIP):
        check_workbook(data, limits)
    try:
        if data.startswith(ZIP) and (book := LongBook(data)).is_long:
            for _, part in book.sheets[:_SHEETS]:
                yield _bounded(book.rows(part), limits)
            return
    except DamagedWorkbook:
        raise UnreadableStatement(_DAMAGED) from None
    try:
        sheets = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in sheets.sheet_names[:_SHEETS]:
            sheet = sheets.get_sheet_by_name(name)
            if sheet.total_height > limits.rows or sheet.total_width > limits.columns:
                raise UnreadableStatement(
                    f"Trang “{name}” có {sheet.total_height} dòng, {sheet.total_width} cột: nhiều hơn mức cho phép."
                )
            yield iter(sheet.iter_rows())
    except PasswordError:
        raise UnreadableStatement("Tệp có mật khẩu. Hãy bỏ mật khẩu rồi nộp lại.") from None
    except (CalamineError, OSError, ValueError, IndexError):
        raise UnreadableStatement(_DAMAGED) from None


def _bounded(rows: Iterator[Row], limits: Limits) -> Iterator[Row]:
    """Yield the rows of a long sheet while they are within limits."""
    try:
        for number, row in enumerate(rows, start=1):
            if number > limits.rows or len(row) > limits.columns:
                raise UnreadableStatement(
                    f"Trang tính lớn hơn mức cho phép ({limits.rows} dòng, {limits.columns} cột)."
                )
            yield row
    except DamagedWorkbook:
        raise UnreadableStatement(_DAMAGED) from None


def is_workbook(data: bytes) -> bool:
    """Whether the bytes begin like an .xlsx or an .xls."""
    return data.startswith((ZIP, OLE))


def csv_rows(data: bytes, limits: Limits) -> Iterator[Row]:
    """Yield the rows of a CSV text in whatever of the usual encodings and delimiters it is written.

    Raises UnreadableStatement, also while it is walked through: for too many rows or a quotation mark never closed.
    """
    encoding = _encoding(data)
    delimiter = _delimiter(data, encoding)
    reader = csv.reader(_open(data, encoding), delimiter=delimiter)
    count = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableStatement(
                f"Dòng {count + 1} của tệp CSV không đọc được; có thể thiếu dấu ngoặc kép đóng. "
                "Hãy tải lại sao kê từ ngân hàng."
            ) from error
        count += 1
        if count > limits.rows:
            raise UnreadableStatement(f"Tệp có nhiều hơn {limits.rows} dòng. Hãy chia sao kê thành nhiều tệp.")
        if len(row) > limits.columns:
            raise UnreadableStatement(f"Dòng {count} có {len(row)} cột, nhiều hơn một sao kê có thể có.")
        yield row


def _open(data: bytes, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(BytesIO(data), encoding=encoding, errors="replace", newline="")


def _encoding(data: bytes) -> str:
    """By the byte order mark, by the zeros of UTF-16, by whether it is UTF-8; else the old Vietnamese code page."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:2000]
    if head[1::2].count(0) * 3 > len(head):
        return "utf-16-le"
    if head[0::2].count(0) * 3 > len(head):
        return "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1258"
    return "utf-8"


def _delimiter(data: bytes, encoding: str) -> str:
    """The mark that cuts the most rows of the beginning into one and the same number of cells, at least three."""
    head = list(islice(_open(data, encoding), _SNIFFED))
    best, score = ",", 0
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if len(row) > 2]
        except csv.Error:
            continue
        if not widths:
            continue
        width = max(set(widths), key=widths.count)
        if widths.count(width) * width > score:
            best, score = delimiter, widths.count(width) * width
    return best
