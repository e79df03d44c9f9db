"""Signing in by the office's identity provider: the way there, the way back, and signing out there too."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from chungtay.accounts import provider, services
from chungtay.accounts.ways import way_on
from chungtay.kernel.errors import DomainError
from chungtay.web import clock
from chungtay.web.http import redirect_with

_KEPT = "oidc"  # in the session: what was begun
_LONGEST = 600  # seconds on the way


def _provider_or_404() -> provider.Provider:
    found = provider.provider_set()
    if found is None:
        raise Http404
    return found


def _back() -> str:
    return f"{settings.SITE_ADDRESS}{reverse('oidc-return')}"


@never_cache
@require_GET
def oidc_begin(request: HttpRequest) -> HttpResponse:
    """Send a person to the provider; what has to come back with them stays in their session."""
    one, on = _provider_or_404(), way_on(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(on)
    try:
        begun = provider.begin(one, _back())
    except DomainError as refused:
        return redirect_with(request, str(refused), reverse("sign-in"), messages.ERROR)
    request.session[_KEPT] = {
        "state": begun.state,
        "nonce": begun.nonce,
        "verifier": begun.verifier,
        "next": on,
        "at": int(clock.now().timestamp()),
    }
    return HttpResponseRedirect(begun.url)


@never_cache
@sensitive_variables("begun", "came")
@require_GET
def oidc_return(request: HttpRequest) -> HttpResponse:
    """Take in who comes back: what was begun serves once, whatever comes of it."""
    one, now = _provider_or_404(), clock.now()
    begun = request.session.pop(_KEPT, None) or {}
    came = {
        name: request.GET.get(name, "")[:4_000] for name in ("state", "code", "error", "iss") if name in request.GET
    }
    if int(now.timestamp()) - int(begun.get("at", 0)) > _LONGEST:
        begun = {}
    try:
        subject = provider.finish(one, _back(), begun, came, now)
        address = request.META.get("REMOTE_ADDR", "")
        user = services.check_identity(issuer=one.issuer, subject=subject, address=address, now=now)
    except DomainError as refused:
        return redirect_with(request, str(refused), reverse("sign-in"), messages.ERROR)
    login(request, user)
    return HttpResponseRedirect(begun["next"])


@never_cache
@require_GET
def oidc_leave(request: HttpRequest) -> HttpResponse:
    """Send who has signed out here to the provider's page for signing out, where it has one."""
    one = _provider_or_404()
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("sign-in"))
    try:
        url = provider.leaving_url(one, f"{settings.SITE_ADDRESS}{reverse('sign-in')}")
    except DomainError as refused:
        return redirect_with(request, str(refused), reverse("sign-in"), messages.ERROR)
    return HttpResponseRedirect(url or reverse("sign-in"))
