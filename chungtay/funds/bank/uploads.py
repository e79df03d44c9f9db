"""Bank files that wait between preview and confirmation."""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from chungtay.banking.guards import UPLOAD
from chungtay.web.uploads import Shelf, Upload, UploadGone, drop

__all__ = ["Upload", "UploadGone", "drop", "keep", "kept"]

_SHELF = Shelf("statements", "chungtay.funds.statement")


def keep(file: "UploadedFile[bytes]", *, account_id: UUID, user_id: UUID) -> Upload:
    """Keep a file for an hour. Raises TooBig."""
    sentence = (
        f"Tệp lớn hơn {UPLOAD.size // 1024**2} MB. Hãy tải sao kê theo từng khoảng thời gian ngắn hơn rồi nộp lại."
    )
    return _SHELF.keep(file, about=account_id, user_id=user_id, largest=UPLOAD.size, too_big=sentence, unnamed="sao-ke")


def kept(token: str, *, account_id: UUID, user_id: UUID) -> Upload:
    """Return the file of a token. Raises UploadGone."""
    return _SHELF.kept(token, about=account_id, user_id=user_id)
