"""Bank files that wait between preview and confirmation: kept for an hour, each known only by the token of who sent it."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from chungtay.banking.guards import UPLOAD
from chungtay.kernel.errors import DomainError

KEPT_FOR = timedelta(hours=1)
SALT = "chungtay.funds.statement"


class TooBig(DomainError):
    """The file is larger than a statement sent through the web may be."""


class UploadGone(DomainError):
    """The token is not of this person and account, or the hour is over, or the file was taken in."""


@dataclass(frozen=True)
class Upload:
    """A kept file: where it is, what it was called, and the token in its page's address."""

    path: Path
    name: str
    token: str

    def read(self) -> bytes:
        """Return the bytes."""
        return self.path.read_bytes()


def keep(file: "UploadedFile[bytes]", *, account_id: UUID, user_id: UUID) -> Upload:
    """Keep a file for an hour. Raises TooBig. The name on disk is ours; the sender's name lives in the signed token."""
    if (file.size or 0) > UPLOAD.size:
        raise TooBig(
            f"Tệp lớn hơn {UPLOAD.size // 1024**2} MB. Hãy tải sao kê theo từng khoảng thời gian ngắn hơn rồi nộp lại."
        )
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = secrets.token_hex(16)
    path = folder / stem
    with path.open("xb") as kept_file:
        for chunk in file.chunks():
            kept_file.write(chunk)
    path.chmod(0o600)
    _sweep(folder, path.stat().st_mtime - KEPT_FOR.total_seconds())
    name = Path((file.name or "sao-ke").replace("\\", "/")).name[-120:]
    said = {"file": stem, "name": name, "account": str(account_id), "user": str(user_id)}
    return Upload(path, name, signing.dumps(said, salt=SALT))


def kept(token: str, *, account_id: UUID, user_id: UUID) -> Upload:
    """Return the file of a token. Raises UploadGone."""
    gone = UploadGone("Tệp đã nộp không còn được giữ (quá một giờ, hoặc đã nhận xong). Hãy nộp lại tệp.")
    try:
        said = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        raise gone from None
    path = _folder() / said["file"]
    if (said["account"], said["user"]) != (str(account_id), str(user_id)) or not path.is_file():
        raise gone
    return Upload(path, said["name"], token)


def drop(upload: Upload) -> None:
    """Forget a file that was taken in or refused."""
    upload.path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "statements"


def _sweep(folder: Path, oldest: float) -> None:
    """Remove what was written before a moment of the file system's clock, which the newest file tells."""
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:  # another request swept it
            continue
