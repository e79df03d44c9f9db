"""Files that wait between preview and confirmation: kept for an hour, each known only by the token of who sent it."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from chungtay.kernel.errors import DomainError

KEPT_FOR = timedelta(hours=1)
LONGEST_NAME = 120


class TooBig(DomainError):
    """The file is larger than what is asked for can be."""


class UploadGone(DomainError):
    """The token is not of this person and thing, or the hour is over, or the file was taken in."""


@dataclass(frozen=True)
class Upload:
    """A kept file: where it is, what it was called, and the token in its page's address."""

    path: Path
    name: str
    token: str

    def read(self) -> bytes:
        """Return the bytes."""
        return self.path.read_bytes()


@dataclass(frozen=True)
class Shelf:
    """Where the files of one kind wait: a folder of the workspace, the salt of its tokens, the ending of its files."""

    folder: str
    salt: str
    suffix: str = ""

    def keep(
        self, file: "UploadedFile[bytes]", *, about: UUID, user_id: UUID, largest: int, too_big: str, unnamed: str
    ) -> Upload:
        """Keep a file for an hour. Raises TooBig. The name on disk is ours; the sender's name lives in the signed token.

        about: the thing it was sent for; largest: bytes, `too_big` the sentence for more; unnamed: what it is called then.
        """
        if (file.size or 0) > largest:
            raise TooBig(too_big)
        place = self._place()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        stem = secrets.token_hex(16)
        path = place / f"{stem}{self.suffix}"
        with path.open("xb") as kept_file:
            for chunk in file.chunks():
                kept_file.write(chunk)
        path.chmod(0o600)
        _sweep(place, path.stat().st_mtime - KEPT_FOR.total_seconds())
        name = Path((file.name or unnamed).replace("\\", "/")).name[-LONGEST_NAME:]
        said = {"file": stem, "name": name, "about": str(about), "user": str(user_id)}
        return Upload(path, name, signing.dumps(said, salt=self.salt))

    def kept(self, token: str, *, about: UUID, user_id: UUID) -> Upload:
        """Return the file of a token. Raises UploadGone."""
        gone = UploadGone("Tệp đã nộp không còn được giữ (quá một giờ, hoặc đã nhận xong). Hãy nộp lại tệp.")
        try:
            said = signing.loads(token, salt=self.salt, max_age=KEPT_FOR)
        except signing.BadSignature:
            raise gone from None
        path = self._place() / f"{said['file']}{self.suffix}"
        if (said["about"], said["user"]) != (str(about), str(user_id)) or not path.is_file():
            raise gone
        return Upload(path, said["name"], token)

    def _place(self) -> Path:
        return Path(settings.DATA_DIR) / self.folder


def drop(upload: Upload) -> None:
    """Forget a file that was taken in or refused."""
    upload.path.unlink(missing_ok=True)


def _sweep(place: Path, oldest: float) -> None:
    """Remove what was written before a moment of the file system's clock, which the newest file tells."""
    for path in place.iterdir():
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:  # another request swept it
            continue
