"""One door for every bank file: what it is shows in its bytes, never in its name."""

from chungtay.banking.camt053 import looks_like_camt053, read_camt053
from chungtay.banking.grids import is_workbook
from chungtay.banking.guards import UPLOAD, Limits, check_size, check_xml
from chungtay.banking.mt940_file import looks_like_mt940, read_mt940
from chungtay.banking.pdf_statement import read_pdf
from chungtay.banking.profiles import Profile
from chungtay.banking.statement import Statement, UnreadableStatement
from chungtay.banking.tables import read_table

_HEAD = 8192
_NEVER = {
    b"MZ": "một chương trình",
    b"\x7fELF": "một chương trình",
    b"\x89PNG": "một ảnh",
    b"\xff\xd8\xff": "một ảnh",
    b"GIF8": "một ảnh",
    b"Rar!": "một tệp nén",
    b"7z\xbc\xaf": "một tệp nén",
    b"\x1f\x8b": "một tệp nén",
}


def read_statement(data: bytes, name: str, profile: Profile | None = None, limits: Limits = UPLOAD) -> Statement:
    """Read any of: .xlsx, .xls, CSV, PDF, MT940, camt.053; `name` is the file's name, for sentences only.

    Raises UnreadableStatement with a sentence for everything that cannot be taken in.
    """
    try:
        check_size(data, limits)
        return _read(data, profile, limits)
    except UnreadableStatement as error:
        raise type(error)(f"{_shown(name)}: {error}") from error


def _read(data: bytes, profile: Profile | None, limits: Limits) -> Statement:
    if is_workbook(data):
        return read_table(data, profile, limits)
    for magic, what in _NEVER.items():
        if data.startswith(magic):
            raise UnreadableStatement(f"Tệp là {what}, không phải sao kê. Hãy nộp Excel, CSV, PDF, MT940 hoặc XML.")
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return read_pdf(data, profile, limits)
    text = head.decode("utf-8", "replace").replace("\x00", "").lstrip("\ufeff").lstrip()
    if text.startswith("<"):
        check_xml(data)
        if looks_like_camt053(data):
            return read_camt053(data)
        raise UnreadableStatement(
            "Tệp là trang web hoặc XML, dù có thể mang đuôi .xls. Hãy mở bằng Excel, lưu lại thành .xlsx rồi nộp lại."
        )
    if looks_like_mt940(text):
        return read_mt940(_decoded(data))
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) and head.count(0) * 4 < len(head):
        raise UnreadableStatement("Tệp không phải là văn bản cũng không phải là bảng tính.")
    return read_table(data, profile, limits)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258", "replace")


def _shown(name: str) -> str:
    """The end of the name without its folders, printable and short: it comes from outside."""
    tail = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in tail if c.isprintable())[-80:] or "Tệp"
