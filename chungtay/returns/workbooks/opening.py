"""Opens a workbook that came from outside: guards first, then cells as plain values. Knows no form and no database.

Run in a child process with limits (`child.py`): a workbook of 64 KB has cost an office library 11 s and 478 MB.
"""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from chungtay.kernel.errors import DomainError

MAX_BYTES = 20 * 1024 * 1024
MAX_PARTS = 2_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_ROWS = 2_000
MAX_COLUMNS = 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class NotAWorkbook(DomainError):
    """The file is not a workbook that can be taken in; the sentence says what it is and what to do."""


@dataclass(frozen=True)
class RawSheet:
    """The first sheet of a workbook: `rows` of plain values, merged ranges and cells that hold formulas by name."""

    name: str
    rows: list[list[Any]]
    merged: list[tuple[int, int, int, int]]  # first row, first column, last row, last column; zero-based, inclusive
    formulas: list[str]


def open_workbook(data: bytes) -> RawSheet:
    """Return the first visible sheet. Raises NotAWorkbook with a sentence for everything that is no plain .xlsx."""
    formulas = _formulas(_guard(data))
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        name = book.sheet_names[0]
        sheet = book.get_sheet_by_name(name)
        if sheet.height > MAX_ROWS or sheet.width > MAX_COLUMNS:
            raise NotAWorkbook(
                f"Trang “{name}” có {sheet.height} dòng, {sheet.width} cột, nhiều hơn một biểu mẫu có thể có. "
                "Hãy tải lại biểu mẫu và nhập vào đó."
            )
        rows = sheet.to_python(skip_empty_area=False)
        merged = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or []]
    except NotAWorkbook:
        raise
    except Exception as error:
        raise NotAWorkbook(
            "Tệp bị hỏng nên không đọc được. Hãy mở bằng Excel, lưu lại thành .xlsx rồi nộp lại."
        ) from error
    return RawSheet(name, rows, merged, formulas)


def _guard(data: bytes) -> zipfile.ZipFile:
    if len(data) > MAX_BYTES:
        raise NotAWorkbook("Tệp lớn hơn 20 MB. Một biểu mẫu chỉ vài chục KB; hãy xóa ảnh, trang thừa rồi nộp lại.")
    if data.startswith(OLE):
        raise NotAWorkbook(
            "Tệp là Excel đời cũ (.xls) hoặc có đặt mật khẩu. Hãy lưu lại thành .xlsx không mật khẩu rồi nộp lại."
        )
    try:
        parts = zipfile.ZipFile(BytesIO(data))
        infos = parts.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise NotAWorkbook("Tệp không phải là bảng tính .xlsx. Hãy tải biểu mẫu, nhập vào đó rồi nộp lại.") from None
    names = {i.filename for i in infos}
    if len(infos) > MAX_PARTS or len(names) != len(infos):
        raise NotAWorkbook("Tệp có cấu tạo bất thường nên không được nhận. Hãy tải lại biểu mẫu và nhập vào đó.")
    unpacked = sum(i.file_size for i in infos)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(data), 1):
        raise NotAWorkbook("Tệp bung ra quá lớn nên không được nhận. Hãy tải lại biểu mẫu và nhập vào đó.")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise NotAWorkbook("Tệp không phải là bảng tính .xlsx. Hãy tải biểu mẫu, nhập vào đó rồi nộp lại.")
    if b"macroEnabled" in _part(parts, "[Content_Types].xml") or any("vbaproject" in n.lower() for n in names):
        raise NotAWorkbook(
            "Tệp có macro (.xlsm) dù mang đuôi .xlsx. Hãy lưu lại thành .xlsx thường (không macro) rồi nộp lại."
        )
    return parts


def _part(parts: zipfile.ZipFile, name: str, size: int = MAX_UNPACKED) -> bytes:
    """Return the first bytes of a part, never more than `size` whatever the archive declares."""
    try:
        with parts.open(name) as file:
            return file.read(size)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError):
        raise NotAWorkbook(
            "Tệp bị hỏng hoặc có mật khẩu nên không đọc được. Hãy lưu lại thành .xlsx rồi nộp lại."
        ) from None


FORMULA = re.compile(rb'<c\b[^>]*?\br="([A-Z]+[0-9]+)"[^>]*>\s*<f\b')
HAS_FORMULA = re.compile(rb"<f[ />]")
PARSED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels|xl/(workbook|styles|sharedStrings)\.xml"
    r"|xl/worksheets/sheet\d+\.xml"
)


def _formulas(parts: zipfile.ZipFile) -> list[str]:
    """Return the cells of the first sheet that hold formulas. Raises NotAWorkbook for a DOCTYPE in any part that is parsed."""
    found: list[str] = []
    sheets = sorted(n for n in parts.namelist() if n.startswith("xl/worksheets/sheet"))
    for name in parts.namelist():
        if not PARSED.fullmatch(name):
            continue
        xml = _part(parts, name)
        if b"<!DOCTYPE" in xml[:4096].upper():
            raise NotAWorkbook(
                "Tệp chứa khai báo không an toàn nên không được nhận. Hãy tải lại biểu mẫu và nhập vào đó."
            )
        if sheets and name == sheets[0] and HAS_FORMULA.search(xml):
            found = [m.decode() for m in FORMULA.findall(xml)]
    return found
