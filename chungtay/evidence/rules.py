"""What may be kept as evidence: kinds told by content, not by name; bounds of size, and what an Office file must not hold."""

import io
import zipfile
from dataclasses import dataclass

from chungtay.kernel.errors import DomainError

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 2_560  # pixels: a page held before the camera stays readable
THUMBNAIL_SIDE = 480
MAX_PARTS = 2_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
LONGEST_NAME = 120

JPEG = "image/jpeg"
PDF = "application/pdf"
OFFICE = {
    "word/": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "xl/": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    "ppt/": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
}
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


class NotEvidence(DomainError):
    """The file is of no kind that is kept, too large, broken or dangerous."""


@dataclass(frozen=True)
class Sort:
    """What a file is: a picture to be drawn anew, or a document that is kept as it came."""

    is_picture: bool
    media_type: str
    suffix: str


def sort_of(data: bytes, name: str) -> Sort:
    """Tell a file's kind by its first bytes. Raises NotEvidence with a sentence that names the file."""
    if not data:
        raise NotEvidence(f"Tệp “{name}” rỗng. Hãy chọn lại tệp.")
    if len(data) > MAX_BYTES:
        raise NotEvidence(f"Tệp “{name}” lớn hơn 20 MB. Hãy giảm kích thước ảnh, hoặc chia tài liệu thành nhiều tệp.")
    if data.startswith(PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return Sort(True, JPEG, ".jpg")
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheif"):
        raise NotEvidence(
            f"Ảnh “{name}” ở dạng HEIC. Trong phần cài đặt máy ảnh, hãy chọn dạng JPG rồi chụp hoặc gửi lại."
        )
    if data.startswith(b"%PDF-"):
        return Sort(False, PDF, ".pdf")
    if data.startswith(b"PK\x03\x04"):
        return _office(data, name)
    raise NotEvidence(
        f"Tệp “{name}” không phải ảnh (JPG, PNG, WebP), PDF, Word, Excel hay PowerPoint. Hãy lưu lại ở một dạng đó."
    )


def plain_name(name: str, suffix: str) -> str:
    """Return the sender's name of a file without folders, with the ending of what it really is."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = "".join(sign for sign in last if sign.isprintable()).strip(". ") or "tệp"
    if "." in stem:
        stem = stem.rsplit(".", 1)[0] or stem
    return stem[: LONGEST_NAME - len(suffix)] + suffix


def _office(data: bytes, name: str) -> Sort:
    broken = NotEvidence(
        f"Tệp “{name}” bị hỏng hoặc không phải tệp Word, Excel, PowerPoint. Hãy mở lại và lưu thành tệp mới."
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError):
        raise broken from None
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > min(MAX_UNPACKED, MAX_RATIO * len(data)):
        raise NotEvidence(f"Tệp “{name}” phình ra quá lớn khi mở. Hãy lưu lại thành tệp mới, bỏ ảnh thừa.")
    if any(part.lower().endswith(("vbaproject.bin", ".exe", ".dll")) for part in names):
        raise NotEvidence(f"Tệp “{name}” có chứa macro. Hãy lưu lại ở dạng không có macro (.docx, .xlsx, .pptx).")
    if "[Content_Types].xml" in names:
        for folder, (media_type, suffix) in OFFICE.items():
            if any(part.startswith(folder) for part in names):
                return Sort(False, media_type, suffix)
    raise broken
