"""Sign-in, sign-out, and a person's own account."""

from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from chungtay.accounts import demo_hint, forms, provider, selectors, services, ways
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; then go where the person wanted to, if that is on this site."""
    way_on = ways.way_on(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(way_on)
    form = forms.SignIn(request.POST or None)
    address = request.META.get("REMOTE_ADDR", "")
    if form.is_valid() and form.try_(services.check_sign_in, **form.cleaned_data, address=address, now=clock.now()):
        login(request, form.result)
        return HttpResponseRedirect(way_on)
    context = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
    context["demo_accounts"] = demo_hint.accounts_shown()
    context["provider"] = provider.provider_set()
    return render_page(request, "accounts/sign_in.html", context, status=422 if form.is_bound else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect_with(request, "Bạn đã đăng xuất.", reverse("sign-in"))


@login_required
@never_cache
@sensitive_post_parameters("current", "password", "again")
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show a person's own roles and let them change their password."""
    user = selectors.user_of(request)
    form = forms.ChangePassword(request.POST or None)
    if form.is_valid() and form.try_(
        services.change_password,
        user=user,
        current=form.cleaned_data["current"],
        password=form.cleaned_data["password"],
        now=clock.now(),
        by=user,
    ):
        update_session_auth_hash(request, user)
        return redirect_with(request, "Đã đổi mật khẩu. Các phiên khác của bạn đã kết thúc.", reverse("profile"))
    posts = selectors.posts_of(user, on=clock.today())
    context = {"form": form, "person": user, "posts": posts}
    return render_page(request, "accounts/profile.html", context, status=422 if form.is_bound else 200)
