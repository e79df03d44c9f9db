"""Opens a workbook that came from outside: guards first, then cells as plain values. Knows no form and no database.

Run in a child process with limits (`child.py`): a workbook of 64 KB has cost an office library 11 s and 478 MB.
"""

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from chungtay.kernel.errors import DomainError
from chungtay.returns.workbooks.layout import SHEET

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
    """The form's sheet, else the first: `rows` of plain values, merged ranges, and by name the cells that hold formulas
    and those that hold an error (#REF!, #VALUE! …), which would else read as empty."""

    name: str
    rows: list[list[Any]]
    merged: list[tuple[int, int, int, int]]  # first row, first column, last row, last column; zero-based, inclusive
    formulas: list[str]
    errors: list[str]


def open_workbook(data: bytes) -> RawSheet:
    """Return the form's sheet, else the first. Raises NotAWorkbook with a sentence for everything that is no plain .xlsx."""
    parts = _parsed_parts(data, _guard(data))
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        name = SHEET if SHEET in book.sheet_names else book.sheet_names[0]
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
    xml = _sheet_xml(parts, name)
    return RawSheet(name, rows, merged, _named(FORMULA, b"f", xml), _named(ERROR, b't="e"', xml))


def _guard(data: bytes) -> list[zipfile.ZipInfo]:
    if len(data) > MAX_BYTES:
        raise NotAWorkbook("Tệp lớn hơn 20 MB. Một biểu mẫu chỉ vài chục KB; hãy xóa ảnh, trang thừa rồi nộp lại.")
    if data.startswith(OLE):
        raise NotAWorkbook(
            "Tệp là Excel đời cũ (.xls) hoặc có đặt mật khẩu. Hãy lưu lại thành .xlsx không mật khẩu rồi nộp lại."
        )
    try:
        infos = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise NotAWorkbook("Tệp không phải là bảng tính .xlsx. Hãy tải biểu mẫu, nhập vào đó rồi nộp lại.") from None
    parts = {i.filename: i for i in infos}
    if len(infos) > MAX_PARTS or len(parts) != len(infos):
        raise NotAWorkbook("Tệp có cấu tạo bất thường nên không được nhận. Hãy tải lại biểu mẫu và nhập vào đó.")
    unpacked = sum(i.file_size for i in infos)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(data), 1):
        raise NotAWorkbook("Tệp bung ra quá lớn nên không được nhận. Hãy tải lại biểu mẫu và nhập vào đó.")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= parts.keys():
        raise NotAWorkbook("Tệp không phải là bảng tính .xlsx. Hãy tải biểu mẫu, nhập vào đó rồi nộp lại.")
    if b"macroEnabled" in _part(data, parts["[Content_Types].xml"]) or any("vbaproject" in n.lower() for n in parts):
        raise NotAWorkbook(
            "Tệp có macro (.xlsm) dù mang đuôi .xlsx. Hãy lưu lại thành .xlsx thường (không macro) rồi nộp lại."
        )
    return infos


def _part(data: bytes, info: zipfile.ZipInfo, size: int = MAX_UNPACKED) -> bytes:
    """Return the first bytes of a part, never more than `size` whatever the archive declares.

    Straight from the bytes in hand: opening eight parts of every file through `zipfile` took longer than parsing the cells.
    """
    try:
        sign, flags, name, extra = LOCAL_HEAD.unpack_from(data, info.header_offset)
        start = info.header_offset + LOCAL_HEAD.size + name + extra
        packed = data[start : start + info.compress_size]
        if sign == LOCAL_SIGN and not (flags | info.flag_bits) & ENCRYPTED:
            if info.compress_type == zipfile.ZIP_DEFLATED:
                return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size)
            if info.compress_type == zipfile.ZIP_STORED:
                return packed[:size]
    except (struct.error, zlib.error):
        pass
    raise NotAWorkbook("Tệp bị hỏng hoặc có mật khẩu nên không đọc được. Hãy lưu lại thành .xlsx rồi nộp lại.")


LOCAL_HEAD = struct.Struct("<4s2xH18xHH")  # of a part: its sign, flags, and the lengths of its name and extra field
LOCAL_SIGN, ENCRYPTED = b"PK\x03\x04", 1
FORMULA = re.compile(rb'<c\b[^>]*?\br="([A-Z]+[0-9]+)"[^>]*>\s*<f\b')
ERROR = re.compile(rb'<c\b(?=[^>]*?\bt="e")[^>]*?\br="([A-Z]+[0-9]+)"')
PARSED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels|xl/(workbook|styles|sharedStrings)\.xml"
    r"|xl/worksheets/[^/]+\.xml"
)
DOCTYPE = re.compile(rb"<!(?i:doctype)")  # begins with plain letters, which the engine finds ten times faster
NEEDED = re.compile(r"xl/(worksheets/|workbook\.xml|_rels/)")
HEAD = 4096  # a DOCTYPE stands at the beginning or nowhere
SHEET_TAG = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
RELATION_TAG = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')


def _parsed_parts(data: bytes, infos: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Return the parts that the parser will read: sheets and workbook whole, of the others the head.

    Raises NotAWorkbook for a DOCTYPE in any of them.
    """
    found = {
        info.filename: _part(data, info, MAX_UNPACKED if NEEDED.search(info.filename) else HEAD)
        for info in infos
        if PARSED.fullmatch(info.filename)
    }
    if any(DOCTYPE.search(xml, 0, HEAD) for xml in found.values()):
        raise NotAWorkbook("Tệp chứa khai báo không an toàn nên không được nhận. Hãy tải lại biểu mẫu và nhập vào đó.")
    return found


def _sheet_xml(parts: dict[str, bytes], name: str) -> bytes:
    """Return the XML of the sheet of that name; of all sheets when the workbook does not say which part it is."""
    sheets = [xml for part, xml in parts.items() if part.startswith("xl/worksheets/")]
    if len(sheets) == 1:
        return sheets[0]
    relations = {
        tag.get(b"Id"): tag.get(b"Target", b"").decode(errors="replace")
        for tag in _tags(RELATION_TAG, parts.get("xl/_rels/workbook.xml.rels", b""))
    }
    for tag in _tags(SHEET_TAG, parts.get("xl/workbook.xml", b"")):
        if unescape(tag.get(b"name", b"").decode(errors="replace")) == name:
            link = next((value for key, value in tag.items() if key.endswith(b":id")), b"")
            target = relations.get(link, "").removeprefix("/xl/").removeprefix("/")
            if f"xl/{target}" in parts:
                return parts[f"xl/{target}"]
    return b"".join(sheets)


def _tags(kind: re.Pattern[bytes], xml: bytes) -> list[dict[bytes, bytes]]:
    return [dict(ATTRIBUTE.findall(tag)) for tag in kind.findall(xml)]


def _named(kind: re.Pattern[bytes], hint: bytes, xml: bytes) -> list[str]:
    """Return the cells of a kind. `hint` stands in every one of them and in nearly no other, so it is looked for first."""
    first, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData")
    if 0 <= first < end and xml.rfind(hint, first + len(b"<sheetData"), end) < 0:
        return []
    return [name.decode() for name in kind.findall(xml)]
