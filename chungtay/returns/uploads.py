"""Workbooks that wait between preview and confirmation: kept for an hour, each known only by the token of who sent it."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from chungtay.kernel.errors import DomainError
from chungtay.returns.workbooks.opening import MAX_BYTES

KEPT_FOR = timedelta(hours=1)
SALT = "chungtay.returns.upload"


class TooBig(DomainError):
    """The file is larger than any form can be."""


class UploadGone(DomainError):
    """The token is not of this person and return, or the hour is over, or the file was taken in."""


@dataclass(frozen=True)
class Upload:
    """A kept file: where it is, what it was called, and the token in its page's address."""

    path: Path
    name: str
    token: str


def keep(file: "UploadedFile[bytes]", *, return_id: UUID, user_id: UUID) -> Upload:
    """Keep the file for an hour. Raises TooBig. The name on disk is ours; the sender's name lives in the signed token."""
    if (file.size or 0) > MAX_BYTES:
        raise TooBig("Tệp lớn hơn 20 MB. Một biểu mẫu chỉ vài chục KB; hãy xóa ảnh, trang thừa rồi nộp lại.")
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    stem = secrets.token_hex(16)
    path = folder / f"{stem}.xlsx"
    with path.open("xb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    path.chmod(0o600)
    name = Path(file.name or "biểu.xlsx").name[:120]
    said = {"file": stem, "name": name, "return": str(return_id), "user": str(user_id)}
    return Upload(path, name, signing.dumps(said, salt=SALT))


def kept(token: str, *, return_id: UUID, user_id: UUID) -> Upload:
    """Return the file of a token. Raises UploadGone."""
    gone = UploadGone("Tệp đã nộp không còn được giữ (quá một giờ, hoặc đã nhận xong). Hãy nộp lại tệp.")
    try:
        said = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        raise gone from None
    path = _folder() / f"{said['file']}.xlsx"
    if (said["return"], said["user"]) != (str(return_id), str(user_id)) or not path.is_file():
        raise gone
    return Upload(path, said["name"], token)


def drop(upload: Upload) -> None:
    """Forget a file that was taken in or refused."""
    upload.path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "uploads"


def _sweep(folder: Path) -> None:
    """Remove what was kept for longer than an hour by the clock of the file system."""
    oldest = (timezone.now() - KEPT_FOR).timestamp()
    for path in folder.glob("*.xlsx"):
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:  # another request swept it
            continue
