"""An uploaded text: looked at from outside first, then opened in a child process."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from chungtay.checking.child import text_apart
from chungtay.evidence.rules import MAX_BYTES, sort_of
from chungtay.reading.documents import UnreadableDocument


def text_of_upload(upload: "UploadedFile[Any]") -> str:
    """Return the text of an uploaded .docx, PDF, web page or plain text. Raises UnreadableDocument and NotEvidence."""
    name = upload.name or "tệp"
    if (upload.size or 0) > MAX_BYTES:
        raise UnreadableDocument(f"Tệp “{name}” lớn hơn 20 MB. Hãy bỏ bớt ảnh, hoặc dán nội dung vào ô bên dưới.")
    data: bytes = upload.read()
    if data.startswith(b"PK\x03\x04"):
        sort_of(data, name)  # bombs and macros are refused before anything opens them
    return text_apart(data)
