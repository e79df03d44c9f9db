"""The editors' pages: closed to whom the table of rights gives nothing there, and a content policy that Wagtail can work with."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from chungtay.accounts.models import User
from chungtay.kernel.errors import DomainError
from chungtay.portal.membership import renew

PREFIX = "/bien-tap/"
# Wagtail sets styles on elements and begins its fields by small scripts in the page, which it gives no nonce; everything else comes
# from our own address. Only those who may write or let out ever see these pages, and never a reader.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self' 'unsafe-inline'",
        "script-src 'self' 'unsafe-inline'",
        "font-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-src 'self'",
        "frame-ancestors 'self'",
    )
)


class EditorsOnly:
    """Renew a person's groups before Wagtail asks for them; a stranger to the portal does not learn that the pages exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())  # the one door with its throttle, never Wagtail's own
        if not renew(request.user):
            raise Http404
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Frame-Options"] = "SAMEORIGIN"  # the preview stands in a frame of the editor
        response.headers["Cache-Control"] = "no-store"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say a refusal of ours where the editor stands: Wagtail would show it as a fault."""
        if not request.path.startswith(PREFIX) or not isinstance(exception, DomainError):
            return None
        messages.error(request, str(exception))
        return HttpResponseRedirect(PREFIX)
