"""What people read: the description for programs, the same as a page, and a person's own tokens."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chungtay.access import selectors as access
from chungtay.accounts.selectors import user_of
from chungtay.api import forms, selectors, services
from chungtay.api.description import described
from chungtay.api.reference import parts_of
from chungtay.api.rules import SCOPE_LABELS, Scope
from chungtay.api.views.setting import api
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page

MOST_SHOWN = 100


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI description."""
    answer = JsonResponse(described(api), json_dumps_params={"ensure_ascii": False})
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """Show every endpoint with what it takes and gives, from the same description; nothing is fetched from elsewhere."""
    parts = parts_of(described(api), settings.SITE_ADDRESS)
    crumbs = [{"label": "API"}]
    return render_page(request, "api/docs.html", {"parts": parts, "scopes": _scopes(), "crumbs": crumbs})


def _scopes() -> list[tuple[str, str]]:
    return [(scope.value, SCOPE_LABELS[scope]) for scope in Scope]


@login_required
@never_cache
@sensitive_variables("secret")
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Show a person's tokens and issue one; its secret stands on this one answer and nowhere else."""
    user, now = user_of(request), clock.now()
    form, secret = forms.IssueToken(request.POST if request.method == "POST" else None), ""
    if form.is_valid() and form.try_(services.issue_token, **form.cleaned_data, user=user, now=now, by=user):
        secret = form.result[1]
    rows = [(token, token.is_live(now)) for token in selectors.tokens_of(user)[:MOST_SHOWN]]
    context = {
        "form": forms.IssueToken() if secret else form,
        "secret": secret,
        "live": [(token, _words(token.scopes)) for token, is_live in rows if is_live],
        "has_hooks": bool(access.areas_for(user, "view", "webhook", on=clock.today())),
        "ended": [token for token, is_live in rows if not is_live],
        "crumbs": [{"label": "Tài khoản", "url": reverse("profile")}, {"label": "Mã truy cập"}],
    }
    return render_page(request, "api/tokens.html", context, status=422 if form.is_bound and not secret else 200)


def _words(scopes: list[str]) -> str:
    return "; ".join(SCOPE_LABELS[Scope(scope)] for scope in scopes)


@login_required
@require_POST
def token_revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Take a token of one's own back."""
    try:
        services.revoke_token(token_id=token_id, now=clock.now(), by=user_of(request))
    except services.NoSuchToken:
        raise Http404 from None
    return redirect_with(
        request, "Đã thu hồi mã truy cập. Chương trình dùng mã này không vào được nữa.", reverse("token-list")
    )
