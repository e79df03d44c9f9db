"""The inbox, what a person wants to hear how, and what was sent for administrators."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chungtay.access import navigation
from chungtay.access import selectors as access
from chungtay.accounts.selectors import user_of
from chungtay.kernel.numerals import format_integer
from chungtay.notices import forms, selectors, services
from chungtay.notices.channels import channels_on
from chungtay.notices.models import Notice
from chungtay.notices.registry import kinds
from chungtay.notices.rules import STATE_LABELS, State
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page
from chungtay.web.paging import LongPaginator

ON_A_PAGE = 30
LOOKS = {
    State.QUEUED: "draft",
    State.CLAIMED: "submitted",
    State.SENT: "approved",
    State.FAILED: "returned",
    State.UNCERTAIN: "late",
}
INBOX = {"label": "Thông báo"}


def _administers(request: HttpRequest) -> bool:
    return navigation.sees("notice")(request)


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show one's notices, newest first."""
    user = user_of(request)
    form = forms.Filter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = LongPaginator(selectors.inbox(user, asked), ON_A_PAGE).get_page(request.GET.get("page"))
    labels = {kind.code: kind.label for kind in kinds()}
    context = {
        "form": form,
        "page": page,
        "rows": [{"one": row, "label": labels.get(row.kind, "")} for row in page.object_list],
        "unread": selectors.unread_count(user),
        "is_narrowed": any(asked.values()),
        "here": "inbox",
        "administers": _administers(request),
    }
    return render_page(request, "notices/inbox.html", context)


@login_required
@require_POST
def notice_open(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Mark one's notice as read and go where it points."""
    user = user_of(request)
    found = Notice.objects.filter(pk=notice_id, to=user).first()
    if found is None:
        raise Http404
    services.mark_read(notices=[found.pk], now=clock.now(), by=user)
    here = url_has_allowed_host_and_scheme(found.url, {request.get_host()}, require_https=request.is_secure())
    return redirect(found.url if here else "notice-inbox")


@login_required
@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    count = services.mark_read(notices=None, now=clock.now(), by=user_of(request))
    return redirect_with(request, f"Đã đánh dấu đọc {format_integer(count)} thông báo.", reverse("notice-inbox"))


@login_required
@require_http_methods(["GET", "POST"])
def notice_choices(request: HttpRequest) -> HttpResponse:
    """Choose where mail goes, when not, and how soon each kind."""
    user = user_of(request)
    said = selectors.setting(user)
    initial = {
        "email": said.email,
        "quiet_from": said.quiet_from.strftime("%H:%M"),
        "quiet_to": said.quiet_to.strftime("%H:%M"),
        **{f"kind-{code}": pace for code, pace in selectors.chosen_paces(user).items()},
    }
    form = forms.Choices(request.POST) if request.method == "POST" else forms.Choices(initial=initial)
    if form.is_valid() and form.try_(
        services.choose,
        email=form.cleaned_data["email"],
        quiet_from=forms.hour(form.cleaned_data["quiet_from"]),
        quiet_to=forms.hour(form.cleaned_data["quiet_to"]),
        paces=form.paces(),
        now=clock.now(),
        by=user,
    ):
        return redirect_with(request, "Đã lưu cách nhận thông báo.", reverse("notice-choices"))
    context = {
        "form": form,
        "kinds": [form[f"kind-{kind.code}"] for kind in kinds()],
        "mail_is_on": bool(channels_on()),
        "here": "choices",
        "administers": _administers(request),
        "crumbs": [INBOX | {"url": reverse("notice-inbox")}, {"label": "Cách nhận"}],
    }
    return render_page(request, "notices/choices.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def delivery_list(request: HttpRequest) -> HttpResponse:
    """Show administrators what was sent to whom, and what was not."""
    today = clock.today()
    keys = access.keys_of(user_of(request), on=today)
    if not keys.areas_for("view", "notice"):
        raise Http404
    form = forms.SentFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = LongPaginator(selectors.deliveries(keys, asked, on=today), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [
            {"one": row, "look": LOOKS[State(row.state)], "label": STATE_LABELS[State(row.state)]}
            for row in page.object_list
        ],
        "counts": [(STATE_LABELS[state], count) for state, count in selectors.counts(keys, on=today).items()],
        "channels": [channel.label for channel in channels_on()],
        "is_narrowed": any(asked.values()),
        "here": "sent",
        "administers": True,
        "crumbs": [INBOX | {"url": reverse("notice-inbox")}, {"label": "Đã gửi"}],
    }
    return render_page(request, "notices/delivery_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def delivery_detail(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Show what became of one message, and take in the decision to send it again."""
    user, today = user_of(request), clock.today()
    row = selectors.delivery_seen(access.keys_of(user, on=today), delivery_id, on=today)
    if row is None:
        raise Http404
    form = forms.Resend(request.POST) if request.method == "POST" else forms.Resend()
    if form.is_valid() and form.try_(
        services.resend, delivery=row, reason=form.cleaned_data["reason"], now=clock.now(), by=user
    ):
        return redirect_with(request, "Thư đã vào hàng chờ gửi lại.", reverse("delivery-detail", args=[row.pk]))
    context = {
        "one": row,
        "look": LOOKS[State(row.state)],
        "label": STATE_LABELS[State(row.state)],
        "acts": row.acts.select_related("by").order_by("id"),
        "may_resend": row.state in (State.FAILED, State.UNCERTAIN),
        "form": form,
        "crumbs": [
            INBOX | {"url": reverse("notice-inbox")},
            {"label": "Đã gửi", "url": reverse("delivery-list")},
            {"label": row.subject},
        ],
    }
    return render_page(request, "notices/delivery_detail.html", context, status=422 if form.errors else 200)
