"""Keeping a file: told by content, pictures drawn anew, on disk before its row is written."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from chungtay.accounts.models import User
from chungtay.evidence import store
from chungtay.evidence.drawing import drawn_anew
from chungtay.evidence.models import Attachment, Kind
from chungtay.evidence.rules import MAX_BYTES, NotEvidence, plain_name, sort_of

__all__ = ["NotEvidence", "keep"]


def keep(*, upload: "UploadedFile[Any] | bytes", now: datetime, by: User | None, name: str = "") -> Attachment:
    """Keep a picture or document and return its row. Raises NotEvidence.

    Call it before the transaction of the record that rests on it: it decodes and writes, which is slow. A file whose record
    then fails costs only its place on disk. The record's own event names the attachment in the audit.
    """
    shown = name or (upload.name if isinstance(upload, UploadedFile) else "") or "tệp"
    data = upload if isinstance(upload, bytes) else _bytes(upload, shown)
    sort = sort_of(data, shown)
    width = height = None
    kept = data
    if sort.is_picture:
        kept, small, width, height = drawn_anew(data, shown)
    sha256 = store.put(kept)
    if sort.is_picture:
        store.write_beside(store.path_of(sha256, thumbnail=True), small)
    return Attachment.objects.create(
        kind=Kind.PICTURE if sort.is_picture else Kind.DOCUMENT,
        name=plain_name(shown, sort.suffix),
        media_type=sort.media_type,
        size=len(kept),
        sha256=sha256,
        received_sha256=hashlib.sha256(data).hexdigest(),
        width=width,
        height=height,
        recorded_at=now,
        kept_by=by,
    )


def _bytes(upload: "UploadedFile[Any]", name: str) -> bytes:
    if (upload.size or 0) > MAX_BYTES:
        raise NotEvidence(f"Tệp “{name}” lớn hơn 20 MB. Hãy giảm kích thước ảnh, hoặc chia tài liệu thành nhiều tệp.")
    upload.seek(0)
    data: bytes = upload.read()
    return data
