"""Workbooks that wait between preview and confirmation."""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from chungtay.returns.workbooks.opening import MAX_BYTES
from chungtay.web.uploads import Shelf, Upload, UploadGone, drop

__all__ = ["Upload", "UploadGone", "drop", "keep", "kept"]

_SHELF = Shelf("uploads", "chungtay.returns.upload", ".xlsx")
_TOO_BIG = "Tệp lớn hơn 20 MB. Một biểu mẫu chỉ vài chục KB; hãy xóa ảnh, trang thừa rồi nộp lại."


def keep(file: "UploadedFile[bytes]", *, return_id: UUID, user_id: UUID) -> Upload:
    """Keep a file for an hour. Raises TooBig."""
    return _SHELF.keep(file, about=return_id, user_id=user_id, largest=MAX_BYTES, too_big=_TOO_BIG, unnamed="biểu.xlsx")


def kept(token: str, *, return_id: UUID, user_id: UUID) -> Upload:
    """Return the file of a token. Raises UploadGone."""
    return _SHELF.kept(token, about=return_id, user_id=user_id)
