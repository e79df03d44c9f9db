"""The desk of open data: what is out, under which licence, who released; whoever may, releases and gives the licence here."""

from django.contrib.auth.decorators import login_required
from django.contrib.messages import WARNING
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from chungtay.access import selectors as access
from chungtay.access.selectors import NotAllowed
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text
from chungtay.opendata import selectors, services
from chungtay.opendata.forms import GiveLicence
from chungtay.opendata.releasing import matter
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page


@login_required
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """Show the releases and the licence; POST gives another licence."""
    user, now = user_of(request), clock.now()
    _reader(user)
    may = _may_release(user)
    form = GiveLicence(
        request.POST if request.method == "POST" else None,
        initial={"valid_from": clock.today(), "code": selectors.licence_on(clock.today()).code},
    )
    if request.method == "POST":
        if not may:
            raise PermissionDenied("Chỉ lãnh đạo đơn vị chủ quản cổng chọn giấy phép.")
        if form.is_valid() and form.try_(services.give_licence, **form.cleaned_data, now=now, by=user):
            message = f"Đã ghi giấy phép, dùng từ ngày {date_text(form.result.valid_from)}."
            return redirect_with(request, message, reverse("open-data-desk"))
    newest = selectors.newest()
    context = {
        "form": form,
        "may": may,
        "newest": newest,
        "releases": selectors.releases()[:20],
        "licence": selectors.licence_on(clock.today()),
        "licences": selectors.licences(),
        "unverified": selectors.UNVERIFIED,
        "crumbs": [{"label": "Dữ liệu mở", "url": ""}],
    }
    return render_page(request, "opendata/desk.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def make_release(request: HttpRequest) -> HttpResponse:
    """Release what has changed."""
    user = user_of(request)
    _reader(user)
    here = reverse("open-data-desk")
    try:
        made = services.release(now=clock.now(), by=user)
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    except DomainError as refused:
        return redirect_with(request, str(refused), here, WARNING)
    said = (
        f"Đã phát hành {made.release}." if made.is_new else f"Không có gì mới so với {made.release}; không phát hành."
    )
    return redirect_with(request, said, here)


def _reader(user: User) -> None:
    """Return for whoever works on some place's portal: the desk shows what is public. For everybody else it is not there."""
    if not access.areas_for(user, "view", "open_data", on=clock.today()):
        raise Http404


def _may_release(user: User) -> bool:
    try:
        return access.can(user, "publish", matter(), on=clock.today())
    except services.NoPortal:
        return False
