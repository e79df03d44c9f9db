"""What is asked of an upload before any parser sees it: its size, what it unpacks to, how large a grid it spans.

The caller runs the parsers in a child process with limits; these guards make the usual attacks cheap to refuse.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from chungtay.banking.statement import UnreadableStatement

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_HEAD = 4096  # a DOCTYPE stands at the beginning or nowhere
_CHUNK = 1 << 20
_OVERLAP = 32
# Addresses of cells far to the right or far down, in whatever quotes; the nearer ones need no look.
_FAR = re.compile(rb"""["'](?:([A-Z]{2,3})\d{1,9}|[A-Z]?(\d{6,9}))["']""")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Limits:
    """How much a bank file may be. The defaults are those of an upload through the web."""

    size: int = 20 * 1024 * 1024
    unpacked: int = 100 * 1024 * 1024
    ratio: int = 100
    parts: int = 2_000
    grid: int = 20_000_000
    rows: int = 50_100  # 50,000 lines with titles and sums
    columns: int = 200
    pages: int = 2_000
    problems: int = 1_000


UPLOAD = Limits()
COMMAND_LINE = Limits(
    size=500 * 1024 * 1024, unpacked=2 * 1024**3, grid=60_000_000, rows=2_000_000, pages=20_000, problems=10_000
)
"""For an operator's own files: 300,000 lines are some 150 MB of XML, a statement of ten days had 12,028 pages."""


def check_size(data: bytes, limits: Limits) -> None:
    """Raises UnreadableStatement for an empty file or one that is too large."""
    if not data.strip():
        raise UnreadableStatement("Tệp rỗng. Hãy tải lại sao kê từ ngân hàng rồi nộp lại.")
    if len(data) > limits.size:
        raise UnreadableStatement(
            f"Tệp lớn hơn {limits.size // 1024**2} MB. Hãy tải sao kê theo từng khoảng thời gian ngắn hơn."
        )


def check_xml(data: bytes) -> None:
    """Raises UnreadableStatement for XML with a DOCTYPE: a bank needs none, an attack does."""
    head = data[: 4 * _HEAD]
    if head.startswith(_UTF16_MARKS) or b"\x00" in head[:64]:
        head = head.replace(b"\x00", b"")
    if _DOCTYPE.search(head):
        raise UnreadableStatement("Tệp chứa khai báo không an toàn (DOCTYPE) nên không được nhận.")


def check_workbook(data: bytes, limits: Limits) -> None:
    """Raises UnreadableStatement for an .xlsx that is damaged, locked, holds macros, or unpacks to too much."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnreadableStatement("Tệp bị hỏng nên không đọc được. Hãy tải lại sao kê từ ngân hàng.") from None
    names = {info.filename for info in infos}
    if len(infos) > limits.parts or len(names) != len(infos):
        raise UnreadableStatement("Tệp có cấu tạo bất thường nên không được nhận.")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > limits.unpacked or unpacked > limits.ratio * len(data):
        raise UnreadableStatement("Tệp bung ra quá lớn nên không được nhận. Hãy chia sao kê thành nhiều tệp.")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise UnreadableStatement("Tệp không phải là bảng tính .xlsx. Hãy tải sao kê dạng Excel, CSV hoặc PDF.")
    if any("vbaproject" in name.lower() for name in names):
        raise UnreadableStatement("Tệp có macro nên không được nhận. Hãy lưu lại thành .xlsx thường rồi nộp lại.")
    for info in infos:
        if info.filename.endswith((".xml", ".rels")):
            _check_part(archive, info, limits)


def _check_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> None:
    is_sheet = info.filename.startswith("xl/worksheets/")
    widest, tallest, first = 26, 100_000, True
    try:
        for chunk in _chunks(archive, info, limits.unpacked if is_sheet else _HEAD):
            if first and _DOCTYPE.search(chunk, 0, _HEAD):
                raise UnreadableStatement("Tệp chứa khai báo không an toàn (DOCTYPE) nên không được nhận.")
            first = False
            if is_sheet:
                far = _FAR.findall(chunk)
                widest = max(widest, max((_column(letters) for letters, _ in far if letters), default=0))
                tallest = max(tallest, max((int(digits) for _, digits in far if digits), default=0))
                # The parser lays out the whole rectangle: one cell far out would cost gigabytes.
                if widest > limits.columns or widest * tallest > limits.grid:
                    raise UnreadableStatement("Trang tính trải quá rộng nên không được nhận. Hãy xóa các ô thừa ở xa.")
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError):
        raise UnreadableStatement("Tệp bị hỏng hoặc có mật khẩu nên không đọc được.") from None


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """The part piece by piece, each with the end of the one before; never more than `most`, whatever is declared."""
    tail, size = b"", 0
    with archive.open(info) as file:
        while size < most and (chunk := file.read(min(_CHUNK, most - size))):
            size += len(chunk)
            yield tail + chunk
            tail = chunk[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
