"""Pictures of the portal, as they were drawn for the page; the originals are not given out."""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.views.decorators.http import require_safe

DRAWN = "images/"
A_YEAR = 31_536_000


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send one drawn picture; its name changes with its content, so it may be kept for a year."""
    if not name.startswith(DRAWN):
        raise Http404
    try:
        # Joined to the folder of drawn pictures, not to the whole: "images/../original_images/…" begins rightly and leads elsewhere.
        path = safe_join(Path(settings.MEDIA_ROOT) / DRAWN, name.removeprefix(DRAWN))
        found = open(path, "rb")  # noqa: SIM115, PTH123 - the answer closes it
    except (SuspiciousFileOperation, OSError):
        raise Http404 from None
    response = FileResponse(found, content_type=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
