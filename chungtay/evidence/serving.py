"""A kept file as an answer. Whoever calls this has already asked whether the person may look."""

from urllib.parse import quote

from django.http import HttpResponse

from chungtay.evidence import selectors
from chungtay.evidence.models import Attachment


def answer(attachment: Attachment, *, thumbnail: bool = False) -> HttpResponse:
    """Return a picture to be shown or a document to be saved. Raises EvidenceGone."""
    way = "inline" if attachment.is_picture else "attachment"
    headers = {
        "Content-Disposition": f"{way}; filename*=UTF-8''{quote(attachment.name)}",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(
        selectors.opened(attachment, thumbnail=thumbnail), content_type=attachment.media_type, headers=headers
    )
