"""Reading what is kept."""

from chungtay.evidence import store
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError


class EvidenceGone(DomainError):
    """The row is there and its file is not, or the file is not what was kept."""


def opened(attachment: Attachment, *, thumbnail: bool = False) -> bytes:
    """Return the bytes of a kept file, or of the small form of a picture. Raises EvidenceGone."""
    path = store.path_of(attachment.sha256, thumbnail=thumbnail and attachment.is_picture)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise EvidenceGone(
            f"Không còn tệp “{attachment.name}” trên máy chủ. Hãy báo người quản trị khôi phục từ bản sao lưu."
        ) from None


def kept_before(received_sha256: str) -> list[Attachment]:
    """Return earlier keepings of the very same file, oldest first: one picture shown for two works is a question to ask."""
    return list(Attachment.objects.filter(received_sha256=received_sha256).order_by("recorded_at", "id"))
